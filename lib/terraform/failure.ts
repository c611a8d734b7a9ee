import { join } from "node:path";
import { pasted, programName } from "./binary";
import { type CommandEnd } from "./command";
import { lockRemedy } from "./lock-remedy";
import { onOneLine, terraformsWords } from "./diagnostics";
import { nothingToImport, nothingToImportMessage } from "./failed-import";
import { type SynthesizedStack } from "./stacks";
import { TerraformError, type TerraformFailure } from "./terraform-error";
import { isFullDisk, stepsToSave } from "./unsaved-state";

/** What is known of the command beside its end. */
export interface FailedRun {
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
  // written, without its last brace it is no object.
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
        `The state of the stack "${stack.name}" belongs to something else than the one that was read (another lineage): ` +
        "nothing was written.\n\nThe backend's key, the workspace (TF_WORKSPACE) or the state itself was replaced meanwhile. " +
        "Find out which is right, then run the command again."
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
        `${what} changed Genesys Cloud, but the state could not be saved where it belongs. It lies in "${leftState}".\n\n` +
        `${steps}\n\n${words}`
      );
    }
    case "backend":
      return (
        `The folder of the stack "${stack.name}" is prepared for another backend than the stack declares.\n\n` +
        `The state moved or is to be moved: ${terraform} init -migrate-state\n` +
        `The state is already where the stack says: ${terraform} init -reconfigure\n\n${words}`
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
