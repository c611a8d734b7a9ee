import { type Evaluation, type EvaluationFailure } from "./config-evaluation";
import { isRecord } from "../unknown-value";

/** An entry of a key, as it was computed. */
export type EvaluatedEntry =
  | { readonly kind: "host"; readonly text: string; readonly http: boolean }
  /** Something else than a text: what kind of thing, never the thing itself. */
  | { readonly kind: "wrong"; readonly what: string };

/** Beyond this many entries it is no list that anybody wrote. */
const mostEntries = 10_000;

/** Reads what the process answered, which had run somebody's program: undefined where that is no answer. */
export function parseAnswer(text: string): Evaluation | undefined {
  const answer = parse(text);
  if (!isRecord(answer)) return undefined;
  const missing = textsIn(answer["missing"]).sort();
  if (answer["failure"] !== undefined) {
    const failure = failureIn(answer["failure"]);
    return failure && { ok: false, failure, missing };
  }
  if (!isRecord(answer["found"])) return undefined;
  const found = Object.entries(answer["found"]).map(([key, value]) => [key, entriesIn(value)] as const);
  return { ok: true, found: new Map(found), missing };
}

function entriesIn(value: unknown): readonly EvaluatedEntry[] | string {
  if (Array.isArray(value)) return value.slice(0, mostEntries).map(entryIn);
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
    default:
      return undefined;
  }
}

function framesIn(value: unknown): readonly { readonly file: string; readonly line: number }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((frame: unknown) => {
    if (!isRecord(frame)) return [];
    const { file, line } = frame;
    return typeof file === "string" && typeof line === "number" ? [{ file, line }] : [];
  });
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
