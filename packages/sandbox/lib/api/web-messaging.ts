import { createHash } from "node:crypto";

import { type Context, Hono } from "hono";

import { policyAdmits } from "../../../../lib/genesys/host-check";
import { alreadySent, type SandboxEnv } from "../cloud/context";

/**
 * The handshake of `wss://webmessaging.<domain>/v1?deploymentId=<id>`. An unknown id, and a page that the list does not admit, are refused
 * with 403. How the platform matches the `Origin` is unknown: here it is the rule of the page's loader, and a client without an `Origin`
 * is refused unless all domains are allowed. An accepted connection is closed at once, because the sandbox opens no session.
 */
export function webMessaging(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.get("/v1", (c) => {
    const key = c.req.header("Sec-WebSocket-Key");
    if (c.req.header("Upgrade")?.toLowerCase() !== "websocket" || key === undefined) {
      return c.text("Upgrade required", 426, { Upgrade: "websocket" });
    }
    const deployment = c.var.store.state.deployments.get(c.req.query("deploymentId") ?? "");
    if (deployment === undefined || !policyAdmits(deployment, hostOf(c.req.header("Origin")))) {
      return c.text("Forbidden", 403);
    }
    return accept(c, key);
  });
  return app;
}

/** Of a page's origin; no entry admits the empty host. */
function hostOf(origin = ""): string {
  return URL.canParse(origin) ? new URL(origin).hostname : "";
}

function accept(c: Context<SandboxEnv>, key: string): Response {
  const { outgoing } = c.env;
  outgoing?.writeHead(101, {
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Accept": createHash("sha1").update(`${key}${protocolId}`).digest("base64"),
  });
  const { socket } = outgoing ?? {};
  outgoing?.end();
  socket?.write(closeFrame(tryAgainLater, "the sandbox does not open sessions"));
  return new Response(null, { headers: alreadySent });
}

/** RFC 6455, section 1.3: what proves that the server speaks WebSocket. */
const protocolId = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

const tryAgainLater = 1013;

/** RFC 6455, section 5.5.1. */
function closeFrame(code: number, reason: string): Buffer {
  const payload = Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]);
  return Buffer.concat([Buffer.from([0x88, payload.length]), payload]);
}
