import { publicFileHeaders, type PublicFiles, readPublicFiles } from "../../api/public-files";
import { type Call, type Effect, type EffectTools } from "../effect";
import { type StaleFault } from "../fault";
import { createdId } from "./created-id";

interface Held {
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly files: PublicFiles;
}

/** Shows of a deployment that was edited what its public files said before: nothing, where it has just been created. */
export function stale({ ms }: StaleFault, { now }: EffectTools): Effect {
  const held = new Map<string, Held>();
  const shown = (id: string, call: Call): PublicFiles => {
    const old = held.get(id);
    if (old !== undefined && old.until > now().getTime()) return old.files;
    return readPublicFiles(call.var.store.state, id, new URL(call.req.url).origin, now());
  };
  return {
    reach: /^(POST|PUT|DELETE) \/api\/v2\/webdeployments\/deployments(\/[^/]+)?$/,

    async strike(call, next) {
      const known = /\/deployments\/([^/]+)$/.exec(call.req.path)?.[1];
      const before = known === undefined ? {} : shown(known, call);
      await next();
      const id = known ?? (await createdId(call));
      if (call.res.ok && id !== undefined) held.set(id, { until: now().getTime() + ms, files: before });
    },

    aftermath({ req }) {
      if (held.size === 0) return undefined;
      const [, id = "", name = ""] =
        /^\/webdeployments\/v1\/deployments\/([^/]+)\/(domains|config)\.json$/.exec(req.path) ?? [];
      const old = held.get(id);
      if (old === undefined || old.until <= now().getTime()) return undefined;
      const file = name === "domains" ? old.files.domains : old.files.config;
      const headers = publicFileHeaders;
      return file === undefined
        ? new Response("Forbidden", { status: 403, headers })
        : Response.json(file, { headers });
    },
  };
}
