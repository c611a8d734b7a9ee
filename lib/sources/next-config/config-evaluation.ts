import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { join } from "node:path";
import { type ConfigEnvironment } from "./config-environment";
import { type EvaluatedEntry, parseAnswer } from "./config-answer";
import { codeOf } from "../unknown-value";

/** What is evaluated, in which environment, and how long that may take. */
export interface EvaluationRequest {
  /** The absolute path of the file. */
  readonly file: string;
  /** The absolute path of the application's folder: the process runs there. */
  readonly folder: string;
  readonly environment: ConfigEnvironment;
  readonly timeoutSeconds: number;
  /** What the file holds: a configuration of Next.js, or next-intl's routing. */
  readonly parts: "config" | "routing";
}

/** What came of evaluating a configuration. */
export type Evaluation =
  | {
      readonly ok: true;
      /** The entries of each key that is there, or what the key holds instead of a list. */
      readonly found: ReadonlyMap<string, readonly EvaluatedEntry[] | string>;
      readonly missing: readonly string[];
    }
  | { readonly ok: false; readonly failure: EvaluationFailure; readonly missing: readonly string[] };

/** Why evaluating a configuration came to nothing. */
export type EvaluationFailure =
  | {
      readonly kind: "thrown";
      readonly name: string;
      readonly message: string;
      readonly code: string;
      /** The files that it went through, from the inside out. */
      readonly frames: readonly { readonly file: string; readonly line: number }[];
    }
  /** It exported a promise that nothing settles. */
  | { readonly kind: "unsettled" }
  /** It came to something else than an object. */
  | { readonly kind: "shape"; readonly what: string }
  | { readonly kind: "timeout"; readonly seconds: number }
  | { readonly kind: "ended"; readonly how: string };

/** What this process has evaluated: an environment that asks twice, or two that see the same, pay once. */
const evaluated = new Map<string, Evaluation>();

/**
 * Evaluates a configuration in a process of its own, whose environment holds its env files and `PATH` alone. What it prints
 * goes nowhere; what it starts ends with it.
 */
export function evaluateConfig(request: EvaluationRequest, text: string): Evaluation {
  const key = JSON.stringify([request, text]);
  const known = evaluated.get(key);
  if (known !== undefined) return known;
  const evaluation = run(request);
  evaluated.set(key, evaluation);
  return evaluation;
}

function run({ file, folder, environment, timeoutSeconds, parts }: EvaluationRequest): Evaluation {
  const { phase, nodeEnv, variables } = environment;
  const jiti = createRequire(__filename).resolve("jiti");
  const isWindows = process.platform === "win32";
  const { output, pid, status, signal, error } = spawnSync(process.execPath, [childProgram()], {
    cwd: folder,
    env: { ...necessities(), NODE_ENV: nodeEnv },
    input: JSON.stringify({ file, folder, phase, variables, parts, jiti, seconds: timeoutSeconds }),
    stdio: ["pipe", "ignore", "ignore", "pipe"],
    encoding: "utf8",
    timeout: timeoutSeconds * 1000,
    killSignal: "SIGKILL",
    maxBuffer: 1 << 20,
    windowsHide: true,
    // A group of its own, so that what the configuration has started can be ended with it.
    ...(isWindows ? {} : { detached: true }),
  });
  if (!isWindows && pid > 0) endGroup(pid);
  const answer = parseAnswer(fourth(output));
  if (answer !== undefined) return answer;
  const failure = ((): EvaluationFailure => {
    if (codeOf(error) === "ETIMEDOUT") return { kind: "timeout", seconds: timeoutSeconds };
    if (error !== undefined) return { kind: "ended", how: `its process cannot run (${codeOf(error)})` };
    if (status === null) return { kind: "ended", how: `its process is ended by ${signal ?? "something"}` };
    return { kind: "ended", how: `it ends its process with exit code ${status}` };
  })();
  return { ok: false, failure, missing: [] };
}

/** What came over the fourth descriptor. There is nothing at all where the process could not be started. */
function fourth(output: readonly unknown[] | null): string {
  const told = output?.[3];
  return typeof told === "string" ? told : "";
}

/** What any program needs to run, and nothing that differs between machines but where programs are. */
function necessities(): Record<string, string> {
  const names = ["PATH", "SystemRoot", "SYSTEMROOT", "windir", "ComSpec", "PATHEXT", "TEMP", "TMP"];
  const relevant = process.platform === "win32" ? names : ["PATH"];
  const values = relevant.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(values);
}

/** The program stands beside this file, or beside the folder of the bundle that this file is a part of. */
function childProgram(): string {
  const name = "evaluate-config.js";
  const candidates = [name, join("sources", "next-config", name), join("..", "sources", "next-config", name)].map(
    (path) => join(__dirname, path),
  );
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(`"${name}" is not beside the library: install the package as it is published, or leave it unbundled`);
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, constants.signals.SIGKILL);
  } catch {
    // Nothing of it is left.
  }
}
