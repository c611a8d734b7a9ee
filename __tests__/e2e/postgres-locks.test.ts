import { editState } from "../../lib/terraform/state-edit";
import { TerraformError } from "../../lib/terraform/failure";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { finished } from "./checkout";
import { Gate } from "./gate";
import { type Database, needsPostgres, Postgres, seen } from "./postgres";
import { SharedApp } from "./shared-app";
import { terraformName, terraformProduct } from "./terraform";
import { inFull } from "../in-full";

const creates = /^POST .*\/deployments$/;
const changes = /^PUT .*\/deployments\//;
const waiting = ["-lock-timeout=60s"];
const schema = "genesys_messenger__shop";

needsPostgres("several pipelines and the states of one database", () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await Postgres.start();
  });
  afterAll(() => postgres.stop());

  let database: Database;
  let genesys: Genesys;
  let gate: Gate;
  const checkouts: SharedApp[] = [];
  /** Genesys Cloud and an empty database; the calls of one kind wait. */
  const start = async (held: RegExp): Promise<void> => {
    gate = new Gate(held);
    [database, genesys] = await Promise.all([postgres.database(), Genesys.start({ api: { before: gate.middleware } })]);
  };
  /** What a pipeline has checked out and synthesised. */
  const checkout = (stacks: readonly string[], ...hosts: readonly string[]): SharedApp => {
    const app = new SharedApp(genesys, { type: "pg" }, database.environment);
    checkouts.push(app);
    return app.synthesise(stacks, "www.example.com", ...hosts);
  };
  afterEach(async () => {
    gate.letGo();
    await genesys.close();
    for (const app of checkouts.splice(0)) app.remove();
  });
  const live = (): readonly (readonly string[])[] =>
    [...genesys.store.state.deployments.values()].map(({ allowedDomains }) => [...allowedDomains].sort());
  const savedState = (): Promise<readonly string[]> => database.query(`SELECT md5(data) FROM ${schema}.states`);

  test("two first deploys at once: one creates, the other waits for it and has nothing to do", async () => {
    await start(creates);
    const [one, other] = [checkout(["shop"]), checkout(["shop"])];
    await Promise.all([one.terraform("shop").init(), other.terraform("shop").init()]);
    const first = one.startApply("shop");
    const firstEnded = finished(first);
    await gate.arrived;
    const second = other.startApply("shop", ...waiting);
    const secondEnded = finished(second);
    await seen(second, /Acquiring state lock/);
    gate.letGo();
    expect(await firstEnded).toMatchObject({ code: 0, stdout: expect.stringContaining("2 added") as string });
    expect(await secondEnded).toMatchObject({ code: 0, stdout: expect.stringContaining("No changes.") as string });
    expect(genesys.takeCalls().filter((call) => !call.startsWith("GET"))).toEqual([
      "POST configurations",
      "POST configurations/{id}/versions/draft/publish",
      "POST deployments",
    ]);
    expect(live()).toEqual([["www.example.com"]]);
  });

  inFull(() => {
    test("without waiting, Terraform refuses every other stack of the database while one is created, OpenTofu that one alone", async () => {
      await start(creates);
      const one = checkout(["shop"]);
      await one.terraform("shop").init();
      const first = finished(one.startApply("shop"));
      await gate.arrived;
      const other = checkout(["shop", "help"]);
      await Promise.all(["shop", "help"].map((name) => other.terraform(name).init()));
      const refused = { code: 1, stderr: expect.stringContaining("Already locked for workspace creation") as string };
      expect(await finished(other.startApply("shop"))).toMatchObject(refused);
      const another = finished(other.startApply("help"));
      if (terraformProduct === "Terraform") expect(await another).toMatchObject(refused);
      gate.letGo();
      expect(await first).toMatchObject({ code: 0 });
      if (terraformProduct === "OpenTofu") expect(await another).toMatchObject({ code: 0 });
      expect(live()).toHaveLength(terraformProduct === "OpenTofu" ? 2 : 1);
    });
  });

  test("two deploys of a change at once: the one that does not wait says that another run holds the lock", async () => {
    await start(changes);
    await checkout(["shop"]).deploy("shop");
    const first = checkout(["shop"], "help.example.com").deploy("shop");
    await gate.arrived;
    const other = checkout(["shop"], "help.example.com");
    const refused = await failure(other.deploy("shop"));
    expect(refused.failure).toBe("locked");
    expect(refused.message).toContain(`Another run holds the lock of the stack "shop": "${terraformName} plan"`);
    expect(refused.message).not.toContain("Lock Info"); // Terraform prints the loser's own
    const patient = other.deploy("shop", { lockTimeout: "60s" });
    gate.letGo();
    expect(await first).toBe(true);
    expect(await patient).toBe(false);
    expect(genesys.takeCalls().filter((call) => call.startsWith("PUT"))).toEqual(["PUT deployments/{id}"]);
    expect(live()).toEqual([["help.example.com", "www.example.com"]]);
  });

  test("a deploy that is killed while it holds the lock frees it at once, and the next one ends well", async () => {
    await start(changes);
    await checkout(["shop"]).deploy("shop");
    const killed = checkout(["shop"], "help.example.com");
    await killed.terraform("shop").init();
    const process = killed.startApply("shop");
    const ended = finished(process);
    await gate.arrived;
    process.kill("SIGKILL");
    expect(await ended).toMatchObject({ signal: "SIGKILL" });
    gate.letGo();
    const next = checkout(["shop"], "help.example.com");
    await next.deploy("shop");
    expect(live()).toEqual([["help.example.com", "www.example.com"]]);
    expect(await next.deploy("shop")).toBe(false);
  });

  test("a state that is pushed while another run holds the lock stays out, and every byte of the saved one stays", async () => {
    await start(/^nothing$/);
    const app = checkout(["shop"]);
    await app.deploy("shop");
    const before = await savedState();
    const terraform = app.terraform("shop");
    const state = await terraform.pullState();
    const [messenger] = app.stack("shop").messengers;
    if (state === undefined || messenger === undefined) throw new Error("The shop was not deployed.");
    const edited = editState(state, [{ address: messenger.address, attribute: "allowed_domains", value: null }]);

    const held = await database.hold("id", `FROM ${schema}.states`);
    const refused = await failure(terraform.pushState(edited));
    expect(refused.failure).toBe("locked");
    expect(refused.message).toContain(`Another run holds the lock of the stack "shop"`);
    expect(await savedState()).toEqual(before);
    expect(await terraform.pullState()).toEqual(state);
    await held.release();

    await terraform.pushState(edited);
    expect(await savedState()).not.toEqual(before);
  });

  inFull(() => {
    test("a state that was local moves into the database, and nothing is made a second time", async () => {
      await start(/^nothing$/);
      const app = checkout(["shop"]).keepStatesIn({ type: "local" }).synthesise(["shop"], "www.example.com");
      expect(await app.deploy("shop")).toBe(true);
      app.keepStatesIn({ type: "pg" }).synthesise(["shop"], "www.example.com");
      const refused = await failure(app.deploy("shop"));
      expect(refused.failure).toBe("backend");
      expect(refused.message).toContain("init -migrate-state");
      const migrated = await app.run("shop", "init", "-migrate-state", "-force-copy", "-input=false", "-no-color");
      expect(migrated).toMatchObject({ code: 0 });
      expect(await app.deploy("shop")).toBe(false);
      expect(await checkout(["shop"]).deploy("shop")).toBe(false);
      expect(live()).toEqual([["www.example.com"]]);
    });
  });

  test("a first deploy that has claimed its state locks no one else out, and two that claim at once agree", async () => {
    await start(creates);
    const app = checkout(["shop", "help"]);
    await Promise.all([app.terraform("shop").claimState(), checkout(["shop"]).terraform("shop").claimState()]);
    const first = app.deploy("shop");
    await gate.arrived;
    const help = app.terraform("help", { lockTimeout: "0s" });
    await help.claimState();
    const plan = await help.plan();
    expect(plan.hasChanges).toBe(true);
    await help.discard(plan);
    gate.letGo();
    expect(await first).toBe(true);
    expect(await app.deploy("shop")).toBe(false);
    expect(live()).toEqual([["www.example.com"]]);
  });
});

/** The error of a command that must fail. */
async function failure(failing: Promise<unknown>): Promise<TerraformError> {
  try {
    await failing;
  } catch (error) {
    if (error instanceof TerraformError) return error;
    throw error;
  }
  throw new Error("It did not fail.");
}
