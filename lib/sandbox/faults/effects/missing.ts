import { type Effect, type EffectTools } from "../effect";
import { type MissingFault } from "../fault";
import { refusal } from "./answer";
import { createdId } from "./created-id";

/** Hides what a call has created from whoever looks for it by its id. Lists and writes know it. */
export function missing({ ms }: MissingFault, { now }: EffectTools): Effect {
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
