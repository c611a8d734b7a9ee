import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { readPlan, type ResourceChange } from "../../terraform";
import { UserError } from "../user-error";
import { capture } from "./captured";

/** The commands of the cdktf project in this folder, as a pipeline would run them. */
export interface Project {
  /** `cdktf synth`: writes `cdktf.out`. */
  synthesise(): Promise<void>;
  /** `cdktf deploy '*'` of what was synthesised. Answers each stack's outputs. */
  deploy(): Promise<Outputs>;
  /** `terraform plan` of one stack: what it would change, and its exit code (0 nothing, 2 changes). */
  plan(stack: string): Promise<{ readonly exitCode: number; readonly changes: readonly ResourceChange[] }>;
}

/** The outputs of each stack, by their names. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * The cdktf project in the working directory.
 *
 * @throws UserError when there is no cdktf.json, or no cdktf-cli to run
 */
export function projectHere(terraform: string | undefined, environment: NodeJS.ProcessEnv): Project {
  const cdktf = (...parameters: readonly string[]): readonly string[] => [process.execPath, cdktfCli(), ...parameters];
  // CI=1 silences cdktf's spinner, whose escape codes would fill what is captured.
  const env = { ...environment, CI: "1", ...(terraform !== undefined && { TERRAFORM_BINARY_NAME: terraform }) };
  return {
    async synthesise() {
      await capture(cdktf("synth"), env);
    },
    async deploy() {
      const folder = mkdtempSync(join(tmpdir(), "origins-demo-"));
      const file = join(folder, "outputs.json");
      try {
        await capture(cdktf("deploy", "*", "--auto-approve", "--skip-synth", "--outputs-file", file), env);
        return JSON.parse(readFileSync(file, "utf8")) as Outputs;
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    async plan(stack) {
      const inStack = [terraform ?? "terraform", `-chdir=${join("cdktf.out", "stacks", stack)}`];
      const planned = [...inStack, "plan", "-input=false", "-detailed-exitcode", "-out=origins.tfplan"];
      const { code } = await capture(planned, env, [0, 2]);
      const { output } = await capture([...inStack, "show", "-json", "origins.tfplan"], env);
      return { exitCode: code, changes: readPlan(output) };
    },
  };
}

function cdktfCli(): string {
  const manifest = resolve("cdktf.json");
  if (!existsSync(manifest)) {
    throw new UserError("There is no cdktf.json in this folder.\n\nRun the command in the folder of your cdktf app.");
  }
  try {
    const cli = createRequire(manifest).resolve("cdktf-cli/package.json");
    return join(dirname(cli), "bundle", "bin", "cdktf");
  } catch (error) {
    throw new UserError("The project has no cdktf-cli.\n\nRun: npm install --save-dev cdktf-cli", { cause: error });
  }
}
