import { rm } from "node:fs/promises";
import { join } from "node:path";
import { App } from "cdktf";
import { installCommand } from "../__tests__/e2e/checkout";
import { UserError } from "../lib/base/errors";
import { makeTemporaryFolder } from "../lib/base/files";
import { type AwsRegion, MessengerStack, type MessengerStackProps, nextEnvironment } from "../lib";
import { isObject, textIn } from "../lib/platform/json-fields";
import { findTerraform, howToGetTerraform, type TerraformBinary, terraformEnvironment } from "../lib/terraform/binary";
import { runCommand } from "../lib/terraform/command";
import { descriptionOf, type Run } from "./made";

/** What the deployment of the check admits. RFC 2606 keeps the domain free. */
export const hosts = ["shop.live-check.example.com", "www.live-check.example.com"] as const;

/** A stack of the check, and its Messenger. */
export interface Stack {
  readonly name: string;
  readonly props: Partial<MessengerStackProps>;
}

/** How a command ended, and what it printed. */
export interface Ended {
  readonly code: number | undefined;
  readonly output: string;
  readonly errors: string;
}

/** Where the project deploys to. */
export interface ProjectOptions {
  readonly run: Run;
  readonly region: AwsRegion;
  readonly gateway: boolean;
  readonly interruption: AbortSignal;
}

/** @throws UserError without a Terraform */
export function findBinary(): TerraformBinary {
  const binary = findTerraform(process.env);
  if ("version" in binary) return binary;
  throw new UserError(`The check needs Terraform or OpenTofu (${binary.reason}).\n\n${howToGetTerraform.join("\n")}`);
}

/** A project in a temporary folder, with the command `origins` and the Terraform and the provider that the user has. */
export class Project {
  /** @throws UserError without a Terraform */
  static async make(options: ProjectOptions, stacks: readonly Stack[]): Promise<Project> {
    const binary = findBinary();
    const project = new Project(await makeTemporaryFolder("live"), binary, options);
    installCommand(project.folder);
    project.synthesise(stacks);
    return project;
  }

  private constructor(
    readonly folder: string,
    readonly binary: TerraformBinary,
    private readonly options: ProjectOptions,
  ) {}

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** Runs `origins` on what was synthesised. An interruption lets it finish what it is doing, and then rejects. */
  origins(...parameters: readonly string[]): Promise<Ended> {
    const command = join(this.folder, "dist", "cli", "main.js");
    return this.run(process.execPath, [command, ...parameters, "--skip-synth"], this.folder);
  }

  /** `terraform plan -detailed-exitcode`, past `origins`: 0 without changes, 2 with changes, 1 for an error. */
  plan(stack: string): Promise<Ended> {
    const flags = ["-detailed-exitcode", "-input=false", "-lock=false", "-no-color"];
    return this.run(this.binary.command, ["plan", ...flags], this.folderOf(stack));
  }

  /** The version of the provider that Terraform has chosen for a stack, such as `1.84.1`; undefined where it does not say. */
  async providerVersion(stack: string): Promise<string | undefined> {
    const { output } = await this.run(this.binary.command, ["version", "-json"], this.folderOf(stack));
    const answer: unknown = JSON.parse(output);
    const chosen = isObject(answer) ? answer["provider_selections"] : undefined;
    if (!isObject(chosen)) return undefined;
    const [name] = Object.keys(chosen).filter((each) => /mypurecloud\/genesyscloud$/i.test(each));
    return name === undefined ? undefined : textIn(chosen, name);
  }

  private folderOf(stack: string): string {
    return join(this.folder, "cdktf.out", "stacks", stack);
  }

  private async run(program: string, parameters: readonly string[], folder: string): Promise<Ended> {
    const { interruption } = this.options;
    // Several clients and a gateway can crash the provider.
    const environment = { GENESYSCLOUD_TOKEN_POOL_SIZE: "1", ...terraformEnvironment(process.env), NO_COLOR: "1" };
    const ended = await runCommand(program, parameters, { folder, environment, interruption });
    interruption.throwIfAborted();
    return ended;
  }

  private synthesise(stacks: readonly Stack[]): void {
    const { run, region, gateway } = this.options;
    const app = new App({ outdir: join(this.folder, "cdktf.out") });
    for (const { name, props } of stacks) {
      const addresses = hosts.map((host) => `https://${host}`);
      const environment = nextEnvironment(name, { kind: "staging", addresses });
      new MessengerStack(app, name, {
        environment,
        region,
        gateway,
        name: `${run.name} ${name}`,
        description: descriptionOf(run, name),
        configurationName: `${run.name} ${name}`,
        configurationDescription: run.description,
        defaultLanguage: "en-us",
        ...props,
      });
    }
    app.synth();
  }
}
