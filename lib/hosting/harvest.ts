import { parseAddress } from "../origins/address";
import { compareText } from "../origins/place";
import { isLockable, lockedText, type LockedProject } from "../sources/pulled/lock-text";

/** A host that a platform has, and that stays out of the lock. */
export interface LeftOut {
  readonly host: string;
  /** Why, and what to do about it where it is a mistake; to be read after the host. */
  readonly reason: string;
}

/** What was found of one project. Hosts may come in any order, and more than once. */
export class Harvest {
  private readonly sections = new Map<string, Set<string>>();
  private readonly reasons = new Map<string, string>();
  /** What to tell about the project as a whole. */
  readonly notes = new Set<string>();

  private isBelowOneHost = false;

  constructor(private readonly pulled: readonly string[]) {}

  /** A page address as the platform writes it: a host, or `*.host`; a scheme does not matter. */
  add(section: string, written: string): void {
    this.addLockable(section, written, lockable(written));
  }

  /** A page address as a configuration has it: that it is served over plain HTTP is for the rules to judge. */
  addAddress(section: string, written: string): void {
    const parsed = parseAddress(written);
    const text = parsed.ok ? lockedText(parsed.address) : undefined;
    this.addLockable(section, written, text !== undefined && isLockable(text) ? text : undefined);
  }

  private addLockable(section: string, written: string, host: string | undefined): void {
    if (host === undefined) {
      this.leaveOut(written, "is no host that a lock file can hold");
      return;
    }
    const found = this.sections.get(host) ?? new Set();
    this.sections.set(host, found.add(section));
  }

  /** The one host that all previews are below: its entry admits them all. */
  addParent(section: string, host: string): void {
    this.add(section, host);
    this.isBelowOneHost = true;
    this.notes.add(`${section} hosts live under ${host}: the one entry admits them all`);
  }

  /** Whether one entry admits the previews that are pulled. */
  get hasParent(): boolean {
    return this.isBelowOneHost;
  }

  leaveOut(written: string, reason: string): void {
    this.reasons.set(lockable(written) ?? written, reason);
  }

  /** Those that no section has. */
  get leftOut(): readonly LeftOut[] {
    return [...this.reasons]
      .filter(([host]) => !this.sections.has(host))
      .map(([host, reason]) => ({ host, reason }))
      .sort((one, other) => compareText(one.host, other.host));
  }

  /** How many hosts a section has. */
  readonly count = (section: string): number =>
    [...this.sections.values()].filter((sections) => sections.has(section)).length;

  get project(): LockedProject {
    const hosts = [...this.sections].map(
      ([host, sections]) => [host, { sections: [...sections].sort(compareText) }] as const,
    );
    return { pulled: [...new Set(this.pulled)].sort(compareText), hosts: new Map(hosts) };
  }
}

function lockable(written: string): string | undefined {
  const parsed = parseAddress(written);
  if (!parsed.ok) return undefined;
  const { host, wildcard } = parsed.address;
  const text = lockedText({ host, wildcard });
  return isLockable(text) ? text : undefined;
}
