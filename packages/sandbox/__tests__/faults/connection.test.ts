import { request } from "node:http";

import { type RunningApi, startApi } from "../../lib/api/start";
import { Store } from "../../lib/cloud/store";
import { plainConfiguration } from "../api/fixture";

const configurations = "/api/v2/webdeployments/configurations";

let api: RunningApi;
let token: string;
let slept: number[];
const store = Store.open();
beforeAll(async () => {
  api = await startApi({
    store,
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      return Promise.resolve();
    },
  });
  const { clientId, clientSecret } = api.credentials;
  const answer = await fetch(`${api.url}/oauth/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  token = ((await answer.json()) as { access_token: string }).access_token;
});
beforeEach(() => {
  slept = [];
  api.calls.clear();
  store.reset();
});
afterEach(() => {
  api.faults.clear();
});
afterAll(() => api.close());

interface Seen {
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, unknown>>;
  /** As far as it came. */
  readonly body: string;
  /** How many pieces it came in. */
  readonly pieces: number;
  /** Why it came no further. */
  readonly error?: string | undefined;
}

/** A call as it is seen on the wire. */
function see(method: string, path: string, body?: object): Promise<Seen> {
  return new Promise((resolve) => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json", Connection: "close" };
    let came = "";
    let pieces = 0;
    const failed = (error: Error & { code?: string }): void => {
      resolve({ body: came, pieces, error: error.code });
    };
    request(`${api.url}${path}`, { method, headers }, (response) => {
      const { statusCode: status } = response;
      response.on("data", (piece: Buffer) => {
        pieces++;
        came += piece.toString();
      });
      response.on("error", (error: Error & { code?: string }) => {
        resolve({ status, headers: response.headers, body: came, pieces, error: error.code });
      });
      response.on("end", () => {
        resolve({ status, headers: response.headers, body: came, pieces });
      });
    })
      .on("error", failed)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const create = (): Promise<Seen> => see("POST", configurations, plainConfiguration);
const made = (): number => store.state.configurations.size;

test.each([
  ["reset on configurations", 0],
  ["reset after on configurations", 1],
])("%s: no answer, and %i configurations were made", async (fault, count) => {
  api.faults.add(fault);
  expect(await create()).toEqual({ body: "", pieces: 0, error: "ECONNRESET" });
  expect(made()).toBe(count);
  expect(api.calls.after()).toMatchObject([{ method: "POST", path: configurations, faults: [expect.any(String)] }]);
  expect(api.calls.after()[0]).not.toHaveProperty("status");
});

test.each([
  ["cut", { "content-length": expect.any(String) as string }],
  ["cut chunked", { "transfer-encoding": "chunked" }],
])("%s: the answer begins and never ends, and the call was carried out", async (fault, headers) => {
  api.faults.add(fault);
  const { status, error, body, headers: seen } = await create();
  expect({ status, error }).toEqual({ status: 200, error: "ECONNRESET" });
  expect(seen).toMatchObject(headers);
  expect(body).toMatch(/^\{"id":"/);
  expect(() => JSON.parse(body) as unknown).toThrow("JSON");
  expect(made()).toBe(1);
  expect(api.calls.after()).toMatchObject([{ status: 200, faults: [expect.any(String)] }]);
});

test("cutting an answer without a body leaves no answer", async () => {
  const { body } = await create();
  const { id } = JSON.parse(body) as { id: string };
  api.faults.add("cut");
  expect(await see("DELETE", `${configurations}/${id}`)).toMatchObject({ error: "ECONNRESET", body: "" });
  expect(made()).toBe(0);
});

test("public files are cut, too", async () => {
  api.faults.add("cut on loader");
  expect(await see("GET", "/genesys-bootstrap/genesys.min.js")).toMatchObject({ status: 200, error: "ECONNRESET" });
});

test("latency: a fixed time before the call, or one of a range that the seed decides", async () => {
  api.faults.add("latency 50ms nth=1");
  api.faults.add("latency 20ms..80ms on GET configurations");
  await see("GET", configurations);
  await see("GET", configurations);
  const [fixed, ...drawn] = slept;
  expect(fixed).toBe(50);
  expect(drawn).toHaveLength(2);
  for (const ms of drawn) expect(ms > 20 && ms < 80).toBe(true);
  expect(new Set(drawn).size).toBe(2);
});

test("slow: all of the body, in ten pieces over the time", async () => {
  const whole = await see("GET", "/api/v2/organizations/me");
  api.faults.add("slow 5s");
  const slow = await see("GET", "/api/v2/organizations/me");
  expect(slow.body).toBe(whole.body);
  expect(slow.headers?.["content-length"]).toBe(String(whole.body.length));
  expect(slept).toEqual(Array.from({ length: 10 }, () => 500));
});

test("slow: an answer without a body is not", async () => {
  const { id } = JSON.parse((await create()).body) as { id: string };
  api.faults.add("slow 5s");
  expect(await see("DELETE", `${configurations}/${id}`)).toMatchObject({ status: 204 });
});

test("the next call on a server that resets and cuts is answered as ever", async () => {
  api.faults.add("reset nth=1");
  api.faults.add("cut nth=1");
  expect(await see("GET", configurations)).toMatchObject({ error: "ECONNRESET" });
  expect(await see("GET", configurations)).toMatchObject({ status: 200, error: "ECONNRESET" });
  expect(await see("GET", configurations)).toMatchObject({ status: 200 });
});

test("a server has the faults of its flags from the start; an invalid one prevents the start", async () => {
  const limited = await startApi({
    store: Store.open(),
    faults: ["503 first=1"],
    requestsPerMinute: 300,
    faultSeed: 5,
  });
  expect(limited.faults.list().map(({ text }) => text)).toEqual(["503 first=1", "limit 300"]);
  expect(limited.faults.seed).toBe(5);
  await limited.close();
  await expect(startApi({ store: Store.open(), faults: ["503 frist=1"] })).rejects.toThrow(
    `Invalid fault "503 frist=1"`,
  );
});
