import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { errorCode, hasProperties } from "../../base/errors";
import { type ConfigEnvironment } from "./config-environment";
import { endGroup, endMarked } from "./config-processes";

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
  /** The variables of `env` in the configuration that are wanted. */
  readonly wanted: readonly string[];
}

/** What came of evaluating a configuration, and what was seen meanwhile. */
export type Evaluation = Seen &
  (
    | {
        readonly ok: true;
        /** The entries of each key that is there, or what the key holds instead of a list. */
        readonly found: ReadonlyMap<string, readonly EvaluatedEntry[] | string>;
      }
    | { readonly ok: false; readonly failure: EvaluationFailure }
  );

/** Why evaluating a configuration came to nothing. */
export type EvaluationFailure =
  | {
      readonly kind: "thrown";
      readonly name: string;
      readonly message: string;
      readonly code: string;
      /** The files that it went through, from the inside out; line 0 where it is not known. */
      readonly frames: readonly { readonly file: string; readonly line: number }[];
    }
  /** It exported a promise that nothing settles. */
  | { readonly kind: "unsettled" }
  /** It came to something else than an object. */
  | { readonly kind: "shape"; readonly what: string }
  | { readonly kind: "timeout"; readonly seconds: number }
  /** Something else than this program wrote to where the answer is expected. */
  | { readonly kind: "forged" }
  | { readonly kind: "ended"; readonly how: string };

/** A question with the text of its file: what was evaluated is asked again when that has changed. */
export interface EvaluationQuestion {
  readonly request: EvaluationRequest;
  readonly text: string;
}

/** What this process has evaluated: an environment that asks twice, or two that see the same, pay once. */
const evaluated = new Map<string, Evaluation>();

/**
 * Evaluates a configuration in a separate process, whose environment holds its env files and `PATH` alone. What it prints
 * goes nowhere; what it starts ends with it.
 */
export function evaluateConfig(question: EvaluationQuestion): Evaluation {
  const key = keyOf(question);
  const known = evaluated.get(key);
  if (known !== undefined) return known;
  const [evaluation = endedWith("its process returned no result")] = run([question.request]);
  evaluated.set(key, evaluation);
  return evaluation;
}

/** How many configurations share a process. */
const mostTogether = 50;

/**
 * Evaluates several configurations in one process, each in a separate thread. What does not come to hosts there is left to
 * `evaluateConfig`, which asks again in a process that the configuration has for itself.
 */
export function evaluateTogether(questions: readonly EvaluationQuestion[]): void {
  const unknown = new Map(questions.map((question) => [keyOf(question), question.request]));
  for (const key of [...unknown.keys()].filter((each) => evaluated.has(each))) unknown.delete(key);
  if (unknown.size < 2) return;
  const all = [...unknown];
  for (let start = 0; start < all.length; start += mostTogether) {
    const part = all.slice(start, start + mostTogether);
    const evaluations = run(part.map(([, request]) => request));
    part.forEach(([key], index) => {
      const evaluation = evaluations[index];
      const isSettled = evaluation?.ok === true || evaluation?.failure.kind === "timeout";
      if (isSettled) evaluated.set(key, evaluation);
    });
  }
}

function keyOf({ request, text }: EvaluationQuestion): string {
  return JSON.stringify([request, text]);
}

