import { deploymentsPath, Sandbox, textOf } from "./fixture";

const file = (id: string, name: string): string => `/webdeployments/v1/deployments/${id}/${name}.json`;
const unknown = "11111111-2222-4333-8444-555555555555";

test("domains.json repeats the list as it is, in order, to every origin and without a token", async () => {
  const sandbox = new Sandbox();
  const allowedDomains = ["www.example.com", "example.com"];
  const id = textOf(await sandbox.deployment({ allowedDomains }), "id");
  const answer = await sandbox.request(file(id, "domains"), { headers: { Origin: "https://shop.example.net" } });
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ allowAllDomains: false, allowedDomains });
  expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
});

test("an edit shows at once", async () => {
  const sandbox = new Sandbox();
  const made = await sandbox.deployment({ allowedDomains: ["example.com"] });
  await sandbox.call("PUT", textOf(made, "selfUri"), { ...made, allowAllDomains: true, allowedDomains: [] });
  const answer = await sandbox.request(file(textOf(made, "id"), "domains"));
  expect(answer.body).toEqual({ allowAllDomains: true, allowedDomains: [] });
});

test("config.json is the version that the deployment shows, with the deployment's status", async () => {
  const sandbox = new Sandbox();
  const messenger = { enabled: true, launcherButton: { visibility: "OnDemand" } };
  const id = await sandbox.publishedConfiguration({
    name: "Shop",
    languages: ["en-us", "de"],
    defaultLanguage: "de",
    messenger,
    headlessMode: { enabled: true },
    authenticationSettings: { enabled: true, integrationId: "i" },
  });
  const versions = `/api/v2/webdeployments/configurations/${id}/versions`;
  await sandbox.call("PUT", `${versions}/draft`, { name: "Later", languages: ["fr"], defaultLanguage: "fr" });
  await sandbox.call("POST", `${versions}/draft/publish`);
  const settings = { name: "Shop", configuration: { id, version: "1" } };
  const { body } = await sandbox.call("POST", deploymentsPath, settings);
  const config = (): Promise<unknown> =>
    sandbox.request(file(textOf(body, "id"), "config")).then((answer) => answer.body);

  expect(await config()).toEqual({
    id,
    version: "1",
    status: "Active",
    headlessMode: { enabled: true },
    languages: ["en-us", "de"],
    defaultLanguage: "de",
    apiEndpoint: "http://127.0.0.1",
    messenger,
    auth: { enabled: true, allowSessionUpgrade: false },
  });
  await sandbox.call("PUT", textOf(body, "selfUri"), { ...settings, status: "Inactive" });
  expect(await config()).toMatchObject({ status: "Inactive", version: "1" });
  await sandbox.call("PUT", textOf(body, "selfUri"), { name: "Shop", configuration: { id, version: "2" } });
  expect(await config()).toMatchObject({ version: "2", languages: ["fr"] });
});

test.each(["domains", "config", "anything"])("%s.json of an unknown id answers 403, not 404", async (name) => {
  const answer = await new Sandbox().request(file(unknown, name));
  expect(answer.status).toBe(403);
  expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
});

test("the files of a deployment that was deleted are gone", async () => {
  const sandbox = new Sandbox();
  const made = await sandbox.deployment();
  await sandbox.call("DELETE", textOf(made, "selfUri"));
  expect((await sandbox.request(file(textOf(made, "id"), "domains"))).status).toBe(403);
});

test("they can be read and asked about, nothing else", async () => {
  const sandbox = new Sandbox();
  const path = file(textOf(await sandbox.deployment(), "id"), "domains");
  expect((await sandbox.request(path, { method: "HEAD" })).status).toBe(200);
  for (const method of ["POST", "PUT", "DELETE"]) {
    const answer = await sandbox.request(path, { method });
    expect([answer.status, answer.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
  }
});

test("visitors are not counted among the API's calls", async () => {
  const sandbox = new Sandbox();
  await sandbox.request(file(unknown, "domains"));
  expect(sandbox.calls.after()).toEqual([]);
});
