import { type Effect, type EffectTools } from "../effect";
import { type LimitFault } from "../fault";
import { refusal } from "./answer";
import { replaceAnswer } from "./replace-answer";

interface Minute {
  /** Milliseconds since 1970. */
  readonly end: number;
  calls: number;
}

/**
 * Counts the calls of each token. A token's minute begins with its first call and is followed by a new one when it is over,
 * as the platform's headers (`inin-ratelimit-count`, `-allowed`, `-reset`) tell it.
 */
export function limit({ requests }: LimitFault, { now }: EffectTools): Effect {
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
