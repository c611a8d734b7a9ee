import { createContext, Script } from "node:vm";

import { loaderScript } from "../../lib/runtime/runtime";

/** What a page sees of an event. */
export interface SeenEvent {
  readonly publisher: string;
  readonly event: string;
  readonly eventName?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The function that the snippet leaves in the page, and the loader replaces. */
export interface GenesysFunction {
  (...call: readonly unknown[]): void;
  q?: unknown[];
  t?: number;
  c?: object;
}

/** An element, as far as the loader uses one. */
export interface FakeElement {
  readonly tag: string;
  readonly style: Record<string, string>;
  readonly contentWindow: object;
  id?: string;
  src?: string;
  hidden?: boolean;
}

type Fetch = (url: string) => Promise<{ readonly ok: boolean; readonly json: () => Promise<unknown> }>;

/**
 * A page with just what the loader touches of a browser, in a separate context. Time passes only in {@link settle}, so
 * that "in a later turn" can be told from "at once".
 */
export class FakePage {
  readonly elements: FakeElement[] = [];
  readonly fetched: string[] = [];
  readonly warnings: string[] = [];
  private readonly window: Record<string, unknown>;
  private readonly timers: (() => void)[] = [];
  private readonly listeners = new Map<string, (event: object) => void>();
  private pending = 0;

  constructor(
    readonly address: string,
    fetch: Fetch,
  ) {
    const counted: Fetch = async (url) => {
      this.fetched.push(new URL(url).pathname);
      this.pending++;
      try {
        return await fetch(url);
      } finally {
        this.pending--;
      }
    };
    const document = {
      location: new URL(address),
      currentScript: undefined as { src: string } | undefined,
      createElement: (tag: string): FakeElement => ({ tag, style: {}, contentWindow: {} }),
      body: {
        append: (...added: FakeElement[]): void => {
          this.elements.push(...added);
        },
      },
    };
    this.window = {
      document,
      URL,
      fetch: counted,
      console: { log: () => undefined, warn: (...words: unknown[]) => this.warnings.push(words.map(String).join(" ")) },
      setTimeout: (callback: () => void) => this.timers.push(callback),
      addEventListener: (name: string, listener: (event: object) => void) => this.listeners.set(name, listener),
    };
    createContext(this.window);
  }

  /** What the snippet does before the loader comes: a function that queues its arguments, and the deployment's id on it. */
  snippet(deploymentId: string, globalName = "Genesys"): void {
    const stub: GenesysFunction = (...call) => (stub.q ??= []).push(call);
    stub.t = 1;
    stub.c = { environment: "prod", deploymentId };
    this.window["_genesysJs"] = globalName;
    this.window[globalName] = stub;
  }

  /** The loader's script runs, loaded from there. */
  load(origin = "http://127.0.0.1"): void {
    const document = this.window["document"] as { currentScript: object | undefined };
    document.currentScript = { src: `${origin}/genesys-bootstrap/genesys.min.js` };
    new Script(loaderScript()).runInContext(this.window);
    document.currentScript = undefined;
  }

  /** The function that is in the page now. */
  get genesys(): GenesysFunction {
    return this.window["Genesys"] as GenesysFunction;
  }

  set genesys(stub: unknown) {
    this.window["Genesys"] = stub;
  }

  global(name: string): unknown {
    return this.window[name];
  }

  /** Subscribes, and gives the list that the events will be added to. */
  listen(...events: readonly string[]): SeenEvent[] {
    const seen: SeenEvent[] = [];
    for (const event of events) this.genesys("subscribe", event, (envelope: SeenEvent) => seen.push(envelope));
    return seen;
  }

  /** Gives a command, and the list that its answer will be added to. */
  command(name: string, options?: object): unknown[] {
    const answers: unknown[] = [];
    const resolved = (value: unknown): unknown => answers.push(["resolved", value]);
    const rejected = (reason: unknown): unknown => answers.push(["rejected", reason]);
    if (options === undefined) this.genesys("command", name, resolved, rejected);
    else this.genesys("command", name, options, resolved, rejected);
    return answers;
  }

  /** A message from a frame's window. */
  message(source: object, data: unknown): void {
    this.listeners.get("message")?.({ source, data });
  }

  /** Lets everything happen that is under way. */
  async settle(): Promise<void> {
    do {
      await new Promise(setImmediate);
      for (const callback of this.timers.splice(0)) callback();
    } while (this.pending > 0 || this.timers.length > 0);
    await new Promise(setImmediate);
    if (this.timers.length > 0) await this.settle();
  }

  element(id: string): FakeElement | undefined {
    return this.elements.find((element) => element.id === id);
  }
}
