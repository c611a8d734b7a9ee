import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { pending, type OrganizationState } from "../../packages/sandbox/lib/cloud/state";
import { type JsonObject } from "../../packages/sandbox/lib/cloud/json";
import { changeSandbox, type Finished, finished, installCommand } from "./checkout";

/** What an organisation has before a test begins: flows by their names, and Messengers that people made by hand. */
export interface Given {
  readonly flows?: readonly GivenFlow[];
  readonly messengers?: readonly GivenMessenger[];
}

/** A flow of Architect that messages go to. */
export interface GivenFlow {
  readonly id: string;
  readonly name: string;
}

/** A deployment with the id that a program names, and its configuration. */
export interface GivenMessenger {
  readonly name: string;
  readonly deploymentId: string;
  readonly configurationId: string;
}

/** A folder in which `origins sandbox` runs commands on what a test's own apps synthesise. */
export class SandboxProject {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "sandbox-project-")));

  /** @param options `remoteState`: whether the sandbox may use backends that are not local */
  constructor(private readonly options: { readonly remoteState?: boolean } = {}) {
    installCommand(this.folder);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** An organisation with this in it and nothing else, and no state and no stack of the one before. */
  reset({ flows = [], messengers = [] }: Given = {}): void {
    for (const file of readdirSync(this.folder)) {
      if (!["node_modules", "package.json", "dist", "bin"].includes(file)) {
        rmSync(join(this.folder, file), { recursive: true, force: true });
      }
    }
    changeSandbox(this.folder, (state) => {
      for (const flow of flows) state.flows.set(flow.id, { ...flow, type: "inboundshortmessage" });
      for (const each of messengers) addMessenger(state, each);
    });
  }

  /** Synthesises these stacks, and no others. */
  declare(stacks: (app: App) => void): void {
    this.synthesise((outdir) => {
      const app = new App({ outdir });
      stacks(app);
      return app;
    });
  }

  /** Synthesises an app that writes to the folder that it is given. */
  synthesise(app: (outdir: string) => App): void {
    const outdir = join(this.folder, "cdktf.out");
    rmSync(join(outdir, "manifest.json"), { force: true });
    app(outdir).synth();
  }

  /**
   * Runs commands of `origins` in one sandbox, one after the other, until one ends with another code than 0: on what a test has
   * synthesised, unless there is a cdktf.json that says how.
   */
  origins(commands: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
    const origins = `'${process.execPath}' dist/cli/main.js`;
    const flags = existsSync(join(this.folder, "cdktf.json")) ? "" : "--skip-synth";
    const script = commands.map((command) => `${origins} ${command} ${flags}`).join(" && ");
    return this.run(["sh", "-c", script], environment);
  }

  /** The same where every command must end with 0; answers what they printed. */
  async succeeds(commands: readonly string[], environment?: NodeJS.ProcessEnv): Promise<string> {
    const { code, stdout, stderr } = await this.origins(commands, environment);
    if (code !== 0) throw new Error(`"${commands.join(", ")}": ${String(code)}\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** Runs any command in the sandbox. */
  run(command: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
    const flags = this.options.remoteState === true ? ["--remote-state"] : [];
    const words = [join(this.folder, "dist", "cli", "main.js"), "sandbox", ...flags, "--", ...command];
    const env = { ...process.env, NO_COLOR: "1", CI: "1", ...environment };
    return finished(spawn(process.execPath, words, { cwd: this.folder, env, stdio: ["ignore", "pipe", "pipe"] }));
  }

  /** The ids of the live deployments. */
  deployments(): readonly string[] {
    return changeSandbox(this.folder, ({ deployments }) => [...deployments.keys()]);
  }
}

function addMessenger(state: OrganizationState, { name, deploymentId, configurationId }: GivenMessenger): void {
  const now = new Date();
  const user = "by-hand";
  const at = now.toISOString();
  const made = { dateCreated: at, dateModified: at, createdUser: user, lastModifiedUser: user };
  const activation = pending({ now, user, activationDelayMs: 0 });
  const content: JsonObject = { name, languages: ["en-us"], defaultLanguage: "en-us" };
  const draft = { version: "DRAFT", content, ...activation, ...made };
  state.configurations.set(configurationId, {
    id: configurationId,
    sequence: ++state.sequence,
    draft,
    published: [{ ...draft, version: "1", datePublished: at, publishedUser: user }],
  });
  state.deployments.set(deploymentId, {
    id: deploymentId,
    sequence: ++state.sequence,
    name,
    allowAllDomains: false,
    allowedDomains: ["by-hand.example.com"],
    configuration: { id: configurationId, version: "1" },
    ...activation,
    ...made,
  });
}
