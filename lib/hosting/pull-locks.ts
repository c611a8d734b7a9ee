import { existsSync, readFileSync } from "node:fs";
import { replaceFile } from "../files/replace-file";
import { Http } from "../http/http";
import { redact } from "../base/redact";
import { parseAddress } from "../origins/address";
import { compareText } from "../origins/place";
import { type Lock, printLock, readLock } from "../sources/pulled/lock-text";
import { formatFinding, refuses } from "../origins/finding";
import { type ConfigPull, type HostingPlatform, type Pull, projectKey, sectionsOf } from "../sources/pulled/pull";
import { hostingAccount } from "./account";
import { previewAdvice, pullsPreviews } from "./advice";
import { Harvest, type LeftOut } from "./harvest";
import { HostingApi } from "./hosting-api";
import { HostingFailure } from "./hosting-failure";
import { type LockChange, lockChanges, sameLock } from "./lock-difference";
import { NetlifyApi } from "./netlify-api";
import { harvestNetlify } from "./netlify-hosts";
import { VercelApi } from "./vercel-api";
import { harvestVercel } from "./vercel-hosts";

/** What a project came to. */
export interface PulledProject {
  /** `vercel acme/storefront` */
  readonly project: string;
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly string[];
}

/** What a lock file came to. */
export interface PulledLock {
  /** The file, absolute. */
  readonly file: string;
  /** Whether the file did not say what the platforms say. */
  readonly stale: boolean;
  /** Why the old file could not be compared; absent where it could, or was not there. */
  readonly unreadable?: string;
  readonly changes: readonly LockChange[];
  readonly projects: readonly PulledProject[];
}

/** How the locks are pulled. */
export interface PullOptions {
  /** Where tokens come from. */
  readonly environment: NodeJS.ProcessEnv;
  /** @default requests as the machine's clock has it */
  readonly http?: Http;
  /** Only compares. @default false */
  readonly check?: boolean;
  /** The configurations whose hosts are evaluated and locked. @default none */
  readonly evaluations?: readonly ConfigPull[];
}

/**
 * Asks every project once, and writes what the lock files should say, each in one step; a file that says so already stays
 * untouched. Either all of them are written or, when a platform does not answer, none.
 *
 * @throws HostingFailure that names every project that could not be read
 */
export async function pullLocks(pulls: readonly Pull[], options: PullOptions): Promise<readonly PulledLock[]> {
  const { environment, http = new Http(), check = false, evaluations = [] } = options;
  const apis = apisOf(pulls, environment, http);
  const groups = [...groupBy(pulls, (pull) => `${pull.lock}\n${projectKey(pull)}`).values()];
  const configs = [...groupBy(evaluations, ({ lock, project }) => `${lock}\n${project}`).values()];
  const found = await allOrFailures([
    ...groups.map(async (group): Promise<Found> => {
      const harvested = await harvest(group, apis);
      return {
        lock: group[0].lock,
        project: projectKey(group[0]),
        harvest: harvested,
        notes: notesOf(group, harvested),
      };
    }),
    ...configs.map(evaluated),
  ]);
  const locks = [...groupBy(found, ({ lock }) => lock)].sort(([one], [other]) => compareText(one, other));
  const results = locks.map(([file, projects]) => comparison(file, projects));
  for (const { lock, text, after } of results) checkReadable(lock.file, text, after);
  if (!check) for (const { lock, text } of results) if (lock.stale) replaceFile(lock.file, text);
  return results.map(({ lock }) => lock);
}

interface Found {
  readonly lock: string;
  readonly project: string;
  readonly harvest: Harvest;
  readonly notes: readonly string[];
}

type Apis = ReadonlyMap<HostingPlatform, HostingApi>;

/** One for each platform: its requests wait together. */
function apisOf(pulls: readonly Pull[], environment: NodeJS.ProcessEnv, http: Http): Apis {
  const platforms = [...new Set(pulls.map(({ platform }) => platform))];
  return new Map(platforms.map((platform) => [platform, new HostingApi(http, hostingAccount(platform, environment))]));
}

function harvest(group: readonly [Pull, ...Pull[]], apis: Apis): Promise<Harvest> {
  const [{ platform, project, team }] = group;
  const api = apis.get(platform);
  if (api === undefined) throw new HostingFailure(`Nobody asks ${platform}`);
  if (platform === "netlify") return harvestNetlify(new NetlifyApi(api, project), group);
  return harvestVercel(new VercelApi(api, project, team), group);
}

