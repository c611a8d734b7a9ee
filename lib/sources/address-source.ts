import { type EnvironmentKind } from "../origins/environment-kind";
import { type Finding } from "../origins/finding";
import { type WrittenAddress } from "../origins/place";
import { type LateAddress } from "./late-address";
import { type ConfigPull, type Pull } from "./pulled/pull";

/** What a source is told when it is read. */
export interface SourceContext {
  /** The absolute folder that relative paths start from. */
  readonly root: string;
  /** What the environment is for, for a source that holds addresses of several kinds. */
  readonly kind: EnvironmentKind;
}

/** What a source holds: the addresses, each with the place where it was written, and what went wrong on the way. */
export interface SourceReading {
  readonly addresses: readonly WrittenAddress[];
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
