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

/** An injected fault, as data: what, where and which calls. */
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

/** A kind of fault, as people write it. */
interface Kind {
  readonly kind: FaultKind;
  /** Its text, what is optional in brackets. */
  readonly form: string;
  readonly does: string;
  readonly example: string;
}

/** Every kind. `docs/sandbox.md` and the error for an invalid fault show this table. */
export const kinds: readonly Kind[] = [
  {
    kind: "status",
    form: "<400-599> [after] [retry-after=<seconds>] [message=<text>]",
    does: "answers with that status",
    example: "429 retry-after=2 on POST deployments first=1",
  },
  {
    kind: "reset",
    form: "reset [after]",
    does: "resets the connection",
    example: "reset after on POST deployments first=1",
  },
  {
    kind: "latency",
    form: "latency <time>[..<time>]",
    does: "answers late; a range is sampled for each call",
    example: "latency 20ms..80ms on any",
  },
  {
    kind: "slow",
    form: "slow <time>",
    does: "sends the body slowly over that time",
    example: "slow 5s on public",
  },
  {
    kind: "cut",
    form: "cut [chunked]",
    does: "cuts the body off halfway, with a Content-Length or chunked",
    example: "cut on GET deployments nth=2",
  },
  {
    kind: "html",
    form: "html [<200-599>] [after]",
    does: "answers with a proxy's page instead of JSON",
    example: "html 502 on api first=2",
  },
  {
    kind: "pending",
    form: "pending <time>",
    does: "keeps created or changed objects Pending for that long",
    example: "pending 5s on POST deployments",
  },
  {
    kind: "error",
    form: "error [<time>]",
    does: "leaves created or changed objects in status Error after Pending",
    example: "error 1s on POST deployments first=1",
  },
  {
    kind: "missing",
    form: "missing <time>",
    does: "answers 404 to reads of created objects for that long",
    example: "missing 2s on deployments",
  },
  {
    kind: "stale",
    form: "stale <time>",
    does: "keeps a deployment's public files as they were before an edit, for that long",
    example: "stale 30s on PUT deployments",
  },
  {
    kind: "limit",
    form: "limit <calls>",
    does: "answers 429 with Retry-After after that many calls per minute and token",
    example: "limit 300",
  },
];

/** Raised for an invalid fault; quotes it and lists the known kinds. */
export class FaultError extends Error {
  constructor(given: string, problem: string) {
    const width = Math.max(...kinds.map(({ form }) => form.length));
    const rows = kinds.map(({ form, does }) => `  ${form.padEnd(width)}  ${does}`);
    super(
      `Invalid fault "${given}": ${problem}.\n\n` +
        `Expected <kind> [on [<METHOD>|…] <where>] [nth=<n>|first=<n>|every=<n>|chance=<0..1>] [for=<time>], such as\n` +
        `"503 on GET /api/v2/webdeployments/deployments/* first=2". <where> is a path (* one part, ** any number) or one of\n` +
        `api, oauth, public, loader, deployments, configurations, any. The kinds:\n${rows.join("\n")}`,
    );
    this.name = "FaultError";
  }
}
