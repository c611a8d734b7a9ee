import { createServer, ServerResponse } from "node:http";
import { Socket } from "node:net";

import { getRequestListener } from "@hono/node-server";
import { type MiddlewareHandler } from "hono";

import { errorCode } from "../../../../lib/base/errors";
import { findRegion } from "../../../../lib/genesys/regions";
import { type Fault } from "../faults/fault";
import { Faults } from "../faults/faults";
import { sandboxCredentials } from "../../../../lib/genesys/sandbox-state";
import { type Store } from "../cloud/store";
import { createApp } from "./app";
import { CallLog } from "../cloud/call-log";
import { type SandboxEnv, Tokens } from "../cloud/context";

/** How the embedded Genesys Cloud's server runs. */
export interface ApiOptions {
  /** Its memory. The caller that opened it closes it, after the server. */
  readonly store: Store;
  /**
   * The port to listen on.
   *
   * @default a free one
   */
  readonly port?: number;
  /**
   * The AWS region that the organisation pretends to live in: it stands in a deployment's snippet.
   *
   * @default "us-east-1"
   */
  readonly region?: string;
  /**
   * How many seconds an access token lives.
   *
   * @default 86400
   */
  readonly tokenLifetimeSeconds?: number;
  /**
   * Milliseconds until a new deployment or draft turns from `Pending` to `Active`. With 0 it is `Pending` in the answer to
   * its creation and `Active` in the next.
   *
   * @default 0
   */
  readonly activationDelayMs?: number;
  /** @default the system's clock */
  readonly now?: () => Date;
  /**
   * The faults to inject, as data or as text such as `503 on POST deployments first=2`. The control plane and
   * {@link RunningApi.faults} declare more while the server runs.
   *
   * @default nothing
   */
  readonly faults?: readonly (Fault | string)[];
  /**
   * The seed for all random decisions about faults.
   *
   * @default 1
   */
  readonly faultSeed?: number;
  /**
   * From how many calls a minute and token on the API answers 429; the platform's own number is 300. Short for the fault
   * `limit`.
   *
   * @default no limit
   */
  readonly requestsPerMinute?: number;
  /** How a fault lets time pass. @default the system's clock */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /**
   * Runs before every route but those of the control plane, and before any fault.
   *
   * @default none
   */
  readonly before?: MiddlewareHandler<SandboxEnv>;
}

/** A server that runs. */
export interface RunningApi {
  /** Such as `http://127.0.0.1:40123`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** The OAuth client of a fresh organisation, which may do everything. */
  readonly credentials: { readonly clientId: string; readonly clientSecret: string };
  /** The calls of the platform API so far. */
  readonly calls: CallLog;
  /** The injected faults. */
  readonly faults: Faults;
  /** Stops listening, lets the requests that are under way be answered (2 s at most), and waits until the state is in its file. */
  close(): Promise<void>;
}

/** How long requests that are under way may take once the server is stopped. */
const graceMilliseconds = 2000;

/**
 * Starts the embedded Genesys Cloud on 127.0.0.1: the platform API, the public files, the loader and the control plane.
 *
 * @throws when the port is taken, the region is unknown, or a fault is invalid.
 * @example
 * ```ts
 * const api = await startApi({ store: Store.open({ file: ".sandbox/state.json" }) });
 * await fetch(`${api.url}/webdeployments/v1/deployments/${id}/domains.json`);
 * await api.close();
 * ```
 */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const { store, port = 0, tokenLifetimeSeconds = 86_400, activationDelayMs = 0, before } = options;
  const region = findRegion(options.region ?? "us-east-1");
  if (region === undefined) {
    throw new Error(`Invalid region "${options.region ?? ""}": expected a Genesys Cloud region such as "eu-central-1"`);
  }
  const calls = new CallLog();
  const faults = openFaults(options);
  const app = createApp({
    store,
    tokens: new Tokens(tokenLifetimeSeconds),
    calls,
    now: options.now ?? (() => new Date()),
    region,
    activationDelayMs,
    faults,
    ...(before !== undefined && { before }),
  });
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  let closing: Promise<void> | undefined;
  const server = createServer((request, response) => {
    // A client keeps its connection open for the next request; without this, one of them would hold a closing server up.
    response.once("close", () => {
      if (closing !== undefined)
        setImmediate(() => {
          server.closeIdleConnections();
        });
    });
    void answer(request, response);
  });
  server.on("upgrade", (request, socket) => {
    if (!(socket instanceof Socket)) return;
    socket.on("error", () => undefined); // a client that has gone away
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once("finish", () => {
      socket.destroySoon();
    });
    void answer(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      reject(refusedPort(port, error));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    credentials: sandboxCredentials,
    calls,
    faults,
    close: () => (closing ??= close()),
  };

  async function close(): Promise<void> {
    await new Promise<void>((resolve) => {
      // A client that never finishes its request is cut off.
      const timer = setTimeout(() => {
        server.closeAllConnections();
      }, graceMilliseconds);
      server.close(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    await store.saved();
  }
}

function openFaults({ faults = [], faultSeed, requestsPerMinute, now, sleep }: ApiOptions): Faults {
  const opened = new Faults({
    ...(faultSeed !== undefined && { seed: faultSeed }),
    ...(now !== undefined && { now }),
    ...(sleep !== undefined && { sleep }),
  });
  for (const fault of faults) opened.add(fault);
  if (requestsPerMinute !== undefined) opened.add({ kind: "limit", requests: requestsPerMinute });
  return opened;
}

function refusedPort(port: number, error: Error): Error {
  const code = errorCode(error);
  if (code === "EADDRINUSE") {
    return new Error(
      `Port ${port} on 127.0.0.1 is already in use.\n\nUse another port, or omit it to use a free one. ` +
        `If another sandbox uses it, stop that one first.`,
      { cause: error },
    );
  }
  if (code === "EACCES") {
    return new Error(
      `Permission denied for port ${port} on 127.0.0.1.\n\nUse a port from 1024 up, or omit it to use a free one.`,
      {
        cause: error,
      },
    );
  }
  return error;
}
