import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { type StateBackend } from "../../lib/messenger";
import { Genesys } from "../sandbox/provider/genesys";
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
  static async start(command: OriginsProject, { backend, environment = {} }: StatePlace): Promise<NewStack> {
    const genesys = await Genesys.start();
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
    const [program = "", ...words] = this.command.command(...parameters, "--skip-synth");
    return this.run(program, words, this.app.project);
  }

  /** Terraform as a person runs it. */
  terraform(...parameters: readonly string[]): Promise<Finished> {
    return this.run(terraformCommand, parameters, this.app.stack("shop").folder);
  }

  private run(program: string, parameters: readonly string[], cwd: string): Promise<Finished> {
    const env = {
      ...process.env,
      ...this.credentials,
      NO_COLOR: "1",
      ...this.genesys.environment,
    };
    return finished(spawn(program, parameters, { cwd, env, stdio: ["ignore", "pipe", "pipe"] }));
  }

  /** What Genesys Cloud has, and what the state has: the ids. */
  async deployments(): Promise<{ readonly live: readonly string[]; readonly remembered: string }> {
    const { stdout } = await this.terraform("output", "-raw", "deployment_id");
    return { live: [...this.genesys.store.state.deployments.keys()], remembered: stdout };
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
