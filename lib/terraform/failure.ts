import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { StackError } from "../base/errors";
import { pasted, programName } from "./binary";
import { type CommandEnd } from "./command";
import { type SynthesizedStack } from "./stacks";
import { isFullDisk, stepsToSave } from "./unsaved-state";

/** Why Terraform did not do it, as far as a program decides by it. */
export type TerraformFailure =
  /** Another run holds the lock of the state. */
  | "locked"
  /** Another run is creating a state in the same database (pg), which locks the others out for a while. */
  | "creation-locked"
  /** Another run was writing a file in the stack's folder that the command read. */
  | "half-written"
  /** The state changed between the reading and the writing of it. */
  | "stale-state"
  /** The state changed after the plan was made. */
  | "stale-plan"
  /** The state belongs to something else. */
  | "other-lineage"
  /** What was changed could not be saved in the state: it lies in the stack's folder and must be pushed. */
  | "unsaved"
  /** The backend is not initialised, or its configuration has changed. */
  | "backend"
  /** Something of the stack itself refused: a precondition, `prevent_destroy`. */
  | "refused"
  /** An `import` block names what does not exist. */
  | "nothing-to-import"
  /** The interruption came before it started or while it ran. */
  | "interrupted"
  /** The program cannot be run. */
  | "not-run"
  /** Everything else: Terraform's own words. */
  | "failed";

/** Which command of which stack. */
interface FailedCommand {
  readonly stackName: string;
  /** Such as `plan` or `state push`. */
  readonly command: string;
  /** Undefined where the command did not start, or where a signal ended it. */
  readonly exitCode?: number | undefined;
}

/** A command of Terraform that failed, in words for people. */
export class TerraformError extends StackError {
  override readonly name = "TerraformError";
  readonly stackName: string;
  readonly command: string;
  readonly exitCode: number | undefined;

  constructor(
    readonly failure: TerraformFailure,
    { stackName, command, exitCode }: FailedCommand,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.stackName = stackName;
    this.command = command;
    this.exitCode = exitCode;
  }
}

/**
 * What Terraform says went wrong, in its own words: without colours, the frame that it draws around them and the line
 * breaks that it puts into them. Log lines before the first error (`TF_LOG`) are left out.
 */
export function terraformsWords(printed: string): string {
  const plain = stripVTControlCharacters(printed)
    .replace(/\r/g, "")
    .replace(/^[│╵╷] ?/gm, "");
  const first = /^Error: /m.exec(plain);
  return unwrapped(plain.slice(first?.index ?? 0)).trim();
}

/**
 * Terraform breaks a paragraph where its next word would not have fitted; some texts were broken by hand, a little earlier.
 * Indented lines are left as they are.
 */
function unwrapped(text: string): string {
  const width = 68;
  let last = "";
  return text
    .split("\n")
    .map((line, index) => {
      const [word = ""] = line.split(" ");
      const joins = word !== "" && /^\S/.test(last) && last.length + word.length >= width;
      last = line;
      return index === 0 ? line : `${joins ? " " : "\n"}${line}`;
    })
    .join("")
    .replace(/\n{3,}/g, "\n\n");
}

/** The same on one line, for a look at what it says. */
function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** What Terraform says where an `import` block names what does not exist. */
const nothingToImport = /Cannot import non-existent remote object/;

/**
 * Names the property behind an import that found nothing. Terraform names the resource, and advises to create it: for a deployment
 * that would be another id.
 */
