/** The variable that names the program behind `origins-terraform`. */
export const behindVariable = "ORIGINS_TERRAFORM_BINARY";

/** What is done for a command line of Terraform before it runs. */
export type CommandLineKind =
  /** Nothing. */
  | "pass"
  /** It shows a plan that is not applied. */
  | "plan"
  /** It applies a new plan, or saves one to be applied. */
  | "apply";

/** A command line of Terraform, as far as it decides what is done before it runs. */
export interface CommandLine {
  readonly kind: CommandLineKind;
  /** The folder of `-chdir`; undefined for the working directory. */
  readonly folder?: string;
  /** Such as `30s`; undefined where Terraform's own default holds. */
  readonly lockTimeout?: string;
  /** Whether the exit code says whether there are changes. */
  readonly detailedExitCode: boolean;
}

/** The options that take their value from the next word, unless it follows `=`. */
const valued: ReadonlySet<string> = new Set([
  "backup",
  "exclude",
  "exclude-file",
  "generate-config-out",
  "lock-timeout",
  "out",
  "parallelism",
  "replace",
  "state",
  "state-out",
  "target",
  "target-file",
  "var",
  "var-file",
]);

/**
 * Reads a command line of Terraform or OpenTofu, and what `TF_CLI_ARGS` and `TF_CLI_ARGS_<command>` add to it.
 *
 * @param words what follows the program's name
 */
export function readCommandLine(words: readonly string[], environment: NodeJS.ProcessEnv): CommandLine {
  const [global, rest] = split(words);
  const folder = global.map((word) => /^--?chdir=(.*)$/s.exec(word)?.[1]).findLast((value) => value !== undefined);
  const where = folder === undefined ? {} : { folder };
  const [command, ...own] = rest;
  const pass: CommandLine = { kind: "pass", ...where, detailedExitCode: false };
  if ((command !== "plan" && command !== "apply") || global.some((word) => !/^--?chdir=/.test(word))) return pass;
  const added = [environment["TF_CLI_ARGS"], environment[`TF_CLI_ARGS_${command}`]].flatMap((text) =>
    shellWords(text ?? ""),
  );
  const { options, positional } = readOptions([...added, ...own]);
  const isOn = (name: string): boolean =>
    options.has(name) && !["false", "0", "f", "F"].includes(options.get(name) ?? "");
  const lockTimeout = options.get("lock-timeout");
  const line: CommandLine = {
    kind: "pass",
    ...where,
    ...(lockTimeout !== undefined && { lockTimeout }),
    detailedExitCode: command === "plan" && isOn("detailed-exitcode"),
  };
  const isOther = ["help", "h", "destroy", "refresh-only", "state"].some(isOn);
  if (isOther || positional.length > 0) return line;
  return { ...line, kind: command === "apply" || options.has("out") ? "apply" : "plan" };
}

/** The options before the command, and what follows them. */
function split(words: readonly string[]): readonly [readonly string[], readonly string[]] {
  const start = words.findIndex((word) => !word.startsWith("-"));
  return start === -1 ? [words, []] : [words.slice(0, start), words.slice(start)];
}

function readOptions(words: readonly string[]): {
  readonly options: ReadonlyMap<string, string>;
  readonly positional: readonly string[];
} {
  const options = new Map<string, string>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const [, name = "", value] = /^--?([^=-][^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === "") return { options, positional: words.slice(word === "--" ? index + 1 : index) };
    if (value === undefined && valued.has(name)) options.set(name, words[++index] ?? "");
    else options.set(name, value ?? "true");
  }
  return { options, positional: [] };
}

/** The words of a variable such as `TF_CLI_ARGS`, with the quotes and backslashes of a POSIX shell. */
export function shellWords(text: string): readonly string[] {
  return [...text.matchAll(/(?:[^\s'"\\]|\\.|'[^']*'|"(?:\\.|[^"\\])*")+/gs)].map(([word]) =>
    word.replace(
      /\\(.)|'([^']*)'|"((?:\\.|[^"\\])*)"/gs,
      (_, escaped?: string, single?: string, double?: string) =>
        escaped ?? single ?? (double ?? "").replace(/\\(["\\$`])/g, "$1"),
    ),
  );
}
