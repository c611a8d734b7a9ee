import { exec, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { editState } from "../../lib/terraform/state-edit";
import { parseState, type State } from "../../lib/terraform/state";
import { type Plan } from "../../lib/terraform/stack-terraform";
import { planRefusals } from "../../lib/terraform/plan";
import { rememberedDeployment, taintedAddresses } from "../../lib/terraform/remembered-deployment";
import { TerraformError } from "../../lib/terraform/failure";
import { Gate } from "./gate";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { StackFolder, terraform } from "./stack-folder";
import { needsTerraform, terraformCommand, terraformName, terraformProduct } from "./terraform";
import { until } from "./until";
import { rows } from "../in-full";

const deployment = "genesyscloud_webdeployments_deployment.shop";
const root = join(__dirname, "..", "..");

/** The error of something that must fail. */
async function failure(failing: Promise<unknown>): Promise<TerraformError> {
  const error: unknown = await failing.then(
    () => new Error("It did not fail."),
    (reason: unknown) => reason,
  );
  if (error instanceof TerraformError) return error;
  throw error;
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("There is none.");
  return value;
}

needsTerraform("Terraform in the folder of a stack", () => {
  let genesys: Genesys;
  let shop: StackFolder;
  beforeAll(async () => {
    genesys = await Genesys.start();
  });
  afterAll(async () => {
    await genesys.close();
  });
  beforeEach(() => {
    shop = new StackFolder(genesys.provider.reattach);
  });
  afterEach(() => {
    shop.remove();
  });

  // As long as the object is not closed, a part of it says nothing.
  test.each([0, 1, 40, -1])("a program that is written up to character %p is read again", async (end) => {
    const file = join(shop.stack.folder, "cdk.tf.json");
    const whole = readFileSync(file, "utf8");
    const program = join(shop.project, "while-it-is-written.sh");
    const words = '"$REAL_TERRAFORM" "$@"\ncode=$?\n[ -e whole.json ] && mv whole.json cdk.tf.json\nexit $code\n';
    writeFileSync(program, `#!/bin/sh\n${words}`, { mode: 0o755 });
    const environment = { ...shop.environment, REAL_TERRAFORM: terraformCommand };
    const begin = (): void => {
      writeFileSync(join(dirname(file), "whole.json"), whole);
      writeFileSync(file, whole.slice(0, end));
    };
    const stack = shop.terraform({ command: program, environment });
    begin();
    await expect(stack.pullState()).resolves.toBeUndefined(); // the first command is `init`
    begin();
    const plan = await stack.plan();
    expect(plan.changes.map(({ action }) => action)).toEqual(["create", "create"]);
    begin();
    await expect(stack.apply(plan)).resolves.toContain("Apply complete! Resources: 2 added");
  });

  test("a stack is planned, applied, and then has nothing to change", async () => {
    shop.write({ output: { id: { value: `\${${deployment}.id}` }, secret: { value: "hidden", sensitive: true } } });
    const stack = shop.terraform();
    await expect(stack.pullState()).resolves.toBeUndefined();
    const plan = await stack.plan();
    expect(plan.changes.map(({ address, action }) => [address, action])).toEqual([
      ["genesyscloud_webdeployments_configuration.shop", "create"],
      [deployment, "create"],
    ]);
    expect(plan).toMatchObject({ hasChanges: true, stackName: "shop" });
    expect(plan.text).toMatch(
      /^(Terraform|OpenTofu) used the selected providers[^]*Plan: 2 to add, 0 to change, 0 to destroy\.[^]*\S$/,
    );
    expect(plan.text).not.toMatch(/Saved the plan|hidden/);
    expect(statSync(plan.file).mode & 0o777).toBe(0o600);
    await expect(stack.apply(plan)).resolves.toContain("Apply complete! Resources: 2 added");
    expect(existsSync(dirname(plan.file))).toBe(false);

    const id = shop.rememberedId("deployment");
    await expect(stack.outputs()).resolves.toEqual({
      id: { value: id, sensitive: false },
      secret: { value: "hidden", sensitive: true },
    });
    const again = await stack.plan();
    expect(again.hasChanges).toBe(false);
    expect(again.text).toMatch(/^No changes\./);
    await stack.discard(again);
    expect(existsSync(dirname(again.file))).toBe(false);
    const [declared] = shop.stack.messengers;
    expect(rememberedDeployment(found(await stack.pullState()), found(declared))).toMatchObject({
      deployment: { id, allowedDomains: ["example.com", "www.example.com"], configuration: { version: "1" } },
      configurationVersion: "1",
    });
  });

  test("an edit of the state is pushed once, and the next plan sees what was invisible before", async () => {
    await shop.deploy();
    const id = found(shop.rememberedId("deployment"));
    const path = `/api/v2/webdeployments/deployments/${id}`;
    await genesys.byHand("PUT", path, { ...(await genesys.byHand("GET", path)), allowedDomains: [] });
    const stack = shop.terraform();
    const blind = await stack.plan();
    expect(blind.hasChanges).toBe(false);
    await stack.discard(blind);

    const state = found(await stack.pullState());
    const copy = await stack.backUp(state, "before repair");
    await stack.pushState(editState(state, [{ address: deployment, attribute: "allowed_domains", value: null }]));
    const plan = await stack.plan();
    expect(plan.changes.filter(({ action }) => action !== "no-op")).toMatchObject([
      { address: deployment, action: "update" },
    ]);
    await stack.apply(plan);
    expect(await genesys.byHand("GET", path)).toMatchObject({ allowedDomains: ["example.com", "www.example.com"] });

    expect(readFileSync(copy, "utf8")).toBe(state.text);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(dirname(copy)).toBe(join(shop.project, ".origins", "backups"));
    expect(readFileSync(join(dirname(copy), ".gitignore"), "utf8")).toBe("*\n");
  });

  test("a state that changed since it was read is not overwritten, nor one of another lineage", async () => {
    await shop.deploy();
    const stack = shop.terraform();
    const read = found(await stack.pullState());
    const edit = [{ address: deployment, attribute: "allowed_domains", value: null }] as const;
    await shop.write({ deployment: { description: "changed meanwhile" } }).deploy();
    const before = found(shop.state()).text;

    const stale = await failure(stack.pushState(editState(read, edit)));
    expect(stale).toMatchObject({ failure: "stale-state", exitCode: 1, command: "state push" });
    expect(stale.message).toContain("has changed since it was read: nothing was written");
    const other: State = { ...read, text: read.text.replace(read.lineage, "11111111-2222-3333-4444-555555555555") };
    expect(await failure(stack.pushState(other))).toMatchObject({ failure: "other-lineage" });
    expect(found(shop.state()).text).toBe(before);
  });

  test("a saved plan is not applied to a state that changed since", async () => {
    await shop.deploy();
    const slow = shop.terraform();
    shop.write({ deployment: { description: "one" } });
    const plan = await slow.plan();
    await shop.write({ deployment: { description: "other" } }).deploy();
    const error = await failure(slow.apply(plan));
    expect(error).toMatchObject({ failure: "stale-plan", command: "apply" });
    expect(error.message).toContain("nothing was applied");
  });

  test("what Terraform refuses is told in its own words, without frames and line breaks", async () => {
    const kept = { lifecycle: { prevent_destroy: true, replace_triggered_by: ["terraform_data.other"] } };
    await shop.write({ deployment: kept, resource: { terraform_data: { other: { input: "old" } } } }).deploy();
    shop.write({ deployment: kept, resource: { terraform_data: { other: { input: "new" } } } });
    const error = await failure(shop.terraform().plan());
    expect(error).toMatchObject({ failure: "refused", command: "plan", exitCode: 1 });
    expect(error.message).toContain(`"${terraformName} plan" of the stack "shop" failed with exit code 1:`);
    expect(error.message).toContain(
      terraformProduct === "Terraform"
        ? `Resource ${deployment} has lifecycle.prevent_destroy set, but the plan calls for this resource to be`
        : `Resource instance ${deployment} has prevent_destroy set, but the plan calls for it to be destroyed.`,
    );
    expect(readdirSync(shop.stack.folder)).not.toContain("stack.tfplan");
  });

  test("a backend that moved names both ways out", async () => {
    await shop.deploy();
    shop.write({ backend: { local: { path: "elsewhere.tfstate" } } });
    const error = await failure(shop.terraform().plan());
    expect(error).toMatchObject({ failure: "backend", command: "init" });
    expect(error.message).toContain(`${terraformCommand} -chdir="${shop.stack.folder}" init -migrate-state`);
    expect(error.message).toContain(`${terraformCommand} -chdir="${shop.stack.folder}" init -reconfigure`);
  });

  test("local state is found where a workspace keeps it", async () => {
    const named = { ...shop.environment, TF_WORKSPACE: "sandbox" };
    const stack = shop.terraform({ environment: named });
    await stack.apply(await stack.plan());
    const state = await stack.pullState();
    expect(state).toBeDefined();
    await expect(shop.terraform().pullState()).resolves.toBeUndefined();
    writeFileSync(join(shop.stack.folder, ".terraform", "environment"), "sandbox");
    await expect(shop.terraform().pullState()).resolves.toEqual(state);
  });

  test("a state that an earlier apply could not save stops the next plan", async () => {
    writeFileSync(join(shop.stack.folder, "errored.tfstate"), "{}");
    expect(await failure(shop.terraform().plan())).toMatchObject({ failure: "unsaved" });
  });

  test("a program that is not there is named", async () => {
    expect(await failure(shop.terraform({ command: "no-such-terraform" }).plan())).toMatchObject({
      failure: "not-run",
      message: expect.stringContaining(`"no-such-terraform" cannot be run in`) as string,
    });
  });
});

needsTerraform("state on a server that fails", () => {
  let genesys: Genesys;
  let shop: StackFolder;
  let server: Server;
  /** What the server answers: to a lock, and to the writing of the state. */
  let answers: { lock: number; write: number };
  beforeAll(async () => {
    genesys = await Genesys.start();
    server = createServer((request, response) => {
      request.resume().on("end", () => {
        const { method = "" } = request;
        response.statusCode = { LOCK: answers.lock, POST: answers.write, GET: 404 }[method] ?? 200;

        response.end(method === "LOCK" ? '{"ID": "a-lock"}' : "");
      });
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
  });
  afterAll(async () => {
    server.close();
    await genesys.close();
  });
  beforeEach(() => {
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? String(address?.port) : ""}/state`;
    shop = new StackFolder(genesys.provider.reattach).write({
      backend: { http: { address: url, lock_address: url, unlock_address: url, retry_max: 0 } },
    });
  });
  afterEach(() => {
    shop.remove();
  });

  test("a state that cannot be saved is told before everything else, and nothing is planned before it is pushed", async () => {
    answers = { lock: 200, write: 500 };
    const stack = shop.terraform();
    const error = await failure(stack.apply(await stack.plan()));
    expect(error).toMatchObject({ failure: "unsaved", command: "apply" });
    expect(error.message).toMatch(
      /changed Genesys Cloud, but the state could not be saved.*errored\.tfstate.*state push errored\.tfstate, then remove/s,
    );
    expect(existsSync(join(shop.stack.folder, "errored.tfstate"))).toBe(true);
    expect(await failure(stack.plan())).toMatchObject({ failure: "unsaved", command: "plan" });
    const other = found(parseState(readFileSync(join(shop.stack.folder, "errored.tfstate"), "utf8")));
    expect(await failure(stack.pushState(other))).toMatchObject({ failure: "unsaved", command: "state push" });
    // Its steps, as a person pastes them, once the server is well again.
    answers = { lock: 200, write: 200 };
    const { push, remove } =
      /deployed: (?<push>.+), then remove the file: (?<remove>rm .+)/.exec(error.message)?.groups ?? {};
    for (const step of [push, remove]) await promisify(exec)(step ?? "false", { env: shop.environment });
    expect(existsSync(join(shop.stack.folder, "errored.tfstate"))).toBe(false);
    await stack.discard(await stack.plan());
  });

  test("the lock of another run is named with the way to free it, and not as if this run held it", async () => {
    answers = { lock: 423, write: 200 };
    const error = await failure(shop.terraform().plan());
    expect(error.failure).toBe("locked");
    expect(error.message).toContain(`${terraformCommand} -chdir="${shop.stack.folder}" force-unlock a-lock`);
    expect(error.message).not.toContain("held by");
  });
});

needsTerraform("a deploy that is cut short", () => {
  let genesys: Genesys;
  let shop: StackFolder;
  beforeAll(async () => {
    genesys = await Genesys.start({ provider: { createDelayMs: 1_000 } });
  });
  afterAll(async () => {
    await genesys.close();
  });
  beforeEach(() => {
    shop = new StackFolder(genesys.provider.reattach);
  });
  afterEach(() => {
    shop.remove();
  });

  const live = async (what: "deployments" | "configurations"): Promise<readonly string[]> => {
    const { entities } = await genesys.byHand("GET", `/api/v2/webdeployments/${what}`);
    return (entities as readonly { readonly id: string }[]).map(({ id }) => id);
  };

  /** Resolves at the creation of the deployment, which takes a second from then on. */
  const deploymentIsBeingCreated = (): Promise<void> =>
    until(() =>
      genesys.api.calls.after().some(({ method, path }) => method === "POST" && path.endsWith("/deployments")),
    );

  test("an interruption lets Terraform save what it made, and the commands behind it do not start", async () => {
    const cancelled = new AbortController();
    const stack = shop.terraform({ interruption: cancelled.signal });
    const plan = await stack.plan();
    genesys.api.calls.clear();
    const applying = failure(stack.apply(plan));
    await deploymentIsBeingCreated();
    cancelled.abort();
    const error = await applying;
    expect(error).toMatchObject({ failure: "interrupted", command: "apply" });
    expect(error.message).toContain("what it did is saved in the state");
    expect(await live("deployments")).toContain(shop.rememberedId("deployment"));
    expect(await failure(stack.plan())).toMatchObject({
      failure: "interrupted",
      message: `Interrupted: "${terraformName} plan" of the stack "shop" did not start.`,
    });
  });

  test.each(rows([2], [1, 3, 4, 5, 6]))(
    "interrupted at the provider's call %i, it leaves a state of all that was made, and the next run goes on with that",
    async (calls) => {
      const before = [...(await live("configurations")), ...(await live("deployments"))];
      const made = async (): Promise<readonly (string | undefined)[]> =>
        [...(await live("configurations")), ...(await live("deployments"))].filter((id) => !before.includes(id));
      const remembered = (): readonly (string | undefined)[] =>
        [shop.rememberedId("configuration"), shop.rememberedId("deployment")].filter((id) => id !== undefined);

      const cancelled = new AbortController();
      const first = shop.terraform({ interruption: cancelled.signal });
      const plan = await first.plan();
      genesys.api.calls.clear();
      const applying = first.apply(plan).catch((error: unknown) => error);
      await until(
        () => genesys.api.calls.after().filter(({ path }) => path.includes("/webdeployments/")).length >= calls,
      );
      cancelled.abort();
      await applying;
      const cutShort = await made();
      expect(remembered()).toEqual(cutShort);

      const next = shop.terraform();
      const state = found(await next.pullState());
      const tainted = taintedAddresses(state, found(shop.stack.messengers[0]));
      await next.pushState(
        editState(
          state,
          tainted.map((address) => ({ address, attribute: "tainted", value: false })),
        ),
      );
      const goingOn = await next.plan();
      expect(planRefusals(goingOn.changes, new Set(cutShort.length > 1 ? [deployment] : []))).toEqual([]);
      await next.apply(goingOn);
      expect(await made()).toEqual(expect.arrayContaining([...cutShort]));
      expect(remembered()).toEqual(await made());
      expect(await made()).toHaveLength(2);
    },
  );

  test("one that is killed leaves a Terraform that comes to its end and saves the state", async () => {
    const before = await live("deployments");
    genesys.api.calls.clear();
    const program = `
      const { readStacks } = require("./lib/terraform/stacks");
      const { StackTerraform } = require("./lib/terraform/stack-terraform");
      const [stack] = readStacks(process.argv[1]);
      const options = { command: ${JSON.stringify("command" in terraform ? terraform.command : "")}, environment: process.env };
      const running = new StackTerraform(stack, options);
      running.plan().then((plan) => running.apply(plan));`;
    const parameters = ["--require", "ts-node/register/transpile-only", "--eval", program, shop.outdir];
    const parent = spawn(process.execPath, parameters, { cwd: root, env: shop.environment, stdio: "inherit" });
    await deploymentIsBeingCreated();
    const ended = once(parent, "exit");
    parent.kill("SIGKILL");
    await ended;
    expect(shop.rememberedId("deployment")).toBeUndefined();
    const created = found((await live("deployments")).find((id) => !before.includes(id)));

    const next = shop.terraform({ lockTimeout: "30s" });
    const plan: Plan = await next.plan();
    expect(plan.hasChanges).toBe(false);
    expect(shop.rememberedId("deployment")).toBe(created);
    await next.discard(plan);
  });

  test("while another run holds the lock, a deploy says who, or waits", async () => {
    const gate = new Gate(/^POST .*\/deployments$/);
    const held = await Genesys.start({ api: { before: gate.middleware } });
    const other = new StackFolder(held.provider.reattach);
    try {
      const first = other.terraform();
      const applying = first.apply(await first.plan());
      await gate.arrived;
      const error = await failure(other.terraform().plan());
      expect(error).toMatchObject({ failure: "locked", command: "plan" });
      expect(error.message).toContain(`Another run holds the lock of the stack "shop": "${terraformName} plan"`);
      expect(error.message).toMatch(/It is held by .+@.+, since 2/);
      const waiting = other.terraform({ lockTimeout: "60s" }).plan();
      gate.letGo();
      const plan = await waiting;
      expect(plan.hasChanges).toBe(false);
      await other.terraform().discard(plan);
      await applying;
    } finally {
      gate.letGo();
      other.remove();
      await held.close();
    }
  });
});