function nothingToImportMessage({ name, messengers }: SynthesizedStack, words: string): string {
  const sentence = onOneLine(words);
  const sought = messengers.flatMap(({ address, configurationAddress, importId, configurationImportId }) => [
    { what: "deployment", property: "deploymentId", address, id: importId },
    { what: "configuration", property: "configurationId", address: configurationAddress, id: configurationImportId },
  ]);
  const missing = sought.flatMap(({ what, property, address, id }) =>
    address !== undefined && sentence.includes(`"${address}"`)
      ? `the ${what} ${id === undefined ? "of its `adopt`" : `"${id}"`} (adopt.${property})`
      : [],
  );
  const found = missing.length === 0 ? "what one of its import blocks names" : missing.join(" and ");
  return (
    `The stack "${name}" cannot adopt ${found}: it does not exist in Genesys Cloud, and nothing was changed.\n\n` +
    "Use the ids that origins adopt prints, check that credentials and region belong to the right organisation, or " +
    `leave \`adopt\` out: the next deploy then creates a new deployment.\n\n${words}`
  );
}

/**
 * The backends whose error carries the holder's lock. What Terraform prints with the others (pg and http among them) is the
 * lock that this very run asked for.
 */
const namesTheHolder: readonly string[] = ["local", "s3", "gcs", "azurerm"];

const wait = "Wait for it: --lock-timeout 10m.";

/** Who holds the lock of a stack, where that is known, and what to do about it. */
function lockRemedy(stack: SynthesizedStack, program: string, words: string): string {
  const { type } = stack.backend;
  const field = (name: string): string | undefined => new RegExp(`^ *${name}: *(\\S.*)$`, "m").exec(words)?.[1]?.trim();
  const [who, since] = namesTheHolder.includes(type) ? [field("Who"), field("Created")] : [];
  const holder = who === undefined ? "" : `It is held by ${who}${since === undefined ? "" : `, since ${since}`}. `;
  switch (type) {
    case "local":
      return `${holder}${wait} The lock is released when the process that holds it ends; it cannot be unlocked by hand.`;
    case "pg":
      return (
        `${wait} The lock is released when the connection of its run closes. If it remains although no run is active, find its holder in ` +
        "the database: SELECT pid, application_name, client_addr, backend_start FROM pg_stat_activity WHERE pid IN " +
        "(SELECT pid FROM pg_locks WHERE locktype = 'advisory'); then end that connection: SELECT pg_terminate_backend(<pid>);"
      );
    case "cloud":
    case "remote":
      return `${wait} If that run is dead, unlock the workspace on its page in HCP Terraform.`;
    default: {
      const id = /already locked: ID=(\S+)/.exec(words)?.[1] ?? (holder === "" ? undefined : field("ID"));
      return (
        `${holder}${wait} If that run is dead, release the lock by hand: ` +
        `${pasted(program)} -chdir="${stack.folder}" force-unlock ${id ?? "<id of the lock>"}`
      );
    }
  }
}

/** What is known of the command beside its end. */
interface FailedRun {
  readonly stack: SynthesizedStack;
  /** What was run: `terraform`, `tofu` or a path. */
  readonly program: string;
  /** Such as `plan` or `state push`. */
  readonly command: string;
  /** The file with the state that the command could not save. @default as far as it said so */
  readonly leftState?: string | undefined;
  /** Where the state belongs, if that is a file. */
  readonly stateFile?: string | undefined;
}

