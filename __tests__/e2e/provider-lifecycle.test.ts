import { Genesys } from "../sandbox/provider/genesys";
import { shop } from "../sandbox/provider/shop";
import { needsTerraform, Workspace } from "./terraform";

const tokens = (count: number): readonly string[] => Array.from({ length: count }, () => "POST /oauth/token");
const organization = ["GET /api/v2/organizations/me", "GET /api/v2/authorization/products"];
const configure = [...tokens(11), ...organization];

let genesys: Genesys;
let workspace: Workspace;
beforeAll(async () => {
  genesys = await Genesys.start();
});
beforeEach(() => {
  genesys.takeAllCalls();
  workspace = new Workspace(genesys.provider.reattach);
});
afterEach(() => {
  workspace.remove();
});
afterAll(() => genesys.close());

/** The body of the last call of a method. */
function lastBody(method: string): unknown {
  return genesys.api.calls.after().findLast((call) => call.method === method)?.body;
}

needsTerraform("the life of a deployment, with the genuine provider's calls", () => {
  test("create, no change, update, destroy", async () => {
    await workspace.write(shop()).init();
    const created = await workspace.apply();
    expect(created.text).toContain("Apply complete! Resources: 2 added, 0 changed, 0 destroyed.");
    const configuration = workspace.attributes("genesyscloud_webdeployments_configuration");
    expect(lastBody("POST")).toEqual({
      name: "Shop",
      allowAllDomains: false,
      allowedDomains: ["example.com", "www.example.com"],
      configuration: { id: configuration?.["id"], version: "1" },
    });
    expect(genesys.takeCalls()).toEqual([
      "POST configurations",
      "GET configurations/{id}/versions/draft",
      "POST configurations/{id}/versions/draft/publish",
      "GET configurations/{id}/versions/1",
      "GET configurations/{id}/versions",
      "POST deployments",
      "GET deployments/{id}",
    ]);
    const before = workspace.attributes("genesyscloud_webdeployments_deployment");
    expect(before).toMatchObject({
      allow_all_domains: false,
      status: "Active",
      snippet: expect.stringContaining("genesys.min.js") as string,
    });

    const unchanged = await workspace.apply();
    expect(unchanged.text).toContain("No changes. Your infrastructure matches the configuration.");
    expect(genesys.takeCalls()).toEqual(["GET configurations/{id}/versions/1", "GET deployments/{id}"]);

    await workspace.write(shop({ deployment: { allowed_domains: ["example.com"], description: "The shop" } })).apply();
    expect(lastBody("PUT")).toEqual({
      name: "Shop",
      description: "The shop",
      allowAllDomains: false,
      allowedDomains: ["example.com"],
      configuration: { id: configuration?.["id"], version: "1" },
      status: "Active",
    });
    expect(genesys.takeCalls()).toEqual([
      "GET configurations/{id}/versions/1",
      "GET deployments/{id}",
      "GET configurations/{id}/versions",
      "PUT deployments/{id}",
      "GET deployments/{id}",
    ]);
    expect(workspace.attributes("genesyscloud_webdeployments_deployment")?.["id"]).toBe(before?.["id"]);

    await workspace.destroy();
    expect(genesys.takeCalls()).toEqual([
      "GET configurations/{id}/versions/1",
      "GET deployments/{id}",
      "DELETE deployments/{id}",
      "GET deployments/{id}",
      "DELETE configurations/{id}",
      "GET configurations/{id}/versions/draft",
    ]);
  });

  test("what was made elsewhere is imported, and the next plan is empty", async () => {
    await workspace.write(shop()).init();
    await workspace.apply();
    const ids = ["configuration", "deployment"].map((what) => {
      const type = `genesyscloud_webdeployments_${what}`;
      return [`${type}.shop`, String(workspace.attributes(type)?.["id"])] as const;
    });
    const adopting = new Workspace(genesys.provider.reattach);
    try {
      await adopting.write(shop()).init();
      genesys.takeCalls();
      for (const [address, id] of ids) {
        expect(await adopting.run("import", "-input=false", "-no-color", address, id)).toMatchObject({ code: 0 });
      }
      expect(genesys.takeCalls()).toEqual([
        "GET configurations/{id}/versions",
        "GET configurations/{id}/versions/1",
        "GET deployments/{id}",
      ]);
      expect(await adopting.plan()).toMatchObject({ code: 0 });
      expect(adopting.attributes("genesyscloud_webdeployments_deployment")).toEqual(
        workspace.attributes("genesyscloud_webdeployments_deployment"),
      );
      await adopting.destroy();
    } finally {
      adopting.remove();
    }
  });

  test("what does not exist cannot be imported", async () => {
    await workspace.write(shop({ provider: { custom_retry_timeout: "20ms" } })).init();
    const address = "genesyscloud_webdeployments_deployment.shop";
    const imported = await workspace.run("import", "-input=false", "-no-color", address, "nobody");
    expect(imported.code).toBe(1);
    expect(imported.text).toContain("Cannot import non-existent remote object");
  });
});

