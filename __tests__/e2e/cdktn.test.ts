import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { synthesise } from "../../lib/terraform/synthesise";
import { Checkout, type Finished } from "./checkout";
import { bundleOn, type Core } from "./cores";
import { installedPackages, needsNode } from "../from-npm";
import { needsTerraform } from "./terraform";
import { inFull, isFull, rows } from "../in-full";

const stacks = rows(["production", "staging"], ["development", "preview"]);

/** What `cdktn init` 0.24 writes into its cdktf.json beside the app. */
const initialized = {
  sendCrashReports: "false",
  targetVersions: { terraform: ">=1.5.7", opentofu: ">=1.6.0" },
  context: { failOnConstructsOutsideOfStacks: "true", canonicalAssetHashes: "true" },
};

/** The example application on one of the cores. */
class Application {
  readonly checkout = new Checkout();

  constructor(core: Core) {
    // The command as the published package has it, compiled: it is called dozens of times.
    const [source, compiled] = [join("lib", "cli", "main.ts"), join("dist", "cli", "main.js")];
    rmSync(join(this.checkout.folder, source));
    bundleOn(core, `import "./lib/cli/main";`, join(this.checkout.folder, compiled));
    this.import(core);
    const content = { language: "typescript", app: "node main.js", terraformProviders: [], terraformModules: [] };
    const settings = core === "cdktn" ? initialized : {};
    writeFileSync(join(this.checkout.folder, "cdktf.json"), JSON.stringify({ ...content, ...settings }));
  }

  /** Changes what the program imports, and nothing else. */
  import(core: Core): void {
    bundleOn(core, 'import "./main";', join(this.checkout.folder, "main.js"));
  }

  /** Runs a command against the sandbox; it must succeed. */
  async sandbox(command: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
    const end = await this.checkout.run(this.checkout.origins("sandbox", "--", ...command), {
      CI: "1",
      ...environment,
    });
    if (end.code !== 0) throw new Error(`${command.join(" ")}: ${String(end.code)}\n${end.stdout}\n${end.stderr}`);
    return end;
  }

  /** Runs `origins` against the sandbox. */
  origins(...parameters: readonly string[]): Promise<Finished> {
    return this.sandbox(this.checkout.origins(...parameters));
  }

  /** The ids of the deployments as Terraform's states have them, stack by stack. */
  ids(): readonly string[] {
    return stacks.flatMap((stack) => {
      const file = join("cdktf.out", "stacks", stack, "terraform.tfstate.d", "origins-sandbox", "terraform.tfstate");
      const { resources } = JSON.parse(readFileSync(join(this.checkout.folder, file), "utf8")) as State;
      return resources
        .filter(({ type }) => type === "genesyscloud_webdeployments_deployment")
        .flatMap(({ instances }) => instances.map(({ attributes }) => attributes.id));
    });
  }
}

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: { readonly id: string } }[];
  }[];
}

/** Every file of a synthesis, by its path. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

needsTerraform("an application on cdktn", () => {
  needsNode(24, "with cdktn-cli on Node 24", (node) => {
    let application: Application;
    let environment: NodeJS.ProcessEnv;
    const cdktn = (...parameters: readonly string[]): Promise<Finished> =>
      application.sandbox(["cdktn", ...parameters], environment);
    beforeAll(() => {
      const bin = join(installedPackages("cdktn-cli@0.24.0"), "node_modules", ".bin");
      environment = { PATH: `${bin}${delimiter}${node().environment.PATH}` };
      application = new Application("cdktn");
    });
    afterAll(() => {
      application.checkout.remove();
    });

    inFull(() => {
      test("cdktn synth writes what origins synthesises, byte for byte", async () => {
        const run = await application.checkout.run(["cdktn", "synth"], { CI: "1", ...environment });
        expect(run).toMatchObject({ code: 0 });
        expect(run.stdout).toContain(
          "Generated Terraform code for the stacks: development, preview, production, staging",
        );
        const outdir = join(application.checkout.folder, "cdktf.out");
        const written = filesIn(outdir);
        expect([...written.keys()]).toContain(join("stacks", "production", "cdk.tf.json"));
        await synthesise({ folder: application.checkout.folder, environment: { ...process.env, ...environment } });
        expect(filesIn(outdir)).toEqual(written);
      });
    });

    test("cdktn deploy and cdktn diff work on the sandbox, in turn with origins", async () => {
      const { stdout } = await cdktn("deploy", ...stacks, "--auto-approve");
      expect(stdout.match(/Resources: 2 added, 0 changed, 0 destroyed/g)).toHaveLength(stacks.length);
      expect(new Set(application.ids()).size).toBe(stacks.length);
      if (isFull) expect((await cdktn("diff", "production")).stdout).toContain("No changes.");
      await application.origins("plan", ...stacks);
      await application.origins("audit", ...stacks);
      await application.origins("deploy", ...stacks, "--auto-approve");
      expect((await cdktn("diff", "staging")).stdout).toContain("No changes.");
    });

    inFull(() => {
      test("one that was deployed on cdktf goes on with the same state: no changes, the same ids", async () => {
        const moved = new Application("cdktf");
        try {
          await moved.origins("deploy", "--auto-approve");
          const before = moved.ids();
          moved.import("cdktn");
          for (const stack of stacks) {
            expect((await moved.sandbox(["cdktn", "diff", stack], environment)).stdout).toContain("No changes.");
          }
          const { stdout } = await moved.sandbox(["cdktn", "deploy", "*", "--auto-approve"], environment);
          expect(stdout.match(/Resources: 0 added, 0 changed, 0 destroyed/g)).toHaveLength(stacks.length);
          expect(moved.ids()).toEqual(before);
        } finally {
          moved.checkout.remove();
        }
      });
    });
  });

  test.each<readonly [Core, Core]>(rows([["cdktf", "cdktn"]], [["cdktn", "cdktf"]]))(
    "moves from %s to %s by its imports: origins plans no changes, and the ids stay",
    async (from, to) => {
      const application = new Application(from);
      try {
        await application.origins("deploy", ...stacks, "--auto-approve");
        const before = application.ids();
        expect(new Set(before).size).toBe(stacks.length);
        application.import(to);
        const { stdout } = await application.origins("plan", ...stacks, "--json");
        expect(JSON.parse(stdout)).toMatchObject(stacks.map((stack) => ({ stack, changes: [] })));
        await application.origins("deploy", ...stacks, "--auto-approve");
        expect(application.ids()).toEqual(before);
      } finally {
        application.checkout.remove();
      }
    },
  );
});
