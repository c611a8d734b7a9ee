import { type FaultKind } from "./fault";

/** A kind of fault, as people write it. */
export interface Kind {
  readonly kind: FaultKind;
  /** Its text, what is optional in brackets. */
  readonly form: string;
  readonly does: string;
  readonly example: string;
}

/** Every kind. `docs/sandbox.md` shows this table, and the error for a text that is no fault. */
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
    does: "answers late; a range is drawn from, call by call",
    example: "latency 20ms..80ms on any",
  },
  {
    kind: "slow",
    form: "slow <time>",
    does: "lets the body trickle for that long",
    example: "slow 5s on public",
  },
  {
    kind: "cut",
    form: "cut [chunked]",
    does: "ends the body in the middle, of a length announced or in chunks",
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
    does: "keeps what is created or changed Pending for that long",
    example: "pending 5s on POST deployments",
  },
  {
    kind: "error",
    form: "error [<time>]",
    does: "ends what is created or changed in the status Error, Pending before",
    example: "error 1s on POST deployments first=1",
  },
  {
    kind: "missing",
    form: "missing <time>",
    does: "answers 404 to reads of what was created, for that long",
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
    does: "answers 429 with Retry-After from that many calls a minute and token on",
    example: "limit 300",
  },
];

/** Raised for what is meant to be a fault and is none; it quotes it and lists what there is. */
export class FaultError extends Error {
  constructor(given: string, problem: string) {
    const width = Math.max(...kinds.map(({ form }) => form.length));
    const rows = kinds.map(({ form, does }) => `  ${form.padEnd(width)}  ${does}`);
    super(
      `"${given}" is no fault: ${problem}.\n\n` +
        `Write <kind> [on [<METHOD>|…] <where>] [nth=<n>|first=<n>|every=<n>|chance=<0..1>] [for=<time>], such as\n` +
        `"503 on GET /api/v2/webdeployments/deployments/* first=2". <where> is a path (* one part, ** any number) or one of\n` +
        `api, oauth, public, loader, deployments, configurations, any. The kinds:\n${rows.join("\n")}`,
    );
    this.name = "FaultError";
  }
}
