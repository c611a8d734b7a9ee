import { join } from "node:path";
import { errorMessage } from "../base/errors";
import { environmentSecrets } from "../base/env-secrets";
import { printable } from "../base/printable";
import { knownSecrets } from "../base/secrets";
import { Project } from "../operations/project";
import { type Preparation, prepareStack, stackIn } from "../operations/stand-in";
import { type CommandLine } from "../terraform/command-line";

/** The file of the program; the same relative path leads to it from the sources and from the compiled files. */
export const standInFile = join(__dirname, "..", "..", "bin", "origins-terraform.js");

/** What comes of the preparation of a command. */
export interface PreparedCommand {
  /** What the command is told as well. */
  readonly parameters?: readonly string[];
  /** Whether there is drift that the plan does not show, or did not before the state was corrected. */
  readonly seesDrift?: boolean;
  /** Whether the command must not run. */
  readonly refused?: boolean;
}

/** Where a command runs, and how. */
export interface Surroundings {
  readonly folder: string;
  /** The absolute path of Terraform or OpenTofu. */
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly interruption: AbortSignal;
  readonly say: (text: string) => void;
}

/** Prepares the stack in a folder for a command of Terraform, and says in a line what was done. */
export async function prepareCommand(
  { kind, lockTimeout }: CommandLine,
  { folder, program, environment, interruption, say }: Surroundings,
): Promise<PreparedCommand> {
  const found = stackIn(folder);
  if (found === undefined) return {};
  knownSecrets.add(...environmentSecrets(environment));
  const tell = (text: string): void => {
    say(printable(knownSecrets.mask(pastable(text.trim().replace(/\s*\n\s*/g, " ")))));
  };
  const project = Project.of(found.stacks, program, {
    lockTimeout: lockTimeout ?? "0s",
    parallelism: 2,
    environment,
    interruption,
    print: tell,
    printAside: tell,
    step: (_, work) => work({ progress: () => undefined, print: tell }),
    color: false,
  });
  const { name } = found.own;
  const prepared = await prepareStack(project, found.own, { writes: kind === "apply" }).catch(
    (error: unknown): Preparation =>
      kind === "apply"
        ? { outcome: "refused", reasons: [errorMessage(error)] }
        : { outcome: "unknown", reason: errorMessage(error) },
  );
  const whys = "repairs" in prepared ? prepared.repairs.map(({ why }) => why).join("; ") : "";
  if (prepared.left !== undefined && prepared.left.length > 0 && prepared.outcome !== "refused") {
    tell(`"${name}" has drift that an apply does not undo: ${prepared.left.join("; ")}`);
  }
  switch (prepared.outcome) {
    case "nothing":
      return {};
    case "unknown":
      tell(`drift of "${name}" that Terraform does not see was not looked for: ${prepared.reason}`);
      return {};
    case "blind":
      tell(`"${name}" has drift that this plan does not show, and that an apply undoes: ${whys}`);
      return { seesDrift: true };
    case "corrected":
      tell(
        `corrected the state of "${name}", so that drift is undone: ${whys} (a copy of the state: "${prepared.backup}")`,
      );
      return {
        seesDrift: true,
        ...(prepared.withoutRefresh && { parameters: ["-refresh=false"] }),
      };
    case "refused":
      tell(`"${name}" is not changed: ${prepared.reasons.join("; ")}`);
      return { refused: true };
  }
}

/**
 * Writes a backslash into the addresses of the commands in a text, which a shell takes away. cdktf and cdktn write the path of the construct
 * behind an address that they find in a line, also in the middle of a command.
 */
export function pastable(text: string): string {
  return text.replace(/(?<= (?:import|state rm) \w+)\.(?=\w)/g, String.raw`\.`);
}
