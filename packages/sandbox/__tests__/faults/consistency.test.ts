import { configurationsPath, deploymentsPath, entitiesOf, Sandbox, textOf } from "../api/fixture";

/** Lets time pass for the sandbox. */
function wait(sandbox: Sandbox, milliseconds: number): void {
  sandbox.now = new Date(sandbox.now.getTime() + milliseconds);
}

describe("Pending for a while", () => {
  test("a new deployment and a new draft become Active when the time is over", async () => {
    const sandbox = new Sandbox();
    const configuration = { id: await sandbox.publishedConfiguration() };
    sandbox.faults.add("pending 5s");
    const made = await sandbox.call("POST", deploymentsPath, { name: "Shop", configuration });
    expect(made.body["status"]).toBe("Pending");
    const status = async (): Promise<unknown> =>
      (await sandbox.call("GET", `${deploymentsPath}/${textOf(made.body, "id")}`)).body["status"];
    expect(await status()).toBe("Pending");
    wait(sandbox, 5000);
    expect(await status()).toBe("Active");
  });

  test("so does what is changed, whatever status the client asks for", async () => {
    const sandbox = new Sandbox();
    const deployment = await sandbox.deployment();
    sandbox.faults.add("pending 5s on PUT deployments first=1");
    const path = `${deploymentsPath}/${textOf(deployment, "id")}`;
    const change = (): Promise<unknown> =>
      sandbox
        .call("PUT", path, { name: "Shop", configuration: deployment["configuration"], status: "Active" })
        .then(({ body }) => body["status"]);
    expect(await change()).toBe("Pending");
    wait(sandbox, 5000);
    expect((await sandbox.call("GET", path)).body["status"]).toBe("Active");
    expect(await change()).toBe("Active");
  });

  test("only what has a status counts as met", async () => {
    const sandbox = new Sandbox();
    sandbox.faults.add("pending 5s nth=2");
    await sandbox.call("GET", deploymentsPath);
    await sandbox.publishedConfiguration();
    expect(sandbox.faults.list()).toMatchObject([{ met: 1, struck: 0 }]);
  });
});

describe("a deployment that ends in Error", () => {
  test("is Pending before, stays Error, and is tried again by a change", async () => {
    const sandbox = new Sandbox();
    sandbox.faults.add("error 1s on POST deployments first=1");
    const deployment = await sandbox.deployment();
    expect(deployment["status"]).toBe("Pending");
    const path = `${deploymentsPath}/${textOf(deployment, "id")}`;
    const body = { name: "Shop", configuration: deployment["configuration"] };
    wait(sandbox, 1000);
    expect((await sandbox.call("GET", path)).body["status"]).toBe("Error");
    expect((await sandbox.call("PUT", path, body)).body["status"]).toBe("Active");
  });

  test("pages see it in the public file", async () => {
    const sandbox = new Sandbox();
    sandbox.faults.add("error on POST deployments");
    const id = textOf(await sandbox.deployment(), "id");
    const { body } = await sandbox.request(`/webdeployments/v1/deployments/${id}/config.json`);
    expect(body["status"]).toBe("Error");
  });
});

