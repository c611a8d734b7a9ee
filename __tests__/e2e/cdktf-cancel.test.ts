import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inFull, rows } from "../in-full";
import { finished } from "./checkout";
import { CoreCli } from "./core-cli";
import { needsTerminal, startOnTerminal } from "./pseudo-terminal";
import { randoms } from "./randoms";
import { needsTerraform, terraformCommand } from "./terraform";
import { until } from "./until";

jest.setTimeout(300_000); // several deploys each, on machines that do other things as well

/** The instants of the runs follow from it: `SEED=2 npx jest …` tries others. */
const seed = Number(process.env["SEED"] ?? 20_261);

const closing = "closing the terminal";
const ways = ["SIGINT", "SIGTERM", closing] as const;

interface Run {
  readonly way: (typeof ways)[number];
  /** When, in percent of the time that a deploy takes which is let alone. */
  readonly percent: number;
}

const random = randoms(seed);
const ten = Array.from({ length: 10 }, (_, index): Run => {
  return { way: ways[index % ways.length] ?? closing, percent: Math.round(random() * 100) };
});
const runs = rows(ten.slice(0, ways.length), ten.slice(ways.length));

needsTerraform(`cdktf deploy behind origins-terraform, cancelled at random instants (seed ${seed})`, () => {
  const genesys = { provider: { createDelayMs: 400 }, api: { activationDelayMs: 400 } };
  const slow = { provider: { createDelayMs: 3_000 }, api: { activationDelayMs: 0 } };
  const waiting = { TF_CLI_ARGS_plan: "-lock-timeout=120s", TF_CLI_ARGS_apply: "-lock-timeout=120s" };
  let cli: CoreCli;
  let environment: NodeJS.ProcessEnv;
  let wholeDeploy: number;
  beforeAll(async () => {
    cli = await CoreCli.start("cdktf", { genesys });
    // Terraform by a path in the checkout, so that the list of processes shows whose it is.
    const program = join(cli.project.checkout.folder, "path", "terraform");
    const [real = ""] = spawnSync("sh", ["-c", `command -v "${terraformCommand}"`], { encoding: "utf8" }).stdout.split(
      "\n",
    );
    symlinkSync(real, program);
    environment = { ...waiting, ORIGINS_TERRAFORM_BINARY: program };
    const start = performance.now();
    expect(await finished(cli.start("deploy", {}, environment))).toMatchObject({ code: 0 });
    wholeDeploy = performance.now() - start;
  });
  afterAll(async () => {
    await cli.project.close();
  });

  /** The command lines of what runs of this checkout. */
  const running = (): readonly string[] =>
    spawnSync("ps", ["-Ao", "args="], { encoding: "utf8" })
      .stdout.split("\n")
      .filter((line) => line.includes(cli.project.checkout.folder));

  /** Cancels a deploy of a stack that has none yet, deploys again at once, and looks at what there is. */
  async function cancelled({ way, percent }: Run, start: () => ChildProcess): Promise<void> {
    await cli.project.replaceGenesys(genesys);
    const child = start();
    const ended = finished(child);
    await sleep((wholeDeploy * percent) / 100);
    child.kill(way === closing ? "SIGKILL" : way);
    await ended;

    const { code, stdout, stderr } = await finished(cli.start("deploy", {}, environment));
    expect({ code, said: `${stdout}${stderr}` }).toEqual({
      code: 0,
      said: expect.stringContaining("production") as string,
    });
    await isWhole();
  }

  /** The one deployment and its configuration are what the state has; nothing runs, and nothing is locked. */
  async function isWhole(): Promise<void> {
    await until(() => running().length === 0);
    for (const type of ["deployment", "configuration"] as const) {
      const live = await cli.project.liveIds(type);
      expect(live).toHaveLength(1);
      expect(cli.project.rememberedIds(type)).toEqual(live);
    }
    expect(existsSync(join(dirname(cli.state), `.${basename(cli.state)}.lock.info`))).toBe(false);
    expect(await cli.project.origins("audit", "production")).toMatchObject({ code: 0 });
  }

  test.each(runs.filter(({ way }) => way !== closing))(
    "by $way after $percent % of a deploy: nothing is orphaned, and the next one ends well",
    async (run) => {
      await cancelled(run, () => cli.start("deploy", {}, environment));
    },
  );

  needsTerminal("on a terminal", () => {
    test.each(runs.filter(({ way }) => way === closing))(
      "by $way after $percent % of a deploy: nothing is orphaned, and the next one ends well",
      async (run) => {
        await cancelled(run, () =>
          startOnTerminal(cli.command("deploy"), {
            columns: 100,
            cwd: cli.project.checkout.folder,
            environment: { ...process.env, ...cli.environment(), ...environment, CHECKPOINT_DISABLE: "1" },
          }),
        );
      },
    );
  });

  inFull(() => {
    test.each(["a first deploy", "an emptied list"])("%s by two at once: both end well", async (what) => {
      const shared = { props: { backend: { type: "local", path: cli.state } } };
      await cli.project.replaceGenesys(genesys);
      rmSync(join(cli.project.checkout.folder, "cdktf.out"), { recursive: true });
      if (what === "an emptied list") {
        expect(await finished(cli.start("deploy", shared, environment))).toMatchObject({ code: 0 });
        await cli.project.edit("production", { allowedDomains: [] });
      }
      // Two jobs, each with a checkout, and one state.
      const folder = mkdtempSync(join(dirname(cli.project.checkout.folder), "second-"));
      try {
        cpSync(cli.project.checkout.folder, folder, { recursive: true, verbatimSymlinks: true });
        const ends = await Promise.all(
          [cli.project.checkout.folder, folder].map((cwd) => {
            const variables = { ...process.env, ...cli.environment(shared), ...environment };
            const [program = "", ...words] = cli.command("deploy");
            return finished(spawn(program, words, { cwd, env: variables, stdio: ["ignore", "pipe", "pipe"] }));
          }),
        );
        for (const { code, stdout, stderr } of ends) expect({ code, said: stdout + stderr }).toMatchObject({ code: 0 });
        await isWhole();
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  inFull(() => {
    /** Kills a deploy, once the call is carried out, and waits for the end of what is left. */
    async function killed(call: string, kill: (child: ChildProcess) => void): Promise<void> {
      const child = cli.start("deploy", {}, environment);
      const ended = finished(child);
      await until(() => cli.project.genesys.api.calls.after().some(isAnswered(call)), 60_000);
      kill(child);
      await ended;
      await until(() => running().length === 0);
    }

    const killGroup = ({ pid }: ChildProcess): void => {
      process.kill(-(pid ?? 0), "SIGKILL");
    };
    const killTree = ({ pid }: ChildProcess): void => {
      for (const each of treeOf(pid ?? 0)) process.kill(each, "SIGKILL");
    };

    test("killed with its process group while the deployment is made: Terraform saves it, and the next one keeps it", async () => {
      await cli.project.replaceGenesys(slow);
      await killed("POST /api/v2/webdeployments/deployments", killGroup);
      const [made] = await cli.project.liveIds("deployment");
      expect(made).toBeDefined();
      expect(await finished(cli.start("deploy", {}, environment))).toMatchObject({ code: 0 });
      expect(cli.project.remembered("production").deployment).toBe(made);
      await isWhole();
    });

    test("killed with all that it started: the next one refuses, and the command that is named takes the deployment over", async () => {
      await cli.project.replaceGenesys(slow);
      await killed("POST /api/v2/webdeployments/deployments", killTree);
      const [made] = await cli.project.liveIds("deployment");
      expect(cli.project.remembered("production").deployment).toBeUndefined();
      const refused = await finished(cli.start("deploy", {}, environment));
      expect(refused.code).toBe(1);
      const [, command = ""] = /\((\S+ -chdir=[^)]* import [^)]*)\)/.exec(refused.stdout) ?? [];
      const pasted = await cli.project.checkout.run(["sh", "-ec", command], cli.environment());
      expect(pasted).toMatchObject({ code: 0 });
      expect(await finished(cli.start("deploy", {}, environment))).toMatchObject({ code: 0 });
      expect(cli.project.remembered("production").deployment).toBe(made);
      await isWhole();
    });

    test("killed with all that it started in the middle of a change: the next one completes it", async () => {
      await cli.project.replaceGenesys(slow);
      expect(await finished(cli.start("deploy", {}, environment))).toMatchObject({ code: 0 });
      const { deployment, configuration } = cli.project.remembered("production");
      await cli.project.edit("production", { allowedDomains: [] });
      await killed(`PUT /api/v2/webdeployments/deployments/${deployment ?? ""}`, killTree);
      expect(await finished(cli.start("deploy", {}, environment))).toMatchObject({ code: 0 });
      expect(cli.project.remembered("production")).toMatchObject({ deployment, configuration });
      await isWhole();
    });
  });
});

/** A process and all that it started, as a system has it that ends jobs by walking through the list of processes. */
function treeOf(pid: number): readonly number[] {
  const pairs = spawnSync("ps", ["-Ao", "pid=,ppid="], { encoding: "utf8" })
    .stdout.trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): readonly number[] => [
    parent,
    ...pairs.flatMap(([child, of]) => (of === parent && child !== undefined ? below(child) : [])),
  ];
  return below(pid);
}

function isAnswered(call: string) {
  return ({
    method,
    path,
    status,
  }: {
    readonly method: string;
    readonly path: string;
    readonly status?: number;
  }): boolean => status !== undefined && call === `${method} ${path}`;
}
