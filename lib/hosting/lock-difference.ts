import { compareText } from "../origins/place";
import { type Lock, type LockedProject } from "../sources/pulled/lock-text";

/** A host that came to a section of a project, or went from it. */
export interface LockChange {
  readonly kind: "added" | "removed";
  readonly project: string;
  readonly section: string;
  readonly host: string;
}

/** What a lock has that another had not, and the other way round: by project, section and host. */
export function lockChanges(before: Lock, after: Lock): readonly LockChange[] {
  const [old, current] = [rowsOf(before), rowsOf(after)];
  const added = [...current].filter(([key]) => !old.has(key)).map(([, row]) => ({ kind: "added" as const, ...row }));
  const removed = [...old]
    .filter(([key]) => !current.has(key))
    .map(([, row]) => ({ kind: "removed" as const, ...row }));
  return [...added, ...removed].sort(
    (one, other) =>
      compareText(one.project, other.project) ||
      compareText(one.section, other.section) ||
      compareText(one.host, other.host),
  );
}

/** Whether two locks say the same, however they are laid out. */
export function sameLock(one: Lock, other: Lock): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

type Row = Omit<LockChange, "kind">;

function rowsOf(lock: Lock): ReadonlyMap<string, Row> {
  const rows = [...lock].flatMap(([project, { hosts }]) =>
    [...hosts].flatMap(([host, { sections }]) => sections.map((section) => ({ project, section, host }))),
  );
  return new Map(rows.map((row) => [JSON.stringify([row.project, row.section, row.host]), row]));
}

function plain(lock: Lock): unknown {
  return [...lock].map(([key, project]) => [key, plainProject(project)] as const).sort(byKey);
}

function plainProject({ pulled, hosts }: LockedProject): unknown {
  return [
    [...pulled].sort(compareText),
    [...hosts].map(([host, { sections }]) => [host, [...sections].sort(compareText)] as const).sort(byKey),
  ];
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return compareText(one, other);
}