describe("what was created is not found for a while", () => {
  test("by its id, in the API and in the public files; lists and changes know it", async () => {
    const sandbox = new Sandbox();
    sandbox.faults.add("missing 2s on POST deployments");
    const deployment = await sandbox.deployment();
    const id = textOf(deployment, "id");
    const path = `${deploymentsPath}/${id}`;
    const file = `/webdeployments/v1/deployments/${id}/domains.json`;
    expect((await sandbox.call("GET", path)).body).toMatchObject({ code: "not.found", status: 404 });
    expect((await sandbox.request(file)).status).toBe(403);
    expect(entitiesOf((await sandbox.call("GET", deploymentsPath)).body)).toHaveLength(1);
    const change = { name: "Shop", configuration: deployment["configuration"] };
    expect((await sandbox.call("PUT", path, change)).status).toBe(200);
    wait(sandbox, 2000);
    expect((await sandbox.call("GET", path)).status).toBe(200);
    expect((await sandbox.request(file)).status).toBe(200);
    expect(sandbox.calls.after().filter(({ faults }) => faults !== undefined)).toMatchObject([
      { method: "POST", path: deploymentsPath, status: 200 },
      { method: "GET", path, status: 404 },
    ]);
  });

  test("a configuration's draft, too", async () => {
    const sandbox = new Sandbox();
    sandbox.faults.add("missing 2s on configurations");
    const id = await sandbox.publishedConfiguration();
    expect((await sandbox.call("GET", `${configurationsPath}/${id}/versions/draft`)).status).toBe(404);
    expect((await sandbox.call("GET", `${configurationsPath}/${id}/versions/1`)).status).toBe(404);
    wait(sandbox, 2000);
    expect((await sandbox.call("GET", `${configurationsPath}/${id}/versions/1`)).status).toBe(200);
  });

  test("what was refused was not created", async () => {
    const sandbox = new Sandbox();
    sandbox.faults.add("missing 2s");
    expect((await sandbox.call("POST", configurationsPath, {})).status).toBe(400);
  });
});

describe("public files that stay as they were for a while", () => {
  const files = async (sandbox: Sandbox, id: string): Promise<readonly unknown[]> => {
    const of = `/webdeployments/v1/deployments/${id}`;
    const domains = await sandbox.request(`${of}/domains.json`);
    const config = await sandbox.request(`${of}/config.json`);
    expect(domains.headers.get("Access-Control-Allow-Origin")).toBe("*");
    return [domains.status, domains.body["allowedDomains"], config.body["version"]];
  };

  test("after an edit: the old list and the old configuration, until the time is over", async () => {
    const sandbox = new Sandbox();
    const made = await sandbox.deployment({ allowedDomains: ["old.example.com"] });
    const deployment = textOf(made, "id");
    const configurationId = textOf(made["configuration"] as { id: string }, "id");
    await sandbox.call("POST", `${configurationsPath}/${configurationId}/versions/draft/publish`);
    sandbox.faults.add("stale 30s on PUT deployments");
    const edit = (domain: string): Promise<unknown> =>
      sandbox.call("PUT", `${deploymentsPath}/${deployment}`, {
        name: "Shop",
        allowedDomains: [domain],
        configuration: { id: configurationId },
      });
    await edit("new.example.com");
    expect(await files(sandbox, deployment)).toEqual([200, ["old.example.com"], "1"]);
    wait(sandbox, 20_000);
    await edit("newer.example.com");
    wait(sandbox, 20_000);
    expect(await files(sandbox, deployment)).toEqual([200, ["old.example.com"], "1"]);
    wait(sandbox, 10_000);
    expect(await files(sandbox, deployment)).toEqual([200, ["newer.example.com"], "2"]);
  });

  test("do not exist yet after a creation, and still exist after a deletion", async () => {
    const sandbox = new Sandbox();
    sandbox.faults.add("stale 30s");
    const id = textOf(await sandbox.deployment({ allowedDomains: ["example.com"] }), "id");
    expect(await files(sandbox, id)).toEqual([403, undefined, undefined]);
    wait(sandbox, 30_000);
    expect(await files(sandbox, id)).toEqual([200, ["example.com"], "1"]);
    await sandbox.call("DELETE", `${deploymentsPath}/${id}`);
    expect(await files(sandbox, id)).toEqual([200, ["example.com"], "1"]);
    wait(sandbox, 30_000);
    expect(await files(sandbox, id)).toEqual([403, undefined, undefined]);
  });

  test("an edit that was refused changes nothing, and nothing is held back for it", async () => {
    const sandbox = new Sandbox();
    const id = textOf(await sandbox.deployment(), "id");
    sandbox.faults.add("stale 30s");
    expect((await sandbox.call("PUT", `${deploymentsPath}/${id}`, {})).status).toBe(400);
    await sandbox.call("DELETE", `${deploymentsPath}/${id}`);
    expect((await files(sandbox, id))[0]).toBe(200);
  });
});
