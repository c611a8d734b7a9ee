import { once } from "node:events";
import { type ServerResponse } from "node:http";

import { alreadySent } from "../../api/environment";
import { type Call, type Effect } from "../effect";
import { type CutFault, type ResetFault } from "../fault";
import { replaceAnswer } from "./replace-answer";

/** Resets the connection: the client sees `ECONNRESET`, and cannot tell whether the call was carried out. */
export function connectionReset({ after }: ResetFault): Effect {
  return {
    async strike(call, next) {
      if (after === true) await next();
      hangUp(call);
    },
  };
}

/** Carries the call out and sends the beginning of the answer, whose rest never comes. */
export function connectionCut({ chunked }: CutFault): Effect {
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
  if (outgoing === undefined) throw new Error("this fault needs a connection, and the call came without one");
  return outgoing;
}
