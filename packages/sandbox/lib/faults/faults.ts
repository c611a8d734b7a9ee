import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type Context, Hono, type MiddlewareHandler, type Next } from "hono";
import { isRecorded } from "../cloud/call-log";
import { type SandboxEnv } from "../cloud/context";
import { isJsonObject } from "../cloud/json";
import { type Call, type Effect, effectOf, type EffectTools, replaceAnswer } from "./effect";
import { type Fault } from "./fault";
import { faultText, parseFault } from "./fault-text";
import { parseWhere, readFault, type Where } from "./read-fault";

/**
 * What a call is about, told without ids, which differ from run to run: `PUT /api/v2/webdeployments/deployments/Shop`. A
 * call that creates something names it by its body, so that deployments that are created at once are told apart.
 */
async function callName(c: Context<SandboxEnv>): Promise<string> {
  const { configurations, deployments } = c.var.store.state;
  const path = c.req.path.replace(/[\da-f]{8}-[\da-f-]{27}/g, (id) => {
    const name = deployments.get(id)?.name ?? configurations.get(id)?.draft.content["name"];
    return typeof name === "string" ? name : "{id}";
  });
  return `${c.req.method} ${path}${c.req.method === "POST" ? await nameInBody(c) : ""}`;
}

async function nameInBody(c: Context<SandboxEnv>): Promise<string> {
  try {
    const body: unknown = JSON.parse(await c.req.text());
    return isJsonObject(body) && typeof body["name"] === "string" ? ` ${body["name"]}` : "";
  } catch {
    return "";
  }
}

/**
 * Numbers that chance decides, the same ones whenever the seed and what is drawn for are the same. Each kind of call has
 * its own row of numbers: what else is called in between, in whatever order, changes none of them.
 */
class Draws {
  private readonly rows = new Map<string, number>();

  constructor(readonly seed: number) {}

  /** The next number of that row, from 0 up to but not including 1. */
  next(row: string): number {
    const n = (this.rows.get(row) ?? 0) + 1;
    this.rows.set(row, n);
    const digest = createHash("sha256").update(`${this.seed}\n${row}\n${n}`).digest();
    return digest.readUInt32BE() / 2 ** 32;
  }

  /** Starts every row again. */
  restart(): void {
    this.rows.clear();
  }
}

/** What the faults of a server depend on. */
interface FaultsOptions extends Partial<EffectTools> {
  /**
   * The seed for all random decisions.
   *
   * @default 1
   */
  readonly seed?: number;
}

/** A fault that is declared, and what has come of it. */
interface DeclaredFault {
  /** Such as `f1`: what a recorded call names. */
  readonly id: string;
  /** Its compact text. */
  readonly text: string;
  readonly fault: Fault;
  /** How many calls it could have struck, chosen or not. */
  readonly met: number;
  /** How many it has struck. */
  readonly struck: number;
}

/** One declared fault at work. */
interface Active extends DeclaredFault {
  met: number;
  struck: number;
  readonly where: Where;
  readonly effect: Effect;
  /** Milliseconds since 1970. */
  readonly end: number;
}

/**
 * The faults of an embedded Genesys Cloud. They can be added and removed while it runs. If several affect a call, the one
 * added first is the outermost.
 *
 * @example
 * ```ts
 * faults.add("503 on POST deployments first=2");
 * faults.add({ kind: "latency", ms: 50, on: "any" });
 * ```
 */
export class Faults {
  private active: readonly Active[] = [];
  private count = 0;
  private readonly draws: Draws;
  private readonly tools: EffectTools;

  constructor({ seed = 1, now = () => new Date(), sleep = pause }: FaultsOptions = {}) {
    this.draws = new Draws(seed);
    this.tools = { now, sleep };
  }

  get seed(): number {
    return this.draws.seed;
  }

  /**
   * Declares a fault, as data or as its compact text. It counts calls from now on.
   *
   * @throws `FaultError` for an invalid fault
   */
  add(fault: Fault | string): DeclaredFault {
    const read = typeof fault === "string" ? parseFault(fault) : fault;
    const declared: Active = {
      id: `f${++this.count}`,
      text: faultText(read),
      fault: read,
      met: 0,
      struck: 0,
      where: parseWhere(read.on ?? "api"),
      effect: effectOf(read, this.tools),
      end: read.forMs === undefined ? Infinity : this.tools.now().getTime() + read.forMs,
    };
    this.active = [...this.active, declared];
    return declared;
  }

  /** The faults declared, those that are over included, in order. */
  list(): readonly DeclaredFault[] {
    return this.active.map(({ id, text, fault, met, struck }) => ({ id, text, fault, met, struck }));
  }

  /** Removes a fault; false if the id is unknown. */
  remove(id: string): boolean {
    const before = this.active.length;
    this.active = this.active.filter((each) => each.id !== id);
    return this.active.length < before;
  }

  /** Removes all faults and restarts the random sequences. The numbering continues. */
  clear(): void {
    this.active = [];
    this.draws.restart();
  }

  /** Stands before every route but those of the control plane. */
  readonly middleware: MiddlewareHandler<SandboxEnv> = (call, next) => {
    const { active } = this;
    return active.length === 0 ? next() : this.through(call, next, active);
  };

  /** Lets a call pass one fault after the other, and the platform at the end. */
  private async through(call: Call, next: Next, [fault, ...inner]: readonly Active[]): Promise<void> {
    if (fault === undefined) return next();
    const answer = fault.effect.aftermath?.(call);
    if (answer !== undefined) {
      mark(call, fault);
      replaceAnswer(call, answer);
      return undefined;
    }
    const onward = (): Promise<void> => this.through(call, next, inner);
    if (!(await this.strikes(fault, call))) return onward();
    fault.struck++;
    mark(call, fault);
    return fault.effect.strike(call, onward, () => this.draw(fault, "size", call));
  }

  private async strikes(fault: Active, call: Call): Promise<boolean> {
    const { where, effect, end } = fault;
    const { method, path } = call.req;
    if (!where(method, path) || effect.reach?.test(`${method} ${path}`) === false) return false;
    if (this.tools.now().getTime() >= end) return false;
    const n = ++fault.met;
    const { nth = n, first = n, every = 1, chance } = fault.fault;
    if (n !== nth || n > first || n % every !== 0) return false;
    if (chance !== undefined && (await this.draw(fault, "whether", call)) >= chance) return false;
    return effect.spares?.(call) !== true;
  }

  private async draw({ text }: Active, what: string, call: Call): Promise<number> {
    return this.draws.next(`${text}\n${what}\n${await callName(call)}`);
  }
}

/** Public files and the loader are not recorded, so there is nothing to mark. */
function mark({ req, var: { call } }: Call, { id }: DeclaredFault): void {
  if (isRecorded(req.path)) call.faults = [...(call.faults ?? []), id];
}

/** Does not keep a process alive: who stops the server does not wait for a fault. */
async function pause(milliseconds: number): Promise<void> {
  await wait(milliseconds, undefined, { ref: false });
}

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
    return faults.remove(id) ? c.body(null, 204) : c.json({ message: `fault "${id}" not found` }, 404);
  });
  return app;
}

function present({ id, text, fault, met, struck }: DeclaredFault): object {
  return { id, text, ...fault, met, struck };
}
