import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ConstantBackoff, handleWhenResult, retry } from "cockatiel";
import { errorCode } from "./error-code";
import { parseRecord } from "./json";
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
async function currentWorkspace(folder: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const named = environment["TF_WORKSPACE"] ?? "";
  if (named !== "") return named;
  const data = environment["TF_DATA_DIR"] ?? "";
  const selected = (await textOf(resolve(folder, data === "" ? ".terraform" : data, "environment"))).trim();
  return selected === "" ? "default" : selected;
}

/**
 * What the file of a local state holds; empty where there is none. Terraform writes the file in place, so that it may be
 * empty or half written for a moment while a run holds its lock: then it is read again.
 */
export function readLocalState(file: string): Promise<string> {
  const lock = join(dirname(file), `.${basename(file)}.lock.info`);
  const halfWritten = handleWhenResult((text) => text === undefined);
  return retry(halfWritten, { maxAttempts: 10, backoff: new ConstantBackoff(50) })
    .execute(async () => {
      const text = await textOf(file);
      return parseRecord(text) !== undefined || (await textOf(lock)) === "" ? text : undefined;
    })
    .then((text) => text ?? textOf(file));
}

/** A file's text; empty where there is no such file. */
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "";
    throw error;
  }
}
