import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type ServerResponse, STATUS_CODES } from "node:http";
import { type Context, type Next } from "hono";
import { alreadySent, type ErrorBody, type SandboxEnv } from "../cloud/context";
import { isJsonObject } from "../cloud/json";
import { publicFileHeaders, type PublishedFiles, readPublicFiles } from "../cloud/public-files";
import {
  type CutFault,
  type ErrorFault,
  type Fault,
  type HtmlFault,
  type LatencyFault,
  type LimitFault,
  type MissingFault,
  type PendingFault,
  type ResetFault,
  type SlowFault,
  type StaleFault,
  type StatusFault,
} from "./fault";

/** Puts an answer in the place of whatever stands there; without the first line, headers of the old one would stay. */
export function replaceAnswer(call: Call, answer: Response): void {
  call.res = undefined;
  call.res = answer;
}

/** The platform's codes, where a status has a usual one. */
const codes: Readonly<Record<number, string>> = {
  400: "bad.request",
  401: "bad.credentials",
  403: "missing.any.permissions",
  404: "not.found",
  409: "conflict",
  429: "too.many.requests",
  500: "internal.server.error",
  503: "service.unavailable",
};

/** A refusal in the platform's own form. */
function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  const code = codes[status] ?? "fault";
  const body: ErrorBody = { message, code, status, contextId: randomUUID(), details: [], errors: [] };
  return Response.json(body, { status, headers });
}

/** Instead of the call, or after it has been carried out. */
function answerStatus({ status, after, retryAfter, message = words(status) }: StatusFault): Effect {
  return {
    async strike(call, next) {
      if (after === true) await next();
      const headers = retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
      // What the file server's own refusals look like is unknown; they are not JSON of the API's.
      const ofApi = /^\/(api|oauth)\//.test(call.req.path);
      replaceAnswer(call, ofApi ? refusal(status, message, headers) : new Response(message, { status, headers }));
    },
  };
}

