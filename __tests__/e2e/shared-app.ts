import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { type StateBackend } from "../../lib/messenger/backend/state-backend";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { findTerraform, terraformEnvironment } from "../../lib/terraform/binary";
import { readStacks, type SynthesizedStack } from "../../lib/terraform/stacks";
import { StackTerraform } from "../../lib/terraform/stack-terraform";
import { type StackTerraformOptions } from "../../lib/terraform/terraform-in-folder";
import { type Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { finished } from "./checkout";

const terraform = findTerraform(process.env);

/** An application whose stacks keep their states where other pipelines have them too, synthesised as `main.ts` does it: a pipeline's checkout. */
export class SharedApp {
  readonly project = realpathSync(mkdtempSync(join(tmpdir(), "shared-")));
  private stacks: readonly SynthesizedStack[] = [];

  constructor(
    private readonly genesys: Genesys,
    private backend: StateBackend,
    private readonly credentials: NodeJS.ProcessEnv = {},
  ) {}

  /** Says where the next synthesis has the states. */
  keepStatesIn(backend: StateBackend): this {
    this.backend = backend;
    return this;
  }

  /** A stack for each environment, with a page at each of the hosts. */
  synthesise(environments: readonly string[], ...hosts: readonly string[]): this {
    const outdir = join(this.project, "cdktf.out");
    const app = new App({ outdir });
    for (const name of environments) {
      const addresses = hosts.map((host) => `https://${host}`);
      const environment = nextEnvironment(name, { kind: "development", addresses });
      new MessengerStack(app, name, { environment, defaultLanguage: "en-us", backend: this.backend });
    }
    app.synth();
    this.stacks = readStacks(outdir);
    return this;
  }

  terraform(name: string, options: Partial<StackTerraformOptions> = {}): StackTerraform {
    return new StackTerraform(this.stack(name), { command: program(), environment: this.environment, ...options });
  }

  /** Plans and applies, like `origins deploy`; tells whether anything was to be done. */
  async deploy(name: string, options?: Partial<StackTerraformOptions>): Promise<boolean> {
    const stack = this.terraform(name, options);
    await stack.claimState();
    const plan = await stack.plan();
    if (plan.hasChanges) await stack.apply(plan);
    else await stack.discard(plan);
    return plan.hasChanges;
  }

  /** Starts `terraform apply` without a saved plan, as a person or `cdktf deploy` does. */
  startApply(name: string, ...flags: readonly string[]): ChildProcess {
    return this.start(name, "apply", "-auto-approve", "-input=false", "-no-color", ...flags);
  }

  start(name: string, ...parameters: readonly string[]): ChildProcess {
    const { folder: cwd } = this.stack(name);
    return spawn(program(), parameters, { cwd, env: this.environment, stdio: ["ignore", "pipe", "pipe"] });
  }

  async run(name: string, ...parameters: readonly string[]): Promise<{ code: number | null; text: string }> {
    const { code, stdout, stderr } = await finished(this.start(name, ...parameters));
    return { code, text: `${stdout}\n${stderr}`.replace(/^[│╵╷] ?/gm, "") };
  }

  /** What Terraform is given of a stack. */
  synthesised(name: string): string {
    return readFileSync(join(this.stack(name).folder, "cdk.tf.json"), "utf8");
  }

  remove(): void {
    rmSync(this.project, { recursive: true, force: true });
  }

  private get environment(): NodeJS.ProcessEnv {
    const reattach = { TF_REATTACH_PROVIDERS: this.genesys.provider.reattach };
    return { ...terraformEnvironment(process.env), ...this.credentials, ...reattach };
  }

  stack(name: string): SynthesizedStack {
    const stack = this.stacks.find((one) => one.name === name);
    if (stack === undefined) throw new Error(`There is no stack "${name}".`);
    return stack;
  }
}

function program(): string {
  if (!("version" in terraform)) throw new Error(terraform.reason);
  return terraform.command;
}
