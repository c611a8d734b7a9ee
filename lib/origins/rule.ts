import { type Address } from "./address";
import { type Severity } from "./finding";

/** What an environment is for. It decides how strictly the rules judge the environment's addresses. */
export const environmentKinds = ["production", "staging", "preview", "development"] as const;

/** One of the four kinds of environment a Next.js application runs in. */
export type EnvironmentKind = (typeof environmentKinds)[number];

/** The ids of the rules, as an acknowledgement names them. */
export type RuleId =
  | "invalid-address"
  | "public-suffix"
  | "unset-variable"
  | "loopback"
  | "ip-address"
  | "private-name"
  | "unknown-suffix"
  | "plain-http"
  | "wildcard"
  | "platform-host"
  | "preview-host"
  | "shared-host"
  | "allow-all"
  | "empty-list";

/** What is the same of every rule: the row of the rules table. */
export interface Rule {
  readonly id: RuleId;
  /** What breaks it and why that matters, in Markdown, for the rules table. */
  readonly summary: string;
  /** How bad it is for each kind of environment; `none` where the rule does not look. */
  readonly severity: Readonly<Record<EnvironmentKind, Severity | "none">>;
  /** Whether an environment may break it on purpose, with a reason. */
  readonly acknowledgeable: boolean;
}

/** A rule that judges one address alone. */
export interface AddressRule extends Rule {
  /**
   * The rules whose word about an address makes this one superfluous, acknowledged or not: it is silent where one of them
   * is broken. `localhost` is a name of one label too, and its `http` is harmless; `*.vercel.app` has to go as it is.
   */
  readonly yieldsTo: readonly RuleId[];
  breaks(address: Address): boolean;
  /** Begins with the value in double quotes. */
  message(address: Address): string;
  remedy(address: Address): string;
}

/** What a rule about an environment as a whole looks at. */
interface JudgedEnvironment {
  readonly allowAllDomains: boolean;
  /** How many addresses were written. */
  readonly addresses: number;
}

/** A rule that judges an environment as a whole. */
export interface EnvironmentRule extends Rule {
  breaks(environment: JudgedEnvironment): boolean;
  readonly message: string;
  readonly remedy: string;
}

/** Reasons for breaking rules, by rule id. */
export type Acknowledgements = Readonly<Record<string, string>>;
