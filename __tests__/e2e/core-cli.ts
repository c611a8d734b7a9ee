import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type GenesysOptions } from "../../packages/sandbox/__tests__/provider/genesys";
import { finished, type Finished } from "./checkout";
import { type Core } from "./cores";
import { OriginsProject } from "./origins-project";
import { terraformCommand } from "./terraform";

/** What the program declares beside a Messenger with the defaults. */
export interface Variant {
  /** Further properties of the Messenger. */
  readonly props?: object;
  /** A resource of another provider, and an output of it. */
  readonly note?: string;
}

const program = `
  import { App, TerraformOutput } from "cdktf";
  import { MessengerStack, nextEnvironment } from "./lib";
  const { props, note } = JSON.parse(process.env.VARIANT ?? "{}");
  const app = new App();
  const environment = nextEnvironment("production", {
    kind: "production",
    addresses: ["https://shop.example.com", "https://www.example.com"],
  });
  const stack = new MessengerStack(app, "production", { environment, defaultLanguage: "en-us", ...props });
  if (note !== undefined) {
    stack.addOverride("resource.terraform_data.note.input", note);
    new TerraformOutput(stack, "note", { value: note, staticId: true });
  }
  app.synth();`;

/** A stack on one of the cores, and the CLI of that core with origins-terraform in Terraform's place. */
export class CoreCli {
  /** @param environment that of the CLI; its PATH has the CLI where it is not one of this project's packages */
  static async start(
    core: Core,
    { environment = {}, genesys = {} }: { environment?: NodeJS.ProcessEnv; genesys?: GenesysOptions } = {},
  ): Promise<CoreCli> {
    const cli = new CoreCli(core, environment, await OriginsProject.start(genesys, { core, program }));
    const { folder } = cli.project.checkout;
    mkdirSync(join(folder, "path"));
    symlinkSync(join(folder, "bin", "origins-terraform.js"), join(folder, "path", "origins-terraform"));
    return cli;
  }

  private constructor(
    private readonly core: Core,
    private readonly ownEnvironment: NodeJS.ProcessEnv,
    readonly project: OriginsProject,
  ) {}

  /** The variables that a person has in the shell. */
  environment(variant: Variant = {}): NodeJS.ProcessEnv {
    const { checkout, genesys } = this.project;
    const { PATH: path = process.env["PATH"] ?? "", ...environment } = this.ownEnvironment;
    return {
      ...environment,
      ...genesys.environment,
      PATH: [join(checkout.folder, "path"), join(checkout.folder, "node_modules", ".bin"), path].join(delimiter),
      TERRAFORM_BINARY_NAME: "origins-terraform",
      ORIGINS_TERRAFORM_BINARY: terraformCommand,
      CI: "1",
      CDKTF_SKIP_PROVIDER_LOCK: "true",
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
      VARIANT: JSON.stringify(variant),
    };
  }

  /** The command line of a deploy or a diff of the stack. */
  command(name: "deploy" | "diff"): readonly string[] {
    return [this.core, name, "production", ...(name === "deploy" ? ["--auto-approve"] : [])];
  }

  /** Runs it. */
  run(name: "deploy" | "diff", variant?: Variant): Promise<Finished> {
    return finished(this.start(name, variant));
  }

  /** Starts it, with further variables. */
  start(name: "deploy" | "diff", variant?: Variant, environment: NodeJS.ProcessEnv = {}): ChildProcess {
    const [program = "", ...words] = this.command(name);
    return spawn(program, words, {
      cwd: this.project.checkout.folder,
      env: { ...process.env, CHECKPOINT_DISABLE: "1", NO_COLOR: "1", ...this.environment(variant), ...environment },
      detached: true, // a group that a test can kill
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** The same where it must end well. */
  async succeeds(name: "deploy" | "diff", variant?: Variant): Promise<void> {
    const { code, stdout, stderr } = await this.run(name, variant);
    if (code !== 0) throw new Error(`${this.command(name).join(" ")}: ${String(code)}\n${stdout}\n${stderr}`);
  }

  /** The file of the stack's state. */
  get state(): string {
    return join(this.project.checkout.folder, "terraform.production.tfstate");
  }

  /** Makes a call of the platform API as a person does. */
  byHand(method: string, path: string, body?: object): Promise<unknown> {
    return this.project.genesys.byHand(method, `/api/v2/webdeployments/${path}`, body);
  }
}
