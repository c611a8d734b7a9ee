/**
 * What the provider has to do, as data: a story of steps, and after each what the API saw, how Terraform ended, what it said,
 * and what the state and Genesys Cloud have then. The same data judge the sandbox's provider and the genuine one.
 *
 * Ids are written by name. What a step makes is called `{configuration}` and `{deployment}`, the second of its kind
 * `{deployment 2}`, and so on; the names may stand in any string, and a new id never looks like the old one.
 */
export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
  /**
   * How many seconds the genuine provider may take: it waits 10 s after a create, retries a 400 for 30 s and calls that are answered
   * with 5xx for minutes, and compares what it reads with what was planned for 5 minutes.
   * @default 180
   */
  readonly genuineSeconds?: number;
}

export type Step = TerraformStep | ByHandStep | StateEditStep;

/** The two resources, by the last word of their type (`genesyscloud_webdeployments_…`). */
export type Kind = "configuration" | "deployment";

/** A Terraform command, and what must come of it. */
export interface TerraformStep {
  /** Such as `plan`, `apply` or `import genesyscloud_webdeployments_deployment.shop {deployment}`. */
  readonly terraform: string;
  /**
   * The Terraform configuration in JSON syntax that is written before; the one that stood there stays where none is given.
   * The provider's requirement and its `gateway` block are added to it.
   */
  readonly of?: object;
  /** What the API answers meanwhile instead of what it would. */
  readonly faults?: readonly Fault[];
  /** 0 or 1; `plan` is run with `-detailed-exitcode` and ends with 2 where it has changes. */
  readonly exit: 0 | 1 | 2;
  /** Every call that the API sees, in the notation of `calls.ts`. */
  readonly calls: readonly string[];
  /** The body of the last call of that name: this and no other property. */
  readonly bodies?: Readonly<Record<string, object>>;
  /** Sentences of the output. The API's, Terraform's or those that the facts quote: the rest of the wording is a provider's own. */
  readonly says?: readonly string[];
  readonly leaves?: Leftovers;
}

/** What there is after a step; an expected null means that there is none. */
export interface Leftovers {
  /** The attributes that matter, as Terraform's state has them. Zero values (null, "", false, 0, []) are all the same nothing. */
  readonly state?: Readonly<Partial<Record<Kind, object | null>>>;
  /** The properties that matter, as the API answers them. */
  readonly live?: Readonly<Partial<Record<Kind, object | null>>>;
  /** Terraform's outputs. */
  readonly outputs?: Readonly<Record<string, object>>;
}

/** An edit in the administrator's page. */
export interface ByHandStep {
  /** Method and path below `/api/v2/webdeployments/`, such as `PUT deployments/{deployment}`. */
  readonly byHand: string;
  /** Of a PUT, the properties that are changed: the page shows the whole object and sends the whole object. */
  readonly body?: object;
}

/** An edit of the state: pulled, changed, its serial raised by one, pushed. */
export interface StateEditStep {
  readonly stateOf: Kind;
  readonly becomes: Readonly<Record<string, unknown>>;
}

export interface Fault {
  /** Whose answers are replaced, such as `GET deployments/{deployment}`. */
  readonly on: string;
  /** How many calls, from the first on; all while the step lasts where it says nothing. */
  readonly times?: number;
  readonly answer: Refusal | "connection reset";
}

/** An answer in the form of the platform's errors. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 429 | 500 | 503;
  readonly message: string;
  /** Seconds, as the header of that name has them. */
  readonly retryAfter?: number;
  /** The permission that is missing. */
  readonly permission?: string;
}
