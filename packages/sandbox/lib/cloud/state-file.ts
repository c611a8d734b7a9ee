import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { errorCode } from "../../../../lib/base/errors";
import { replaceFile } from "../../../../lib/base/files";
import { isJsonObject, type JsonObject } from "./json";
import { type OrganizationState } from "./state";

/** The locks that this very process holds: a lock file with our number in it may also be a killed predecessor's. */
const held = new Set<string>();

/**
 * Keeps a second sandbox off the same state file: both would keep the whole state in memory, and the last to write would
 * undo the other's changes. The lock is a file beside the state that names the process; one whose process is gone is stale.
 *
 * @returns what releases it.
 * @throws when a living process holds it.
 */
export function lockStateFile(file: string): () => void {
  const lock = `${path.resolve(file)}.lock`;
  mkdirSync(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: "wx" });
      break;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
      const holder = holderOf(lock);
      if (held.has(lock) || (holder !== process.pid && isAlive(holder))) {
        throw new Error(
          `"${file}" is in use by another sandbox (process ${holder}).\n\n` +
            `Stop that sandbox first, or use a different state file. ` +
            `If process ${holder} is not a sandbox, remove "${file}.lock".`,
          { cause: error },
        );
      }
      rmSync(lock, { force: true });
    }
  }
  held.add(lock);
  return () => {
    if (held.delete(lock)) rmSync(lock, { force: true });
  };
}

function holderOf(lock: string): number {
  try {
    return Number.parseInt(readFileSync(lock, "utf8"), 10);
  } catch {
    return Number.NaN;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

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
] as const satisfies readonly (keyof OrganizationState)[];

/** Raised for a state file that cannot be read as one; it names the file as it was given, and the way out. */
export class StateFileError extends Error {
  constructor(file: string, problem: string) {
    super(
      `"${file}" ${problem}.\n\n` +
        `Run "origins sandbox --reset" to replace it with an empty organization, or move the file away.`,
    );
    this.name = "StateFileError";
  }
}

/**
 * The state that a file holds; undefined when there is no such file.
 *
 * @throws {@link StateFileError} when the file is not a sandbox state, is incomplete, or has another version's format.
 */
export function readStateFile(file: string): OrganizationState | undefined {
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
    throw new StateFileError(file, "is not a sandbox state: it is not valid JSON");
  }
  if (!isJsonObject(content)) throw new StateFileError(file, "is not a sandbox state: expected a JSON object");
  if (content["format"] !== format) {
    throw new StateFileError(
      file,
      `has the unsupported state format ${JSON.stringify(content["format"] ?? null)}: expected ${format}`,
    );
  }
  return fromFile(file, content);
}

/**
 * Replaces the file in one step: a process killed at any instant leaves the old state or the new one. The file must
 * outlive the process, not a power cut.
 */
export function writeStateFile(file: string, state: OrganizationState): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  replaceFile(file, stateText(state), { sync: false });
}

/** The file's text, a record a line. */
function stateText(state: OrganizationState): string {
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

/** The outline is checked, the records are trusted: only the sandbox writes this format. */
function fromFile(file: string, content: JsonObject): OrganizationState {
  const records = (name: (typeof collections)[number]): Map<string, JsonObject> => {
    const list = content[name];
    const map = new Map<string, JsonObject>();
    if (!Array.isArray(list)) throw new StateFileError(file, `is not a sandbox state: missing list "${name}"`);
    for (const record of list as readonly unknown[]) {
      if (!isJsonObject(record) || typeof record["id"] !== "string") {
        throw new StateFileError(file, `is not a sandbox state: a record in "${name}" has no id`);
      }
      map.set(record["id"], record);
    }
    return map;
  };
  if (!isJsonObject(content["organization"]) || typeof content["sequence"] !== "number") {
    throw new StateFileError(file, `is not a sandbox state: missing "organization" or "sequence"`);
  }
  const state: Record<keyof OrganizationState, unknown> = {
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
  return state as OrganizationState;
}
