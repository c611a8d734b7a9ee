import { deploymentsPath, entitiesOf, Sandbox, textOf } from "./fixture";

test("the calls are told in order, with status, client and body, from any number on", async () => {
  const sandbox = new Sandbox();
  await sandbox.call("GET", `${deploymentsPath}?pageSize=1`);
  await sandbox.call("POST", deploymentsPath, { name: "x" });
  await sandbox.request("/api/v2/organizations/me");
  const { body } = await sandbox.request("/sandbox/calls");
  const client = "sandbox-client";
  expect(body).toEqual({
    last: 4,
    calls: [
      { n: 1, method: "POST", path: "/oauth/token", status: 200, client },
      { n: 2, method: "GET", path: `${deploymentsPath}?pageSize=1`, status: 200, client },
      { n: 3, method: "POST", path: deploymentsPath, status: 400, client, body: { name: "x" } },
      { n: 4, method: "GET", path: "/api/v2/organizations/me", status: 401 },
    ],
  });
  const later = await sandbox.request("/sandbox/calls?after=3");
  expect(later.body["calls"]).toHaveLength(1);
  expect((await sandbox.request("/sandbox/calls?after=x")).status).toBe(400);
});

test("calls that are cleared do not give their numbers back", async () => {
  const sandbox = new Sandbox();
  await sandbox.call("GET", deploymentsPath);
  expect((await sandbox.request("/sandbox/calls", { method: "DELETE" })).status).toBe(204);
  expect((await sandbox.request("/sandbox/calls")).body).toEqual({ last: 2, calls: [] });
  await sandbox.call("GET", deploymentsPath);
  expect(sandbox.calls.after(2).map(({ n }) => n)).toEqual([3]);
});

test.each([
  ["flows", { id: "f", name: "Night" }, "/api/v2/flows?name=Night"],
  ["flows", { id: "f", name: "Voice", type: "inboundCall" }, "/api/v2/flows?type=inboundcall"],
  ["integrations", { id: "i", name: "Okta" }, "/api/v2/integrations?name=Okta"],
  [
    "knowledgebases",
    { id: "k", name: "FAQ", coreLanguage: "de-DE" },
    "/api/v2/knowledge/knowledgebases?coreLanguage=de-DE",
  ],
  ["supportedcontent", { id: "s", name: "Images" }, "/api/v2/conversations/messaging/supportedcontent?name=Images"],
])("what is posted to /sandbox/%s is there: %j", async (collection, record, path) => {
  const sandbox = new Sandbox();
  const made = await sandbox.request(`/sandbox/${collection}`, { method: "POST", body: JSON.stringify(record) });
  expect(made.status).toBe(201);
  const found = entitiesOf((await sandbox.call("GET", path)).body);
  expect(found.map(({ id, name }) => [id, name])).toEqual([[record.id, record.name]]);
});

test.each([
  ["flows", "{}", '"name"'],
  ["flows", "[]", "JSON object"],
  ["flows", "{", "JSON"],
  ["clients", '{"id":"sandbox-client"}', "own client"],
  ["clients", '{"permissions":["everything"]}', "webDeployments:deployment:view"],
])("a post to /sandbox/%s of %s is refused with the reason", async (collection, body, words) => {
  const answer = await new Sandbox().request(`/sandbox/${collection}`, { method: "POST", body });
  expect(answer.status).toBe(400);
  expect(answer.body["message"]).toContain(words);
});

test("the state is shown without the secrets of its clients", async () => {
  const sandbox = new Sandbox();
  const id = textOf(await sandbox.deployment({ allowedDomains: ["example.com"] }), "id");
  const { body } = await sandbox.request("/sandbox/state");
  expect(body["deployments"]).toEqual([expect.objectContaining({ id, allowedDomains: ["example.com"] })]);
  expect(JSON.stringify(body)).not.toContain("sandbox-secret");
});

test("a reset leaves a fresh organisation and no calls", async () => {
  const sandbox = new Sandbox();
  await sandbox.deployment();
  expect((await sandbox.request("/sandbox/reset", { method: "POST" })).status).toBe(204);
  expect(sandbox.store.state.deployments.size).toBe(0);
  expect(sandbox.calls.after()).toEqual([]);
  expect((await sandbox.call("GET", deploymentsPath)).body["total"]).toBe(0);
});

test.each([
  ["a name that was pointed to this machine", "http://evil.example:8080/sandbox/state", {}],
  ["a page of another origin", "http://127.0.0.1:8080/sandbox/state", { Origin: "https://evil.example" }],
  ["a page of another port", "http://127.0.0.1:8080/sandbox/state", { Origin: "http://127.0.0.1:3000" }],
  ["a page without an origin", "http://127.0.0.1:8080/sandbox/state", { Origin: "null" }],
])("%s gets no answer", async (_what, url, headers) => {
  const response = await new Sandbox().app.request(url, { headers });
  expect(response.status).toBe(403);
});

test.each([
  ["http://127.0.0.1:8080/sandbox/state", {}],
  ["http://localhost:8080/sandbox/state", {}],
  ["http://localhost:8080/sandbox/state", { Origin: "http://localhost:8080" }],
])("a program of this machine does: %s %j", async (url, headers) => {
  expect((await new Sandbox().app.request(url, { headers })).status).toBe(200);
});

test("what it does not have is 404", async () => {
  expect((await new Sandbox().request("/sandbox/nothing")).status).toBe(404);
});
