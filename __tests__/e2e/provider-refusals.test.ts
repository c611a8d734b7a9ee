import { type MiddlewareHandler } from "hono";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { shop } from "../../packages/sandbox/__tests__/provider/shop";
import { needsTerraform, Workspace } from "./terraform";
import { inFull } from "../in-full";

needsTerraform("a status that is not Active", () => {
  let genesys: Genesys;
  let workspace: Workspace;
  beforeAll(async () => {
    genesys = await Genesys.start();
  });
  beforeEach(async () => {
    workspace = await new Workspace(genesys.provider.reattach).write(shop()).init();
    await workspace.apply();
  });
  afterEach(async () => {
    await workspace.destroy();
    workspace.remove();
  });
  afterAll(() => genesys.close());

  test(`status = "Inactive" makes an update wait and fail`, async () => {
    workspace.write(shop({ deployment: { status: "Inactive" } }));
    const apply = await workspace.tryApply();
    expect(apply.code).toBe(1);
    expect(apply.text).toContain(`Web deployment "Shop" did not become Active within 1 s`);
    expect(apply.text).toContain(`Its status is "Inactive".`);
  });

  inFull(() => {
    test(`status = "Inactive" makes a create wait and fail, and what was created is not forgotten`, async () => {
      await workspace.destroy();
      workspace.write(shop({ deployment: { status: "Inactive" } }));
      const apply = await workspace.tryApply();
      expect(apply.code).toBe(1);
      expect(apply.text).toContain(`Web deployment "Shop" did not become Active within 1 s`);
      expect((await workspace.plan()).text).toContain("genesyscloud_webdeployments_deployment.shop is tainted");
    });
  });
});

needsTerraform("the wait after a create", () => {
  test("comes before the first look at the new deployment", async () => {
    const at: number[] = [];
    const clock: MiddlewareHandler = async (c, next) => {
      if (c.req.path.includes("/webdeployments/deployments")) at.push(performance.now());
      await next();
    };
    const genesys = await Genesys.start({ api: { before: clock }, provider: { createDelayMs: 300 } });
    const workspace = await new Workspace(genesys.provider.reattach).write(shop()).init();
    await workspace.apply();
    await genesys.close();
    workspace.remove();
    const [posted = 0, looked = 0] = at;
    expect(at).toHaveLength(2);
    expect(looked - posted).toBeGreaterThanOrEqual(295);
  });
});

needsTerraform("what is refused", () => {
  let genesys: Genesys;
  let workspace: Workspace;
  beforeAll(async () => {
    genesys = await Genesys.start();
    workspace = await new Workspace(genesys.provider.reattach).write(shop()).init();
  });
  afterAll(async () => {
    await genesys.close();
    workspace.remove();
  });

  test.each([
    [
      "both a list and all domains",
      { allow_all_domains: true },
      "Allowed domains cannot be specified when all domains are allowed",
    ],
    [
      "neither a list nor all domains",
      { allowed_domains: [] },
      "Either allowed domains must be specified or all domains must be allowed",
    ],
  ])("%s: only at apply", async (_, deployment, message) => {
    workspace.write(shop({ deployment }));
    expect(await workspace.run("validate", "-no-color")).toMatchObject({ code: 0 });
    expect(await workspace.plan()).toMatchObject({ code: 2 });
    const apply = await workspace.tryApply();
    expect(apply.code).toBe(1);
    expect(apply.text).toContain(message);
    expect(genesys.takeCalls()).not.toContain("POST deployments");
    await workspace.destroy();
  });

  test("entries of the list are not checked at all", async () => {
    workspace.write(shop({ deployment: { allowed_domains: ["https://*.example.com:8443/shop", ""] } }));
    expect(await workspace.run("validate", "-no-color")).toMatchObject({ code: 0 });
    expect(await workspace.plan()).toMatchObject({ code: 2 });
  });

  test.each([
    ["a status", { deployment: { status: "Sleeping" } }, "status"],
    ["a push provider", { deployment: { push_integrations: [{ id: "1", provider: "SMS" }] } }, "provider"],
    ["a name of 101 characters", { configuration: { name: "x".repeat(101) } }, "name"],
    ["a colour", { configuration: { messenger: [{ styles: [{ primary_color: "blue" }] }] } }, "primary_color"],
    ["a percentage", { configuration: journey("scroll_depth_event", { percentage: 101 }) }, "percentage"],
    ["an idle time", { configuration: journey("idle_event", { idle_after_seconds: 29 }) }, "idle_after_seconds"],
    ["half a second", { configuration: journey("idle_event", { idle_after_seconds: 30.5 }) }, "idle_after_seconds"],
  ])("%s that cannot be, at validate, with the attribute's place", async (_, stack, attribute) => {
    const validated = await workspace.write(shop(stack)).run("validate", "-json");
    const { valid, diagnostics } = JSON.parse(validated.stdout) as {
      readonly valid: boolean;
      readonly diagnostics: readonly { readonly detail: string; readonly snippet?: { readonly code: string } }[];
    };
    expect(valid).toBe(false);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.detail).toContain(attribute);
  });
});

function journey(event: string, settings: object): object {
  return { journey_events: [{ [event]: [{ event_name: "event", ...settings }] }] };
}
