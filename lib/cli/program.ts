import { Command } from "commander";
import { documentationPath, ownVersion } from "../programs/packages";
import { outgoing } from "./terminal/output";

interface CommandEntry {
  /** What the command does, in one sentence. */
  readonly summary: string;
  /** Loads what declares its options and carries it out. */
  readonly load: () => Promise<{ register(command: Command): Promise<void> | void }>;
  /** The page of the documentation that explains why it refuses something. */
  readonly page: string;
}

/** Every command, in the order of the help. Each is loaded when it is needed, so that the others do not wait for it. */
const commands: Readonly<Record<string, CommandEntry>> = {
  init: {
    summary: "Find the Next.js applications of a repository, and write a project that declares their environments.",
    load: () => import("./commands/init.ts"),
    page: "sources.md",
  },
  list: {
    summary: "Show each environment's allowed domains, the source of each, and the findings of the rules.",
    load: () => import("./commands/list.ts"),
    page: "rules.md",
  },
  explain: {
    summary: "Explain whether a page shows the Messenger: by which entry and from which source, or what to add where.",
    load: () => import("./commands/explain.ts"),
    page: "explain.md",
  },
  plan: {
    summary: "Synthesise, and show what Terraform or OpenTofu would change and what visitors would notice.",
    load: () => import("./commands/plan.ts"),
    page: "drift.md",
  },
  pull: {
    summary:
      "Fetch the hosts of your projects from Vercel and Netlify, evaluate configurations, and write the lock file to commit.",
    load: () => import("./commands/pull.ts"),
    page: "previews.md",
  },
  deploy: {
    summary: "Synthesise, audit, repair where needed, plan, apply, and audit again.",
    load: () => import("./commands/deploy.ts"),
    page: "state.md",
  },
  env: {
    summary: "Print what the application is built with: the deployment's id and its Genesys Cloud environment.",
    load: () => import("./commands/env.ts"),
    page: "state.md",
  },
  audit: {
    summary: "Compare what the program derives with what Genesys Cloud serves, without changing anything.",
    load: () => import("./commands/audit.ts"),
    page: "drift.md",
  },
  keep: {
    summary: "Add hosts that were admitted by hand to the program, with the reason.",
    load: () => import("./commands/keep.ts"),
    page: "drift.md#keep-a-change-that-is-right",
  },
  repair: {
    summary: "Undo changes made by hand, including those that a plan does not show.",
    load: () => import("./commands/repair.ts"),
    page: "drift.md#how-a-repair-works",
  },
  retire: {
    summary: "Empty, release or destroy what is left of a stack that the program no longer declares.",
    load: () => import("./commands/retire.ts"),
    page: "drift.md#retire-an-environment",
  },
  adopt: {
    summary: "Read a deployment that was created by hand, and print the program that adopts it unchanged.",
    load: () => import("./commands/adopt.ts"),
    page: "adopting.md",
  },
  sandbox: {
    summary: "Run a command against an embedded Genesys Cloud, or keep one running in the foreground.",
    load: () => import("./commands/sandbox.ts"),
    page: "sandbox.md",
  },
  demo: {
    summary: "Deploy your environments to an embedded Genesys Cloud, break one by hand, and see it repaired.",
    load: () => import("./commands/demo.ts"),
    page: "sandbox.md",
  },
};

/**
 * The command `origins`. Nothing runs before it is told to parse a command line.
 *
 * @param parameters the command line: only commands that it names get their options. @default all commands get them
 */
export async function createProgram(parameters: readonly string[] = Object.keys(commands)): Promise<Command> {
  const program = new Command("origins")
    .description(
      "Allowed domains of Genesys Messenger deployments, derived from the environments of your Next.js application.",
    )
    .version(ownVersion())
    .option("--no-color", "print no colours, as with NO_COLOR=1 (FORCE_COLOR=1 prints them into a pipe as well)")
    .showHelpAfterError("(origins --help lists the commands)")
    .configureOutput({
      writeOut: (text) => process.stdout.write(outgoing(text)),
      writeErr: (text) => process.stderr.write(outgoing(text)),
    })
    .exitOverride();
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const command = program.command(name).description(summary);
    command.showHelpAfterError(`(origins ${name} --help lists its options)`);
    if (parameters.includes(name)) await (await load()).register(command);
  }
  return program;
}

/** Where the documentation of the command that a command line names is, as a path from the working directory; undefined without a command. */
export function documentationOf([name = ""]: readonly string[]): string | undefined {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return command && documentationPath(command.page);
}
