import fc from "../../../../__tests__/fast-check";

import { policyAdmits } from "../../../../lib/genesys/host-check";
import { deploymentsPath, plainConfiguration, Sandbox, textOf } from "../api/fixture";
import { FakePage } from "./page";

interface Deployed {
  readonly page: FakePage;
  readonly id: string;
}

/** A page at an address, and a deployment on an embedded Genesys Cloud that its files really come from. */
async function deploy(
  address: string,
  settings: object = { allowedDomains: ["example.com"] },
  content: object = {},
): Promise<Deployed> {
  const sandbox = new Sandbox();
  const configuration = { id: await sandbox.publishedConfiguration({ ...plainConfiguration, ...content }) };
  const made = await sandbox.call("POST", deploymentsPath, { name: "Shop", configuration });
  await sandbox.call("PUT", textOf(made.body, "selfUri"), { name: "Shop", configuration, ...settings });
  return {
    page: new FakePage(address, async (url) => sandbox.app.request(url)),
    id: textOf(made.body, "id"),
  };
}

/** The page has loaded the loader, and everything has happened that would. */
async function visit(address: string, settings?: object, content?: object): Promise<FakePage> {
  const { page, id } = await deploy(address, settings, content);
  page.snippet(id);
  page.load();
  await page.settle();
  return page;
}

const outcomes = ["GenesysJS.configurationReceived", "GenesysJS.domainNotAllowed", "Messenger.ready"];