/** One answer for each request; undefined where several were asked and this one has none. */
function run(requests: readonly EvaluationRequest[]): readonly (Evaluation | undefined)[] {
  const [first] = requests;
  if (first === undefined) return [];
  const jiti = createRequire(__filename).resolve("jiti");
  const isWindows = process.platform === "win32";
  const seconds = requests.reduce((sum, { timeoutSeconds }) => sum + timeoutSeconds, 0);
  const [token, marker] = [randomUUID(), randomUUID()];
  const { output, pid, status, signal, error } = spawnSync(process.execPath, [childProgram()], {
    cwd: first.folder,
    env: { ...necessities(), NODE_ENV: first.environment.nodeEnv, ORIGINS_EVALUATION: marker },
    input: JSON.stringify({ token, marker, seconds, requests: requests.map((request) => childRequest(request, jiti)) }),
    stdio: ["pipe", "ignore", "ignore", "pipe"],
    encoding: "utf8",
    timeout: seconds * 1000,
    killSignal: "SIGKILL",
    maxBuffer: 1 << 24,
    windowsHide: true,
    // Its own group, so that what the configuration has started can be ended with it.
    ...(isWindows ? {} : { detached: true }),
  });
  if (!isWindows && pid > 0) endGroup(pid);
  endMarked(marker);
  const answers = parseAnswers(fourth(output), token);
  if (answers === undefined) return requests.map(() => failed({ kind: "forged" }));
  if (requests.length > 1) return requests.map((_, index) => withSeconds(answers.get(index), requests[index]));
  const answer = answers.get(0);
  if (answer !== undefined) return [answer];
  if (errorCode(error) === "ETIMEDOUT") return [failed({ kind: "timeout", seconds })];
  if (error !== undefined) return [endedWith(`its process could not run (${errorCode(error) ?? "unknown"})`)];
  if (status === null) return [endedWith(`its process was ended by ${signal ?? "something"}`)];
  return [endedWith(`its process exited with code ${status}`)];
}

/** What the process is told of a configuration. */
function childRequest(request: EvaluationRequest, jiti: string): object {
  const { file, folder, environment, timeoutSeconds, parts, wanted } = request;
  const { phase, nodeEnv, shell, variables, ambiguous } = environment;
  const isDevelopment = phase === "phase-development-server";
  return {
    file,
    folder,
    phase,
    shell,
    variables,
    watched: ambiguous,
    isDevelopment,
    nodeEnv,
    parts,
    wanted,
    jiti,
    seconds: timeoutSeconds,
  };
}

/** A thread does not know its own limit. */
function withSeconds(
  evaluation: Evaluation | undefined,
  request: EvaluationRequest | undefined,
): Evaluation | undefined {
  if (evaluation?.ok !== false || evaluation.failure.kind !== "timeout" || request === undefined) return evaluation;
  return { ...evaluation, failure: { kind: "timeout", seconds: request.timeoutSeconds } };
}

function failed(failure: EvaluationFailure): Evaluation {
  return { ok: false, failure, missing: [], watched: [], localFiles: [], skipsValidation: false };
}