needsTerraform("who asks, and where", () => {
  test.each([
    ["a client id and secret: a token for itself and for each of ten pooled clients", {}, configure],
    ["token_pool_size", { token_pool_size: 2 }, [...tokens(3), ...organization]],
  ])("%s", async (_, provider, calls) => {
    await workspace.write(shop({ provider })).init();
    expect(await workspace.plan()).toMatchObject({ code: 2 });
    expect(genesys.takeAllCalls()).toEqual(calls);
  });

  test("an access token asks for none", async () => {
    const token = await genesys.accessToken();
    await workspace.write(shop({ provider: { access_token: token } })).init();
    expect(await workspace.plan()).toMatchObject({ code: 2 });
    expect(genesys.takeAllCalls()).toEqual(organization);
  });

  test("an apply configures twice", async () => {
    await workspace.write(shop()).init();
    await workspace.apply();
    const calls = genesys.takeAllCalls().filter((call) => configure.includes(call));
    expect(calls).toEqual([...configure, ...configure]);
    await workspace.destroy();
  });

  test("credentials in the provider block are used", async () => {
    const provider = { oauthclient_id: "sandbox-client", oauthclient_secret: "wrong" };
    await workspace.write(shop({ provider })).init();
    const plan = await workspace.plan();
    expect(plan.code).toBe(1);
    expect(plan.text).toContain("API Error: 401");
  });

  test("an empty gateway block reads the environment, and means the sandbox where that is silent", async () => {
    await workspace.write(shop({ provider: { gateway: [{}] } })).init();
    expect(await workspace.plan()).toMatchObject({ code: 2 });

    const { hostname, port } = new URL(genesys.api.url);
    const environment = {
      GENESYSCLOUD_GATEWAY_HOST: hostname,
      GENESYSCLOUD_GATEWAY_PORT: port,
      GENESYSCLOUD_GATEWAY_PROTOCOL: "http",
    };
    const other = await Genesys.start({ provider: { apiUrl: "http://127.0.0.1:9", environment } });
    const through = new Workspace(other.provider.reattach);
    try {
      genesys.takeAllCalls();
      await through.write(shop({ provider: { gateway: [{}] } })).init();
      expect(await through.plan()).toMatchObject({ code: 2 });
      expect(genesys.takeAllCalls()).toEqual(configure);
    } finally {
      through.remove();
      await other.close();
    }
  });

  test.each([
    ["a gateway on another machine", { gateway: [{ host: "api.mypurecloud.com" }] }, `"api.mypurecloud.com"`],
    ["a proxy", { proxy: [{ host: "proxy.example.com", port: "8080" }] }, "The sandbox is not reached through a proxy"],
    ["a region that does not exist", { aws_region: "mars-north-1" }, `"mars-north-1" is no region of Genesys Cloud`],
    ["a duration that is none", { custom_retry_timeout: "soon" }, `"soon" is no duration`],
  ])("refuses %s", async (_, provider, message) => {
    await workspace.write(shop({ provider })).init();
    const plan = await workspace.plan();
    expect(plan.code).toBe(1);
    expect(plan.text).toContain(message);
  });
});
