import { isRecord } from "../../base/errors";
import { type Evaluation, type EvaluationFailure } from "./config-evaluation";

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
 * Reads what the process answered, which had run somebody's program: by the number of the question. Undefined where something else
 * than answers came, or one of them twice.
 */
export function parseAnswers(text: string, token: string): ReadonlyMap<number, Evaluation> | undefined {
  const answers = new Map<number, Evaluation>();
  const lines = text.split("\n");
  if (lines.pop() !== "") return undefined;
  for (const line of lines) {
    const answer = parse(line);
    if (!isRecord(answer) || answer["token"] !== token || typeof answer["index"] !== "number") return undefined;
    const evaluation = evaluationIn(answer["content"]);
    if (evaluation === undefined || answers.has(answer["index"])) return undefined;
    answers.set(answer["index"], evaluation);
  }
  return answers;
}

function evaluationIn(content: unknown): Evaluation | undefined {
  if (!isRecord(content)) return undefined;
  const seen = seenIn(content);
  if (content["failure"] !== undefined) {
    const failure = failureIn(content["failure"]);
    return failure && { ok: false, failure, ...seen };
  }
  if (!isRecord(content["found"])) return undefined;
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
    ...(isRecord(config) && { unasked: config }),
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
  if (!isRecord(value) || typeof value["file"] !== "string") return undefined;
  const { file, line } = value;
  return typeof line === "number" ? { file, line } : { file };
}

function entriesIn(value: unknown): readonly EvaluatedEntry[] | string {
  if (Array.isArray(value)) return value.length > mostEntries ? `more than ${mostEntries} entries` : value.map(entryIn);
  return isRecord(value) ? textIn(value["wrong"]) : "something else";
}

function entryIn(value: unknown): EvaluatedEntry {
  if (!isRecord(value)) return { kind: "wrong", what: "something else" };
  const { text, http, wrong } = value;
  return typeof text === "string"
    ? { kind: "host", text, http: http === true }
    : { kind: "wrong", what: textIn(wrong) || "something else" };
}

function failureIn(value: unknown): EvaluationFailure | undefined {
  if (!isRecord(value)) return undefined;
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
  return Array.isArray(value) ? value.filter((each) => isRecord(each)) : [];
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
