import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { replaceFile } from "../base/files";
import { pasted } from "./binary";
import { parseRecord } from "../base/json";

/** Where Terraform and OpenTofu leave the state, in the stack's folder, that an apply could not save where it belongs. */
const leftBehind = "errored.tfstate";

/**
 * The file with the state that an apply could not save; undefined where every state was saved. It may be torn: then the disk was full, and
 * no other copy of it is known.
 */
export function unsavedState(folder: string): string | undefined {
  const left = join(folder, leftBehind);
  return [left, ...elsewhere(folder).filter(isOurs)].find(isWhole) ?? (existsSync(left) ? left : undefined);
}

/**
 * Keeps the state that Terraform has printed because it could not write it to the stack's folder either: the disk is full.
 *
 * @param printed what the apply printed
 */
export function keepPrintedState(folder: string, printed: string): void {
  const left = join(folder, leftBehind);
  if (!existsSync(left) || isWhole(left)) return;
  const state = /^\{\n[^]*?\n\}$/m.exec(printed)?.[0] ?? "";
  if (!isState(state)) return;
  for (const file of [left, ...elsewhere(folder)]) {
    try {
      replaceFile(file, `${state}\n`, { mode: 0o600 });
      return;
    } catch {
      // No space there either, or no permission to write.
    }
  }
}

/** What is known of a state that is to be saved. */
interface SavingOptions {
  /** Such as `terraform`. */
  readonly program: string;
  /** Where it belongs, if that is a file: copied there, it takes the place of what a full disk may have torn. */
  readonly stateFile?: string | undefined;
  /** Whether the disk is full. */
  readonly isFull: boolean;
}

/** The rest of the way, for a person: each step works as it stands. */
export function stepsToSave(file: string, folder: string, { program, stateFile, isFull }: SavingOptions): string {
  if (existsSync(file) && !isWhole(file)) {
    return (
      `"${file}" is not complete, because the disk is full. Before anything else is deployed: make room on the disk, remove the file, then run ` +
      "origins audit, which names what exists and how Terraform takes it over."
    );
  }
  const left = join(folder, leftBehind);
  const name = file === left ? leftBehind : `"${file}"`;
  const save =
    stateFile === undefined
      ? `${pasted(program)} -chdir="${folder}" state push ${name}`
      : `cp "${file}" "${stateFile}"`;
  const files = [...new Set([file, ...(existsSync(left) ? [left] : [])])].map((each) => `"${each}"`);
  return `Before anything else is deployed: ${isFull ? "make room on the disk, run " : ""}${save}, then remove the file: rm ${files.join(" ")}`;
}

/** Whether Terraform's message says that the disk is full. */
export function isFullDisk(words: string): boolean {
  return /no space left on device|disk quota exceeded|file too large|not enough space on the disk/i.test(words);
}

/** On disks that may have room: the same file for every run of the stack, so that the next one finds it. */
function elsewhere(folder: string): readonly string[] {
  const name = `unsaved-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}.tfstate`;
  return [tmpdir(), homedir()].map((each) => join(each, name));
}

/** Anyone may put a file into the temporary folder. */
function isOurs(file: string): boolean {
  const uid = process.getuid?.();
  return uid === undefined || lstatSync(file, { throwIfNoEntry: false })?.uid === uid;
}

function isWhole(file: string): boolean {
  return existsSync(file) && isState(readFileSync(file, "utf8"));
}

function isState(text: string): boolean {
  return parseRecord(text)?.["version"] !== undefined;
}
