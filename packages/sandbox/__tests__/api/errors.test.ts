import { configurationsPath, deploymentsPath, plainConfiguration, Sandbox } from "./fixture";

const missing = "11111111-2222-4333-8444-555555555555";

test.each([
  ["GET", `${deploymentsPath}/${missing}`, undefined, 404, "not.found", missing],
  ["PUT", `${deploymentsPath}/${missing}`, { name: "x" }, 404, "not.found", missing],
  ["DELETE", `${deploymentsPath}/${missing}`, undefined, 404, "not.found", missing],
  ["DELETE", `${configurationsPath}/${missing}`, undefined, 404, "not.found", missing],
  ["GET", `${configurationsPath}/${missing}/versions`, undefined, 404, "not.found", missing],
  ["GET", `${configurationsPath}/${missing}/versions/draft`, undefined, 404, "not.found", missing],
  ["PUT", `${configurationsPath}/${missing}/versions/draft`, plainConfiguration, 404, "not.found", missing],
  ["POST", `${configurationsPath}/${missing}/versions/draft/publish`, undefined, 404, "not.found", missing],
  ["GET", `/api/v2/flows/${missing}`, undefined, 404, "not.found", missing],
  ["GET", "/api/v2/users/me", undefined, 404, "not.found", "/api/v2/users/me"],
  ["PATCH", `${deploymentsPath}/${missing}`, { name: "x" }, 405, "method.not.allowed", "GET, PUT, DELETE"],
  ["POST", deploymentsPath, undefined, 400, "bad.request", '"name" is missing'],
  ["POST", deploymentsPath, ["x"], 400, "bad.request", "must be a JSON object"],
  ["GET", `${deploymentsPath}?pageSize=0`, undefined, 400, "bad.request", "pageSize"],
  ["GET", `${deploymentsPath}?pageSize=ten`, undefined, 400, "bad.request", '"ten"'],
  ["GET", `${deploymentsPath}?after=%21%21`, undefined, 400, "bad.request", "invalid cursor"],
  ["GET", `${deploymentsPath}?after=MQ&before=MQ`, undefined, 400, "bad.request", "cannot be combined"],
  ["GET", "/api/v2/flows?pageNumber=-1", undefined, 400, "bad.request", "pageNumber"],
])("%s %s is refused with the platform's error body", async (method, path, body, status, code, words) => {
  const sandbox = new Sandbox();
  const answer = await sandbox.call(method, path, body);
  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({
    message: expect.stringContaining(words) as string,
    code,
    status,
    contextId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    details: expect.any(Array) as unknown[],
    errors: [],
  });
});

test.each([
  ["no token", {}, "authentication.required"],
  ["another scheme", { Authorization: "Basic eDp5" }, "authentication.required"],
  ["an unknown token", { Authorization: "Bearer x" }, "bad.credentials"],
])("a request with %s is answered 401", async (_what, headers, code) => {
  const answer = await new Sandbox().request(deploymentsPath, { headers });
  expect([answer.status, answer.body["code"]]).toEqual([401, code]);
});

test.each([
  ["broken JSON", "application/json", '{"name": ', 400, "bad.request", "not valid JSON"],
  ["a form", "application/x-www-form-urlencoded", "name=x", 415, "unsupported.media.type", "expected application/json"],
  ["JSON that is not declared", undefined, '{"name":"x"}', 415, "unsupported.media.type", "expected application/json"],
])("a body that is %s is refused", async (_what, type, body, status, code, words) => {
  const sandbox = new Sandbox();
  const token = await sandbox.tokenWith(["webDeployments:deployment:add"]);
  const answer = await sandbox.request(deploymentsPath, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, ...(type !== undefined && { "Content-Type": type }) },
    body: new TextEncoder().encode(body),
  });
  expect([answer.status, answer.body["code"]]).toEqual([status, code]);
  expect(answer.body["message"]).toContain(words);
});

test("every error has its own context id", async () => {
  const sandbox = new Sandbox();
  const ids = [await sandbox.call("GET", "/api/v2/x"), await sandbox.call("GET", "/api/v2/x")].map(
    ({ body }) => body["contextId"],
  );
  expect(new Set(ids).size).toBe(2);
});

test("a path outside Genesys Cloud's is 404 in the same form", async () => {
  const answer = await new Sandbox().request("/somewhere");
  expect([answer.status, answer.body["code"]]).toEqual([404, "not.found"]);
});

test("what stands before the routes can answer in their place, and the call is recorded all the same", async () => {
  const sandbox = new Sandbox({
    before: async (c, next) => {
      if (c.req.path !== deploymentsPath) return next();
      return c.json({ code: "service.unavailable" }, 503, { "Retry-After": "1" });
    },
  });
  expect((await sandbox.call("GET", deploymentsPath)).status).toBe(503);
  expect((await sandbox.call("GET", configurationsPath)).status).toBe(200);
  expect(sandbox.calls.after().map(({ path, status }) => [path, status])).toEqual([
    ["/oauth/token", 200],
    [deploymentsPath, 503],
    [configurationsPath, 200],
  ]);
});
