import { loaderUrl } from "./regions";

/**
 * Where the Messenger stands in this document:
 * - `off`: not requested yet, as on the server and while the page hydrates
 * - `loading`: its script is on the way, or decides whether it may run here
 * - `ready`: it can be opened
 * - `blocked`: the deployment's allowed domains do not admit this page's host
 * - `failed`: it will not come; the network, a content blocker or a wrong deployment id are the usual reasons
 */
export type MessengerState = "off" | "loading" | "ready" | "blocked" | "failed";

/** Which Messenger to load. */
export interface Deployment {
  /** The Genesys Cloud region, as the Messenger names it, such as `prod-euc1`. */
  readonly environment: string;
  readonly deploymentId: string;
}

type Genesys = (verb: string, name: string, ...rest: unknown[]) => void;

declare global {
  interface Window {
    Genesys?: Genesys;
    _genesysJs?: string;
  }
}

/** A deployment that cannot be loaded publishes nothing at all, so that only a clock can tell. */
const patienceMs = 10_000;

// The module lives as long as the document, and so does the Messenger, which cannot be removed from it: no React
// lifecycle may start it twice or stop it.
let state: MessengerState = "off";
const listeners = new Set<() => void>();

function enter(next: MessengerState): void {
  state = next;
  for (const listener of listeners) listener();
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export const currentState = (): MessengerState => state;

/** The same for every request and for hydration, whatever the browser does meanwhile. */
export const serverState = (): MessengerState => "off";

/** Loads the Messenger, the first time that it is called in a document. Later calls do nothing. */
export function boot(deployment: Deployment): void {
  if (state !== "off") return;
  const url = loaderUrl(deployment.environment);
  if (url === undefined) {
    enter("failed");
    return;
  }
  enter("loading");
  // After a hot update of this file the document still has the Messenger that the old module loaded.
  const isThere = window.Genesys !== undefined;
  if (!isThere) defineQueue(deployment);
  on("Messenger.ready", () => {
    enter("ready");
  });
  if (!isThere) appendLoader(url);
}

/** Opens the Messenger's window. Calling it while the window is open has no effect. */
export function openMessenger(): void {
  const ignored = (): void => undefined;
  window.Genesys?.("command", "Messenger.open", {}, ignored, ignored);
}

/** What Genesys's snippet does before its script is there, without an inline script that a CSP would have to allow. */
function defineQueue(deployment: Deployment): void {
  const queue: unknown[] = [];
  const enqueue: Genesys = (...call) => {
    queue.push(call);
  };
  window._genesysJs = "Genesys";
  window.Genesys = Object.assign(enqueue, { q: queue, t: Date.now(), c: { ...deployment } });
}

function appendLoader(url: string): void {
  const script = document.createElement("script");
  script.async = true;
  script.src = url;
  script.onerror = () => {
    enter("failed");
  };
  script.onload = () => {
    // Subscribed only now: where the host is not allowed, the queue of earlier calls is never worked off.
    on("GenesysJS.domainNotAllowed", () => {
      enter("blocked");
    });
    setTimeout(() => {
      if (state === "loading") enter("failed");
    }, patienceMs);
  };
  document.head.append(script);
}

/** The loader replaces `window.Genesys`, so that it is looked up for every call. */
function on(event: string, react: () => void): void {
  window.Genesys?.("subscribe", event, react);
}
