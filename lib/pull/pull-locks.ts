import { existsSync, readFileSync } from "node:fs";
import { replaceFile } from "../base/files";
import { Http } from "../base/http";
import { parsedAddress } from "../origins/address";
import { compareText, formatFinding, isInvalid, refuses } from "../origins/finding";
import { refusedAddress, refusedBySource } from "../origins/rules";
import {
  type ConfigPull,
  type HostingPlatform,
  projectKey,
  type Pull,
  lockSections,
  targetSection,
} from "../sources/address-source";
import { type Lock, type LockedProject, printLock, readLock } from "../sources/lock/lock-text";
import { PulledHosts, type HostingAccount, HostingApi, HostingFailure, type LeftOut } from "./hosting-api";
import { pullNetlify, NetlifyApi } from "./netlify";
import { pullVercel, VercelApi } from "./vercel";

interface Variables {
  readonly token: string;
  readonly api: string;
  readonly usualApi: string;
  readonly whereTokensAreMade: string;
}

const variables: Readonly<Record<HostingPlatform, Variables>> = {
  vercel: {
    token: "VERCEL_TOKEN",
    api: "VERCEL_API_URL",
    usualApi: "https://api.vercel.com",
    whereTokensAreMade: "https://vercel.com/account/settings/tokens, with the team or the project as its scope",
  },
  netlify: {
    token: "NETLIFY_AUTH_TOKEN",
    api: "NETLIFY_API_URL",
    usualApi: "https://api.netlify.com/api/v1",
    whereTokensAreMade: "https://app.netlify.com/user/applications, as a personal access token",
  },
};

/**
 * The account that a platform is asked as: `VERCEL_TOKEN` or `NETLIFY_AUTH_TOKEN`, from the environment alone.
 * `VERCEL_API_URL` and `NETLIFY_API_URL` name another host, such as a company's gateway.
 *
 * @throws HostingFailure if the token is missing or would be sent unencrypted
 */
function hostingAccount(platform: HostingPlatform, environment: NodeJS.ProcessEnv): HostingAccount {
  const { usualApi, whereTokensAreMade, ...names } = variables[platform];
  const token = environment[names.token]?.trim() ?? "";
  if (token === "")
    throw new HostingFailure(`${names.token} is not set: create a token at ${whereTokensAreMade}, and export it`);
  // Node's own complaint about such a header would quote it.
  if (!/^[!-~]+$/.test(token))
    throw new HostingFailure(`${names.token} holds white space or other characters that no token has: copy it again`);
  const api = environment[names.api]?.trim().replace(/\/+$/, "") ?? "";
  if (api === "") return { api: usualApi, token };
  if (!URL.canParse(api) || !isSafe(new URL(api)))
    throw new HostingFailure(`${names.api} is not a safe address for a token: expected one that begins with https://`);
  return { api, token };
}

function isSafe({ protocol, hostname, username, password }: URL): boolean {
  const isOwnMachine = ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
  return (protocol === "https:" || (protocol === "http:" && isOwnMachine)) && username === "" && password === "";
}

const previews = ["preview", "deploy-preview", "branch-deploy"];

/** Whether the pages of previews are pulled, which come and go with every branch. */
function pullsPreviews({ target, newest }: Pull): boolean {
  return newest !== undefined || ("environment" in target && previews.includes(target.environment));
}

/**
 * What to do about previews, the least work first; none where one entry admits them all already.
 *
 * @param found how many hosts were pulled
 */
function previewAdvice(pull: Pull, found: number): readonly string[] {
  const isVercel = pull.platform === "vercel";
  const parent = isVercel
    ? "your own parent domain (Preview Deployment Suffix, or aliases that the pipeline sets)"
    : "your own parent domain (Domain management, automatic deploy subdomains)";
  const team = pull.team === undefined ? "" : `team: "${pull.team}", `;
  const branch = `${isVercel ? "vercelProject" : "netlifySite"}("${pull.project}", { ${team}branch: "staging" })`;
  const shared = isVercel ? "vercel.app" : "netlify.app";
  return [
    `the hosts of previews come and go; the least work first (docs/previews.md):`,
    `1. ${parent}: one entry admits every preview`,
    `2. one stable host for what has to be tried with the Messenger: ${branch}`,
    `3. exact hosts, as pulled here for ${targetSection(pull.target)} (${found}): each pull adds and drops some`,
    `never ${shared} itself: it would admit every site there`,
  ];
}

