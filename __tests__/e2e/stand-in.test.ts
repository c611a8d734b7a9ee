import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type MiddlewareHandler } from "hono";
import { terraformEnvironment } from "../../lib/terraform/binary";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { type Finished, finished, installCommand } from "./checkout";
import { Gate } from "./gate";
import { StackFolder } from "./stack-folder";
import { StateServer } from "./state-server";
import { needsTerraform, terraformCommand } from "./terraform";
import { until } from "./until";

needsTerraform("origins-terraform", () => {
  const tools = realpathSync(mkdtempSync(join(tmpdir(), "stand-in-")));
  let genesys: Genesys;
  let shop: StackFolder;
  beforeAll(() => {
    installCommand(tools);
  });
  afterAll(() => {
    rmSync(tools, { recursive: true });
  });
  beforeEach(async () => {
    genesys = await Genesys.start({ api: { activationDelayMs: 0 } });
    shop = new StackFolder(genesys.provider.reattach);
  });
  afterEach(async () => {
    shop.remove();
    await genesys.close();
  });

  /** Runs it in the folder of the stack, with the credentials of the organisation. */
  const standIn = (words: string, environment: NodeJS.ProcessEnv = {}): Promise<Finished> =>
    finished(
      spawn(process.execPath, [join(tools, "bin", "origins-terraform.js"), ...words.split(" ")], {
        cwd: shop.stack.folder,
        env: {
          ...terraformEnvironment(shop.environment),
          ...genesys.environment,
          NO_COLOR: "1",
          TF_IN_AUTOMATION: "1",
          ...environment,
        },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
  const terraform = (words: string): Promise<Finished> =>
    standIn(words, { ORIGINS_TERRAFORM_BINARY: terraformCommand });
  const live = async (): Promise<Record<string, unknown>> =>
    genesys.byHand("GET", `/api/v2/webdeployments/deployments/${shop.rememberedId("deployment") ?? ""}`);

  test("an emptied list is restored by a plain apply, under the same id", async () => {
    await terraform("init");
    expect(await terraform("apply -auto-approve -no-color")).toMatchObject({ code: 0, stderr: "" });
    const before = await live();
    await genesys.byHand("PUT", `/api/v2/webdeployments/deployments/${String(before["id"])}`, {
      ...before,
      allowedDomains: [],
    });

    const noticed = await terraform("plan -detailed-exitcode -no-color");
    expect(noticed.stdout).toContain("No changes.");
    expect(noticed.stderr).toMatch(
      /^origins-terraform: "shop" has drift that this plan does not show, and that an apply undoes: /,
    );
    expect(noticed.code).toBe(2);

    const applied = await terraform("apply -auto-approve -no-color");
    expect(applied.stderr).toMatch(/^origins-terraform: corrected the state of "shop", so that drift is undone: /);
    expect(applied).toMatchObject({ code: 0 });
    expect(await live()).toMatchObject({ id: before["id"], allowedDomains: before["allowedDomains"] });
    expect(await terraform("plan -detailed-exitcode -no-color")).toMatchObject({ code: 0, stderr: "" });
  });

  test.each([
    ["apply", "a deployment that was deleted by hand is not made again"],
    ["plan -out=shop.tfplan", "nor planned to be"],
  ])("%s is refused: %s", async (command) => {
    await terraform("init");
    await terraform("apply -auto-approve");
    const id = shop.rememberedId("deployment") ?? "";
    await genesys.byHand("DELETE", `/api/v2/webdeployments/deployments/${id}`);

    const { code, stdout, stderr } = await terraform(`${command} -no-color -input=false`);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^origins-terraform: "shop" is not changed: .*--recreate/);
    expect(shop.rememberedId("deployment")).toBe(id);
  });

  test("an apply that would make a second deployment is refused, and the command that is named takes the first one over", async () => {
    await terraform("init");
    await terraform("apply -auto-approve");
    const id = shop.rememberedId("deployment");
    rmSync(join(shop.project, "terraform.shop.tfstate"));
    expect((await terraform("plan -no-color")).stderr).toMatch(
      /^origins-terraform: "shop" has drift that an apply does not undo: Genesys Cloud has a deployment "Shop" /,
    );

    const { code, stderr } = await terraform("apply -auto-approve -no-color");
    expect(code).toBe(1);
    const [, command = ""] = new RegExp(`\\((\\S+ -chdir=${shop.stack.folder} import [^)]+)\\)`).exec(stderr) ?? [];
    const environment = { ...terraformEnvironment(shop.environment), ...genesys.environment };
    const pasted = spawn("sh", ["-ec", command], { cwd: tools, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    expect(await finished(pasted)).toMatchObject({ code: 0 });
    expect(await terraform("apply -auto-approve -no-color")).toMatchObject({ code: 0, stderr: "" });
    expect(shop.rememberedId("deployment")).toBe(id);
  });

  test("an apply of a state that belongs to something else is refused", async () => {
    await terraform("init");
    await terraform("apply -auto-approve");
    shop.write({ deployment: { name: "Another", allowed_domains: ["another.example.net"] } });
    const { code, stderr } = await terraform("apply -auto-approve -no-color");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^origins-terraform: "shop" is not changed: the state has the deployment "Shop" .*adopt: /);
  });

  test("a saved plan shows what an apply of it undoes", async () => {
    await terraform("init");
    await terraform("apply -auto-approve");
    const before = await live();
    await genesys.byHand("PUT", `/api/v2/webdeployments/deployments/${String(before["id"])}`, {
      ...before,
      allowedDomains: [],
    });
    const planned = await terraform("plan -out=shop.tfplan -no-color -detailed-exitcode");
    expect(planned.stderr).toMatch(/^origins-terraform: corrected the state of "shop"/);
    expect(planned).toMatchObject({ code: 2, stdout: expect.stringContaining("1 to change") as string });
    expect(await terraform("apply -no-color shop.tfplan")).toMatchObject({ code: 0, stderr: "" });
    expect(await live()).toMatchObject({ allowedDomains: before["allowedDomains"] });
  });

  test("without credentials it says so in a line, and the command is Terraform's own", async () => {
    await terraform("init");
    const { code, stderr } = await standIn("plan -no-color -detailed-exitcode", {
      GENESYSCLOUD_OAUTHCLIENT_ID: "",
      ORIGINS_TERRAFORM_BINARY: terraformCommand,
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^origins-terraform: drift of "shop" that Terraform does not see was not looked for: Missing credentials.*\n$/,
    );
  });

  test.each(["version -json", "-help", "no-such-command", "show", "plan -no-such-option"])(
    "%s passes through: same output, same exit code",
    async (words) => {
      const own = spawn(terraformCommand, words.split(" "), {
        cwd: shop.stack.folder,
        env: { ...terraformEnvironment(shop.environment), NO_COLOR: "1", TF_IN_AUTOMATION: "1" },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const { code, stdout, stderr } = await finished(own);
      expect(
        await standIn(words, { GENESYSCLOUD_OAUTHCLIENT_ID: "", ORIGINS_TERRAFORM_BINARY: terraformCommand }),
      ).toMatchObject({
        code,
        stdout,
        stderr: words.startsWith("plan") ? (expect.stringContaining(stderr) as string) : stderr,
      });
    },
  );

  test("it never calls itself", async () => {
    const path = { PATH: join(tools, "bin") };
    expect(await standIn("version", { ...path, ORIGINS_TERRAFORM_BINARY: "origins-terraform.js" })).toMatchObject({
      code: 127,
      stderr:
        "origins-terraform: Neither Terraform nor OpenTofu is on the PATH: install one, or name it in ORIGINS_TERRAFORM_BINARY.\n",
    });
  });

  test.each<[string, (tofu: string) => NodeJS.ProcessEnv]>([
    ["is named by a path", (tofu) => ({ ORIGINS_TERRAFORM_BINARY: tofu })],
    [
      "is named on the PATH",
      (tofu) => ({ ORIGINS_TERRAFORM_BINARY: "tofu", PATH: `${dirname(tofu)}:${process.env["PATH"] ?? ""}` }),
    ],
    ["is the only one on the PATH", (tofu) => ({ ORIGINS_TERRAFORM_BINARY: "", PATH: dirname(tofu) })],
  ])("OpenTofu is behind it where it %s", async (_, environment) => {
    const folder = mkdtempSync(join(tools, "tofu-"));
    const tofu = join(folder, "tofu");
    const [real] = (await finished(spawn("sh", ["-c", `command -v "${terraformCommand}"`]))).stdout.split("\n");
    writeFileSync(tofu, `#!/bin/sh\nexec "${real ?? ""}" "$@"\n`, { mode: 0o755 });
    const named = environment(tofu);
    expect(await standIn("init", named)).toMatchObject({ code: 0, stderr: "" });
    expect(await standIn("apply -auto-approve", named)).toMatchObject({ code: 0, stderr: "" });
    rmSync(join(shop.project, "terraform.shop.tfstate"));
    expect((await standIn("apply -auto-approve", named)).stderr).toContain(
      `(${tofu} -chdir=${shop.stack.folder} import `,
    );
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s in the middle of a creation: Terraform saves what it made, and the next apply keeps it",
    async (signal) => {
      const gate = new Gate(/^POST .*\/deployments$/);
      const slow = await Genesys.start({ api: { before: gate.middleware, activationDelayMs: 0 } });
      const own = new StackFolder(slow.provider.reattach);
      const start = (words: string) =>
        spawn(process.execPath, [join(tools, "bin", "origins-terraform.js"), ...words.split(" ")], {
          cwd: own.stack.folder,
          env: {
            ...terraformEnvironment(own.environment),
            ...slow.environment,
            ORIGINS_TERRAFORM_BINARY: terraformCommand,
          },
          stdio: ["ignore", "pipe", "ignore"],
        });
      try {
        await finished(start("init"));
        const applying = start("apply -auto-approve");
        const told = new Promise<void>((resolve) => {
          applying.stdout.on("data", (text: Buffer) => {
            if (text.includes("Interrupt received")) resolve();
          });
        });
        const ended = finished(applying);
        await gate.arrived;
        applying.kill(signal);
        await told;
        gate.letGo();
        expect((await ended).code).not.toBe(0);
        const id = own.rememberedId("deployment");
        expect(id).toBeDefined();
        expect(await finished(start("apply -auto-approve"))).toMatchObject({ code: 0 });
        expect(own.rememberedId("deployment")).toBe(id);
        expect(await finished(start("plan -detailed-exitcode"))).toMatchObject({ code: 0 });
        const { entities } = await slow.byHand("GET", "/api/v2/webdeployments/deployments");
        expect(entities).toHaveLength(1);
      } finally {
        gate.letGo();
        own.remove();
        await slow.close();
      }
    },
  );

  describe("two applies at once, from two checkouts with one state", () => {
    let gate: Gate;
    let shared: Genesys;
    let server: StateServer;
    let checkouts: readonly StackFolder[];
    beforeEach(async () => {
      const before: MiddlewareHandler = (c, next) => gate.middleware(c, next);
      gate = new Gate(/^nothing$/);
      [server, shared] = await Promise.all([
        StateServer.start(),
        Genesys.start({ api: { before, activationDelayMs: 0 } }),
      ]);
      checkouts = [1, 2].map(() =>
        new StackFolder(shared.provider.reattach).write({ backend: { http: serverOf(server) } }),
      );
      for (const [index] of checkouts.entries())
        expect(await finished(start(index, "init"))).toMatchObject({ code: 0 });
    });
    afterEach(async () => {
      gate.letGo();
      for (const checkout of checkouts) checkout.remove();
      await Promise.all([shared.close(), server.close()]);
    });

    const start = (checkout: number, words: string): ChildProcess => {
      const { stack, environment } = checkouts[checkout] ?? shop;
      return spawn(process.execPath, [join(tools, "bin", "origins-terraform.js"), ...words.split(" ")], {
        cwd: stack.folder,
        env: {
          ...terraformEnvironment(environment),
          ...shared.environment,
          NO_COLOR: "1",
          TF_IN_AUTOMATION: "1",
          ORIGINS_TERRAFORM_BINARY: terraformCommand,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
    };
    const deployments = (): readonly { readonly id: string; readonly allowedDomains: readonly string[] }[] => [
      ...shared.store.state.deployments.values(),
    ];

    /** The first has the lock when the second asks for it; then the first goes on. */
    async function bothEndWell(call: RegExp): Promise<void> {
      gate = new Gate(call);
      const refusals = server.refusals;
      const first = finished(start(0, "apply -auto-approve -no-color -lock-timeout=120s"));
      await gate.arrived;
      const second = finished(start(1, "apply -auto-approve -no-color -lock-timeout=120s"));
      await until(() => server.refusals > refusals, 60_000);
      gate.letGo();
      expect(await first).toMatchObject({ code: 0 });
      expect(await second).toMatchObject({ code: 0, stdout: expect.stringContaining("No changes.") as string });
      expect(server.locks.size).toBe(0);
    }

    test("the first deploy: the second run takes what the first made for its own, and makes nothing", async () => {
      await bothEndWell(/^GET .*\/deployments\/[^/]+$/); // it is made, and in no state yet
      expect(deployments()).toHaveLength(1);
    });

    test("an emptied list: the correction of the state waits for the lock, and is left out where it came too late", async () => {
      expect(await finished(start(0, "apply -auto-approve"))).toMatchObject({ code: 0 });
      const [before] = deployments();
      const path = `/api/v2/webdeployments/deployments/${before?.id ?? ""}`;
      await shared.byHand("PUT", path, { ...(await shared.byHand("GET", path)), allowedDomains: [] });
      await bothEndWell(/^PUT .*\/deployments\//);
      expect(deployments()).toEqual([
        expect.objectContaining({ id: before?.id, allowedDomains: before?.allowedDomains }),
      ]);
    });

    test("without -lock-timeout the second run is refused, and says who must be waited for", async () => {
      gate = new Gate(/^GET .*\/deployments\/[^/]+$/);
      const first = finished(start(0, "apply -auto-approve -no-color"));
      await gate.arrived;
      const { code, stderr } = await finished(start(1, "apply -auto-approve -no-color"));
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^origins-terraform: "shop" is not changed: Another run holds the lock of the stack "shop"/,
      );
      gate.letGo();
      expect(await first).toMatchObject({ code: 0 });
    });
  });
});

/** What the backend http is told, as a stack of an app has it. */
function serverOf({ address }: StateServer): object {
  const place = `${address}/shop`;
  return { address: place, lock_address: place, unlock_address: place };
}