interface Comparison {
  readonly lock: PulledLock;
  readonly text: string;
  readonly after: Lock;
}

/** What a file should say, and how that differs from what it says. */
function comparison(file: string, found: readonly Found[]): Comparison {
  const after: Lock = new Map(found.map(({ project, harvest: { project: locked } }) => [project, locked]));
  const old = existsSync(file) ? readLock(readFileSync(file, "utf8")) : undefined;
  const before: Lock = old?.ok === true ? old.lock : new Map();
  const [problem] = old?.ok === false ? old.problems : [];
  const lock = {
    file,
    stale: old?.ok !== true || !sameLock(before, after),
    ...(problem !== undefined && { unreadable: `line ${problem.line} ${problem.message}` }),
    changes: lockChanges(before, after),
    projects: found.map(pulledProject).sort((one, other) => compareText(one.project, other.project)),
  };
  return { lock, text: printLock(after), after };
}

/**
 * The next synthesis reads nothing else, so a lock that cannot be read back is not written.
 *
 * @throws HostingFailure that says what of it could not be read
 */
export function checkReadable(file: string, text: string, lock: Lock): void {
  const read = readLock(text);
  if (read.ok && sameLock(read.lock, lock)) return;
  const [problem] = read.ok ? [] : read.problems;
  const reason = problem === undefined ? "it would say something else" : `line ${problem.line} ${problem.message}`;
  throw new HostingFailure(
    `"${file}" was not written: what was pulled could not be read back (${reason}). Rename the project, or leave the entry out: leaveOut.`,
  );
}

function pulledProject({ project, notes, harvest: { leftOut } }: Found): PulledProject {
  return { project, leftOut, notes };
}

/** What there is to say of a platform's project. */
function notesOf(group: readonly Pull[], { notes, count, hasParent }: Harvest): readonly string[] {
  const empty = [...new Set(group.flatMap(sectionsOf))].filter((section) => count(section) === 0);
  const previews = group.find(pullsPreviews);
  const exact = previews === undefined ? 0 : sectionsOf(previews).reduce((sum, section) => sum + count(section), 0);
  const advice = previews === undefined || hasParent ? [] : previewAdvice(previews, exact);
  return [...notes, ...empty.map((section) => `there is no host for ${section}`), ...advice];
}

/** The hosts of a configuration, evaluated in each of its environments. A finding that refuses one of them stops the pull. */
async function evaluated([first, ...others]: [ConfigPull, ...ConfigPull[]]): Promise<Found> {
  const { lock, project } = first;
  const sections = new Map([first, ...others].map((pull) => [pull.section, pull]));
  const found = new Harvest([...sections.keys()]);
  const notes = new Set<string>();
  const refused = new Set<string>();
  for (const [section, pull] of sections) {
    const { addresses, findings } = pull.evaluate();
    for (const { value, place } of addresses) {
      const parsed = parseAddress(value);
      if (parsed.ok) found.addAddress(section, value);
      else {
        const about = { rule: "invalid-address", severity: "error", value: redact(value), place } as const;
        refused.add(formatFinding({ ...about, ...parsed.problem }));
      }
    }
    for (const finding of findings) (refuses(finding) ? refused : notes).add(formatFinding(finding));
    if (findings.length === 0 && addresses.length === 0) notes.add(`there is no host for ${section}`);
  }
  if (refused.size > 0) throw new HostingFailure([...refused].join("\n"));
  return Promise.resolve({ lock, project, harvest: found, notes: [...notes] });
}

/** What is wrong with several projects is told at once. */
async function allOrFailures<Result>(work: readonly Promise<Result>[]): Promise<readonly Result[]> {
  const settled = await Promise.allSettled(work);
  const messages = new Set<string>();
  for (const each of settled) {
    if (each.status === "fulfilled") continue;
    if (!(each.reason instanceof HostingFailure)) throw each.reason as Error;
    messages.add(each.reason.message);
  }
  if (messages.size > 0) throw new HostingFailure(...messages);
  return settled.flatMap((each) => (each.status === "fulfilled" ? each.value : []));
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, [Item, ...Item[]]> {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