/** A host that came to a section of a project, or went from it. */
export interface LockChange {
  readonly kind: "added" | "removed";
  readonly project: string;
  readonly section: string;
  readonly host: string;
}

/** What a lock has that another had not, and the other way round: by project, section and host. */
function lockChanges(before: Lock, after: Lock): readonly LockChange[] {
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
function sameLock(one: Lock, other: Lock): boolean {
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
interface PullOptions {
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
      const pulled = await pullProject(group, apis);
      return {
        lock: group[0].lock,
        project: projectKey(group[0]),
        hosts: pulled,
        notes: notesOf(group, pulled),
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
  readonly hosts: PulledHosts;
  readonly notes: readonly string[];
}

type Apis = ReadonlyMap<HostingPlatform, HostingApi>;

/** One for each platform: its requests wait together. */
function apisOf(pulls: readonly Pull[], environment: NodeJS.ProcessEnv, http: Http): Apis {
  const platforms = [...new Set(pulls.map(({ platform }) => platform))];
  return new Map(platforms.map((platform) => [platform, new HostingApi(http, hostingAccount(platform, environment))]));
}

function pullProject(group: readonly [Pull, ...Pull[]], apis: Apis): Promise<PulledHosts> {
  const [{ platform, project, team }] = group;
  const api = apis.get(platform);
  if (api === undefined) throw new HostingFailure(`No client for ${platform}`);
  if (platform === "netlify") return pullNetlify(new NetlifyApi(api, project), group);
  return pullVercel(new VercelApi(api, project, team), group);
}

interface Comparison {
  readonly lock: PulledLock;
  readonly text: string;
  readonly after: Lock;
}

/** What a file should say, and how that differs from what it says. */
function comparison(file: string, found: readonly Found[]): Comparison {
  const after: Lock = new Map(found.map(({ project, hosts: { project: locked } }) => [project, locked]));
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
  const reason = problem === undefined ? "its content would differ" : `line ${problem.line} ${problem.message}`;
  throw new HostingFailure(
    `"${file}" was not written: what was pulled could not be read back (${reason}). Rename the project, or leave the entry out: leaveOut.`,
  );
}

function pulledProject({ project, notes, hosts: { leftOut } }: Found): PulledProject {
  return { project, leftOut, notes };
}

/** What there is to say of a platform's project. */
function notesOf(group: readonly Pull[], { notes, count, hasParent }: PulledHosts): readonly string[] {
  const empty = [...new Set(group.flatMap(lockSections))].filter((section) => count(section) === 0);
  const previews = group.find(pullsPreviews);
  const exact = previews === undefined ? 0 : lockSections(previews).reduce((sum, section) => sum + count(section), 0);
  const advice = previews === undefined || hasParent ? [] : previewAdvice(previews, exact);
  return [...notes, ...empty.map((section) => `there is no host for ${section}`), ...advice];
}

/** The hosts of a configuration, evaluated in each of its environments. A finding that refuses one of them stops the pull. */
async function evaluated([first, ...others]: [ConfigPull, ...ConfigPull[]]): Promise<Found> {
  const { lock, project } = first;
  const sections = new Map([first, ...others].map((pull) => [pull.section, pull]));
  const found = new PulledHosts([...sections.keys()]);
  const notes = new Set<string>();
  const refused = new Set<string>();
  for (const [section, pull] of sections) {
    const { addresses, findings } = pull.evaluate();
    for (const address of addresses) {
      if (isInvalid(address)) {
        refused.add(formatFinding(refusedBySource(address)));
        continue;
      }
      const parsed = parsedAddress(address);
      if (parsed.ok) found.addAddress(section, address.value);
      else refused.add(formatFinding(refusedAddress(address.value, address.place, parsed.problem)));
    }
    for (const finding of findings) (refuses(finding) ? refused : notes).add(formatFinding(finding));
    if (findings.length === 0 && addresses.length === 0) notes.add(`there is no host for ${section}`);
  }
  if (refused.size > 0) throw new HostingFailure([...refused].join("\n"));
  return Promise.resolve({ lock, project, hosts: found, notes: [...notes] });
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
