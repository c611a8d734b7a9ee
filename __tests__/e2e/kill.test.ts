import { type ChildProcess } from "node:child_process";
import { copyFileSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DeadlyTerraform, type Instant } from "./deadly-terraform";
import { finished } from "./checkout";
import { OriginsProject } from "./origins-project";
import { needsTerraform } from "./terraform";
import { inFull, rows } from "../in-full";

const domains = ["shop.example.com", "www.example.com", "www.xn--bcher-kva.example.com"];

needsTerraform("killed with SIGKILL", () => {
  const deadly = new DeadlyTerraform();
  let project: OriginsProject;
  let deploymentId: string | undefined;
  /** Told of every call that changes something, before it is answered. */
  let onWrite: (() => void) | undefined;

  const start = (command: "deploy" | "repair"): ChildProcess =>
    project.start([command, "production", "--auto-approve"], { TERRAFORM_BINARY_NAME: deadly.command });

  beforeAll(async () => {
    project = await OriginsProject.start({
      api: {
        before: async (context, next) => {
          if (["PUT", "POST"].includes(context.req.method) && context.req.path.includes("/webdeployments/"))
            onWrite?.();
          await next();
        },
      },
    });
    expect(await finished(start("deploy"))).toMatchObject({ code: 0 });
    deploymentId = project.remembered("production").deployment;
  });
  beforeEach(() => {
    onWrite = undefined;
  });
  afterAll(async () => {
    await project.close();
    deadly.remove();
  });

  /** The same command again brings it to its end. */
  async function endsWell(command: "deploy" | "repair"): Promise<void> {
    const next = await finished(start(command));
    expect(next).toMatchObject({ code: 0, stderr: "" });
    expect(project.remembered("production").deployment).toBe(deploymentId);
    expect(await project.liveIds("deployment")).toEqual([deploymentId]);
    const live = await project.live("production");
    expect(live).toMatchObject({ allowedDomains: domains, status: "Active" });
    expect(live.configuration.version).toBe(project.remembered("production").version);
  }

  test.each(
    rows<[string, Instant]>(
      [
        ["state push", { during: 5 }],
        ["plan", "after"],
        ["apply", { during: 20 }],
      ],
      [
        ["init", "before"],
        ["state push", "before"],
        ["state push", { during: 40 }],
        ["state push", "after"],
        ["plan", "before"],
        ["plan", { during: 50 }],
        ["show", "before"],
        ["apply", "before"],
        ["apply", { during: 80 }],
        ["apply", "after"],
      ],
    ),
  )("at terraform %s, %j: the next repair ends well", async (command, instant) => {
    await project.edit("production", { allowedDomains: [] });
    deadly.killAt(command, instant);
    const killed = await finished(start("repair"));
    expect(deadly.waits).toBe(false);
    expect(killed.signal).toBe("SIGKILL");
    await endsWell("repair");
  });

  inFull(() => {
    test.each<[string, Instant]>([
      ["state push", "after"],
      ["apply", "before"],
    ])(
      "at terraform %s, %j, with a version that was published by hand: the next repair ends well",
      async (command, instant) => {
        const { id } = (await project.live("production")).configuration;
        const version = await project.publish("production");
        await project.edit("production", { configuration: { id, version } });
        deadly.killAt(command, instant);
        expect(await finished(start("repair"))).toMatchObject({ signal: "SIGKILL" });
        expect(project.remembered("production").version).toBe(version);
        await endsWell("repair");
        expect((await project.live("production")).configuration.version).toBe(String(Number(version) + 1));
      },
    );
  });

  const alone = (child: ChildProcess): void => {
    child.kill("SIGKILL");
  };
  const withTerraform = (child: ChildProcess): void => {
    child.kill("SIGKILL");
    deadly.kill();
  };
  describe.each(rows<[string, (child: ChildProcess) => void]>([["with Terraform", withTerraform]], [["alone", alone]]))(
    "%s",
    (_, kill) => {
      test.each(rows([2], [1, 3]))(
        "at call %i that changes something in Genesys Cloud: the next deploy ends well",
        async (n) => {
          const { id } = (await project.live("production")).configuration;
          await project.edit("production", { configuration: { id, version: await project.publish("production") } });
          const child = start("deploy");
          let writes = 0;
          onWrite = () => {
            if (++writes === n) kill(child);
          };
          expect(await finished(child)).toMatchObject({ signal: "SIGKILL" });
          onWrite = undefined;
          await endsWell("deploy");
        },
      );
    },
  );

  test.each(rows<"repair" | "deploy">(["repair"], ["deploy"]))(
    "while Terraform wrote the state, so that its file is empty: a plan refuses, an audit says it, the next %s ends well",
    async (command) => {
      const file = join(project.checkout.folder, "terraform.production.tfstate");
      const before = readFileSync(file, "utf8");
      copyFileSync(file, `${file}.backup`);
      writeFileSync(file, "");
      writeFileSync(join(dirname(file), `.${basename(file)}.lock.info`), "{}");
      const words = `the state file "${realpathSync(file)}" is empty, because a run was killed while it wrote it`;
      const plan = await project.origins("plan", "production");
      expect(plan).toMatchObject({ code: 1, stdout: expect.stringContaining(words) as string });
      const audit = await project.origins("audit", "production");
      expect(audit).toMatchObject({ code: 2, stdout: expect.stringContaining(words) as string });
      expect(readFileSync(file, "utf8")).toBe("");
      await endsWell(command);
      expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
        lineage: (JSON.parse(before) as { readonly lineage: string }).lineage,
      });
      expect(await project.origins("audit", "production")).toMatchObject({ code: 0 });
    },
  );

  test("after all of that a deploy has nothing to do", async () => {
    project.takeWrites();
    expect(await finished(start("deploy"))).toMatchObject({ code: 0 });
    expect(project.takeWrites()).toEqual([]);
  });
});

