import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { shop } from "../../packages/sandbox/__tests__/provider/shop";
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
    ["a proxy", { proxy: [{ host: "proxy.example.com", port: "8080" }] }, "The sandbox does not support a proxy"],
    ["a region that does not exist", { aws_region: "mars-north-1" }, `Invalid region "mars-north-1"`],
    ["an invalid duration", { custom_retry_timeout: "soon" }, `Invalid duration "soon"`],
  ])("refuses %s", async (_, provider, message) => {
    await workspace.write(shop({ provider })).init();
    const plan = await workspace.plan();
    expect(plan.code).toBe(1);
    expect(plan.text).toContain(message);
  });
});
