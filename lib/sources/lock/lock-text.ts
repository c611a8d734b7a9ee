import { type Address, parseAddress } from "../../origins/address";
import { compareText } from "../../origins/finding";
import { parseJson } from "../formats/json-text";
import { type LinedTable, type LinedValue, lineIndex, tableAt, entryAt } from "../formats/lined-value";

/** What a lock file holds, by project: `vercel acme/storefront`. */
export type Lock = ReadonlyMap<string, LockedProject>;

/** What was pulled of one project. */
export interface LockedProject {
  /** The sections that were pulled, also those that came to nothing: `production`, `branch staging`. */
  readonly pulled: readonly string[];
  /** Page addresses, a host or `*.host`, and where each stands. */
  readonly hosts: ReadonlyMap<string, LockedHost>;
}

/** A page address of a project. */
interface LockedHost {
  /** The sections that it is part of; at least one. */
  readonly sections: readonly string[];
  /** Its line in the lock file; none before it was written. */
  readonly line?: number;
}

/** A lock that was understood, or what is wrong with its text: everything at once. */
type ReadLock =
  { readonly ok: true; readonly lock: Lock } | { readonly ok: false; readonly problems: readonly LockProblem[] };

/** One mistake in a lock file. */
export interface LockProblem {
  readonly line: number;
  /** What is wrong, to be read after the file's name in quotes. */
  readonly message: string;
  /** What made it: two branches, another release, or an edit by hand. */
  readonly cause: "merge" | "version" | "edit";
}

const version = "1";
const about = "Written by `npx origins pull`. Commit it, review it, do not edit it.";

/** The last key of a project: a new host is one new line. The host of that name cannot be locked. */
const pulledKey = "pulled";

/**
 * The text of a lock: sorted, a host a line, and nothing in it that changes without a host, so that its difference in a pull
 * request reads as hosts that came and hosts that went.
 */
export function printLock(lock: Lock): string {
  const projects = [...lock].sort(([one], [other]) => compareText(one, other)).map(printProject);
  const body = projects.length === 0 ? "{}" : `{\n${projects.join(",\n")}\n  }`;
  return `{\n  "about": ${quote(about)},\n  "version": ${version},\n  "projects": ${body}\n}\n`;
}

function printProject([key, { hosts, pulled }]: readonly [string, LockedProject]): string {
  const rows = [...hosts].sort(([one], [other]) => compareText(one, other));
  const lines = [...rows.map(([host, { sections }]) => [host, sections] as const), [pulledKey, pulled] as const];
  const text = lines.map(([name, sections]) => `      ${quote(name)}: [${sorted(sections).map(quote).join(", ")}]`);
  return `    ${quote(key)}: {\n${text.join(",\n")}\n    }`;
}

/** Reads the text of a lock file, and believes none of it: it is merged by git, and edited by people all the same. */
export function readLock(text: string): ReadLock {
  const lineAt = lineIndex(text);
  const conflict = /^(?:<{7}|={7}|>{7}|\|{7})/m.exec(text);
  if (conflict !== null) return refused(lineAt(conflict.index), "contains merge conflict markers", "merge");
  const parsed = parseJson(text, "JSON");
  if (!parsed.ok) return refused(parsed.line, `is not valid JSON: ${parsed.message}`);
  const found = entryAt(parsed.value, "version");
  if (found?.kind === "literal" && /^\d+$/.test(found.text) && found.text !== version)
    return refused(found.line, `has version ${found.text}, but this release reads version ${version}`, "version");
  const twice = firstRepetition(text);
  if (twice !== undefined) return refused(lineAt(twice.position), `has "${twice.key}" twice`);
  return readTables(parsed.value, found);
}

function readTables(root: LinedValue, found: LinedValue | undefined): ReadLock {
  const problems: LockProblem[] = [];
  const report: Report = (line, message) => problems.push({ line, message, cause: "edit" });
  const projects = tableAt(root, "projects");
  if (found?.kind !== "literal") report(root.line, `has no "version", such as ${version}`);
  if (projects === undefined) report(root.line, 'has no "projects"');
  for (const [name, { line }] of root.kind === "table" ? root.entries : [])
    if (!["about", "version", "projects"].includes(name)) report(line, `has an unknown "${name}"`);
  const lock = new Map<string, LockedProject>();
  for (const [key, value] of projects?.entries ?? []) {
    if (value.kind !== "table") report(value.line, `has no hosts in "${key}"`);
    else lock.set(key, readProject(key, value, report));
  }
  return problems.length === 0 ? { ok: true, lock } : { ok: false, problems };
}

type Report = (line: number, message: string) => void;

function readProject(key: string, { entries, line }: LinedTable, report: Report): LockedProject {
  const pulled = textsIn(entries.get(pulledKey));
  if (pulled === undefined) report(line, `has no "${pulledKey}" in "${key}"`);
  const hosts = new Map<string, LockedHost>();
  for (const [host, value] of entries) {
    if (host === pulledKey) continue;
    const sections = textsIn(value);
    const stranger = sections?.find((section) => pulled?.includes(section) === false);
    if (!isLockable(host)) report(value.line, `has "${host}", which is not a bare host`);
    else if (sections === undefined || sections.length === 0) report(value.line, `has no section for "${host}"`);
    else if (stranger !== undefined)
      report(value.line, `has "${host}" in "${stranger}", which is missing from "${pulledKey}"`);
    else hosts.set(host, { sections, line: value.line });
  }
  return { pulled: pulled ?? [], hosts };
}

/** What may stand in a lock: a host exactly as it is compared, with `*.` or `http://` before it for the rules to judge. */
export function isLockable(text: string): boolean {
  const parsed = parseAddress(text);
  return parsed.ok && text !== pulledKey && text === lockedText(parsed.address);
}

/** An address as a lock holds it. */
export function lockedText({ scheme, wildcard, host }: Pick<Address, "scheme" | "wildcard" | "host">): string {
  return `${scheme === "http" ? "http://" : ""}${wildcard ? "*." : ""}${host}`;
}

function textsIn(value: LinedValue | undefined): readonly string[] | undefined {
  if (value?.kind !== "list" || !value.items.every(({ kind }) => kind === "text")) return undefined;
  return value.items.flatMap((item) => (item.kind === "text" ? item.text : []));
}

/** JSON lets the last of two equal keys win; here that would be half of a merge. */
function firstRepetition(text: string): { readonly key: string; readonly position: number } | undefined {
  const tables = new Set<string>();
  const rows = new Set<string>();
  // Every text is matched to its end, so that what stands in one is not taken for a key.
  for (const { 1: key = "", 2: colon, 3: opens, index } of text.matchAll(/"((?:[^"\\]|\\.)*)"(?:\s*(:)\s*(\{)?)?/g)) {
    if (colon === undefined) continue;
    if (opens !== undefined) rows.clear();
    const seen = opens === undefined ? rows : tables;
    if (seen.has(key)) return { key, position: index };
    seen.add(key);
  }
  return undefined;
}

function refused(line: number, message: string, cause: LockProblem["cause"] = "edit"): ReadLock {
  return { ok: false, problems: [{ line, message, cause }] };
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...texts].sort(compareText);
}

function quote(text: string): string {
  return JSON.stringify(text);
}
