import { type IncomingMessage, type ServerResponse } from "node:http";

import { type Settling } from "../configurations";
import { type Store } from "../store";
import { type CallLog, type RecordedCall } from "./call-log";
import { type SandboxRegion } from "./route";
import { type Tokens } from "./tokens";

/** What every handler of the server finds in its context. */
export interface SandboxEnv {
  /** The connection, where there is one. */
  Bindings: { readonly incoming?: IncomingMessage; readonly outgoing?: ServerResponse };
  Variables: {
    readonly store: Store;
    readonly tokens: Tokens;
    readonly calls: CallLog;
    readonly now: () => Date;
    readonly region: SandboxRegion;
    readonly activationDelayMs: number;
    /** The record of this call. */
    readonly call: RecordedCall;
    /** Set by a fault: how what this call makes or changes comes to its status. */
    readonly settling?: Settling;
    /** Set by a fault: the connection ended without an answer. */
    readonly unanswered?: true;
  };
}

/** Tells the server that a handler has sent the answer itself. */
export const alreadySent = { "x-hono-already-sent": "true" } as const;
