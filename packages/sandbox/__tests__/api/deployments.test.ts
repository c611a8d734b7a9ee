import { configurationsPath, deploymentsPath, plainConfiguration, Sandbox, textOf } from "./fixture";

const flow = "5a9db0c5-0000-4000-8000-000000000011";
const integration = "5a9db0c5-0000-4000-8000-000000000021";
const profile = "5a9db0c5-0000-4000-8000-000000000041";

test("a new deployment is Pending in the answer and Active when asked for", async () => {
  const sandbox = new Sandbox();
  const made = await sandbox.deployment({ allowedDomains: ["www.example.com", "example.com"] });
  expect(made).toMatchObject({
    name: "Shop",
    allowAllDomains: false,
    allowedDomains: ["www.example.com", "example.com"],
    configuration: { version: "1" },
    status: "Pending",
    dateCreated: "2026-01-02T03:04:05.000Z",
    dateModified: "2026-01-02T03:04:05.000Z",
    lastModifiedUser: { id: sandbox.store.state.clients.get("sandbox-client")?.userId },
    selfUri: `${deploymentsPath}/${textOf(made, "id")}`,
  });
  expect(made["id"]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const { body } = await sandbox.call("GET", textOf(made, "selfUri"));
  expect(body).toEqual({ ...made, status: "Active" });
});

test("it stays Pending as long as it takes to become Active", async () => {
  const sandbox = new Sandbox({ activationDelayMs: 2000 });
  const later = (milliseconds: number): void => {
    sandbox.now = new Date(sandbox.now.getTime() + milliseconds);
  };
  const id = textOf((await sandbox.call("POST", configurationsPath, plainConfiguration)).body, "id");
  const draft = `${configurationsPath}/${id}/versions/draft`;
  expect((await sandbox.call("POST", `${draft}/publish`)).status).toBe(409);
  later(2000);
  expect((await sandbox.call("GET", draft)).body["status"]).toBe("Active");
  expect((await sandbox.call("POST", `${draft}/publish`)).status).toBe(200);

  const made = await sandbox.call("POST", deploymentsPath, { name: "Shop", configuration: { id } });
  const status = async (): Promise<unknown> => (await sandbox.call("GET", textOf(made.body, "selfUri"))).body["status"];
  later(1999);
  expect(await status()).toBe("Pending");
  later(1);
  expect(await status()).toBe("Active");
});

test("the snippet names the region's hosts, not the sandbox's, so that it never changes", async () => {
  const made = await new Sandbox().deployment();
  expect(made["snippet"]).toContain(`"https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js"`);
  expect(made["snippet"]).toContain(`{"environment":"prod-euc1","deploymentId":"${textOf(made, "id")}"}`);
});

test("references come back with what is known of them, and are accepted that way", async () => {
  const sandbox = new Sandbox();
  const made = await sandbox.deployment({
    description: "All shops",
    flow: { id: flow },
    supportedContent: { id: profile },
    pushIntegrations: [{ id: integration, provider: "FCM" }],
  });
  expect(made).toMatchObject({
    description: "All shops",
    flow: { id: flow, name: "Inbound Messages", selfUri: `/api/v2/flows/${flow}` },
    supportedContent: { id: profile },
    pushIntegrations: [{ id: integration, provider: "FCM" }],
  });
  const { status, body } = await sandbox.call("PUT", textOf(made, "selfUri"), { ...made, status: "Active" });
  expect(status).toBe(200);
  expect(body).toEqual({ ...made, status: "Active" });
});

test("a PUT is the whole object: what it leaves out is cleared, the status excepted", async () => {
  const sandbox = new Sandbox();
  const made = await sandbox.deployment({
    description: "All shops",
    flow: { id: flow },
    allowedDomains: ["example.com"],
  });
  const uri = textOf(made, "selfUri");
  await sandbox.call("PUT", uri, { ...made, status: "Inactive" });
  sandbox.now = new Date("2026-01-02T03:14:05.000Z");
  const { configuration } = made;
  const { body } = await sandbox.call("PUT", uri, { name: "Shop 2", configuration });
  expect(body).toMatchObject({ name: "Shop 2", allowAllDomains: false, allowedDomains: [], status: "Inactive" });
  expect(body).toMatchObject({ dateCreated: made["dateCreated"], dateModified: "2026-01-02T03:14:05.000Z" });
  expect(body).not.toHaveProperty("flow");
  expect(body).not.toHaveProperty("description");
});

test("a null is a field left out", async () => {
  const sandbox = new Sandbox();
  const made = await sandbox.deployment({ description: null, flow: null, allowedDomains: null });
  expect(made).toMatchObject({ allowedDomains: [] });
  expect(made).not.toHaveProperty("description");
});

test("an order of domains is kept, and malformed entries are taken as they are", async () => {
  const allowedDomains = ["z.example.com", "https://a.example.com", "*.example.com", ""];
  expect(await new Sandbox().deployment({ allowedDomains })).toMatchObject({ allowedDomains });
});

test("an empty list without allowAllDomains is accepted: it blocks every page", async () => {
  expect(await new Sandbox().deployment({ allowAllDomains: false, allowedDomains: [] })).toMatchObject({
    status: "Pending",
    allowedDomains: [],
  });
});

test("a deployment that was deleted is gone", async () => {
  const sandbox = new Sandbox();
  const uri = textOf(await sandbox.deployment(), "selfUri");
  expect((await sandbox.call("DELETE", uri)).status).toBe(204);
  expect((await sandbox.call("GET", uri)).status).toBe(404);
  expect((await sandbox.call("DELETE", uri)).status).toBe(404);
});

test("a version left out means the newest published one", async () => {
  const sandbox = new Sandbox();
  const id = await sandbox.publishedConfiguration();
  await sandbox.call("POST", `${configurationsPath}/${id}/versions/draft/publish`);
  const { body } = await sandbox.call("POST", deploymentsPath, { name: "x", configuration: { id } });
  expect(body).toMatchObject({ configuration: { id, version: "2" } });
});

test("a version cannot be shown before it is published", async () => {
  const sandbox = new Sandbox();
  const id = textOf((await sandbox.call("POST", configurationsPath, plainConfiguration)).body, "id");
  for (const version of [undefined, "DRAFT", "1"]) {
    const configuration = { id, ...(version !== undefined && { version }) };
    const { status, body } = await sandbox.call("POST", deploymentsPath, { name: "x", configuration });
    expect(status).toBe(400);
    expect(body["message"]).toContain("publish its draft first");
  }
});

test.each([
  ["no name", { name: undefined }, "name", '"name" is missing'],
  ["an empty name", { name: "" }, "name", '"name" is missing'],
  ["a name that is a number", { name: 7 }, "name", "must be a string, not 7"],
  ["no configuration", { configuration: undefined }, "configuration", "is missing"],
  ["a configuration without id", { configuration: {} }, "configuration.id", "is missing"],
  [
    "an unknown configuration",
    { configuration: { id: "x" } },
    "configuration.id",
    'web deployment configuration "x" not found',
  ],
  [
    "all domains and a list",
    { allowAllDomains: true, allowedDomains: ["a.example.com"] },
    "allowedDomains",
    "must be empty",
  ],
  ["a list that is a text", { allowedDomains: "a.example.com" }, "allowedDomains", "must be a list of strings"],
  ["an entry that is not a string", { allowedDomains: ["a", 1] }, "allowedDomains[1]", "must be a string"],
  ["a flag that is a text", { allowAllDomains: "true" }, "allowAllDomains", "must be true or false"],
  ["an unknown flow", { flow: { id: "x" } }, "flow.id", 'flow "x" not found in this organization'],
  ["an unknown profile", { supportedContent: { id: "x" } }, "supportedContent.id", 'supportedContent "x" not found'],
  [
    "an unknown integration",
    { pushIntegrations: [{ id: "x", provider: "FCM" }] },
    "pushIntegrations[0].id",
    'integration "x" not found',
  ],
  [
    "an unknown provider",
    { pushIntegrations: [{ id: integration, provider: "SMS" }] },
    "pushIntegrations[0].provider",
    "APNS",
  ],
  ["an unknown status", { status: "Asleep" }, "status", "must be one of"],
  ["a status that only the platform gives", { status: "Deleting" }, "status", "cannot be set"],
  ["a field that does not exist", { allowedDomain: ["x"] }, "allowedDomain", 'unknown field "allowedDomain"'],
  ["a field that does not exist, inside", { flow: { id: flow, kind: "x" } }, "flow.kind", 'unknown field "flow.kind"'],
])("%s is refused with the field's name, and nothing is made", async (_what, wrong, field, words) => {
  const sandbox = new Sandbox();
  const configuration = { id: await sandbox.publishedConfiguration() };
  const answer = await sandbox.call("POST", deploymentsPath, { name: "Shop", configuration, ...wrong });
  expect(answer.status).toBe(400);
  expect(answer.body["message"]).toContain(words);
  expect(answer.body["details"]).toContainEqual(expect.objectContaining({ fieldName: field }));
  expect(sandbox.store.state.deployments.size).toBe(0);
});

test("everything that is wrong is said at once", async () => {
  const { body } = await new Sandbox().call("POST", deploymentsPath, { allowAllDomains: 1, nope: 2 });
  expect(body["details"]).toEqual([
    { errorCode: "missing.value", fieldName: "name" },
    { errorCode: "missing.value", fieldName: "configuration" },
    { errorCode: "invalid.value", fieldName: "allowAllDomains" },
    { errorCode: "unknown.field", fieldName: "nope" },
  ]);
});