/** What each failure looks like in Terraform's words; the first that is found counts. */
const signs: readonly (readonly [TerraformFailure, RegExp])[] = [
  ["unsaved", /errored\.tfstate/],
  // PostgreSQL's own "create … if not exists" fails where two runs are at it in the same moment.
  [
    "creation-locked",
    /already locked for workspace creation|unique constraint "pg_(type|namespace|class)_|pq: \w+ "[^"]*" already exists/i,
  ],
  // Terraform waits for no lock whose description is not written yet, or not there any more. And whichever part of a stack's file is
  // written, without its last brace it is not an object.
  [
    "half-written",
    /unexpected end of JSON input|\.lock\.info: (no such file|The system cannot find)|Root value must be object/,
  ],
  [
    "locked",
    /(acquiring the state lock|lock(ing)? state).*(Lock Info:|already locked|temporarily unavailable|process has locked)/i,
  ],
  ["stale-state", /cannot import state with serial|cannot overwrite existing state with serial/],
  ["other-lineage", /cannot import state with lineage/],
  ["stale-plan", /Saved plan is stale|plan file can no longer be applied/],
  [
    "backend",
    /Backend configuration (block has )?changed|Backend initialization required|initialization required: please run/,
  ],
  ["nothing-to-import", nothingToImport],
  ["refused", /\binstance cannot be destroyed|\bprevent_destroy set\b|Resource (pre|post)condition failed/i],
];

/** The error of a command that ended otherwise than it should have. */
export function failureOf(run: FailedRun, end: CommandEnd): TerraformError {
  const words = terraformsWords(end.errors.trim() === "" ? end.output : end.errors);
  const sentence = onOneLine(words);
  const seen =
    run.leftState !== undefined ? "unsaved" : (signs.find(([, sign]) => sign.test(sentence))?.[0] ?? "failed");
  // A lock that was waited for until the interruption came, for instance, is told as the interruption.
  const failure = end.interrupted && seen !== "unsaved" ? "interrupted" : seen;
  const { stack, command } = run;
  return new TerraformError(
    failure,
    { stackName: stack.name, command, exitCode: end.code },
    end.started ? message(failure, run, words, end.code) : notStarted(run),
  );
}

function notStarted({ program, command, stack }: FailedRun): string {
  return `Interrupted: "${programName(program)} ${command}" of the stack "${stack.name}" did not start.`;
}

function message(failure: TerraformFailure, run: FailedRun, words: string, code: number | undefined): string {
  const { program, command, stack } = run;
  const what = `"${programName(program)} ${command}" of the stack "${stack.name}"`;
  const terraform = `${pasted(program)} -chdir="${stack.folder}"`;
  switch (failure) {
    case "locked":
      return [
        `Another run holds the lock of the stack "${stack.name}": ${what} did nothing.`,
        lockRemedy(stack, program, words),
      ].join("\n\n");
    case "creation-locked":
      return (
        `Another run is creating a state in the database of the stack "${stack.name}", and holds the lock for that: ` +
        `${what} did nothing.\n\nRun it again when that is done, or wait longer: --lock-timeout 10m.`
      );
    case "stale-state":
      return (
        `The state of the stack "${stack.name}" has changed since it was read: nothing was written.\n\n` +
        "Another run was faster. Run the command again: it reads the new state."
      );
    case "other-lineage":
      return (
        `The state of the stack "${stack.name}" is not the one that was read (its lineage differs): ` +
        "nothing was written.\n\nThe backend's key, the workspace (TF_WORKSPACE) or the state itself was replaced in the meantime. " +
        "Find out which state is correct, then run the command again."
      );
    case "stale-plan":
      return (
        `The state of the stack "${stack.name}" has changed since the plan was made: nothing was applied.\n\n` +
        "Another run was faster. Run the command again: it makes a new plan."
      );
    case "unsaved": {
      const { leftState = join(stack.folder, "errored.tfstate") } = run;
      const steps = stepsToSave(leftState, stack.folder, {
        program,
        stateFile: run.stateFile,
        isFull: isFullDisk(words),
      });
      return (
        `${what} changed Genesys Cloud, but the state could not be saved to its backend. It is in "${leftState}".\n\n` +
        `${steps}\n\n${words}`
      );
    }
    case "backend":
      return (
        `The folder of the stack "${stack.name}" is initialized for a different backend than the stack declares.\n\n` +
        `To migrate the state: ${terraform} init -migrate-state\n` +
        `If the state is already in the declared backend: ${terraform} init -reconfigure\n\n${words}`
      );
    case "nothing-to-import":
      return nothingToImportMessage(stack, words);
    case "interrupted":
      return `${what} was interrupted. It has ended, and what it did is saved in the state.\n\n${words}`.trim();
    case "half-written":
    case "refused":
    case "not-run":
    case "failed":
      return `${what} failed${code === undefined ? "" : ` with exit code ${code}`}:\n\n${words}`;
  }
}
