import { listOf, nonEmpty, object } from "../../base/shape";
import { checkGiven } from "../../base/shape-check";
import { type Finding } from "../../origins/finding";
import { type AddressSource, type SourceReading } from "../address-source";
import { callOf } from "../call-check";
import { leavingOut, sourceFields, type SourceOptions } from "../leave-out";
import { type LockedProject, type LockProblem, readLock } from "./lock-text";
import { type Pull, projectKey, sectionsOf } from "./pull";
import { readTextFile } from "../formats/text-file";

/** The lock file, unless a source names another one. */
export const usualLockFile = "origins.lock.json";

/**
 * Page addresses in a lock file that `npx origins pull` wrote: what synthesis reads instead of asking a platform, so that it is
 * offline and the same on every machine. `vercelProject` and `netlifySite` read theirs by themselves; written out, `lockFile`
 * reads a lock that another repository pulls, and `origins pull` leaves that one alone.
 *
 * @param path the lock file
 * @param project what the file calls the project, such as `vercel acme/storefront`
 * @param sections what of the project, such as `production`, `branch staging`, `newest 20 of preview`; options may come last
 * @throws when an argument is of the wrong form; all such mistakes at once
 * @example lockFile("vendor/shop/origins.lock.json", "vercel acme/storefront", "production")
 */
export function lockFile(path: string, project: string, ...sections: LockFileRest): AddressSource {
  const { sections: named, options } = split(sections);
  checkGiven(callOf("lockFile", path), [
    ["path", lockPath, path],
    ["project", nonEmpty('a project of the file, such as "vercel acme/storefront"'), project],
    ["sections", listOf(nonEmpty('a part of the project, such as "production"'), { min: 1 }), named],
    ["options", optionsShape, options],
  ]);
  const part = { path, project, sections: named.filter((section) => typeof section === "string") };
  return leavingOut(options.leaveOut, { read: ({ root }) => readHosts(root, part) });
}

/** The path of a lock file. */
export const lockPath = nonEmpty(`a file, such as "${usualLockFile}"`);

const optionsShape = object<SourceOptions>(sourceFields);

/** The sections, and perhaps options at the end. */
type LockFileRest = readonly string[] | readonly [section: string, ...sections: string[], options: SourceOptions];

function split(rest: LockFileRest): {
  readonly sections: readonly (string | SourceOptions)[];
  readonly options: SourceOptions;
} {
  const last = rest.at(-1);
  if (rest.length < 2 || !isOptions(last)) return { sections: rest, options: {} };
  return { sections: rest.slice(0, -1), options: last };
}

function isOptions(value: unknown): value is SourceOptions {
  return Object.prototype.toString.call(value) === "[object Object]";
}

/** A source that reads its part of a lock file, and tells `origins pull` what to write there. */
export function lockedSource(pull: Pull): AddressSource {
  return { ...lockFile(pull.lock, projectKey(pull), ...sectionsOf(pull)), pulls: pull };
}

interface Part {
  readonly path: string;
  readonly project: string;
  readonly sections: readonly string[];
}

const pullIt = "run `npx origins pull`, and commit the file";

function readHosts(root: string, { path, project, sections }: Part): SourceReading {
  const read = readTextFile(root, path);
  const { file } = read;
  if (!read.ok) return nothing({ ...read.finding, ...(read.missing && { remedy: pullIt }) });
  const understood = readLock(read.text);
  if (!understood.ok) return nothing(...understood.problems.map((problem) => invalid(file, problem)));
  const locked = understood.lock.get(project);
  if (locked === undefined) return nothing(notLocked(file, project, `"${project}" is not in ${file}`));
  const missing = sections.filter((section) => !locked.pulled.includes(section));
  const addresses = addressesOf(file, project, sections, locked);
  const findings = missing.map((section) => notLocked(file, section, `"${section}" of ${project} is not in ${file}`));
  if (addresses.length === 0 && findings.length === 0) findings.push(empty(file, project, sections));
  return { addresses, findings };
}

function addressesOf(
  file: string,
  project: string,
  sections: readonly string[],
  { hosts }: LockedProject,
): SourceReading["addresses"] {
  return [...hosts]
    .filter(([, locked]) => locked.sections.some((section) => sections.includes(section)))
    .map(([value, { line }]) => ({ value, place: { file, ...(line !== undefined && { line }), key: project } }));
}

const remedies: Readonly<Record<LockProblem["cause"], string>> = {
  merge: "take either side, then run `npx origins pull` again: it writes what is true",
  version: "install the release that wrote it, or let this one write it: `npx origins pull`",
  edit: `nobody needs to edit this file: ${pullIt}`,
};

function invalid(file: string, { line, message, cause }: LockProblem): Finding {
  return {
    rule: "invalid-lock",
    severity: "error",
    value: file,
    place: { file, line },
    message: `"${file}" ${message}`,
    remedy: remedies[cause],
  };
}

function notLocked(file: string, value: string, message: string): Finding {
  return { rule: "not-locked", severity: "error", value, place: { file }, message, remedy: pullIt };
}

function empty(file: string, project: string, sections: readonly string[]): Finding {
  const what = sections.join(" and ");
  return {
    rule: "nothing-locked",
    severity: "warning",
    value: project,
    place: { file },
    message: `"${project}" had no host for ${what} when ${file} was pulled`,
    remedy: "see what `npx origins pull` left out and why, or leave out the source",
  };
}

function nothing(...findings: readonly Finding[]): SourceReading {
  return { addresses: [], findings };
}