needsTerraform("killed with SIGKILL in the first deploy", () => {
  test("Terraform comes to its end alone, and the next deploy finds what it made", async () => {
    let child: ChildProcess | undefined;
    const project = await OriginsProject.start({
      provider: { createDelayMs: 1_000 },
      api: {
        before: async (context, next) => {
          if (context.req.method === "POST" && context.req.path.endsWith("/deployments")) child?.kill("SIGKILL");
          await next();
        },
      },
    });
    try {
      child = project.start(["deploy", "production", "--auto-approve"]);
      expect(await finished(child)).toMatchObject({ signal: "SIGKILL" });
      expect(project.remembered("production").deployment).toBeUndefined();
      const { code, stdout } = await project.origins("deploy", "production", "--auto-approve");
      expect(stdout).toMatch(/production +│ unchanged/);
      expect(code).toBe(0);
      expect(await project.liveIds("deployment")).toEqual([project.remembered("production").deployment]);
    } finally {
      await project.close();
    }
  });

  test.each(rows<"configurations" | "deployments">(["deployments"], ["configurations"]))(
    "with Terraform, when %s were asked for: what was made is in no state, and no second deployment appears",
    async (made) => {
      const deadly = new DeadlyTerraform();
      let child: ChildProcess | undefined;
      const project = await OriginsProject.start({
        api: {
          before: async (context, next) => {
            await next();
            if (context.req.method !== "POST" || !context.req.path.endsWith(`/${made}`)) return;
            if (child === undefined) return;
            child.kill("SIGKILL");
            deadly.kill();
          },
        },
      });
      try {
        child = project.start(["deploy", "production", "--auto-approve"], { TERRAFORM_BINARY_NAME: deadly.command });
        expect(await finished(child)).toMatchObject({ signal: "SIGKILL" });
        child = undefined;
        expect(await project.liveIds(made === "configurations" ? "configuration" : "deployment")).toHaveLength(1);
        expect(project.remembered("production").deployment).toBeUndefined();
        const next = await project.origins("deploy", "production", "--auto-approve");
        const [id = "", ...others] = await project.liveIds("deployment");
        expect(others).toEqual([]);
        if (made === "configurations") {
          // It is made once more: the first one is shown by nothing, and stays.
          expect(next.code).toBe(0);
          expect(await project.liveIds("configuration")).toHaveLength(2);
          expect(project.remembered("production").deployment).toBe(id);
          return;
        }
        expect(next.code).toBe(1);
        const [command = ""] = /terraform -chdir=\S+ import \S+ [\w-]+/.exec(next.stdout.replace(/\s+/g, " ")) ?? [];
        expect(command).toContain(id);
        const imported = await project.checkout.run(command.split(" "), project.genesys.environment);
        expect(imported).toMatchObject({ code: 0 });
        expect(await project.origins("deploy", "production", "--auto-approve")).toMatchObject({ code: 0 });
        expect(await project.liveIds("deployment")).toEqual([id]);
        expect(project.remembered("production").deployment).toBe(id);
      } finally {
        await project.close();
        deadly.remove();
      }
    },
  );
});
