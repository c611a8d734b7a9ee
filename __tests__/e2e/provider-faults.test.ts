import { type MiddlewareHandler } from "hono";
import { Genesys } from "../sandbox/provider/genesys";
import { shop } from "../sandbox/provider/shop";
import { needsTerraform, Workspace } from "./terraform";

/** Answers what it was told to instead of what was asked for; one answer a call. */
class Faults {
  private answers: (() => Response | Promise<Response>)[] = [];
  private matches = /^$/;

  readonly middleware: MiddlewareHandler = async (c, next) => {
    const answer = this.matches.test(`${c.req.method} ${c.req.path}`) ? this.answers.shift() : undefined;
    if (answer === undefined) {
      await next();
      return undefined;
    }
    return answer();
  };

  /** The next calls of that kind get these answers. */
  next(matches: RegExp, ...answers: (() => Response | Promise<Response>)[]): void {
    this.matches = matches;
    this.answers = answers;
  }
}

const refuse =
  (status: number, message: string, headers: Record<string, string> = {}) =>
  (): Response =>
    Response.json({ message, code: "fault", status, details: [], errors: [] }, { status, headers });

const readDeployment = /^GET .*\/deployments\/[^/]+$/;
const writeDeployment = /^(POST|PUT) .*\/deployments/;
const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

needsTerraform("when the API answers with a fault", () => {
  const faults = new Faults();
  let genesys: Genesys;
  let workspace: Workspace;
  beforeAll(async () => {
    genesys = await Genesys.start({ api: { before: faults.middleware } });
  });
  beforeEach(async () => {
    workspace = await new Workspace(genesys.provider.reattach).write(shop()).init();
    await workspace.apply();
    genesys.takeCalls();
  });
  afterEach(async () => {
    faults.next(/^$/);
    await workspace.destroy();
    workspace.remove();
  });
  afterAll(() => genesys.close());

  test.each([
    ["429 with Retry-After", [refuse(429, "slow down", { "Retry-After": "0.02" })]],
    ["429 without", [refuse(429, "slow down")]],
    ["500 and 503", [refuse(500, "oops"), refuse(503, "busy")]],
    ["20 times 503", times(20, refuse(503, "busy"))],
  ])("%s on a read: the provider tries again by itself", async (_, answers) => {
    faults.next(readDeployment, ...answers);
    expect(await workspace.plan()).toMatchObject({ code: 0 });
    expect(genesys.takeCalls().filter((call) => call === "GET deployments/{id}")).toHaveLength(answers.length + 1);
  });

  test("503 for ever on a read: gives up after 20 repetitions", async () => {
    faults.next(readDeployment, ...times(50, refuse(503, "busy")));
    const plan = await workspace.plan();
    expect(plan.code).toBe(1);
    expect(plan.text).toContain("API Error: 503 - busy");
    expect(genesys.takeCalls().filter((call) => call === "GET deployments/{id}")).toHaveLength(21);
  });

  test.each([401, 403])("%i on a read fails at once, with the API's message", async (status) => {
    faults.next(readDeployment, ...times(2, refuse(status, "missing webDeployments:deployment:view")));
    const plan = await workspace.plan();
    expect(plan.code).toBe(1);
    expect(plan.text).toContain(`API Error: ${status} - missing webDeployments:deployment:view`);
    expect(genesys.takeCalls().filter((call) => call === "GET deployments/{id}")).toHaveLength(1);
  });

  test("400 on an update that passes: the update succeeds", async () => {
    faults.next(writeDeployment, ...times(2, refuse(400, "not yet")));
    await workspace.write(shop({ deployment: { allowed_domains: ["example.com"] } })).apply();
    expect(genesys.takeCalls().filter((call) => call === "PUT deployments/{id}")).toHaveLength(3);
    expect(await workspace.plan()).toMatchObject({ code: 0 });
  });

  test("400 on an update that stays: fails with the API's message, and the state keeps what was there", async () => {
    faults.next(writeDeployment, ...times(100, refuse(400, "never")));
    workspace.write(shop({ deployment: { allowed_domains: ["example.com"] } }));
    const apply = await workspace.tryApply();
    expect(apply.code).toBe(1);
    expect(apply.text).toContain("API Error: 400 - never");
    expect(workspace.attributes("genesyscloud_webdeployments_deployment")).toMatchObject({
      allowed_domains: ["example.com", "www.example.com"],
    });
  });

  test("404 on a read that passes: nothing is lost", async () => {
    faults.next(readDeployment, refuse(404, "not found"));
    expect(await workspace.plan()).toMatchObject({ code: 0 });
  });

  test("404 on a read that stays: the resource is dropped from the state", async () => {
    faults.next(readDeployment, ...times(1000, refuse(404, "not found")));
    const plan = await workspace.plan();
    expect(plan.code).toBe(2);
    expect(plan.text).toContain("genesyscloud_webdeployments_deployment.shop will be created");
  });

  test(`status = "Inactive" makes an update wait and fail`, async () => {
    workspace.write(shop({ deployment: { status: "Inactive" } }));
    const apply = await workspace.tryApply();
    expect(apply.code).toBe(1);
    expect(apply.text).toContain(`Web deployment "Shop" did not become Active within 1 s`);
    expect(apply.text).toContain(`Its status is "Inactive".`);
  });

  test(`status = "Inactive" makes a create wait and fail, and what was created is not forgotten`, async () => {
    await workspace.destroy();
    workspace.write(shop({ deployment: { status: "Inactive" } }));
    const apply = await workspace.tryApply();
    expect(apply.code).toBe(1);
    expect(apply.text).toContain(`Web deployment "Shop" did not become Active within 1 s`);
    expect((await workspace.plan()).text).toContain("genesyscloud_webdeployments_deployment.shop is tainted");
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
