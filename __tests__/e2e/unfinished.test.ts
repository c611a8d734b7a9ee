import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { genuineTiming } from "../../packages/sandbox/lib/provider/timing";
import { finished, type Finished } from "./checkout";
import { DeadlyTerraform } from "./deadly-terraform";
import { Gate } from "./gate";
import { OriginsProject, type Stack } from "./origins-project";
import { needsTerraform, terraformCommand } from "./terraform";
import { until } from "./until";
import { inFull, rows } from "../in-full";

/** Waits for Genesys Cloud for longer than any of these tests takes. */
const timing = { ...genuineTiming, deploymentActive: 600_000, draftActive: 600_000, longestPoll: 500 };

/** Production's deployment has `prevent_destroy`, staging's has not. */
const stacks = ["production", "staging"] as const satisfies readonly Stack[];

interface Call {
  readonly method: string;
  readonly path: string;
  readonly status?: number;
}

const isAnswered = ({ method, path, status }: Call, call: RegExp): boolean =>
  status !== undefined && call.test(`${method} ${path}`);

needsTerraform("a first deploy that was cut short", () => {
  let project: OriginsProject;
  /** How much later it is in Genesys Cloud than here, in milliseconds. */
  let later = 0;
  const api = { now: () => new Date(Date.now() + later) };
  /** What is Pending becomes what it is to become. */
  const timePasses = (): void => {
    later += 3_600_000;
  };
  beforeAll(async () => {
    project = await OriginsProject.start();
  });
  afterAll(async () => {
    await project.close();
  });

  const deploy = (stack: Stack, ...flags: readonly string[]): Promise<Finished> =>
    project.origins("deploy", stack, "--auto-approve", ...flags);

  /** What the state says of one of the stack's resources. */
  const instance = (stack: Stack, type: "deployment" | "configuration") => {
    const file = join(project.checkout.folder, `terraform.${stack}.tfstate`);
    const { resources } = JSON.parse(existsSync(file) ? readFileSync(file, "utf8") : '{"resources": []}') as {
      readonly resources: readonly {
        readonly type: string;
        readonly instances: readonly {
          readonly status?: string;
          readonly attributes: Readonly<Record<string, unknown>>;
        }[];
      }[];
    };
    return resources.find((resource) => resource.type === `genesyscloud_webdeployments_${type}`)?.instances[0];
  };

  /** Waits until Genesys Cloud has answered such a call. */
  const called = (call: RegExp): Promise<void> =>
    until(() => project.genesys.api.calls.after().some((each) => isAnswered(each, call)), 60_000);

  /** Deploys, and cancels after that call. */
  async function cancelledAfter(stack: Stack, call: RegExp): Promise<Finished> {
    const child = project.start(["deploy", stack, "--auto-approve"]);
    const ended = finished(child);
    await called(call);
    child.kill("SIGINT");
    const end = await ended;
    expect(end.code).toBe(130);
    return end;
  }

  /** The next deploy ends well, has made nothing anew and has taken nothing away. */
  async function healed(stack: Stack, made: readonly string[] = []): Promise<Finished> {
    const before = project.remembered(stack);
    project.takeWrites();
    const child = project.start(["deploy", stack, "--auto-approve"]);
    child.stdout?.on("data", (text: Buffer) => {
      if (/is Pending, since|so that the next apply publishes it/.test(text.toString())) timePasses();
    });
    const run = await finished(child);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const writes = project.takeWrites();
    expect(writes.filter((call) => /^DELETE|^POST (deployments|configurations)$/.test(call))).toEqual(made);
    const after = project.remembered(stack);
    if (before.deployment !== undefined) expect(after.deployment).toBe(before.deployment);
    expect(after.configuration).toBe(before.configuration);
    expect(await project.liveIds("deployment")).toEqual([after.deployment]);
    expect(await project.live(stack)).toMatchObject({ status: "Active" });
    for (const type of ["deployment", "configuration"] as const) expect(instance(stack, type)?.status).toBeUndefined();
    await expect(project.origins("audit", stack)).resolves.toMatchObject({ code: 0 });
    await expect(project.origins("plan", stack)).resolves.toMatchObject({ code: 0 });
    return run;
  }

  describe.each(rows(stacks.slice(0, 1), stacks.slice(1)))("%s", (stack) => {
    test("cancelled while the deployment is Pending: the summary says so, and the next deploy waits for it", async () => {
      await project.replaceGenesys({ provider: { timing }, api });
      project.genesys.api.faults.add("pending 10m on POST deployments");
      const { stdout } = await cancelledAfter(stack, /GET .*\/deployments\/[^/]+$/);
      const { deployment = "none" } = project.remembered(stack);
      expect(instance(stack, "deployment")).toMatchObject({ status: "tainted" });
      expect(stdout).toMatch(new RegExp(`${stack} +│ interrupted +│ +│ drift`));
      expect(stdout).toContain("the deployment is Pending");
      expect(stdout).toContain(`the creation of the deployment "${deployment}" was cut short`);
      expect(stdout.slice(stdout.indexOf("what Genesys serves"))).not.toContain("never deployed");

      const plan = await project.origins("plan", stack);
      expect(plan.stdout).toContain("Run origins deploy: it waits until the deployment is Active, and keeps it");
      expect(plan.stdout).not.toMatch(/prevent_destroy|destroy it by/);

      const next = await healed(stack);
      expect(next.stdout).toContain(`the deployment "${deployment}" is Pending, since its creation was cut short`);
      expect(next.stdout).toMatch(/✔ waiting until it is Active \(at most 2m\)/);
    });

    inFull(() => {
      test("slower than the provider's patience: the next deploy goes on with it", async () => {
        await project.replaceGenesys({ api });
        project.genesys.api.faults.add("pending 10m on POST deployments");
        const slow = await deploy(stack);
        expect(slow.code).toBe(1);
        expect(slow.stdout).toContain("did not become Active within 1 s");
        expect(slow.stdout).toContain("Run origins deploy: it waits until the deployment is Active");
        expect((await healed(stack)).stdout).toContain("tainted = false (its creation was cut short, but it exists)");
      });
    });

    inFull(() => {
      test("ended in Error: the next deploy asks for Active again", async () => {
        await project.replaceGenesys({ api });
        project.genesys.api.faults.add("error on POST deployments");
        expect(await deploy(stack)).toMatchObject({ code: 1 });
        expect(await project.live(stack)).toMatchObject({ status: "Error" });
        await healed(stack);
      });
    });

    test("cancelled before the configuration is published: the next deploy publishes it", async () => {
      await project.replaceGenesys({ provider: { timing }, api });
      project.genesys.api.faults.add("pending 10m on POST configurations");
      await cancelledAfter(stack, /GET .*\/versions\/draft$/);
      expect(instance(stack, "configuration")).toMatchObject({ status: "tainted", attributes: { version: "DRAFT" } });
      await healed(stack, ["POST deployments"]);
      expect((await project.live(stack)).configuration.version).toBe("1");
    });

    inFull(() => {
      test("cancelled after the configuration is published: the next deploy takes the version that is there", async () => {
        await project.replaceGenesys({ provider: { timing }, api });
        project.genesys.api.faults.add("503 on GET /api/v2/webdeployments/configurations/*/versions/1");
        await cancelledAfter(stack, /GET .*\/versions\/1$/);
        project.genesys.api.faults.clear();
        expect(instance(stack, "configuration")).toMatchObject({ status: "tainted", attributes: { version: "DRAFT" } });
        await healed(stack, ["POST deployments"]);
        expect((await project.live(stack)).configuration.version).toBe("1");
      });

      test("a configuration that is slower than the provider's patience: a later deploy publishes it", async () => {
        await project.replaceGenesys({ api });
        project.genesys.api.faults.add("pending 10m on POST configurations");
        for (const attempt of [1, 2]) {
          const slow = await deploy(stack);
          expect([attempt, slow.code]).toEqual([attempt, 1]);
          expect(slow.stdout).toContain("did not become Active within 1 s");
        }
        timePasses();
        await healed(stack, ["POST deployments"]);
        expect((await project.live(stack)).configuration.version).toBe("1");
      });
    });

    test("still Pending after the time limit: nothing is changed, and no advice to destroy it", async () => {
      await project.replaceGenesys({ api });
      project.genesys.api.faults.add("pending 10m on POST deployments");
      expect(await deploy(stack)).toMatchObject({ code: 1 });
      project.takeWrites();
      const { code, stdout } = await deploy(stack, "--activation-timeout", "1s");
      expect(code).toBe(1);
      expect(stdout).toMatch(new RegExp(`${stack} +│ refused`));
      expect(stdout).toContain("is still Pending, since its creation was cut short: nothing was changed.");
      expect(stdout).not.toMatch(/destroy/);
      expect(project.takeWrites()).toEqual([]);
    });

    inFull(() => {
      test("without credentials for the platform API: it says what is missing instead of planning a replacement", async () => {
        await project.replaceGenesys({ api });
        project.genesys.api.faults.add("pending 10m on POST deployments");
        expect(await deploy(stack)).toMatchObject({ code: 1 });
        const nobody = { GENESYSCLOUD_OAUTHCLIENT_ID: "", GENESYSCLOUD_OAUTHCLIENT_SECRET: "" };
        project.takeWrites();
        const { code, stdout } = await finished(project.start(["deploy", stack, "--auto-approve"], nobody));
        expect(code).toBe(1);
        expect(stdout).toContain(
          "could not be read from the platform API (credentials are missing: set GENESYSCLOUD_OAUTH",
        );
        expect(project.takeWrites()).toEqual([]);
        await healed(stack);
      });
    });
  });

  inFull(() => {
    test("cancelled while it waits, a deploy has changed nothing", async () => {
      await project.replaceGenesys({ api });
      project.genesys.api.faults.add("pending 10m on POST deployments");
      expect(await deploy("production")).toMatchObject({ code: 1 });
      project.takeWrites();
      const child = project.start(["deploy", "production", "--auto-approve"]);
      const ended = finished(child);
      child.stdout?.on("data", (text: Buffer) => {
        if (text.includes("is Pending, since")) child.kill("SIGTERM");
      });
      const { code, stderr } = await ended;
      expect(code).toBe(143);
      expect(stderr).toContain("Interrupted while waiting for Genesys Cloud. Nothing was changed.");
      expect(project.takeWrites()).toEqual([]);
    });
  });

  /** Deploys, and kills the command and Terraform with it while Genesys Cloud carries that call out. */
  async function killedAt(call: RegExp, fault?: string): Promise<void> {
    const gate = new Gate(call);
    await project.replaceGenesys({ provider: { timing }, api: { ...api, before: gate.middleware } });
    if (fault !== undefined) project.genesys.api.faults.add(fault);
    const deadly = new DeadlyTerraform();
    try {
      const binary = { TERRAFORM_BINARY_NAME: deadly.command };
      const child = project.start(["deploy", "production", "--auto-approve"], binary);
      const ended = finished(child);
      await gate.arrived;
      child.kill("SIGKILL");
      deadly.kill();
      await ended;
      gate.letGo();
      await until(() => project.genesys.api.calls.after().some((each) => isAnswered(each, call)), 60_000);
    } finally {
      deadly.remove();
    }
  }

  inFull(() => {
    test.each([/POST .*\/configurations$/, /POST .*\/draft\/publish$/])(
      "killed together with Terraform at %s: the next deploy makes the one deployment",
      async (call) => {
        await killedAt(call);
        expect(await project.liveIds("deployment")).toEqual([]);
        await expect(deploy("production")).resolves.toMatchObject({ code: 0, stderr: "" });
        expect(await project.liveIds("deployment")).toEqual([project.remembered("production").deployment]);
      },
    );
  });

  test("killed together with Terraform while the deployment was made: the command that is named takes it over", async () => {
    await killedAt(/POST .*\/deployments$/, "pending 10m on POST deployments");
    expect(project.remembered("production").deployment).toBeUndefined();
    const [orphan = "none"] = await project.liveIds("deployment");

    const refused = await deploy("production");
    expect(refused.code).toBe(1);
    const named = new RegExp(String.raw`\((${terraformCommand} [^)]*)\)`).exec(refused.stdout.replace(/\n {2}/g, " "));
    const taken = await project.checkout.run(["sh", "-ec", named?.[1] ?? "false"], project.genesys.environment);
    expect(taken).toMatchObject({ code: 0 });
    timePasses();
    await healed("production");
    expect(project.remembered("production").deployment).toBe(orphan);
  });
});
