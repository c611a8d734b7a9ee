import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { replaceFile } from "../files/replace-file";
import { errorCode } from "./error-code";
import { isJsonObject, type JsonObject } from "./json";
import { type State } from "./state";

/** The format that this version writes. A file of another format is refused, never guessed at. */
const format = 1;

const collections = [
  "clients",
  "flows",
  "integrations",
  "knowledgeBases",
  "supportedContent",
  "configurations",
  "deployments",
] as const satisfies readonly (keyof State)[];

/** Raised for a state file that cannot be read as one; it names the file as it was given, and the way out. */
export class StateFileError extends Error {
  constructor(file: string, problem: string) {
    super(
      `"${file}" ${problem}.\n\n` +
        `Start with an empty organisation by "origins sandbox --reset" (the file is replaced), or move the file away.`,
    );
    this.name = "StateFileError";
  }
}

/**
 * The state that a file holds; undefined when there is no such file.
 *
 * @throws {@link StateFileError} when the file is no state, is torn, or has another version's format.
 */
export function readStateFile(file: string): State | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new StateFileError(file, `cannot be read (${errorCode(error) ?? String(error)})`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new StateFileError(file, "is not valid JSON, so it is no state of the sandbox");
  }
  if (!isJsonObject(content)) throw new StateFileError(file, "holds no JSON object, so it is no state of the sandbox");
  if (content["format"] !== format) {
    throw new StateFileError(
      file,
      `has the state format ${JSON.stringify(content["format"] ?? null)}, and this version reads ${format} only`,
    );
  }
  return fromFile(file, content);
}

/**
 * Replaces the file in one step: a process killed at any instant leaves the old state or the new one. The file must
 * outlive the process, not a power cut.
 */
export function writeStateFile(file: string, state: State): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  replaceFile(file, stateText(state), { sync: false });
}

/** The file's text, a record a line. */
function stateText(state: State): string {
  const lists = collections.map((name) => {
    const records = [...state[name].values()].map(recordText);
    return records.length === 0 ? `"${name}":[]` : `"${name}":[\n${records.join(",\n")}\n]`;
  });
  const head = [
    `"format":${format}`,
    `"sequence":${state.sequence}`,
    `"organization":${JSON.stringify(state.organization)}`,
  ];
  return `{\n${[...head, ...lists].join(",\n")}\n}\n`;
}

/** Records are never edited in place, so a record's text is made once however often the state is written. */
const texts = new WeakMap<object, string>();

function recordText(record: object): string {
  const known = texts.get(record);
  if (known !== undefined) return known;
  const text = JSON.stringify(record);
  texts.set(record, text);
  return text;
}

/** The outline is checked, the records are trusted: nobody but the sandbox writes this format. */
function fromFile(file: string, content: JsonObject): State {
  const records = (name: (typeof collections)[number]): Map<string, JsonObject> => {
    const list = content[name];
    const map = new Map<string, JsonObject>();
    if (!Array.isArray(list)) throw new StateFileError(file, `has no list "${name}", so it is no state of the sandbox`);
    for (const record of list as readonly unknown[]) {
      if (!isJsonObject(record) || typeof record["id"] !== "string") {
        throw new StateFileError(file, `has a record without an id in "${name}", so it is no state of the sandbox`);
      }
      map.set(record["id"], record);
    }
    return map;
  };
  if (!isJsonObject(content["organization"]) || typeof content["sequence"] !== "number") {
    throw new StateFileError(file, `has no "organization" or no "sequence", so it is no state of the sandbox`);
  }
  const state: Record<keyof State, unknown> = {
    organization: content["organization"],
    sequence: content["sequence"],
    clients: records("clients"),
    flows: records("flows"),
    integrations: records("integrations"),
    knowledgeBases: records("knowledgeBases"),
    supportedContent: records("supportedContent"),
    configurations: records("configurations"),
    deployments: records("deployments"),
  };
  return state as State;
}
