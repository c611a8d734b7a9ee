// Evaluates one configuration as Next.js would, in a process of its own that holds nothing but the application's env files.
// What is asked comes in as JSON on the standard input; the answer goes out as JSON on the fourth descriptor, so that whatever
// the configuration prints is no part of it. It travels as it stands, beside the library, and loads nothing of it.
"use strict";

const { readFileSync, writeSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");
const { fileURLToPath, pathToFileURL } = require("node:url");
const { Worker } = require("node:worker_threads");

const { file, folder, phase, variables, parts, jiti, seconds } = JSON.parse(readFileSync(0, "utf8"));
const applicationRequire = Module.createRequire(join(folder, "next.config.js"));

/** The version of Next.js that the application has; not a number where it has none. */
const version = Number.parseInt(tryRequire("next/package.json")?.version ?? "", 10);

/** The variables that the application's own code looked for in vain. */
const missing = new Set();
let answered = false;

watch();
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
process.on("beforeExit", () => answer({ failure: { kind: "unsettled" } }));
prepareEnvironment();
resolveWebpackAsNextDoes();
evaluate().then(answer, fail);

/** Ends the whole group when its time is over or its parent is gone: a loop that never ends would not notice by itself. */
function watch() {
  const program = `
    const { workerData } = require("node:worker_threads");
    const parent = process.ppid;
    const end = () => process.kill(process.platform === "win32" ? process.pid : -process.pid, "SIGKILL");
    setTimeout(end, workerData);
    setInterval(() => { if (process.ppid !== parent) end(); }, 500);
  `;
  const watching = new Worker(program, { eval: true, workerData: (seconds + 2) * 1000, env: {} });
  watching.on("error", () => undefined);
  watching.unref();
}

function prepareEnvironment() {
  process.env.NEXT_RUNTIME = "nodejs";
  if (version >= 16) process.env.TURBOPACK = "auto";
  // Next.js says so when it has read the env files: its own function then reads none again, those of this machine included.
  process.env.__NEXT_PROCESSED_ENV = "true";
  // What is there already wins, as a shell's variable does over an env file's.
  Object.assign(process.env, { ...variables, ...process.env });
  process.env = new Proxy(process.env, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (value === undefined && typeof name === "string" && isAskedByApplication()) missing.add(name);
      return value;
    },
    // A proxy's own way to set would redefine the property, which the environment refuses.
    set(target, name, value) {
      target[name] = value;
      return true;
    },
  });
}

/** Packages look for many a variable that is no mistake to leave out. */
function isAskedByApplication() {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 30;
  const [caller] = framesOf(new Error("who asks"));
  Error.stackTraceLimit = stackTraceLimit;
  return caller !== undefined && !/[\\/]node_modules[\\/]/.test(caller.file);
}

/** A configuration that requires webpack gets the one inside Next.js. That takes a while to load, so only on request. */
function resolveWebpackAsNextDoes() {
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    if (!/^webpack(\/|$)/.test(request)) return resolve.call(this, request, ...rest);
    Module._resolveFilename = resolve;
    tryRequire("next/dist/server/config-utils")?.loadWebpackHook?.();
    return Module._resolveFilename.call(this, request, ...rest);
  };
}

async function evaluate() {
  const loaded = await load();
  if (parts === "routing") return { found: { domains: routingDomains(loaded) }, missing: [...missing] };
  const exported = loaded.default || loaded;
  const config = await (typeof exported === "function"
    ? exported(phase, { defaultConfig: defaultConfig() })
    : exported);
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    return { failure: { kind: "shape", what: describe(config) }, missing: [...missing] };
  }
  // What cannot be frozen, such as a module of named exports, is refused there.
  if (version >= 15) Object.freeze(config);
  const found = {
    "i18n.domains": listOf(config.i18n?.domains, domainOf),
    "experimental.serverActions.allowedOrigins": listOf(config.experimental?.serverActions?.allowedOrigins, textOf),
    allowedDevOrigins: listOf(config.allowedDevOrigins, textOf),
  };
  return { found, missing: [...missing] };
}

async function load() {
  // Routing is bundled in the end, so it may leave out extensions whatever it is written in.
  if (parts === "config" && !/ts$/.test(file)) return import(pathToFileURL(file).href);
  const { createJiti } = require(jiti);
  const options = { fsCache: false, interopDefault: false, tsconfigPaths: true, sourceMaps: true };
  process.setSourceMapsEnabled(true);
  return createJiti(join(folder, "next.config.js"), options).import(file);
}

/** What Next.js hands to a configuration that is a function; the beginnings of it where Next.js is not installed. */
function defaultConfig() {
  const known = tryRequire("next/dist/server/config-shared")?.defaultConfig;
  return known ?? { env: {}, pageExtensions: ["tsx", "ts", "jsx", "js"], images: {}, i18n: null, experimental: {} };
}

/** The domains of whatever the module exports that looks like next-intl's routing. */
function routingDomains(loaded) {
  const exported = new Set(Object.values(loaded).flatMap((value) => [value, value?.default]));
  const lists = new Set([...exported].flatMap((value) => (Array.isArray(value?.domains) ? [value.domains] : [])));
  return lists.size === 0 ? undefined : [...lists].flatMap((domains) => domains.map(domainOf));
}

function listOf(value, entryOf) {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value.map(entryOf) : { wrong: describe(value) };
}

function domainOf(entry) {
  const domain = entry?.domain;
  return typeof domain === "string" ? { text: domain, http: Boolean(entry.http) } : { wrong: describe(domain) };
}

function textOf(entry) {
  return typeof entry === "string" ? { text: entry, http: false } : { wrong: describe(entry) };
}

/** The kind of a value; never the value itself. */
function describe(value) {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function fail(error) {
  const isError = typeof error === "object" && error !== null && "message" in error;
  const failure = {
    kind: "thrown",
    name: isError ? String(error.name ?? "Error") : "",
    message: String(isError ? error.message : error).slice(0, 10_000),
    code: isError ? String(error.code ?? "") : "",
    frames: isError ? framesOf(error) : [],
  };
  answer({ failure, missing: [...missing] });
}

/** The files on an error's stack, from the inside out, with their lines. */
function framesOf(error) {
  return String(error.stack ?? "")
    .split("\n")
    .flatMap((text) => {
      const [, place, line] =
        /(?:^|\(|at (?:async )?)((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+)(?::\d+)?\)?$/.exec(text) ?? [];
      if (place === undefined) return [];
      const path = place.startsWith("file:") ? fileURLToPath(place) : place;
      return path === module.filename ? [] : [{ file: path, line: Number(line) }];
    });
}

/** Answers once, and ends at once: nothing that the configuration left behind runs on. */
function answer(content) {
  if (answered) return;
  answered = true;
  writeSync(3, `${JSON.stringify(content)}\n`);
  process.kill(process.pid, "SIGKILL");
}

function tryRequire(name) {
  try {
    return applicationRequire(name);
  } catch {
    return undefined;
  }
}
