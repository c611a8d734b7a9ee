import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { Genesys, type GenesysOptions } from "../../packages/sandbox/__tests__/provider/genesys";
import { type Finished, finished, installCommand } from "./checkout";

const deployments = "/api/v2/webdeployments/deployments";
const configurations = "/api/v2/webdeployments/configurations";

/** A deployment as Genesys Cloud answers it. */
export interface Live {
  readonly id: string;
  readonly name: string;
  readonly allowedDomains: readonly string[];
  readonly configuration: { readonly id: string; readonly version: string };
  readonly [field: string]: unknown;
}

/** A deployment and its configuration, by their ids. */
export interface Ids {
  readonly deploymentId: string;
  readonly configurationId: string;
}

/**
 * A folder with what a test's own app synthesises, the `origins` command to work on it, and a Genesys Cloud of this process. The
 * app runs in the test, so that a test can declare one app after the other in no time.
 */
export class DeclaredProject {
  static async start(options: GenesysOptions = {}): Promise<DeclaredProject> {
    const project = new DeclaredProject(await Genesys.start(options));
    installCommand(project.folder);
    return project;
  }

  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "declared-")));

  private constructor(public genesys: Genesys) {}

  async close(): Promise<void> {
    await this.genesys.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Another Genesys Cloud, empty, and nothing of what was declared before. */
  async replaceGenesys(options: GenesysOptions = {}): Promise<void> {
    const old = this.genesys;
    this.genesys = await Genesys.start(options);
    await old.close();
    for (const file of ["cdktf.out", ".origins", ...this.stateFiles()]) {
      rmSync(join(this.folder, file), { recursive: true, force: true });
    }
  }

  /** Synthesises these stacks, and no others. */
  declare(stacks: (app: App) => void): void {
    const outdir = join(this.folder, "cdktf.out");
    rmSync(join(outdir, "manifest.json"), { force: true });
    const app = new App({ outdir });
    stacks(app);
    app.synth();
  }

  /** What a command needs to reach this Genesys Cloud. */
  get environment(): NodeJS.ProcessEnv {
    return {
      NO_COLOR: "1",
      CHECKPOINT_DISABLE: "1",
      ...this.genesys.environment,
    };
  }

  /** Runs `origins` on what was synthesised. */
  origins(...parameters: readonly string[]): Promise<Finished> {
    return this.start(parameters);
  }

  /** The same with further variables. */
  start(parameters: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
    const env = { ...process.env, ...this.environment, ...environment };
    const words = [join(this.folder, "dist", "cli", "main.js"), ...parameters, "--skip-synth"];
    return finished(spawn(process.execPath, words, { cwd: this.folder, env, stdio: ["ignore", "pipe", "pipe"] }));
  }

  /** `origins deploy --auto-approve`; must succeed. */
  async deploy(...parameters: readonly string[]): Promise<Finished> {
    const run = await this.origins("deploy", "--auto-approve", ...parameters);
    if (run.code !== 0) throw new Error(`origins deploy ended with ${String(run.code)}:\n${run.stdout}\n${run.stderr}`);
    return run;
  }

  /** The live deployments, in the order of their names. */
  async live(): Promise<readonly Live[]> {
    const { entities } = await this.genesys.byHand("GET", deployments);
    return [...(entities as readonly Live[])].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Makes a configuration, publishes it, and makes a deployment of it, as people do. */
  async makeByHand({ configuration = {}, deployment = {} }: MadeByHand = {}): Promise<Ids> {
    const body = { name: "Support", languages: ["en-us"], defaultLanguage: "en-us", ...configuration };
    const made = await this.genesys.byHand("POST", configurations, body);
    const { id: configurationId } = made as { readonly id: string };
    await this.genesys.byHand("POST", `${configurations}/${configurationId}/versions/draft/publish`);
    const deploymentId = await this.deployByHand({ ...deployment, of: { configurationId } });
    return { deploymentId, configurationId };
  }

  /** Makes a deployment of the first version of a configuration; answers its id. */
  async deployByHand({ of, ...deployment }: DeployedByHand): Promise<string> {
    const { id } = (await this.genesys.byHand("POST", deployments, {
      name: "Support",
      allowAllDomains: false,
      allowedDomains: ["shop.example.com", "www.example.com"],
      configuration: { id: of.configurationId, version: "1" },
      ...deployment,
    })) as { readonly id: string };
    return id;
  }

  /** Publishes another version of a configuration as people do. */
  async publishByHand(configurationId: string, changes: object): Promise<void> {
    const path = `${configurations}/${configurationId}/versions/draft`;
    const draft = await this.genesys.byHand("GET", path);
    await this.genesys.byHand("PUT", path, { ...draft, ...changes });
    await this.genesys.byHand("POST", `${path}/publish`);
  }

  /** Edits a deployment as people do. */
  async editByHand(id: string, changes: object): Promise<void> {
    const deployment = await this.genesys.byHand("GET", `${deployments}/${id}`);
    await this.genesys.byHand("PUT", `${deployments}/${id}`, { ...deployment, ...changes });
  }

  /** Deletes a deployment as people do. */
  async deleteByHand(id: string): Promise<void> {
    await this.genesys.byHand("DELETE", `${deployments}/${id}`);
  }

  /** The calls since the last time that change something. */
  takeWrites(): readonly string[] {
    return this.genesys.takeCalls().filter((call) => !call.startsWith("GET "));
  }

  /** The ids of the deployments that a stack's state has. */
  remembered(stack: string): readonly string[] {
    const file = join(this.folder, `terraform.${stack}.tfstate`);
    const { resources } = (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { resources: [] }) as StateFile;
    return resources
      .filter(({ mode, type }) => mode === "managed" && type === "genesyscloud_webdeployments_deployment")
      .flatMap(({ instances }) => instances.map(({ attributes }) => attributes.id));
  }

  /** Loses all states. */
  forgetStates(): void {
    for (const file of this.stateFiles()) rmSync(join(this.folder, file));
  }

  private stateFiles(): readonly string[] {
    return readdirSync(this.folder).filter((file) => file.includes(".tfstate"));
  }
}

interface MadeByHand {
  readonly configuration?: object;
  readonly deployment?: object;
}

interface DeployedByHand {
  readonly of: Pick<Ids, "configurationId">;
  readonly [field: string]: unknown;
}

interface StateFile {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes: { readonly id: string } }[];
  }[];
}
