import { type Effect, type EffectTools } from "../effect";
import { type LatencyFault, type SlowFault } from "../fault";
import { replaceAnswer } from "./replace-answer";

/** In how many pieces a slow body comes. */
const pieces = 10;

/** Lets time pass before the call is carried out. */
export function latency({ ms, maxMs = ms }: LatencyFault, { sleep }: EffectTools): Effect {
  return {
    async strike(_call, next, random) {
      await sleep(maxMs === ms ? ms : ms + (maxMs - ms) * (await random()));
      await next();
    },
  };
}

/** Carries the call out at once and sends its answer's body bit by bit. */
export function slowBody({ ms }: SlowFault, { sleep }: EffectTools): Effect {
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