describe("a page is admitted by its host alone", () => {
  test.each([
    ["https://example.com/shop", ["example.com"], true],
    ["https://www.example.com/", ["example.com"], true],
    ["https://WWW.Example.com/", ["EXAMPLE.com"], true],
    ["http://localhost:3000/", ["localhost"], true],
    ["http://127.0.0.1:3000/", ["localhost"], false],
    ["http://[::1]:3000/", ["[::1]"], true],
    ["https://notexample.com/", ["example.com"], false],
    ["https://example.com/", ["www.example.com"], false],
    ["https://example.com/", ["https://example.com"], false],
    ["https://example.com/", ["example.com/"], false],
    ["https://www.example.com/", ["*.example.com"], false],
    ["https://www.example.com/", [".example.com"], false],
    ["https://example.com:8443/", ["example.com:8443"], false],
    ["https://münchen.example/", ["xn--mnchen-3ya.example"], true],
    ["https://example.com/", [], false],
  ])("%s with %j: %s", async (address, allowedDomains, admitted) => {
    const { page, id } = await deploy(address, { allowedDomains });
    page.snippet(id);
    page.load();
    const seen = page.listen(...outcomes);
    await page.settle();
    expect(seen.map(({ event }) => event)).toEqual(
      admitted ? ["GenesysJS.configurationReceived", "Messenger.ready"] : ["GenesysJS.domainNotAllowed"],
    );
  });

  test("everywhere, where all domains are allowed", async () => {
    const page = await visit("https://anywhere.example.net/", { allowAllDomains: true });
    expect(page.element("genesys-mxg-frame")).toBeDefined();
  });

  test("as the library's own host check decides it", async () => {
    const label = fc.constantFrom("a", "b", "ab", "www", "A");
    const host = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join("."));
    const entries = fc.array(fc.oneof(host, fc.constantFrom("", ".a", "*.a", "a:1", "https://a")), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(host, entries, fc.boolean(), async (hostname, allowedDomains, allowAllDomains) => {
        const policy = { allowAllDomains, allowedDomains };
        const page = new FakePage(`https://${hostname}/`, (url) =>
          Promise.resolve({
            ok: true,
            json: () => Promise.resolve(url.endsWith("domains.json") ? policy : { status: "Active" }),
          }),
        );
        page.snippet("x");
        page.load();
        await page.settle();
        expect(page.fetched.includes("/webdeployments/v1/deployments/x/config.json")).toBe(
          policyAdmits(policy, hostname),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe("a page that is not admitted", () => {
  test("gets one event and silence: no configuration, no frame, and its queue is never run", async () => {
    const { page, id } = await deploy("https://shop.example.net/");
    page.snippet(id);
    const queued = page.listen(...outcomes);
    page.load();
    const late = page.listen(...outcomes);
    await page.settle();
    expect(late).toMatchObject([{ publisher: "GenesysJS", event: "GenesysJS.domainNotAllowed" }]);
    expect(queued).toEqual([]);
    expect(page.genesys.q).toHaveLength(outcomes.length);
    expect(page.fetched).toEqual([`/webdeployments/v1/deployments/${id}/domains.json`]);
    expect(page.elements).toEqual([]);
  });

  test("cannot ask for the configuration", async () => {
    const page = await visit("https://shop.example.net/");
    const answers = page.command("GenesysJS.configuration");
    await page.settle();
    expect(answers).toEqual([["rejected", "Deployment config is not available"]]);
  });
});

test("a deployment that does not exist is silence altogether", async () => {
  const { page } = await deploy("https://example.com/");
  page.snippet("11111111-2222-4333-8444-555555555555");
  page.load();
  const seen = page.listen(...outcomes);
  await page.settle();
  expect(seen).toEqual([]);
  expect(page.fetched).toHaveLength(1);
});

test("a network that fails is silence for the page, too", async () => {
  const page = new FakePage("https://example.com/", () => Promise.reject(new Error("no network")));
  page.snippet("x");
  page.load();
  const seen = page.listen(...outcomes);
  await page.settle();
  expect(seen).toEqual([]);
  expect(page.warnings).toEqual([expect.stringContaining("no network")]);
});

test("a deployment that is switched off gives its configuration and starts nothing", async () => {
  const { page, id } = await deploy("https://example.com/", { allowedDomains: ["example.com"], status: "Inactive" });
  page.snippet(id);
  const seen = page.listen(...outcomes, "MessagingService.ready");
  page.load();
  await page.settle();
  expect(seen).toMatchObject([{ event: "GenesysJS.configurationReceived", data: { status: "Inactive" } }]);
  expect(page.elements).toEqual([]);
});

describe("the function in the page", () => {
  test("is replaced as soon as the loader runs, and keeps what the snippet put on it", async () => {
    const { page, id } = await deploy("https://example.com/");
    page.snippet(id);
    const stub = page.genesys;
    page.load();
    expect(page.genesys).not.toBe(stub);
    expect({ ...page.genesys }).toEqual({ t: 1, c: { environment: "prod", deploymentId: id }, q: [] });
    await page.settle();
  });

  test("may have another name", async () => {
    const { page, id } = await deploy("https://example.com/");
    page.snippet(id, "Chat");
    page.load();
    await page.settle();
    expect(page.global("Genesys")).toBeUndefined();
    expect(page.element("genesys-mxg-frame")).toBeDefined();
  });

  test("may have been a plain object, subscribed to after the load", async () => {
    const { page, id } = await deploy("https://example.com/");
    page.genesys = { t: 1, c: { environment: "prod", deploymentId: id }, q: [] };
    page.load();
    const seen = page.listen("Messenger.ready");
    await page.settle();
    expect(seen).toHaveLength(1);
  });

  test("runs what was queued in its order, after the configuration came", async () => {
    const { page, id } = await deploy("https://example.com/");
    page.snippet(id);
    const order: string[] = [];
    const note = (word: string) => (): unknown => order.push(word);
    page.genesys("subscribe", "GenesysJS.configurationReceived", note("first"));
    page.genesys("command", "Messenger.open", note("opened"));
    page.genesys("subscribe", "GenesysJS.configurationReceived", note("second"));
    page.load();
    expect(order).toEqual([]);
    await page.settle();
    expect(order).toEqual(["first", "second", "opened"]);
    expect(page.genesys.q).toEqual([]);
  });

  test("warns of what it cannot do", async () => {
    const page = await visit("https://example.com/");
    page.genesys("monitor", () => undefined);
    page.genesys("toString");
    expect(page.warnings).toEqual([expect.stringContaining('"monitor"'), expect.stringContaining('"toString"')]);
  });
});

describe("events", () => {
  test("come in a later turn, as an envelope", async () => {
    const page = await visit("https://example.com/");
    const seen = page.listen("Messenger.opened");
    page.command("Messenger.open");
    expect(seen).toEqual([]);
    await page.settle();
    expect(seen).toEqual([
      {
        time: expect.any(Number) as number,
        publisher: "Messenger",
        event: "Messenger.opened",
        eventName: "opened",
        data: {},
      },
    ]);
  });

  test.each([
    "GenesysJS.configurationReceived",
    "Messenger.ready",
    "Launcher.ready",
    "MessagingService.ready",
    "Database.ready",
  ])("%s is still given to who subscribes late, without its name", async (event) => {
    const page = await visit("https://example.com/");
    const seen = page.listen(event);
    expect(seen).toEqual([]);
    await page.settle();
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toHaveProperty("eventName");
  });

  test.each(["Messenger.opened", "Launcher.visible"])("%s is not", async (event) => {
    const page = await visit("https://example.com/");
    page.command("Messenger.open");
    await page.settle();
    const seen = page.listen(event);
    await page.settle();
    expect(seen).toEqual([]);
  });
});

describe("the Messenger", () => {
  test("opens once and closes once, and says when it is there already", async () => {
    const page = await visit("https://example.com/");
    const answers: unknown[][] = [];
    for (const name of ["Messenger.open", "Messenger.open", "Messenger.close", "Messenger.close"]) {
      answers.push(page.command(name));
      await page.settle();
    }
    expect(answers.map(([first]) => (first as unknown[])[0])).toEqual(["resolved", "rejected", "resolved", "rejected"]);
  });

  test("is opened and closed by its launcher's frame, and by no other window", async () => {
    const page = await visit("https://example.com/");
    const seen = page.listen("Messenger.opened", "Messenger.closed");
    const launcher = page.element("genesys-mxg-frame");
    for (const source of [{}, launcher?.contentWindow ?? {}, launcher?.contentWindow ?? {}]) {
      page.message(source, "genesys-sandbox:toggle");
      await page.settle();
    }
    page.message(launcher?.contentWindow ?? {}, "something else");
    await page.settle();
    expect(seen.map(({ event }) => event)).toEqual(["Messenger.opened", "Messenger.closed"]);
  });

  test("shows its frames from where the loader came", async () => {
    const page = await visit("https://example.com/");
    expect(page.elements.map(({ id, src, hidden }) => [id, src, hidden])).toEqual([
      ["genesys-mxg-frame", "http://127.0.0.1/messenger/launcher.html", false],
      ["genesys-mxg-container-frame", "http://127.0.0.1/messenger/messenger.html", true],
    ]);
  });

  test.each([
    [undefined, { right: "20px" }],
    [
      { alignment: "Left", sideSpace: 40, bottomSpace: 12 },
      { left: "40px", bottom: "12px" },
    ],
    [{ alignment: "Right", sideSpace: 8 }, { right: "8px" }],
  ])("stands where the configuration says: %j", async (position, style) => {
    const page = await visit("https://example.com/", undefined, position === undefined ? {} : { position });
    expect(page.element("genesys-mxg-frame")?.style).toMatchObject(style);
  });

  test.each([
    ["On", false, "Launcher.hide", "Invalid configuration of Launcher button"],
    ["Off", true, "Launcher.show", "Invalid configuration of Launcher button"],
    ["OnDemand", true, "Launcher.hide", "already hidden"],
  ])("with its launcher %s, hidden is %s and %s is rejected", async (visibility, hidden, command, reason) => {
    const page = await visit("https://example.com/", undefined, {
      messenger: { enabled: true, launcherButton: { visibility } },
    });
    expect(page.element("genesys-mxg-frame")?.hidden).toBe(hidden);
    const answers = page.command(command);
    await page.settle();
    expect(answers).toEqual([["rejected", reason]]);
  });

  test("shows a launcher on demand when asked to, or when it is opened", async () => {
    const messenger = { enabled: true, launcherButton: { visibility: "OnDemand" } };
    for (const command of ["Launcher.show", "Messenger.open"]) {
      const page = await visit("https://example.com/", undefined, { messenger });
      const seen = page.listen("Launcher.visible");
      expect(page.command(command)).toEqual([]);
      await page.settle();
      expect(page.element("genesys-mxg-frame")?.hidden).toBe(false);
      expect(seen).toHaveLength(1);
    }
  });

  test("has no interface in a headless deployment, but its service is ready", async () => {
    const page = await visit("https://example.com/", undefined, { headlessMode: { enabled: true } });
    const seen = page.listen("MessagingService.ready", "Messenger.ready", "Launcher.ready");
    const answers = page.command("Messenger.open");
    await page.settle();
    expect(seen.map(({ event }) => event)).toEqual(["MessagingService.ready"]);
    expect(answers).toEqual([["rejected", "Messenger user interface must be enabled in your configuration."]]);
    expect(page.elements).toEqual([]);
  });

  test("does not start where the configuration disables it", async () => {
    const page = await visit("https://example.com/", undefined, { messenger: { enabled: false } });
    expect(page.elements).toEqual([]);
  });
});

describe("commands", () => {
  test("the configuration is returned without internal fields", async () => {
    const page = await visit("https://example.com/", undefined, { messenger: { enabled: true } });
    const answers = page.command("GenesysJS.configuration");
    await page.settle();
    expect(answers).toMatchObject([["resolved", { status: "Active", languages: ["en-us"] }]]);
    expect(answers).not.toMatchObject([["resolved", { messenger: {} }]]);
  });

  test("the database keeps, merges and forgets", async () => {
    const page = await visit("https://example.com/");
    const attributes = (more: object): object => ({ messaging: { customAttributes: more } });
    page.command("Database.set", attributes({ a: "1" }));
    page.command("Database.update", attributes({ b: "2" }));
    const merged = page.command("Database.get", { name: "messaging" });
    page.command("Database.remove", { name: "messaging" });
    const gone = page.command("Database.get", { name: "messaging" });
    await page.settle();
    expect(merged).toEqual([["resolved", { customAttributes: { a: "1", b: "2" } }]]);
    expect(gone).toEqual([["rejected", "not found"]]);
  });

  test("one that the sandbox does not have is rejected; one of a plugin that is not there waits for it", async () => {
    const page = await visit("https://example.com/");
    const unknown = page.command("MessagingService.sendMessage", { message: "hello" });
    const waiting = page.command("Shop.greet");
    await page.settle();
    expect(unknown).toEqual([["rejected", 'the sandbox does not support the command "MessagingService.sendMessage"']]);
    expect(waiting).toEqual([]);
    page.genesys("registerPlugin", "Shop", (plugin: Plugin) => {
      plugin.registerCommand("greet", (e) => {
        e.resolve("hello");
      });
    });
    await page.settle();
    expect(waiting).toEqual([["resolved", "hello"]]);
  });
});

interface Plugin {
  registerCommand(name: string, run: (e: { data: unknown; resolve: (value: unknown) => void }) => void): void;
  command(name: string, options?: object): Promise<unknown>;
  subscribe(event: string, callback: () => void): void;
  unsubscribe(event: string): void;
  publish(event: string, data: unknown): void;
  data(key: string, ...value: unknown[]): unknown;
  ready(): void;
}

describe("a page's own plugin", () => {
  test("gives commands promises, publishes under its name, and can stop listening", async () => {
    const page = await visit("https://example.com/");
    const seen = page.listen("AuthProvider.signedIn", "AuthProvider.ready");
    const heard: string[] = [];
    page.genesys("subscribe", "Messenger.opened", () => heard.push("the page's"));
    let opening: Promise<unknown> | undefined;
    page.genesys("registerPlugin", "AuthProvider", (plugin: Plugin) => {
      plugin.subscribe("Messenger.opened", () => heard.push("mine"));
      plugin.unsubscribe("Messenger.opened");
      plugin.publish("signedIn", { who: "me" });
      opening = plugin.command("Messenger.open");
      expect(plugin.data("key", 7)).toBe(7);
      expect(plugin.data("key")).toBe(7);
      plugin.ready();
    });
    await page.settle();
    expect(await opening).toBeUndefined();
    expect(seen.map(({ event }) => event)).toEqual(["AuthProvider.signedIn", "AuthProvider.ready"]);
    expect(heard).toEqual(["the page's"]);
  });

  test("cannot take a name that is taken", async () => {
    const page = await visit("https://example.com/");
    expect(() => {
      page.genesys("registerPlugin", "Messenger", () => undefined);
    }).toThrow("Name is already taken");
  });
});