/** What a proxy in between shows of itself. */
function answerHtml({ status = 200, after }: HtmlFault): Effect {
  return {
    async strike(call, next) {
      if (after === true) await next();
      const title = `${status} ${words(status)}`;
      const page = `<!doctype html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
      replaceAnswer(call, new Response(page, { status, headers: { "Content-Type": "text/html; charset=utf-8" } }));
    },
  };
}

function words(status: number): string {
  return STATUS_CODES[status] ?? "No reason given";
}

/** Resets the connection: the client sees `ECONNRESET`, and cannot tell whether the call was carried out. */
function connectionReset({ after }: ResetFault): Effect {
  return {
    async strike(call, next) {
      if (after === true) await next();
      hangUp(call);
    },
  };
}

/** Carries the call out and sends the beginning of the answer, whose rest never comes. */
function connectionCut({ chunked }: CutFault): Effect {
  return {
    async strike(call, next) {
      await next();
      const { status, headers } = call.res;
      const body = Buffer.from(await call.res.arrayBuffer());
      if (body.length === 0) {
        hangUp(call);
        return;
      }
      const response = responseOf(call);
      const length = chunked === true ? {} : { "Content-Length": String(body.length) };
      response.writeHead(status, { ...Object.fromEntries(headers), ...length });
      response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.socket?.destroy());
      if (!response.closed) await once(response, "close");
      replaceAnswer(call, new Response(null, { status, headers: alreadySent }));
    },
  };
}

function hangUp(call: Call): void {
  responseOf(call).socket?.resetAndDestroy();
  call.set("unanswered", true);
  replaceAnswer(call, new Response(null, { headers: alreadySent }));
}

function responseOf(call: Call): ServerResponse {
  const { outgoing } = call.env;
  if (outgoing === undefined) throw new Error("this fault requires a network connection");
  return outgoing;
}

/** In how many pieces a slow body comes. */
const pieces = 10;

/** Lets time pass before the call is carried out. */
function latency({ ms, maxMs = ms }: LatencyFault, { sleep }: EffectTools): Effect {
  return {
    async strike(_call, next, random) {
      await sleep(maxMs === ms ? ms : ms + (maxMs - ms) * (await random()));
      await next();
    },
  };
}

/** Carries the call out at once and sends its answer's body bit by bit. */
function slowBody({ ms }: SlowFault, { sleep }: EffectTools): Effect {
  return {
    async strike(call, next) {
      await next();
      const { status, headers } = call.res;
      const body = new Uint8Array(await call.res.arrayBuffer());
      const size = Math.max(1, Math.ceil(body.length / pieces));
      let sent = 0;
      const trickle = new ReadableStream<Uint8Array>({
        async pull(controller) {
          await sleep(ms / pieces);
          controller.enqueue(body.subarray(sent, sent + size));
          sent += size;
          if (sent >= body.length) controller.close();
        },
      });
      const announced = { ...Object.fromEntries(headers), "content-length": String(body.length) };
      replaceAnswer(call, new Response(body.length === 0 ? null : trickle, { status, headers: announced }));
    },
  };
}

interface Minute {
  /** Milliseconds since 1970. */
  readonly end: number;
  calls: number;
}

/**
 * Counts the calls of each token. A token's minute begins with its first call and is followed by a new one when it is over,
 * as the platform's headers (`inin-ratelimit-count`, `-allowed`, `-reset`) tell it.
 */
function limit({ requests }: LimitFault, { now }: EffectTools): Effect {
  const minutes = new Map<string, Minute>();
  const secondsLeft = (token: string): number =>
    Math.max(1, Math.ceil(((minutes.get(token)?.end ?? 0) - now().getTime()) / 1000));

  return {
    reach: /^\S+ \/api\//,

    spares({ req }) {
      const token = req.header("Authorization") ?? "";
      const at = now().getTime();
      let minute = minutes.get(token);
      if (minute === undefined || minute.end <= at) {
        for (const [other, { end }] of minutes) if (end <= at) minutes.delete(other);
        minute = { end: at + 60_000, calls: 0 };
        minutes.set(token, minute);
      }
      return ++minute.calls <= requests;
    },

    strike(call) {
      const token = call.req.header("Authorization") ?? "";
      const seconds = String(secondsLeft(token));
      const message = `Rate limit exceeded the maximum. Retry the request in [${seconds}] seconds`;
      replaceAnswer(
        call,
        refusal(429, message, {
          "Retry-After": seconds,
          "inin-ratelimit-count": String(minutes.get(token)?.calls ?? 0),
          "inin-ratelimit-allowed": String(requests),
          "inin-ratelimit-reset": seconds,
        }),
      );
      return Promise.resolve();
    },
  };
}

/** Hides a created object from reads by its id. Lists and writes still find it. */
function missing({ ms }: MissingFault, { now }: EffectTools): Effect {
  const hidden = new Map<string, number>();
  return {
    reach: /^POST \/api\/v2\/webdeployments\/(deployments|configurations)$/,

    async strike(call, next) {
      await next();
      const id = await createdId(call);
      if (id !== undefined) hidden.set(id, now().getTime() + ms);
    },

    aftermath({ req }) {
      if (hidden.size === 0 || (req.method !== "GET" && req.method !== "HEAD")) return undefined;
      const [, id = ""] = /\/webdeployments\/(?:v1\/)?(?:deployments|configurations)\/([^/]+)/.exec(req.path) ?? [];
      if ((hidden.get(id) ?? 0) <= now().getTime()) return undefined;
      const ofApi = req.path.startsWith("/api/");
      return ofApi ? refusal(404, `"${id}" is not found yet`) : new Response("Forbidden", { status: 403 });
    },
  };
}

/** What creates or changes something that has a status. */
const reach = /^(POST \S+\/(deployments|configurations)|PUT \S+\/(deployments\/[^/]+|versions\/draft))$/;

/** Leaves what the call creates or changes on its way for a while, and decides where that ends. */
function settling(fault: PendingFault | ErrorFault): Effect {
  return {
    reach,
    async strike(call, next) {
      call.set("settling", { delayMs: fault.ms ?? 0, into: fault.kind === "error" ? "Error" : "Active" });
      await next();
    },
  };
}

interface Held {
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly files: PublishedFiles;
}

/** Shows of a deployment that was edited what its public files said before: nothing, where it has just been created. */
function stale({ ms }: StaleFault, { now }: EffectTools): Effect {
  const held = new Map<string, Held>();
  const shown = (id: string, call: Call): PublishedFiles => {
    const old = held.get(id);
    if (old !== undefined && old.until > now().getTime()) return old.files;
    return readPublicFiles(call.var.store.state, id, new URL(call.req.url).origin, now());
  };
  return {
    reach: /^(POST|PUT|DELETE) \/api\/v2\/webdeployments\/deployments(\/[^/]+)?$/,

    async strike(call, next) {
      const known = /\/deployments\/([^/]+)$/.exec(call.req.path)?.[1];
      const before = known === undefined ? {} : shown(known, call);
      await next();
      const id = known ?? (await createdId(call));
      if (call.res.ok && id !== undefined) held.set(id, { until: now().getTime() + ms, files: before });
    },

    aftermath({ req }) {
      if (held.size === 0) return undefined;
      const [, id = "", name = ""] =
        /^\/webdeployments\/v1\/deployments\/([^/]+)\/(domains|config)\.json$/.exec(req.path) ?? [];
      const old = held.get(id);
      if (old === undefined || old.until <= now().getTime()) return undefined;
      const file = name === "domains" ? old.files.domains : old.files.config;
      const headers = publicFileHeaders;
      return file === undefined
        ? new Response("Forbidden", { status: 403, headers })
        : Response.json(file, { headers });
    },
  };
}

/** A call of the server, as a fault sees it. */
export type Call = Context<SandboxEnv>;

/** What effects need besides the call. */
export interface EffectTools {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What a fault does to the calls that it strikes. */
export interface Effect {
  /** The calls that it can do anything to, as `GET /api/v2/…`; the others do not count. @default all */
  readonly reach?: RegExp;
  /** Whether it lets this call pass after all, though it is one of those selected. */
  readonly spares?: (call: Call) => boolean;
  /**
   * Carries the call out, or does not, and leaves the answer in `call.res`.
   *
   * @param random the next number that chance decides for this call, from 0 up to but not including 1
   */
  readonly strike: (call: Call, next: Next, random: () => Promise<number>) => Promise<void>;
  /** The answer to a later call that still suffers from one that it struck; undefined for all others. */
  readonly aftermath?: (call: Call) => Response | undefined;
}

/** What a fault of that kind does. */
export function effectOf(fault: Fault, tools: EffectTools): Effect {
  switch (fault.kind) {
    case "status":
      return answerStatus(fault);
    case "html":
      return answerHtml(fault);
    case "reset":
      return connectionReset(fault);
    case "cut":
      return connectionCut(fault);
    case "latency":
      return latency(fault, tools);
    case "slow":
      return slowBody(fault, tools);
    case "pending":
    case "error":
      return settling(fault);
    case "missing":
      return missing(fault, tools);
    case "stale":
      return stale(fault, tools);
    case "limit":
      return limit(fault, tools);
  }
}

/** The id in the answer to a call that created something; undefined where it was refused. */
async function createdId({ res }: Call): Promise<string | undefined> {
  const body: unknown = res.ok ? await res.clone().json() : undefined;
  return isJsonObject(body) && typeof body["id"] === "string" ? body["id"] : undefined;
}
