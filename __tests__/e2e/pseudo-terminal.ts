import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { finished } from "./checkout";

/** What a terminal shows after a command, and how the command ended. */
export interface Screen {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/** How a command is run on a terminal. */
export interface TerminalOptions {
  readonly columns: number;
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** What is typed: each answer once, when the terminal shows its question. @default nothing */
  readonly answers?: readonly (readonly [question: string, answer: string])[];
}

const isBsd = process.platform === "darwin";

/** Runs a command on a pseudo-terminal of that width. */
export async function onTerminal(command: readonly string[], options: TerminalOptions): Promise<Screen> {
  const { code, stdout } = await finished(startOnTerminal(command, options));
  return { code, lines: stdout.split(/\r*\n/) };
}

/** Starts `script`, which makes the terminal, with the command on it: the terminal closes when it is killed. */
export function startOnTerminal(
  command: readonly string[],
  { columns, cwd, environment: env, answers = [] }: TerminalOptions,
): ChildProcess {
  const inShell = `stty cols ${columns} rows 50 && exec ${command.map(quoted).join(" ")}`;
  const parameters = isBsd ? ["-q", "/dev/null", "sh", "-c", inShell] : ["-qec", inShell, "/dev/null"];
  const child = spawn("script", parameters, {
    cwd,
    env,
    stdio: [answers.length === 0 ? "ignore" : "pipe", "pipe", "pipe"],
  });
  typeAnswers(child, answers);
  return child;
}

/** The input stays open: its end is what Ctrl+D is. */
function typeAnswers({ stdin, stdout }: ChildProcess, answers: NonNullable<TerminalOptions["answers"]>): void {
  const open = [...answers];
  let shown = "";
  stdout?.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
    for (let asked = open.find(([question]) => shown.includes(question)); asked !== undefined;) {
      const [question, answer] = asked;
      shown = shown.slice(shown.indexOf(question) + question.length);
      open.splice(open.indexOf(asked), 1);
      stdin?.write(`${answer}\n`);
      asked = open.find(([other]) => shown.includes(other));
    }
  });
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

const hasScript = spawnSync("script", isBsd ? ["-q", "/dev/null", "true"] : ["-qec", "true", "/dev/null"]).status === 0;

/** A group of tests that need a terminal. Where there is none they are skipped and say why; in CI they fail instead. */
export function needsTerminal(name: string, tests: () => void): void {
  if (hasScript) describe(name, tests);
  else if (process.env["CI"] === "true") {
    test(name, () => {
      throw new Error('The command "script" (util-linux, bsdutils) is missing: it makes the terminal.');
    });
  } else describe.skip(`${name} (skipped: the command "script" is missing)`, tests);
}
