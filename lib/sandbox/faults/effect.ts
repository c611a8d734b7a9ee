import { type Context, type Next } from "hono";

import { type SandboxEnv } from "../api/environment";
import { answerHtml, answerStatus } from "./effects/answer";
import { connectionCut, connectionReset } from "./effects/connection";
import { latency, slowBody } from "./effects/delay";
import { limit } from "./effects/limit";
import { missing } from "./effects/missing";
import { settling } from "./effects/settling";
import { stale } from "./effects/stale";
import { type Fault } from "./fault";

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