function endedWith(how: string): Evaluation {
  return failed({ kind: "ended", how });
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

/** An entry of a key, as it was computed. */
export type EvaluatedEntry =
  | { readonly kind: "host"; readonly text: string; readonly http: boolean }
  /** Something else than a text: what kind of thing, never the thing itself. */
  | { readonly kind: "wrong"; readonly what: string };

/** Where the application's own code asks for a variable. */
export interface Reader {
  readonly file: string;
  /** Absent where the file was compiled. */
  readonly line?: number;
}

/** What was seen while a configuration was evaluated. */
export interface Seen {
  /** The variables that the application's own code looked for in vain. */
  readonly missing: readonly (Reader & { readonly name: string })[];
  /** Those of the watched variables that it asked for. */
  readonly watched: readonly (Reader & { readonly name: string })[];
  /** Who looked at all variables together, so that it cannot be told which of them are missed. */
  readonly everything?: Reader;
  /** The files that differ between machines and that it tried to read, with the names that each defines. */
  readonly localFiles: readonly { readonly file: string; readonly names: readonly string[] }[];
  /** Whether `SKIP_ENV_VALIDATION` was asked for and set. */
  readonly skipsValidation: boolean;
  /** The parts of the configuration that Next.js checks, where it was not asked. */
  readonly unasked?: Readonly<Record<string, unknown>>;
  /** The version of Next.js whose rules were assumed, where that decided something. */
  readonly assumed?: number;
}

/** Beyond this many entries it was not written by hand. */
const mostEntries = 10_000;

/**
 * Reads what the process answered, which had run the user's program: by the number of the question. Undefined where something else
 * than answers came, or one of them twice.
 */
function parseAnswers(text: string, token: string): ReadonlyMap<number, Evaluation> | undefined {
  const answers = new Map<number, Evaluation>();
  const lines = text.split("\n");
  if (lines.pop() !== "") return undefined;
  for (const line of lines) {
    const answer = parse(line);
    if (!hasProperties(answer) || answer["token"] !== token || typeof answer["index"] !== "number") return undefined;
    const evaluation = evaluationIn(answer["content"]);
    if (evaluation === undefined || answers.has(answer["index"])) return undefined;
    answers.set(answer["index"], evaluation);
  }
  return answers;
}

function evaluationIn(content: unknown): Evaluation | undefined {
  if (!hasProperties(content)) return undefined;
  const seen = seenIn(content);
  if (content["failure"] !== undefined) {
    const failure = failureIn(content["failure"]);
    return failure && { ok: false, failure, ...seen };
  }
  if (!hasProperties(content["found"])) return undefined;
  const found = Object.entries(content["found"]).map(([key, value]) => [key, entriesIn(value)] as const);
  return { ok: true, found: new Map(found), ...seen };
}

function seenIn(content: Readonly<Record<string, unknown>>): Seen {
  const { missing, watched, everything, localFiles, skipsValidation, assumed, unasked } = content;
  const config = typeof unasked === "string" ? parse(unasked) : undefined;
  const all = readerIn(everything);
  return {
    missing: readersIn(missing),
    watched: readersIn(watched),
    ...(all !== undefined && { everything: all }),
    localFiles: recordsIn(localFiles).map(({ file, names }) => ({ file: textIn(file), names: textsIn(names) })),
    skipsValidation: skipsValidation === true,
    ...(hasProperties(config) && { unasked: config }),
    ...(typeof assumed === "number" && { assumed }),
  };
}

function readersIn(value: unknown): readonly (Reader & { readonly name: string })[] {
  return recordsIn(value)
    .flatMap((each) => {
      const reader = readerIn(each);
      return reader === undefined ? [] : [{ name: textIn(each["name"]), ...reader }];
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function readerIn(value: unknown): Reader | undefined {
  if (!hasProperties(value) || typeof value["file"] !== "string") return undefined;
  const { file, line } = value;
  return typeof line === "number" ? { file, line } : { file };
}

function entriesIn(value: unknown): readonly EvaluatedEntry[] | string {
  if (Array.isArray(value)) return value.length > mostEntries ? `more than ${mostEntries} entries` : value.map(entryIn);
  return hasProperties(value) ? textIn(value["wrong"]) : "something else";
}

function entryIn(value: unknown): EvaluatedEntry {
  if (!hasProperties(value)) return { kind: "wrong", what: "something else" };
  const { text, http, wrong } = value;
  return typeof text === "string"
    ? { kind: "host", text, http: http === true }
    : { kind: "wrong", what: textIn(wrong) || "something else" };
}

function failureIn(value: unknown): EvaluationFailure | undefined {
  if (!hasProperties(value)) return undefined;
  const { kind, name, message, code, frames, what } = value;
  switch (kind) {
    case "thrown":
      return { kind, name: textIn(name), message: textIn(message), code: textIn(code), frames: framesIn(frames) };
    case "shape":
      return { kind, what: textIn(what) };
    case "unsettled":
      return { kind };
    case "timeout":
      return { kind, seconds: 0 };
    default:
      return undefined;
  }
}

function framesIn(value: unknown): readonly { readonly file: string; readonly line: number }[] {
  return recordsIn(value).flatMap(({ file, line }) =>
    typeof file === "string" && typeof line === "number" ? [{ file, line }] : [],
  );
}

function recordsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter((each) => hasProperties(each)) : [];
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
