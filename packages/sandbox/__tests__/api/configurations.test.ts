import { configurationsPath, entitiesOf, plainConfiguration, Sandbox, textOf } from "./fixture";

test("a new configuration is a draft, and becomes Active by itself", async () => {
  const sandbox = new Sandbox();
  const { status, body } = await sandbox.call("POST", configurationsPath, plainConfiguration);
  expect(status).toBe(200);
  expect(body).toMatchObject({ ...plainConfiguration, version: "DRAFT", status: "Pending" });
  const draft = await sandbox.call("GET", `${configurationsPath}/${textOf(body, "id")}/versions/draft`);
  expect(draft.body).toEqual({ ...body, status: "Active" });
});

test("every publication is a separate version, which later edits do not change", async () => {
  const sandbox = new Sandbox();
  const id = textOf((await sandbox.call("POST", configurationsPath, plainConfiguration)).body, "id");
  const versions = `${configurationsPath}/${id}/versions`;
  for (const version of ["1", "2", "3"]) {
    await sandbox.call("PUT", `${versions}/draft`, { ...plainConfiguration, description: `edition ${version}` });
    const { body } = await sandbox.call("POST", `${versions}/draft/publish`);
    expect(body).toMatchObject({ version, description: `edition ${version}`, status: "Active" });
    expect(body["datePublished"]).toBe(sandbox.now.toISOString());
  }
  expect((await sandbox.call("GET", `${versions}/1`)).body["description"]).toBe("edition 1");
  expect((await sandbox.call("GET", `${versions}/4`)).status).toBe(404);
  const listed = entitiesOf((await sandbox.call("GET", versions)).body).map((entity) => entity["version"]);
  expect(listed).toEqual(["1", "2", "3", "DRAFT"]);
});

test("a PUT of the draft is the whole draft: what it leaves out is cleared", async () => {
  const sandbox = new Sandbox();
  const content = { ...plainConfiguration, description: "x", messenger: { enabled: true } };
  const { body } = await sandbox.call("POST", configurationsPath, content);
  const draft = `${configurationsPath}/${textOf(body, "id")}/versions/draft`;
  const edited = await sandbox.call("PUT", draft, { ...plainConfiguration, name: "Renamed" });
  expect(edited.body).toMatchObject({ name: "Renamed", version: "DRAFT", status: "Active" });
  expect(edited.body).not.toHaveProperty("messenger");
  expect((await sandbox.call("GET", draft)).body).toEqual(edited.body);
});

test("what was answered can be sent back as it is", async () => {
  const sandbox = new Sandbox();
  const { body } = await sandbox.call("POST", configurationsPath, plainConfiguration);
  const draft = `${configurationsPath}/${textOf(body, "id")}/versions/draft`;
  const read = (await sandbox.call("GET", draft)).body;
  expect(await sandbox.call("PUT", draft, read)).toMatchObject({ status: 200, body: read });
});

test("the list shows every configuration once; the published ones alone on request", async () => {
  const sandbox = new Sandbox();
  const published = await sandbox.publishedConfiguration();
  const draft = textOf((await sandbox.call("POST", configurationsPath, plainConfiguration)).body, "id");
  const listed = async (query: string): Promise<unknown[]> =>
    entitiesOf((await sandbox.call("GET", `${configurationsPath}${query}`)).body).map(({ id, version }) => [
      id,
      version,
    ]);
  expect(await listed("?showOnlyPublished=false")).toEqual([
    [published, "DRAFT"],
    [draft, "DRAFT"],
  ]);
  expect(await listed("?showOnlyPublished=true")).toEqual([[published, "1"]]);
});

test("a configuration that a deployment shows cannot be deleted; afterwards it can, with all its versions", async () => {
  const sandbox = new Sandbox();
  const deployment = await sandbox.deployment({ name: "Shop of Berne" });
  const id =
    entitiesOf((await sandbox.call("GET", configurationsPath)).body).map((each) => textOf(each, "id"))[0] ?? "";
  const refused = await sandbox.call("DELETE", `${configurationsPath}/${id}`);
  expect(refused.status).toBe(409);
  expect(refused.body["message"]).toContain(`"Shop of Berne"`);
  await sandbox.call("DELETE", textOf(deployment, "selfUri"));
  expect((await sandbox.call("DELETE", `${configurationsPath}/${id}`)).status).toBe(204);
  expect((await sandbox.call("GET", `${configurationsPath}/${id}/versions/draft`)).status).toBe(404);
  expect((await sandbox.call("GET", `${configurationsPath}/${id}/versions/1`)).status).toBe(404);
});

test.each([
  ["no languages", { languages: [] }, "languages"],
  ["no default language", { defaultLanguage: undefined }, "defaultLanguage"],
  ["a name of 101 characters", { name: "x".repeat(101) }, "name"],
  [
    "a visibility that does not exist",
    { messenger: { launcherButton: { visibility: "Sometimes" } } },
    "messenger.launcherButton.visibility",
  ],
  [
    "a percentage over 100",
    { journeyEvents: { scrollDepthEvents: [{ eventName: "x", percentage: 101 }] } },
    "journeyEvents.scrollDepthEvents[0].percentage",
  ],
  [
    "an idle time below 30 s",
    { journeyEvents: { idleEvents: [{ eventName: "x", idleAfterSeconds: 29 }] } },
    "journeyEvents.idleEvents[0].idleAfterSeconds",
  ],
  ["a field of another place", { messenger: { apps: { visibility: "On" } } }, "messenger.apps.visibility"],
  ["a list where an object belongs", { messenger: [] }, "messenger"],
  ["an object where a list belongs", { customI18nLabels: {} }, "customI18nLabels"],
])("%s is refused with the field's path", async (_what, wrong, field) => {
  const sandbox = new Sandbox();
  const answer = await sandbox.call("POST", configurationsPath, { ...plainConfiguration, ...wrong });
  expect(answer.status).toBe(400);
  expect(answer.body["details"]).toEqual([expect.objectContaining({ fieldName: field })]);
  expect(sandbox.store.state.configurations.size).toBe(0);
});
