import { type Finding } from "../../origins/finding";
import { type WrittenAddress } from "../../origins/place";

/** A platform that `origins pull` can ask. */
export type HostingPlatform = "vercel" | "netlify";

/** Which pages of a project are meant: those of an environment, or those of one Git branch. */
export type PullTarget = { readonly environment: string } | { readonly branch: string };

/** What `origins pull` asks a platform for, and the lock file that it writes the answer to. */
export interface Pull {
  readonly platform: HostingPlatform;
  /** The project's name or id, as it was written. */
  readonly project: string;
  /** The name or id of the team that owns it. @default the account of the token */
  readonly team?: string;
  readonly target: PullTarget;
  /** Also the hosts of so many single deployments, the newest first. @default none */
  readonly newest?: number;
  /** The lock file, relative to the environment's root; from `NextEnvironment` it is absolute. */
  readonly lock: string;
}

/** A configuration that `origins pull` evaluates, and the lock file that it writes the hosts to. */
export interface ConfigPull {
  /** What the lock file calls the configuration: `nextConfig apps/shop`. */
  readonly project: string;
  /** What the lock file calls the environment that it is evaluated in: `production`, `staging, mode staging`. */
  readonly section: string;
  /** The lock file, absolute. */
  readonly lock: string;
  /** Evaluates the configuration. */
  evaluate(): { readonly addresses: readonly WrittenAddress[]; readonly findings: readonly Finding[] };
}

/** What the lock file calls the project: `vercel acme/storefront`. */
export function projectKey({ platform, team, project }: Pick<Pull, "platform" | "team" | "project">): string {
  return `${platform} ${team === undefined ? "" : `${team}/`}${project}`;
}

/** What the lock file calls the pages of the target: `production`, `branch staging`. */
export function targetSection(target: PullTarget): string {
  return "branch" in target ? `branch ${target.branch}` : target.environment;
}

/** What the lock file calls single deployments of the target: `newest 20 of preview`. */
export function deploymentsSection(target: PullTarget, newest: number): string {
  return `newest ${newest} of ${targetSection(target)}`;
}

/** The sections of the project that the pull fills. */
export function sectionsOf({ target, newest }: Pick<Pull, "target" | "newest">): readonly string[] {
  return [targetSection(target), ...(newest === undefined ? [] : [deploymentsSection(target, newest)])];
}
