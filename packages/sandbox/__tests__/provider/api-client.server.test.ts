import { type ApiClient } from "../../lib/provider/api-client";
import { genuineTiming } from "../../lib/provider/timing";
import { type Answer, json, reset, ScriptedApi } from "./scripted-api";

let api: ScriptedApi;
const script = async (...answers: readonly Answer[]): Promise<ApiClient> => {
  api = await ScriptedApi.start(...answers);
  return api.client();
};
afterEach(() => api.close());

test("asks with its token, and sends and reads JSON", async () => {
  const client = await script(json(200, { id: "1" }));
  await expect(client.put("/api/v2/things/1", { name: "é" })).resolves.toEqual({ id: "1" });
  expect(api.requests).toEqual([{ call: "PUT /api/v2/things/1", authorization: "Bearer token", body: `{"name":"é"}` }]);
});

test("takes a token for itself and one for each pooled client, and uses them in turn", async () => {
  api = await ScriptedApi.start(
    json(200, { access_token: "a" }),
    json(200, { access_token: "b" }),
    json(200, { access_token: "b" }),
    json(200, {}),
  );
  const credentials = { clientId: "id", clientSecret: "secret" };
  const client = await api.client({ credentials, poolSize: 2 });
  expect(api.requests).toEqual(
    Array.from({ length: 3 }, () => ({
      call: "POST /oauth/token",
      authorization: `Basic ${Buffer.from("id:secret").toString("base64")}`,
      body: "grant_type=client_credentials",
    })),
  );
  for (let n = 0; n < 4; n++) await client.get("/api");
  expect(api.requests.slice(3).map(({ authorization }) => authorization)).toEqual([
    "Bearer a",
    "Bearer b",
    "Bearer b",
    "Bearer a",
  ]);
});

test.each([
  ["429", json(429, {})],
  ["500", json(500, {})],
  ["502", json(502, {})],
  ["503", json(503, {})],
  ["a broken connection", reset],
])("%s: asks again", async (_, fault) => {
  const client = await script(fault, fault, json(200, { id: "1" }));
  await expect(client.get("/api")).resolves.toEqual({ id: "1" });
  expect(api.requests).toHaveLength(3);
});

test("waits as long as Retry-After says", async () => {
  const client = await script(json(429, {}, { "retry-after": "0.2" }), json(200, {}));
  const started = performance.now();
  await client.get("/api");
  expect(performance.now() - started).toBeGreaterThanOrEqual(195);
});

test.each([400, 401, 403, 404, 409, 501])("%i is an answer: asks once", async (status) => {
  const body = { message: "no", contextId: "c-1", details: [{ fieldName: "flow.id" }, {}] };
  const client = await script(json(status, body));
  await expect(client.post("/api/v2/things?a=b")).rejects.toMatchObject({
    status,
    summary: `API Error: ${status} - no`,
    detail: "POST /api/v2/things: flow.id (correlation id c-1)",
  });
  expect(api.requests).toHaveLength(1);
});

test("an answer that is not JSON is an error without a message", async () => {
  const client = await script((response) => response.writeHead(404).end("<html>"));
  await expect(client.get("/api")).rejects.toMatchObject({ summary: "API Error: 404 - no message" });
});

test.each<[string, Answer, string]>([
  [
    "a proxy's page",
    (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
    "Its content type is text/html. Is a proxy responding instead of the API?",
  ],
  [
    "a body that is cut off",
    (response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("{", () => response.destroy());
    },
    "The response was cut off. The call may have been carried out: check before you repeat it.",
  ],
  [
    "JSON that is not an object",
    (response) => response.writeHead(200).end("[]"),
    "Its content type is missing. Is a proxy responding instead of the API?",
  ],
])("%s with status 200 is an error, and not asked again", async (_, answer, detail) => {
  const client = await script(answer);
  await expect(client.post("/api/v2/things")).rejects.toMatchObject({
    summary: "The API's response to POST /api/v2/things is not valid JSON",
    detail,
  });
  expect(api.requests).toHaveLength(1);
});

test("an answer without a body is an empty object", async () => {
  const client = await script((response) => response.writeHead(200).end());
  await expect(client.post("/api")).resolves.toEqual({});
});

test("does not wait for a 429 that asks for more than three minutes", async () => {
  const client = await script(json(429, { message: "later" }, { "retry-after": "181" }));
  await expect(client.get("/api")).rejects.toMatchObject({ summary: "API Error: 429 - later" });
  expect(api.requests).toHaveLength(1);
});

test("no server: names the host that cannot be reached, after 20 retries", async () => {
  const client = await script(reset);
  await expect(client.get("/api")).rejects.toMatchObject({
    summary: `${new URL(api.url).host} cannot be reached`,
  });
  expect(api.requests).toHaveLength(21);
});

test("a token endpoint that hands out no token", async () => {
  api = await ScriptedApi.start(json(200, { token: "?" }));
  const credentials = { clientId: "id", clientSecret: "secret" };
  await expect(api.client({ credentials })).rejects.toMatchObject({
    summary: "The OAuth response has no access_token",
  });
});

test("stops waiting when it is stopped", async () => {
  let refused = (): void => undefined;
  const refusal = new Promise<void>((resolve) => (refused = resolve));
  api = await ScriptedApi.start((response) => {
    json(503, {})(response);
    refused();
  });
  const client = await api.client({ timing: genuineTiming });
  const stopped = expect(client.get("/api")).rejects.toMatchObject({ summary: "The operation was stopped" });
  await refusal;
  api.stopClients();
  await stopped;
});
