import { setTimeout as wait } from "node:timers/promises";

import { type MiddlewareHandler, type Next } from "hono";

import { isRecorded } from "../api/call-log";
import { type SandboxEnv } from "../api/environment";
import { callName } from "./call-name";
import { Draws } from "./draws";
import { type Call, type Effect, effectOf, type EffectTools } from "./effect";
import { type Fault } from "./fault";
import { faultText, parseFault } from "./fault-text";
import { replaceAnswer } from "./effects/replace-answer";
import { parseWhere, type Where } from "./where";

/** What the faults of a server depend on. */
export interface FaultsOptions extends Partial<EffectTools> {
  /**
   * Decides everything that chance decides.
   *
   * @default 1
   */
  readonly seed?: number;
}

/** A fault that is declared, and what has come of it. */
export interface DeclaredFault {
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
 * What goes wrong on purpose in an embedded Genesys Cloud. Faults may be declared and withdrawn while it runs; where more
 * than one strikes a call, the one declared first is the outermost.
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
   * @throws `FaultError` for a text that is no fault
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

  /** Withdraws a fault; false when there is none of that id. */
  remove(id: string): boolean {
    const before = this.active.length;
    this.active = this.active.filter((each) => each.id !== id);
    return this.active.length < before;
  }

  /** Withdraws all of them, and lets chance start again. The numbering goes on. */
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
