import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTerraform, programName, terraformEnvironment } from "../../lib/terraform/binary";
import { finished } from "./checkout";

const terraform = findTerraform(process.env);

/** The program of these tests, as a command line has it: `terraform`, or `tofu` where it is the only one. */
export const terraformCommand = "version" in terraform ? terraform.command : "terraform";

/** What labels and messages call it. */
export const terraformName = programName(terraformCommand);

/** What the program calls itself. */
export const terraformProduct = "version" in terraform ? terraform.product : "Terraform";

/**
 * A group of tests that run the real Terraform (or OpenTofu). On a machine that has neither they are skipped and say why;
 * in CI (`CI=true`) they fail instead, so that a pipeline that lost the program does not look green.
 */
export function needsTerraform(name: string, tests: () => void): void {
  if ("version" in terraform) describe(name, tests);
  else if (process.env["CI"] === "true") {
    test(name, () => {
      throw new Error(`These tests need Terraform: ${terraform.reason}.`);
    });
  } else {
    describe.skip(`${name} (skipped: ${terraform.reason})`, tests);
  }
}

/** What a Terraform command printed and how it ended. */
export interface TerraformRun {
  /** Null where a signal ended it. */
  readonly code: number | null;
  /** Standard output and standard error, with the line breaks that Terraform puts into long texts taken out again. */
  readonly text: string;
  readonly stdout: string;
}

/** A folder with a Terraform configuration in it, and the program to run there. */
export class Workspace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "terraform-")));
  private readonly running = new Set<ChildProcess>();

  /**
   * @param reattach the value of `TF_REATTACH_PROVIDERS`
   * @param environment further variables for the program
   * @param hasGroup whether the program gets a process group, so that {@link kill} ends the providers that it starts as well
   */
  constructor(
    private readonly reattach: string,
    private readonly environment: NodeJS.ProcessEnv = {},
    private readonly hasGroup = false,
  ) {}

  /** Replaces the configuration, written in Terraform's JSON syntax. */
  write(configuration: object): this {
    const required = { genesyscloud: { source: "mypurecloud/genesyscloud", version: "~> 1.84" } };
    writeFileSync(
      join(this.folder, "main.tf.json"),
      JSON.stringify({ terraform: { required_providers: required }, ...configuration }),
    );
    return this;
  }

  /** Starts Terraform in the folder. */
  start(...parameters: readonly string[]): ChildProcess {
    if (!("version" in terraform)) throw new Error(terraform.reason);
    const child = spawn(terraform.command, parameters, {
      cwd: this.folder,
      detached: this.hasGroup,
      env: {
        ...terraformEnvironment(process.env),
        TF_IN_AUTOMATION: "1",
        ...this.environment,
        TF_REATTACH_PROVIDERS: this.reattach,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.running.add(child);
    child.once("exit", () => this.running.delete(child));
    return child;
  }

  /** Kills what still runs, with the providers that it started where it has a process group. */
  kill(): void {
    for (const child of this.running) {
      if (this.hasGroup && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      else child.kill("SIGKILL");
    }
  }

  /** Runs Terraform in the folder, whatever its exit code is. */
  async run(...parameters: readonly string[]): Promise<TerraformRun> {
    const { code, stdout, stderr } = await finished(this.start(...parameters));
    return { code, stdout, text: unwrapped(`${stdout}\n${stderr}`) };
  }

  /** `terraform init`. */
  async init(): Promise<this> {
    succeeded(await this.run("init", "-input=false", "-no-color"));
    return this;
  }

  /** `terraform plan -detailed-exitcode`: 0 without changes, 2 with, 1 for an error. */
  plan(...parameters: readonly string[]): Promise<TerraformRun> {
    return this.run("plan", "-detailed-exitcode", "-input=false", "-no-color", "-lock=false", ...parameters);
  }

  /** What a plan does with each resource, by the resource's name, such as `["no-op"]`. */
  async plannedActions(): Promise<ReadonlyMap<string, readonly string[]>> {
    await this.plan("-out=next");
    const { stdout } = await this.run("show", "-json", "next");
    const { resource_changes: changes } = JSON.parse(stdout) as {
      readonly resource_changes: readonly {
        readonly name: string;
        readonly change: { readonly actions: readonly string[] };
      }[];
    };
    return new Map(changes.map(({ name, change }) => [name, change.actions]));
  }

  /** `terraform apply`; must succeed unless {@link tryApply} is called instead. */
  async apply(...parameters: readonly string[]): Promise<TerraformRun> {
    return succeeded(await this.tryApply(...parameters));
  }

  /** `terraform apply`, whatever its exit code is. */
  tryApply(...parameters: readonly string[]): Promise<TerraformRun> {
    return this.run("apply", "-auto-approve", "-input=false", "-no-color", ...parameters);
  }

  /** `terraform destroy`; must succeed. */
  async destroy(): Promise<TerraformRun> {
    return succeeded(await this.run("destroy", "-auto-approve", "-input=false", "-no-color"));
  }

  /** The attributes of a resource as the state file has them; undefined where it has no such resource. */
  attributes(type: string): Readonly<Record<string, unknown>> | undefined {
    const state = JSON.parse(readFileSync(join(this.folder, "terraform.tfstate"), "utf8")) as StateFile;
    return state.resources.find((resource) => resource.type === type)?.instances[0]?.attributes;
  }

  /** The attributes of every resource of a type, by its name in the configuration. */
  allAttributes(type: string): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
    const state = JSON.parse(readFileSync(join(this.folder, "terraform.tfstate"), "utf8")) as StateFile;
    return new Map(
      state.resources.flatMap(({ type: own, name, instances: [only] }) =>
        own === type && only !== undefined ? [[name, only.attributes] as const] : [],
      ),
    );
  }

  /** Changes attributes of a resource in the state, as a person does who pulls, edits and pushes it. */
  async editState(type: string, changes: object): Promise<void> {
    const { stdout } = await this.run("state", "pull");
    const state = JSON.parse(stdout) as StateFile;
    for (const resource of state.resources) {
      if (resource.type !== type) continue;
      for (const instance of resource.instances) Object.assign(instance.attributes, changes);
    }
    writeFileSync(join(this.folder, "edited.tfstate"), JSON.stringify({ ...state, serial: state.serial + 1 }));
    succeeded(await this.run("state", "push", "edited.tfstate"));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface StateFile {
  readonly serial: number;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

function succeeded(run: TerraformRun): TerraformRun {
  if (run.code !== 0) throw new Error(`Terraform ended with ${String(run.code)}:\n${run.text}`);
  return run;
}

/** Terraform draws a frame around errors and wraps their lines; tests look for sentences. */
function unwrapped(text: string): string {
  return text.replace(/^[│╵╷] ?/gm, "").replace(/(?<=\S)\n(?=\S)/g, " ");
}
