import { type Finding, type InvalidAddress, type WrittenAddress } from "../origins/finding";
import { type EnvironmentKind } from "../origins/rule";

/**
 * Page addresses that only Terraform knows, when it runs: another resource's attribute. `terraformValue` makes them. Their value,
 * for the readers of a report, is what they are called, not what they are.
 */
export interface LateAddress extends WrittenAddress {
  /** What a core makes a Terraform expression of; this folder does not look into it. */
  readonly expression: unknown;
}

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
  evaluate(): Pick<SourceReading, "addresses" | "findings">;
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
export function lockSections({ target, newest }: Pick<Pull, "target" | "newest">): readonly string[] {
  return [targetSection(target), ...(newest === undefined ? [] : [deploymentsSection(target, newest)])];
}

/** What a source is told when it is read. */
export interface SourceContext {
  /** The absolute folder that relative paths start from. */
  readonly root: string;
  /** What the environment is for, for a source that holds addresses of several kinds. */
  readonly kind: EnvironmentKind;
}

/** What a source holds: the addresses, each with the place where it was written, and what went wrong on the way. */
export interface SourceReading {
  readonly addresses: readonly (WrittenAddress | InvalidAddress)[];
  /** A finding of severity `error` stops synthesis, one of severity `warning` is shown. */
  readonly findings: readonly Finding[];
  /**
   * The addresses that only Terraform knows; `terraformValue` makes them.
   * @default none
   */
  readonly late?: readonly LateAddress[];
}

/**
 * A place where a team keeps page addresses. `envFile` and `nextConfig` are sources; a team adds its own platform by
 * writing another one. Reading is synchronous, offline and the same on every machine: what comes from a network is
 * pulled into a committed file first. Nothing is judged here: the rules of the environment do that afterwards.
 *
 * @example
 * ```ts
 * // The hosts of a Caddyfile: "shop.example.com, www.example.com {"
 * const caddyfile = (file: string): AddressSource => ({
 *   read: ({ root }) => ({
 *     addresses: readFileSync(join(root, file), "utf8")
 *       .split("\n")
 *       .flatMap((text, index) => (/^(\S.*)\{$/.exec(text)?.[1] ?? "").split(",").map((host) => ({ host, index })))
 *       .filter(({ host }) => host.trim() !== "")
 *       .map(({ host, index }) => ({ value: host.trim(), place: { file, line: index + 1 } })),
 *     findings: [],
 *   }),
 * });
 * nextEnvironment("production", { kind: "production", addresses: [caddyfile("deploy/Caddyfile")] });
 * ```
 */
export interface AddressSource {
  /**
   * Reads the source. A mistake in what is read is a finding, not an exception, so that all mistakes of an environment
   * are reported at once; what is thrown all the same becomes the finding `source-failed`.
   */
  read(context: SourceContext): SourceReading;
  /**
   * Told when an environment is declared with the source, before anything is read: what takes a process can then be done for all
   * sources together. It changes nothing of what `read` answers.
   * @default nothing
   */
  prepare?(context: SourceContext): void;
  /**
   * What `origins pull` has to ask a platform for before this can be read. `vercelProject` and `netlifySite` set it.
   * @default nothing
   */
  readonly pulls?: Pull;
  /**
   * What `origins pull` has to evaluate before this can be read. `nextConfig` and `nextIntlRouting` set it where they are pulled.
   * @default nothing
   */
  evaluation?(context: SourceContext): ConfigPull;
}
