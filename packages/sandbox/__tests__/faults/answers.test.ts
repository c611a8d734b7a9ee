import { deploymentsPath, entitiesOf, plainConfiguration, Sandbox, textOf } from "../api/fixture";

const configurations = "/api/v2/webdeployments/configurations";

test("a status is answered in the API's own form, with Retry-After and a message where they are given", async () => {
  const sandbox = new Sandbox();
  sandbox.faults.add(`429 retry-after=2 message="slow down"`);
  const { status, body, headers } = await sandbox.call("GET", deploymentsPath);
  expect(status).toBe(429);
  expect(headers.get("Retry-After")).toBe("2");
  expect(body).toMatchObject({ message: "slow down", code: "too.many.requests", status: 429, details: [], errors: [] });
});

test.each([
  [400, "bad.request", "Bad Request"],
  [401, "bad.credentials", "Unauthorized"],
  [403, "missing.any.permissions", "Forbidden"],
  [500, "internal.server.error", "Internal Server Error"],
  [503, "service.unavailable", "Service Unavailable"],
  [418, "fault", "I'm a Teapot"],
])("%i has the code %s and its own words", async (status, code, message) => {
  const sandbox = new Sandbox();
  sandbox.faults.add(String(status));
  expect((await sandbox.call("GET", deploymentsPath)).body).toMatchObject({ message, code, status });
});

test.each([
  ["503 on POST configurations", 503, 0],
  ["503 after on POST configurations", 503, 1],
  ["html on POST configurations", 200, 0],
  ["html 502 after on POST configurations", 502, 1],
])("%s: the call is carried out only after 'after'", async (fault, status, made) => {
  const sandbox = new Sandbox();
  sandbox.faults.add(fault);
  const answer = await sandbox.call("POST", configurations, plainConfiguration);
  expect(answer.status).toBe(status);
  expect(entitiesOf((await sandbox.call("GET", configurations)).body)).toHaveLength(made);
  expect(sandbox.calls.after(1)[0]).toMatchObject({ status, faults: ["f1"] });
});

test("a proxy's page is not JSON", async () => {
  const sandbox = new Sandbox();
  sandbox.faults.add("html 502");
  const response = await sandbox.app.request("http://127.0.0.1/api/v2/organizations/me");
  expect([response.status, response.headers.get("Content-Type")]).toEqual([502, "text/html; charset=utf-8"]);
  expect(await response.text()).toContain("<h1>502 Bad Gateway</h1>");
});

test("public files are faulted, too, and no JSON of the API's says so", async () => {
  const sandbox = new Sandbox();
  const id = textOf(await sandbox.deployment(), "id");
  sandbox.faults.add("503 on public first=1");
  const url = `http://127.0.0.1/webdeployments/v1/deployments/${id}/domains.json`;
  const refused = await sandbox.app.request(url);
  expect([refused.status, await refused.text()]).toEqual([503, "Service Unavailable"]);
  expect((await sandbox.app.request(url)).status).toBe(200);
});

test("the token endpoint is faulted by its own name", async () => {
  const sandbox = new Sandbox();
  sandbox.faults.add("503 on oauth");
  expect((await sandbox.tokenFor("sandbox-client", "sandbox-secret")).status).toBe(503);
});

test("the control plane never is", async () => {
  const sandbox = new Sandbox();
  sandbox.faults.add("503 on any");
  expect((await sandbox.request("/sandbox/state")).status).toBe(200);
});
