import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StackError } from "../base/errors";
import { replaceFile } from "../base/files";
import { isRecord, type JsonRecord, parseRecord } from "../base/json";

/** Terraform's state of one stack, in format version 4. */
export interface State {
  /** Exactly as Terraform printed it. */
  readonly text: string;
  /** Grows by one with every change. */
  readonly serial: number;
  /** The same for the whole life of a state. */
  readonly lineage: string;
  readonly content: JsonRecord;
  /** Where it was read, if its own file is empty because a run was killed while it wrote it. Pushing it restores the file. */
  readonly readFrom?: string;
}

/** One object of a resource in the state, and where it stands there. */
export interface StateInstance {
  readonly attributes: JsonRecord;
  readonly isTainted: boolean;
  /** The path to it in the state's JSON. */
  readonly path: readonly (string | number)[];
}

const doNotEdit = "Nothing was changed. Correct this state with Terraform itself, then run the command again.";

/**
 * Reads what `terraform state pull` prints.
 *
 * @returns undefined if there is no state yet
 * @throws StackError for anything but a state of format version 4
 */
export function parseState(text: string): State | undefined {
  if (text.trim() === "") return undefined;
  const content = parseRecord(text);
  if (content === undefined) throw refusal("is not a JSON object");
  if (content["encrypted_data"] !== undefined) {
    throw refusal(
      "is encrypted (OpenTofu state encryption)",
      "Run the command with TERRAFORM_BINARY_NAME=tofu and the same TF_ENCRYPTION that it was encrypted with.",
    );
  }
  const { version, serial, lineage } = content;
  if (serial === 0 && lineage === "") return undefined; // what is printed of a remote backend that holds none
  if (version !== 4) {
    const older = "Apply the stack once with Terraform or OpenTofu 1.5 or newer: that rewrites the state.";
    throw refusal(`has the unsupported format version ${JSON.stringify(version ?? null)} (expected 4)`, older);
  }
  if (typeof serial !== "number" || !Number.isSafeInteger(serial) || typeof lineage !== "string") {
    throw refusal("has no serial or no lineage");
  }
  return { text, serial, lineage, content };
}

/**
 * The one object of a resource; undefined where the state has none.
 *
 * @throws StackError where the resource has several, or is written in a way that this version does not understand
 */
export function instanceAt(state: State, address: string): StateInstance | undefined {
  const [type, name] = address.split(".");
  const places = list(state.content["resources"]).flatMap((resource, index) =>
    isRecord(resource) &&
    resource["mode"] === "managed" &&
    resource["type"] === type &&
    resource["name"] === name &&
    resource["module"] === undefined
      ? list(resource["instances"]).map((instance, position) => ({
          instance: isRecord(instance) ? instance : {},
          path: ["resources", index, "instances", position],
        }))
      : [],
  );
  if (places.some(({ instance }) => instance["deposed"] !== undefined)) {
    throw resourceRefusal(address, "has a deposed instance that is still to be destroyed");
  }
  const [place, ...others] = places;
  if (place === undefined) return undefined;
  const { instance, path } = place;
  if (others.length > 0 || instance["index_key"] !== undefined) {
    throw resourceRefusal(
      address,
      "has several instances (count or for_each)",
      "Declare each deployment as a separate resource.",
    );
  }
  if (instance["schema_version"] !== 1 || !isRecord(instance["attributes"])) {
    const version = JSON.stringify(instance["schema_version"] ?? null);
    throw resourceRefusal(
      address,
      `has the unsupported schema version ${version} (expected 1)`,
      "Another version of the provider wrote it: apply the stack once with version 1.84 of the provider.",
    );
  }
  return { attributes: instance["attributes"], isTainted: instance["status"] === "tainted", path };
}

/** The refusal of one resource of a state. */
export function resourceRefusal(address: string, problem: string, remedy: string = doNotEdit): StackError {
  return new StackError(`"${address}" ${problem} in Terraform's state.\n\n${remedy}`);
}

function refusal(problem: string, remedy: string = doNotEdit): StackError {
  return new StackError(`Terraform's state ${problem}.\n\n${remedy}`);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Keeps a copy of a state in a folder that only this user can open and that Git leaves alone. The same state is kept once,
 * however often it is asked for.
 *
 * @returns the copy's path
 */
export async function backUpState(folder: string, stackName: string, state: State, reason: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, ".gitignore"), "*\n");
  const hash = createHash("sha256").update(state.text).digest("hex").slice(0, 8);
  const name = [stackName, "serial", state.serial, reason, hash].join("-").replace(/[^\w.-]/g, "_");
  const file = join(folder, `${name}.tfstate`);
  replaceFile(file, state.text, { mode: 0o600 });
  return file;
}
