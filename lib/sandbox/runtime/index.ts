import { Hono } from "hono";

/** What pages load from `apps.<domain>`. */
export function publicRuntime(): Hono {
  return new Hono();
}
