import { Hono } from "hono";

import { type SandboxEnv } from "../api/environment";
import { isJsonObject } from "../json";
import { parseFault } from "./fault-text";
import { type DeclaredFault, type Faults } from "./faults";
import { readFault } from "./read-fault";

/** The part of the control plane under `/sandbox/faults`. */
export function faultRoutes(faults: Faults): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.get("/", (c) => c.json({ seed: faults.seed, faults: faults.list().map(present) }));
  app.post("/", async (c) => {
    try {
      const body: unknown = JSON.parse(await c.req.text());
      const text = isJsonObject(body) ? body["text"] : undefined;
      const fault = typeof text === "string" ? parseFault(text) : readFault(body);
      return c.json(present(faults.add(fault)), 201);
    } catch (error) {
      return c.json({ message: error instanceof Error ? error.message : String(error) }, 400);
    }
  });
  app.delete("/", (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  app.delete("/:id", (c) => {
    const id = c.req.param("id");
    return faults.remove(id) ? c.body(null, 204) : c.json({ message: `there is no fault "${id}"` }, 404);
  });
  return app;
}

function present({ id, text, fault, met, struck }: DeclaredFault): object {
  return { id, text, ...fault, met, struck };
}
