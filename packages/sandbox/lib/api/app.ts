import { type Context, Hono, type MiddlewareHandler } from "hono";

import { type Faults } from "../faults/faults";
import { publicRuntime } from "../runtime/runtime";
import { ApiError, type SandboxEnv } from "../cloud/context";
import { controlPlane } from "./control-plane";
import { issueToken } from "./oauth";
import { platformApi } from "./platform-api";
import { publicFiles } from "../cloud/public-files";
import { webMessaging } from "./web-messaging";

/** What the server's handlers share, and what may stand before them. */
interface AppOptions extends Omit<SandboxEnv["Variables"], "call" | "settling" | "unanswered"> {
  /** The injected faults. */
  readonly faults: Faults;
  /**
   * Runs before every route but those of the control plane, after the call has been recorded and before any fault.
   *
   * @default none
   */
  readonly before?: MiddlewareHandler<SandboxEnv>;
}

const ownNames = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Answers only requests that name this machine. A page of another origin can re-point its own name to 127.0.0.1 (DNS rebinding), and the
 * browser then takes this server for that page's: the name stands in `Host`.
 */
const refuseStrangers: MiddlewareHandler<SandboxEnv> = async (c, next) => {
  const names = [hostnameOf(c.req.url), hostnameOf(c.req.header("Host"))];
  if (names.every((name) => name === undefined || ownNames.includes(name))) {
    await next();
    return undefined;
  }
  const message = "the sandbox only accepts requests for 127.0.0.1 or localhost, and this one names another host";
  return c.json(new ApiError(403, "forbidden", message).body(), 403);
};

/** The largest body of a request in bytes; a deployment with 100,000 domains has half of it. */
const largestBody = 8 * 1024 * 1024;

/** Refuses a body that is too large before more of it is kept. (hono/body-limit cannot copy the requests of this server.) */
const limitBodies: MiddlewareHandler<SandboxEnv> = async (c, next) => {
  const { headers } = c.req.raw;
  const body: ReadableStream<Uint8Array> | null = c.req.raw.body;
  if (Number(headers.get("content-length") ?? 0) > largestBody) return refuseBody(c);
  if (body !== null && !headers.has("content-length")) {
    const pieces: Uint8Array[] = [];
    let size = 0;
    const reader = body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.length;
      if (size > largestBody) return refuseBody(c);
      pieces.push(read.value);
    }
    c.req.raw = new Request(c.req.url, {
      method: c.req.method,
      headers,
      ...(size > 0 && { body: Buffer.concat(pieces) }),
    });
  }
  await next();
  return undefined;
};

/** One application for all of Genesys Cloud's host names: `login.`, `api.`, `api-cdn.`, `apps.` and `webmessaging.`, told apart by path. */
export function createApp({ before, faults, ...shared }: AppOptions): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.use("*", refuseStrangers, limitBodies);
  const { store, tokens, calls, now, region, activationDelayMs } = shared;
  app.use("*", async (c, next) => {
    c.set("store", store);
    c.set("tokens", tokens);
    c.set("calls", calls);
    c.set("now", now);
    c.set("region", region);
    c.set("activationDelayMs", activationDelayMs);
    await next();
  });
  app.route("/sandbox", controlPlane(faults));
  for (const path of ["/oauth/*", "/api/*"]) {
    app.use(path, async (c, next) => {
      const { pathname, search } = new URL(c.req.url);
      const call = calls.arrive(c.req.method, pathname + search);
      c.set("call", call);
      await next();
      if (c.var.unanswered !== true) call.status = c.res.status;
    });
  }
  if (before !== undefined) app.use("*", before);
  app.use("*", faults.middleware);
  app.post("/oauth/token", issueToken);
  app.route("/", platformApi());
  app.route("/", publicFiles());
  app.route("/", publicRuntime());
  app.route("/", webMessaging());
  app.notFound((c) => {
    const message = `the sandbox does not support ${c.req.method} ${c.req.path}`;
    return c.json(new ApiError(404, "not.found", message).body(), 404);
  });
  app.onError((error, c) => {
    const known = error instanceof ApiError ? error : new ApiError(500, "internal.server.error", error.message);
    return c.json(known.body(), known.status);
  });
  return app;
}

/** The name in an address or a header, without its port; undefined where there is no such header. */
function hostnameOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = text.includes("://") ? text : `http://${text}`;
  return URL.canParse(url) ? new URL(url).hostname : "";
}

function refuseBody(c: Context): Response {
  c.header("Connection", "close"); // the rest of the body is not read
  const message = `the body is larger than ${largestBody / 1024 / 1024} MiB`;
  return c.json(new ApiError(413, "request.entity.too.large", message).body(), 413);
}
