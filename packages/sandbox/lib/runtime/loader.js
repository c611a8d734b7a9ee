/**
 * The sandbox's stand-in for Genesys's `genesys-bootstrap/genesys.min.js`: what a page can see of the loader, and no more.
 *
 * It replaces the snippet's queueing function, reads the deployment's `domains.json`, and admits the page or not. A page
 * that is not admitted gets one event and silence: no configuration, and what the snippet queued is never run. It talks to
 * the origin that it was loaded from, where the real one goes to the hosts of `environment`.
 *
 * As the real one (read in it by third parties): replacing the function, the host check, the events and which of them a
 * late subscriber still gets, events that arrive in a later turn, the texts of rejections. Not as the real one: there is no
 * conversation, and a command that the sandbox does not have is rejected. Unknown, and so decided here: what a second
 * loader on one page does (it starts over), and what a command for a plugin that is not there yet does (it waits).
 */
(function (page) {
  "use strict";

  const { document } = page;
  const globalName = page._genesysJs || "Genesys";
  const stub = page[globalName] || {};
  const settings = stub.c || {};
  const queue = stub.q || [];
  const origin = new page.URL(document.currentScript.src).origin;

  // Events: "Plugin.event", delivered in a later turn; those that are republished wait for late subscribers.

  const subscribers = new Map();
  const lastPayloads = new Map();

  function deliver(callback, envelope) {
    page.setTimeout(() => callback(envelope), 0);
  }

  function publish(event, data, { republished = false } = {}) {
    const [publisher, ...rest] = event.split(".");
    const envelope = { time: Date.now(), publisher, event, data };
    if (republished) lastPayloads.set(event, envelope);
    if (settings.debug) page.console.log(`[genesys sandbox] ${event}`, data);
    for (const { callback } of subscribers.get(event) || []) {
      deliver(callback, { ...envelope, eventName: rest.join(".") });
    }
  }

  function subscribe(event, callback, owner) {
    subscribers.set(event, [...(subscribers.get(event) || []), { callback, owner }]);
    if (lastPayloads.has(event)) deliver(callback, lastPayloads.get(event));
  }

  // Plugins and their commands: "Plugin.command", answered by callbacks only.

  const plugins = new Map();
  const waiting = new Map();

  function command(name, options, resolved, rejected) {
    if (typeof options === "function") return command(name, undefined, options, resolved);
    const [plugin, ...rest] = name.split(".");
    if (!plugins.has(plugin)) {
      waiting.set(plugin, [...(waiting.get(plugin) || []), () => command(name, options, resolved, rejected)]);
      return undefined;
    }
    const settle = (callback) => (value) => callback && page.setTimeout(() => callback(value), 0);
    const reject = settle(rejected);
    const run = plugins.get(plugin).get(rest.join("."));
    if (run === undefined) reject(`the sandbox does not support the command "${name}"`);
    else run({ data: options, resolve: settle(resolved), reject });
    return undefined;
  }

  function addPlugin(name, commands = {}) {
    if (plugins.has(name)) throw new Error("Name is already taken");
    plugins.set(name, new Map(Object.entries(commands)));
    const held = waiting.get(name) || [];
    waiting.delete(name);
    // The plugin's own code, which registers the commands, goes first.
    page.setTimeout(() => held.forEach((again) => again()), 0);
  }

  function registerPlugin(name, start) {
    addPlugin(name);
    const data = new Map();
    start({
      command: (full, options) => new Promise((resolve, reject) => command(full, options, resolve, reject)),
      subscribe: (event, callback) => subscribe(event, callback, name),
      unsubscribe: (event) => {
        const others = (subscribers.get(event) || []).filter(({ owner }) => owner !== name);
        subscribers.set(event, others);
      },
      publish: (event, payload) => publish(`${name}.${event}`, payload),
      republish: (event, payload) => publish(`${name}.${event}`, payload, { republished: true }),
      registerCommand: (each, run) => plugins.get(name).set(each, run),
      data: (key, ...value) => (value.length > 0 ? data.set(key, value[0]).get(key) : data.get(key)),
      ready: () => ready(name),
    });
  }

  function ready(name) {
    publish(`${name}.ready`, {}, { republished: true });
  }

  // What the page's function does from now on. It keeps what the snippet left on it, the queue above all.

  const verbs = { command, subscribe: (event, callback) => subscribe(event, callback), registerPlugin };

  function genesys(verb, ...rest) {
    if (Object.hasOwn(verbs, verb)) verbs[verb](...rest);
    else page.console.warn(`[genesys sandbox] unknown call Genesys("${verb}", …)`);
  }
  Object.assign(genesys, { c: settings, t: stub.t, q: queue });
  page[globalName] = genesys;

  let configuration;
  addPlugin("GenesysJS", {
    configuration: ({ resolve, reject }) => {
      if (configuration === undefined) return reject("Deployment config is not available");
      const { id, version, languages, defaultLanguage, status } = configuration;
      return resolve({ id, version, languages, defaultLanguage, status });
    },
  });

  // Admission.

  async function read(file) {
    const deployment = encodeURIComponent(settings.deploymentId);
    const answer = await page.fetch(`${origin}/webdeployments/v1/deployments/${deployment}/${file}.json`);
    return answer.ok ? answer.json() : undefined;
  }

  function admits({ allowAllDomains, allowedDomains }) {
    const host = document.location.hostname.toLowerCase();
    const admitting = (entry) => host === entry || host.endsWith(`.${entry}`);
    return allowAllDomains || allowedDomains.some((entry) => admitting(entry.toLowerCase()));
  }

  async function boot() {
    const domains = await read("domains");
    if (domains === undefined) return; // An unknown deployment: the page hears nothing at all.
    if (!admits(domains)) {
      publish("GenesysJS.domainNotAllowed", { hostname: document.location.hostname });
      return;
    }
    configuration = await read("config");
    if (configuration === undefined) return;
    publish("GenesysJS.configurationReceived", configuration, { republished: true });
    for (const queued of queue.splice(0)) genesys(...queued);
    if (configuration.status === "Active") startMessenger();
  }

  // The Messenger: its data, its (silent) connection, and two frames.

  function startMessenger() {
    const headless = configuration.headlessMode?.enabled === true;
    const messenger = configuration.messenger || {};
    startDatabase();
    addPlugin("MessagingService");
    ready("MessagingService");
    if (headless) {
      const refuse = ({ reject }) => reject("Messenger user interface must be enabled in your configuration.");
      addPlugin("Messenger", { open: refuse, close: refuse });
    } else if (messenger.enabled !== false) {
      whenBodyIsThere(() => startInterface(messenger));
    }
  }

  function startDatabase() {
    const values = {};
    const changed = (resolve) => {
      publish("Database.updated", { ...values });
      resolve({ ...values });
    };
    addPlugin("Database", {
      get: ({ data, resolve, reject }) =>
        Object.hasOwn(values, data.name) ? resolve(values[data.name]) : reject("not found"),
      set: ({ data, resolve }) => changed(resolve, Object.assign(values, data)),
      update: ({ data, resolve }) => changed(resolve, merge(values, data)),
      remove: ({ data, resolve }) => changed(resolve, delete values[data.name]),
    });
    ready("Database");
  }

  function merge(target, source) {
    for (const [key, value] of Object.entries(source)) {
      const both = [target[key], value].every((each) => typeof each === "object" && each !== null);
      if (both && Object.hasOwn(target, key)) merge(target[key], value);
      else Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true });
    }
    return target;
  }

  function startInterface(messenger) {
    const visibility = messenger.launcherButton?.visibility || "On";
    const launcher = frame("genesys-mxg-frame", "launcher", { width: "64px", height: "64px" });
    const container = frame("genesys-mxg-container-frame", "messenger", { width: "360px", height: "480px" });

    const showLauncher = (shown) => {
      launcher.hidden = !shown;
      publish(shown ? "Launcher.visible" : "Launcher.hidden", {});
    };
    const switchLauncher = (shown) => (e) => {
      if (visibility !== "OnDemand") return e.reject("Invalid configuration of Launcher button");
      if (launcher.hidden !== shown) return e.reject(shown ? "already visible" : "already hidden");
      showLauncher(shown);
      return e.resolve();
    };
    const switchMessenger = (opened) => (e) => {
      if (container.hidden !== opened) return e.reject(opened ? "already opened" : "already closed");
      container.hidden = !opened;
      if (opened && visibility === "OnDemand" && launcher.hidden) showLauncher(true);
      publish(opened ? "Messenger.opened" : "Messenger.closed", {});
      return e.resolve();
    };

    addPlugin("Messenger", { open: switchMessenger(true), close: switchMessenger(false) });
    addPlugin("Launcher", { show: switchLauncher(true), hide: switchLauncher(false) });
    page.addEventListener("message", ({ source, data }) => {
      if (source !== launcher.contentWindow || data !== "genesys-sandbox:toggle") return;
      command(container.hidden ? "Messenger.open" : "Messenger.close");
    });
    launcher.hidden = true;
    container.hidden = true;
    document.body.append(launcher, container);
    ready("Launcher");
    ready("Messenger");
    if (visibility === "On") showLauncher(true);
  }

  function frame(id, file, size) {
    const { alignment = "Auto", bottomSpace = 20, sideSpace = 20 } = configuration.position || {};
    const element = document.createElement("iframe");
    element.id = id;
    element.title = file === "launcher" ? "Open Messenger" : "Messenger";
    element.src = `${origin}/messenger/${file}.html`;
    const side = alignment === "Left" ? "left" : "right";
    const bottom = `${bottomSpace + (file === "launcher" ? 0 : 76)}px`;
    Object.assign(element.style, { position: "fixed", border: "0", bottom, [side]: `${sideSpace}px`, ...size });
    return element;
  }

  function whenBodyIsThere(action) {
    if (document.body) action();
    else document.addEventListener("DOMContentLoaded", action, { once: true });
  }

  // A network that fails looks to the page like a deployment that does not exist: nothing happens.
  boot().catch((error) => page.console.warn("[genesys sandbox]", error));
})(globalThis);
