import { type Store } from "../store";
import { type CallLog, type RecordedCall } from "./call-log";
import { type SandboxRegion } from "./route";
import { type Tokens } from "./tokens";

/** What every handler of the server finds in its context. */
export interface SandboxEnv {
  Variables: {
    readonly store: Store;
    readonly tokens: Tokens;
    readonly calls: CallLog;
    readonly now: () => Date;
    readonly region: SandboxRegion;
    readonly activationDelayMs: number;
    /** The record of this call. */
    readonly call: RecordedCall;
  };
}
