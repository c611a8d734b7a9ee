import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Genesys, type GenesysOptions } from "../../packages/sandbox/__tests__/provider/genesys";
import { Checkout, finished, type Finished } from "./checkout";
import { bundleOn, type Core } from "./cores";

const stacks = ["development", "preview", "production", "staging"] as const;

/** A stack of the example application. */
export type Stack = (typeof stacks)[number];

interface StateFile {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly {
      readonly attributes: { readonly id: string; readonly version?: string };
    }[];
  }[];
}

/** A program in the place of the example's. */
export interface OtherProgram {
  readonly core: Core;
  /** Written for cdktf, in the folder of this project. */
  readonly program: string;
}

/**
 * The example application, synthesised, in front of a Genesys Cloud of this process.
 */
export class OriginsProject {
  static async start(options: GenesysOptions = {}, other?: OtherProgram): Promise<OriginsProject> {
    const project = new OriginsProject(await Genesys.start(options));
    if (other !== undefined) {
      bundleOn(other.core, other.program, join(project.checkout.folder, "main.js"));
      const settings = { language: "typescript", app: "node main.js", sendCrashReports: "false" };
      writeFileSync(join(project.checkout.folder, "cdktf.json"), JSON.stringify(settings));
    }
    const { code, stderr } = await project.checkout.run(project.command("plan", "nothing"));
    if (code !== 1 || !stderr.includes(`Unknown environment or stack "nothing": expected one of `))
      throw new Error(stderr);
    return project;
  }

  readonly checkout = Checkout.compiled();

  private constructor(public genesys: Genesys) {}

  /** Another Genesys Cloud, empty, and no state of the old one. */
  async replaceGenesys(options: GenesysOptions = {}): Promise<void> {
    const old = this.genesys;
    this.genesys = await Genesys.start(options);
    await old.close();
    for (const file of readdirSync(this.checkout.folder)) {
      if (file.includes(".tfstate")) rmSync(join(this.checkout.folder, file));
    }
  }

  async close(): Promise<void> {
    await this.genesys.close();
    this.checkout.remove();
  }

  command(...parameters: readonly string[]): readonly string[] {
    return this.checkout.origins(...parameters);
  }

  /** Starts `origins`, in a separate process group, on what was synthesised. */
  start(parameters: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
    const [program = "", ...words] = this.command(...parameters, "--skip-synth");
    const env = { ...process.env, NO_COLOR: "1", ...this.genesys.environment, ...environment };
    return spawn(program, words, {
      cwd: this.checkout.folder,
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Runs `origins` on what was synthesised and waits for its end. */
  origins(...parameters: readonly string[]): Promise<Finished> {
    return finished(this.start(parameters));
  }

  /** The ids that a stack's state has of its deployment and its configuration, and the version of the latter. */
  remembered(stack: Stack): {
    readonly deployment: string | undefined;
    readonly configuration: string | undefined;
    readonly version: string | undefined;
  } {
    const file = join(this.checkout.folder, `terraform.${stack}.tfstate`);
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    const { resources } = text === "" ? { resources: [] } : (JSON.parse(text) as StateFile);
    const attributes = (type: string): { readonly id?: string; readonly version?: string } | undefined =>
      resources.find((resource) => resource.type === `genesyscloud_webdeployments_${type}`)?.instances[0]?.attributes;
    const configuration = attributes("configuration");
    return {
      deployment: attributes("deployment")?.id,
      configuration: configuration?.id,
      version: configuration?.version,
    };
  }

  /** What the states of all stacks have. */
  rememberedIds(type: "deployment" | "configuration"): readonly string[] {
    return stacks.flatMap((stack) => this.remembered(stack)[type] ?? []);
  }

  /** The ids of what Genesys Cloud has. */
  async liveIds(type: "deployment" | "configuration"): Promise<readonly string[]> {
    const { entities } = await this.genesys.byHand("GET", `/api/v2/webdeployments/${type}s`);
    return (entities as readonly { readonly id: string }[]).map(({ id }) => id);
  }

  /** The live deployment of a stack. */
  async live(stack: Stack): Promise<LiveDeployment> {
    const id = this.remembered(stack).deployment ?? "none";
    return (await this.genesys.byHand("GET", `/api/v2/webdeployments/deployments/${id}`)) as LiveDeployment;
  }

  /** Edits the deployment of a stack as a person does. */
  async edit(stack: Stack, changes: object): Promise<void> {
    const deployment = await this.live(stack);
    const path = `/api/v2/webdeployments/deployments/${deployment.id}`;
    await this.genesys.byHand("PUT", path, { ...deployment, ...changes });
  }

  /** Publishes another version of a stack's configuration as a person does; answers its number. */
  async publish(stack: Stack): Promise<string> {
    const path = `/api/v2/webdeployments/configurations/${this.remembered(stack).configuration ?? "none"}/versions/draft`;
    const draft = await this.genesys.byHand("GET", path);
    await this.genesys.byHand("PUT", path, { ...draft, languages: ["en-us", "de"] });
    const { version } = (await this.genesys.byHand("POST", `${path}/publish`)) as { readonly version: string };
    return version;
  }

  /** The calls since the last time that change something. */
  takeWrites(): readonly string[] {
    return this.genesys.takeCalls().filter((call) => !call.startsWith("GET "));
  }
}

/** What the tests look at. */
export interface LiveDeployment {
  readonly id: string;
  readonly allowedDomains: readonly string[];
  readonly configuration: { readonly id: string; readonly version: string };
  readonly [field: string]: unknown;
}
