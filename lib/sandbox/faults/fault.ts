/** Which calls a fault strikes, of those that it is about; all of them unless one of the four says otherwise. */
export interface Selection {
  /**
   * Where: an alias (`api`, `oauth`, `public`, `loader`, `deployments`, `configurations`, `any`) or a path, in which `*`
   * stands for a part and `**` for any number of parts; before it the methods, if not all: `POST|PUT deployments`.
   *
   * @default "api"
   */
  readonly on?: string | undefined;
  /** Only the nth call, counted from 1. */
  readonly nth?: number | undefined;
  /** Only the first so many. */
  readonly first?: number | undefined;
  /** Every nth. */
  readonly every?: number | undefined;
  /** Each with this probability, from 0 to 1, drawn from the seed. */
  readonly chance?: number | undefined;
  /**
   * Milliseconds from the fault's declaration until it is over.
   *
   * @default it stays
   */
  readonly forMs?: number | undefined;
}

/** Whether the platform carries the call out before the answer goes wrong: it did it, and the client does not know. */
interface Timing {
  /** @default false: the call never reaches the platform */
  readonly after?: boolean | undefined;
}

/** An answer of the API that refuses. */
export interface StatusFault extends Selection, Timing {
  readonly kind: "status";
  /** From 400 to 599. */
  readonly status: number;
  /** What the header `Retry-After` says, in seconds. @default no such header */
  readonly retryAfter?: number | undefined;
  /** @default the status's own words, such as "Service Unavailable" */
  readonly message?: string | undefined;
}

/** A connection that is reset: no answer at all. */
export interface ResetFault extends Selection, Timing {
  readonly kind: "reset";
}

/** An answer that comes late. */
export interface LatencyFault extends Selection {
  readonly kind: "latency";
  readonly ms: number;
  /** Each call's own delay is drawn from `ms` to this. @default `ms` */
  readonly maxMs?: number | undefined;
}

/** An answer whose body trickles for that long. */
export interface SlowFault extends Selection {
  readonly kind: "slow";
  readonly ms: number;
}

/** An answer whose body ends in the middle. The platform has carried the call out. */
export interface CutFault extends Selection {
  readonly kind: "cut";
  /** Without a `Content-Length`. @default false: the header says more than is sent */
  readonly chunked?: boolean | undefined;
}

/** A web page instead of JSON, as a proxy shows it. */
export interface HtmlFault extends Selection, Timing {
  readonly kind: "html";
  /** @default 200 */
  readonly status?: number | undefined;
}

/** What is created or changed stays `Pending` for that long. */
export interface PendingFault extends Selection {
  readonly kind: "pending";
  readonly ms: number;
}

/** What is created or changed ends in `Error`. */
export interface ErrorFault extends Selection {
  readonly kind: "error";
  /** How long it is `Pending` before. @default 0 */
  readonly ms?: number | undefined;
}

/** What is created is not found for that long. */
export interface MissingFault extends Selection {
  readonly kind: "missing";
  readonly ms: number;
}

/** The public files show for that long what they showed before the edit. */
export interface StaleFault extends Selection {
  readonly kind: "stale";
  readonly ms: number;
}

/** The platform's limit of calls a minute and token. */
export interface LimitFault extends Selection {
  readonly kind: "limit";
  readonly requests: number;
}

/** Something that goes wrong on purpose, as data: what, where and which calls. */
export type Fault =
  | StatusFault
  | ResetFault
  | LatencyFault
  | SlowFault
  | CutFault
  | HtmlFault
  | PendingFault
  | ErrorFault
  | MissingFault
  | StaleFault
  | LimitFault;

export type FaultKind = Fault["kind"];
