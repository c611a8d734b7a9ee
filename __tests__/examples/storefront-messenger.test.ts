import { loaderUrl } from "../../examples/storefront/app/messenger/regions";
import { regions } from "../../lib/genesys/regions";

/** The store's exports. It is loaded without its types, which need those of a browser. */
interface Store {
  boot(deployment: { environment: string; deploymentId: string }): void;
  currentState(): string;
  subscribe(listener: () => void): () => void;
  openMessenger(): void;
}

type Genesys = ((...call: unknown[]) => void) & { readonly q?: unknown[][]; readonly c?: unknown };

interface Script {
  src: string;
  onload: () => void;
  onerror: () => void;
}

const deployment = { environment: "prod-euc1", deploymentId: "0e8a2c8e-5b1e-4a52-9a6d-1f2b3c4d5e6f" };
const page: { Genesys?: Genesys } = {};
let scripts: Script[];
let store: Store;

beforeEach(() => {
  jest.useFakeTimers();
  scripts = [];
  delete page.Genesys;
  Object.assign(globalThis, {
    window: page,
    document: { createElement: () => ({}), head: { append: (script: Script) => scripts.push(script) } },
  });
  jest.isolateModules(() => {
    store = jest.requireActual<Store>("../../examples/storefront/app/messenger/store");
  });
});

afterEach(() => {
  jest.useRealTimers();
  Reflect.deleteProperty(globalThis, "window");
  Reflect.deleteProperty(globalThis, "document");
});

/** The loader's script arrives: it replaces the queueing function, then the browser says that it is loaded. */
function arrive(): jest.Mock {
  const loaded = jest.fn();
  page.Genesys = loaded;
  scripts[0]?.onload();
  return loaded;
}

/** Calls all that subscribed to an event, be it in the queue or after the loader came. */
function publish(event: string, calls: readonly unknown[][]): void {
  for (const [verb, name, react] of calls) if (verb === "subscribe" && name === event) (react as () => void)();
}

test("it knows the loader of every region, and of nothing else", () => {
  for (const { environment, domain } of regions) {
    expect(loaderUrl(environment)).toBe(`https://apps.${domain}/genesys-bootstrap/genesys.min.js`);
  }
  expect(["prod-xx1", "", "constructor"].map(loaderUrl)).toEqual([undefined, undefined, undefined]);
});

test("however often it is asked for, a document loads one Messenger", () => {
  store.boot(deployment);
  store.boot(deployment);
  store.boot({ ...deployment, deploymentId: "another" });
  expect(scripts.map(({ src }) => src)).toEqual(["https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js"]);
  expect(page.Genesys?.c).toEqual(deployment);
  expect(store.currentState()).toBe("loading");
});

test("after a hot update of the module, the Messenger that is there stays", () => {
  const there = jest.fn();
  page.Genesys = there;
  store.boot(deployment);
  expect(scripts).toEqual([]);
  expect(page.Genesys).toBe(there);
});

test("the event that it waits for makes it ready, and listeners hear of it until they leave", () => {
  const listener = jest.fn();
  const leave = store.subscribe(listener);
  store.boot(deployment);
  const queue = page.Genesys?.q ?? [];
  arrive();
  publish("Messenger.ready", queue);
  expect(store.currentState()).toBe("ready");
  expect(listener).toHaveBeenCalledTimes(2);
  leave();
  publish("Messenger.ready", queue);
  expect(listener).toHaveBeenCalledTimes(2);
});

test("a host that is not admitted is told apart, although nothing in the queue ever runs", () => {
  store.boot(deployment);
  const loaded = arrive();
  publish("GenesysJS.domainNotAllowed", loaded.mock.calls as unknown[][]);
  expect(store.currentState()).toBe("blocked");
  jest.advanceTimersByTime(60_000);
  expect(store.currentState()).toBe("blocked");
});

test("it fails when the script does not arrive", () => {
  store.boot(deployment);
  scripts[0]?.onerror();
  expect(store.currentState()).toBe("failed");
});

test("it fails when the deployment does not exist, which shows in silence only", () => {
  store.boot(deployment);
  arrive();
  jest.advanceTimersByTime(9_999);
  expect(store.currentState()).toBe("loading");
  jest.advanceTimersByTime(1);
  expect(store.currentState()).toBe("failed");
});

test("it fails in a region that does not exist, and loads nothing", () => {
  store.boot({ ...deployment, environment: "prod-xx1" });
  expect(store.currentState()).toBe("failed");
  expect(scripts).toEqual([]);
});

test("opening goes to the function that is there now, and a refusal is harmless", () => {
  store.boot(deployment);
  const loaded = arrive();
  store.openMessenger();
  const [verb, command, , , refused] = loaded.mock.lastCall as [string, string, unknown, unknown, () => unknown];
  expect([verb, command]).toEqual(["command", "Messenger.open"]);
  expect(refused()).toBeUndefined();
});
