import { type ChildProcess, spawn } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { type StateBackend } from "../../lib/messenger/backend/state-backend";
import { Genesys, type GenesysOptions } from "../../packages/sandbox/__tests__/provider/genesys";
import { finished, type Finished } from "./checkout";
import { type OriginsProject } from "./origins-project";
import { SharedApp } from "./shared-app";
import { terraformCommand } from "./terraform";

/** Where the states are kept, and what Terraform needs to reach them. */
export interface StatePlace {
  readonly backend: StateBackend;
  readonly environment?: NodeJS.ProcessEnv;
}

/** A stack that was never deployed, in front of an empty Genesys Cloud. */
export class NewStack {
  static async start(
    command: OriginsProject,
    { backend, environment = {} }: StatePlace,
    options?: GenesysOptions,
  ): Promise<NewStack> {
    const genesys = await Genesys.start(options);
    const app = new SharedApp(genesys, backend, environment).synthesise(["shop"], "www.example.com");
    return new NewStack(command, genesys, app, environment);
  }

  private constructor(
    private readonly command: OriginsProject,
    private readonly genesys: Genesys,
    private readonly app: SharedApp,
    private readonly credentials: NodeJS.ProcessEnv,
  ) {}

  origins(...parameters: readonly string[]): Promise<Finished> {
    return finished(this.start(parameters));
  }

  /** Starts `origins`, in a separate process group. */
  start(parameters: readonly string[], environment?: NodeJS.ProcessEnv): ChildProcess {
    const [program = "", ...words] = this.command.command(...parameters, "--skip-synth");
    return this.spawn(program, words, this.app.project, environment);
  }

  /** Runs a command that a report has named. */
  shell(script: string): Promise<Finished> {
    return finished(this.spawn("sh", ["-ec", script], this.app.project));
  }

  /** Changes the program, so that it wants pages at these hosts. */
  serve(...hosts: readonly string[]): void {
    this.app.synthesise(["shop"], ...hosts);
  }

  /** Terraform as a person runs it. */
  terraform(...parameters: readonly string[]): Promise<Finished> {
    return finished(this.spawn(terraformCommand, parameters, this.app.stack("shop").folder));
  }

  private spawn(
    program: string,
    parameters: readonly string[],
    cwd: string,
    environment: NodeJS.ProcessEnv = {},
  ): ChildProcess {
    const env = { ...process.env, ...this.credentials, NO_COLOR: "1", ...this.genesys.environment, ...environment };
    return spawn(program, parameters, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  }

  /** What Genesys Cloud has, and what the state has: the ids. */
  async deployments(): Promise<{ readonly live: readonly string[]; readonly remembered: string }> {
    const { stdout } = await this.terraform("output", "-raw", "deployment_id");
    return { live: [...this.genesys.store.state.deployments.keys()], remembered: stdout };
  }

  /** The deployment as Genesys Cloud serves it. */
  deployment(id: string): Promise<object> {
    return this.genesys.byHand("GET", `/api/v2/webdeployments/deployments/${id}`);
  }

  /** Whether something was saved in the file of a local state. */
  get hasLocalState(): boolean {
    const file = join(this.app.project, "terraform.shop.tfstate");
    return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
  }

  get configurations(): number {
    return this.genesys.store.state.configurations.size;
  }

  async remove(): Promise<void> {
    await this.genesys.close();
    this.app.remove();
  }
}

/** Deploys a stack for the first time, in several runs at once: one deployment, and each of the runs ends well. */
export async function raceFirstDeploys(command: OriginsProject, place: StatePlace, runs: number): Promise<void> {
  const stack = await NewStack.start(command, place);
  try {
    const deploys = Array.from({ length: runs }, () => stack.origins("deploy", "--auto-approve"));
    const ended = await Promise.all(deploys);
    expect(ended.filter(({ code }) => code !== 0)).toEqual([]);
    const { live, remembered } = await stack.deployments();
    expect({ ended, live, configurations: stack.configurations }).toEqual({
      ended,
      live: [remembered],
      configurations: 1,
    });
  } finally {
    await stack.remove();
  }
}
