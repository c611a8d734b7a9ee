import { errorCode } from "../base/errors";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ConstantBackoff, handleWhenResult, retry } from "cockatiel";
import { isRecord, parseRecord } from "../base/json";
import { type SynthesizedStack } from "./stacks";

/** The file of a local state: of the workspace that Terraform would use. */
export async function localStateFile(stack: SynthesizedStack, environment: NodeJS.ProcessEnv): Promise<string> {
  const { localPath = "terraform.tfstate", localWorkspaces = "terraform.tfstate.d" } = stack.backend;
  const workspace = await currentWorkspace(stack.folder, environment);
  return workspace === "default"
    ? resolve(stack.folder, localPath)
    : resolve(stack.folder, localWorkspaces, workspace, "terraform.tfstate");
}

/** `TF_WORKSPACE`, else the one that `terraform workspace select` has noted. */
export async function currentWorkspace(folder: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const named = environment["TF_WORKSPACE"] ?? "";
  if (named !== "") return named;
  const data = environment["TF_DATA_DIR"] ?? "";
  const selected = (await textOf(resolve(folder, data === "" ? ".terraform" : data, "environment"))).trim();
  return selected === "" ? "default" : selected;
}

/** What the file of a local state holds. */
export interface LocalStateFile {
  /** Empty if there is no state. */
  readonly text: string;
  /** Where the text comes from, if the file itself is empty because a run was killed while it wrote it. */
  readonly backup?: string;
}

/**
 * Reads the file of a local state. Terraform writes it in place, after it has copied the state before to a file beside it: a run
 * that is killed at that moment leaves an empty file, and Terraform would then create everything a second time. The copy is read
 * instead.
 */
export async function readLocalState(file: string): Promise<LocalStateFile> {
  const text = await settledText(file);
  if (text.trim() !== "" || !existsSync(file)) return { text };
  const backup = `${file}.backup`;
  const earlier = await textOf(backup);
  return isStateWithContent(earlier) ? { text: earlier, backup } : { text };
}

/** What is said of a state that had to be read from its backup. */
export function killedRun(backup: string): string {
  return `the state file "${backup.replace(/\.backup$/, "")}" is empty, because a run was killed while it wrote it`;
}

/** Whether a text is a state that must not be lost. What OpenTofu has encrypted cannot be looked into. */
function isStateWithContent(text: string): boolean {
  const { resources, outputs, encrypted_data: encrypted } = parseRecord(text) ?? {};
  return (
    encrypted !== undefined ||
    (isRecord(outputs) && Object.keys(outputs).length > 0) ||
    (Array.isArray(resources) && resources.length > 0)
  );
}

/** The file's text: read again for a while where it is empty or half written and a run holds its lock. */
function settledText(file: string): Promise<string> {
  const lock = join(dirname(file), `.${basename(file)}.lock.info`);
  const halfWritten = handleWhenResult((text) => text === undefined);
  return retry(halfWritten, { maxAttempts: 10, backoff: new ConstantBackoff(50) })
    .execute(async () => {
      const text = await textOf(file);
      return parseRecord(text) !== undefined || (await textOf(lock)) === "" ? text : undefined;
    })
    .then((text) => text ?? textOf(file));
}

/** A file's text; empty where the file does not exist. */
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "";
    throw error;
  }
}
