import { createHash } from "node:crypto";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { type Fields, flag, listOf, nonEmpty, object } from "../../base/shape";
import { checkGiven } from "../../base/shape-check";
import { type Finding } from "../../origins/finding";
import { type EnvironmentKind } from "../../origins/rule";
import {
  type AddressSource,
  projectKey,
  type Pull,
  lockSections,
  type SourceContext,
  type SourceReading,
} from "../address-source";
import { callOf, real, toPosix } from "../call-site";
import { readTextFile } from "../formats/text-file";
import { leavingOut, sourceFields, type SourceOptions } from "../leave-out";
import { type LockedProject, type LockProblem, readLock } from "./lock-text";

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
  return { ...lockFile(pull.lock, projectKey(pull), ...lockSections(pull)), pulls: pull };
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
  merge: "take either side, then run `npx origins pull` again: it writes the current hosts",
  version: "install the release that wrote it, or let this one write it: `npx origins pull`",
  edit: `do not edit this file: ${pullIt}`,
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

/** The options of a source that may be read from the lock file. */
interface PulledOptions {
  readonly pulled?: boolean;
  readonly lock?: string;
}

/** What those options must be. */
export const pulledFields: Fields<PulledOptions> = { pulled: flag, lock: lockPath };

/** The environment that a configuration is evaluated in, as far as it decides the hosts. */
interface EvaluatedIn {
  readonly mode?: string;
  readonly recursive?: boolean;
  readonly envFiles?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** What a source that evaluates a configuration is told, as far as its hosts depend on it. */
interface LockedConfig {
  /** The call as the lock file names it: `nextConfig`. */
  readonly call: string;
  /** The file or the folder, as it was written. */
  readonly path: string;
  readonly lock?: string | undefined;
  readonly evaluate?: boolean | EvaluatedIn | undefined;
  /** What of the configuration is read, where that is not the usual. */
  readonly selected?: readonly string[];
  /** The entries that are left out, each with the reason. */
  readonly leaveOut?: Readonly<Record<string, string>> | undefined;
}

/** A source that reads from the lock file what `origins pull` has evaluated, and that evaluates nothing itself. */
export function lockedConfig(config: LockedConfig, evaluated: AddressSource): AddressSource {
  const { call, path, lock = usualLockFile } = config;
  const projectOf = (root: string): string => `${call} ${pathFromLock(root, lock, path)}`;
  const partOf = ({ root, kind }: SourceContext): string =>
    sectionOf(config, kind, (file) => pathFromLock(root, lock, file));
  return {
    read: (context) => lockFile(lock, projectOf(context.root), partOf(context)).read(context),
    evaluation: (context) => ({
      project: projectOf(context.root),
      section: partOf(context),
      lock: resolve(context.root, lock),
      evaluate: () => evaluated.read(context),
    }),
  };
}

/**
 * A path from the folder of the lock file. Environments whose roots differ may share a lock, and what one calls `web` is not what the
 * other one does. Where the lock is in the root, it is the path as it is written.
 */
function pathFromLock(root: string, lock: string, path: string): string {
  const base = real(root);
  const folder = isAbsolute(lock) ? real(dirname(lock)) : dirname(resolve(base, lock));
  const way = relative(folder, isAbsolute(path) ? real(path) : resolve(base, path));
  return way === "" ? "." : toPosix(way);
}

/** What the hosts depend on besides the files: two environments that are told the same share a section. */
function sectionOf(
  { evaluate, selected = [], leaveOut = {} }: LockedConfig,
  kind: EnvironmentKind,
  shown: (file: string) => string,
): string {
  const { mode, recursive, envFiles, variables } = typeof evaluate === "object" ? evaluate : {};
  const without = Object.keys(leaveOut).sort();
  const parts = [
    kind,
    ...(mode === undefined ? [] : [`mode ${mode}`]),
    ...(recursive === true ? ["recursive"] : []),
    ...(envFiles === undefined ? [] : [`files ${envFiles.map(shown).join(" ")}`]),
    ...(variables === undefined ? [] : [`variables ${Object.keys(variables).sort().join(" ")} ${digest(variables)}`]),
    ...(selected.length === 0 ? [] : [`of ${selected.join(" ")}`]),
    ...(without.length === 0 ? [] : [`without ${without.join(" ")}`]),
  ];
  return parts.join(", ");
}

/** The values may be secrets, and the lock file is committed. */
function digest(variables: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(variables).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 8);
}
