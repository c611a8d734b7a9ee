// Loads a configuration as the application's own Next.js does, and says which version that is.
"use strict";

const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");
const { basename, dirname, extname, join } = require("node:path");
const { fileURLToPath, pathToFileURL } = require("node:url");
const { isProxy } = require("node:util/types");

/** The version that is assumed where nothing tells it. */
const latest = 16;

/** The version of Next.js that an application has installed; otherwise the one that its package.json asks for, or the latest. */
function versionOf({ folder, shell }) {
  const required = Module.createRequire(join(folder, "next.config.js"));
  const tryRequire = (name) => {
    try {
      return required(name);
    } catch {
      return undefined;
    }
  };
  const installed = Number.parseInt(tryRequire("next/package.json")?.version ?? "", 10);
  const isInstalled = !Number.isNaN(installed);
  const major = isInstalled ? installed : declaredVersion(folder);
  let wasNeeded = false;
  /** The version decides something now: where it is assumed, that is told. */
  const decides = () => {
    wasNeeded ||= !isInstalled;
  };
  return {
    major,
    isInstalled,
    required,
    tryRequire,
    decides,
    /** Next.js reads the adapter's path when it starts: that of an env file, which it loads later, does not count. */
    sharedConfig() {
      const { NEXT_ADAPTER_PATH: path } = process.env;
      if (shell.NEXT_ADAPTER_PATH === undefined) delete process.env.NEXT_ADAPTER_PATH;
      try {
        return tryRequire("next/dist/server/config-shared");
      } finally {
        if (path !== undefined) process.env.NEXT_ADAPTER_PATH = path;
      }
    },
    assumed: () => (wasNeeded ? major : undefined),
    atLeast(since, matters) {
      if (matters) decides();
      return major >= since;
    },
    /** What Next.js hands to a configuration that is a function; the beginnings of it where Next.js is not installed. */
    defaultConfig() {
      const known = this.sharedConfig()?.defaultConfig;
      if (known !== undefined) return known;
      const beginnings = {
        env: {},
        pageExtensions: ["tsx", "ts", "jsx", "js"],
        images: {},
        i18n: null,
        experimental: {},
      };
      return new Proxy(beginnings, {
        get(target, name) {
          decides();
          return Reflect.get(target, name);
        },
        ownKeys(target) {
          decides();
          return Reflect.ownKeys(target);
        },
      });
    },
  };
}

function declaredVersion(folder) {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const [major] = /\d+/.exec(dependencies?.next ?? devDependencies?.next ?? "") ?? [];
    return major === undefined ? latest : Number(major);
  } catch {
    return latest;
  }
}

async function loadConfig({ file, folder, jiti }, version) {
  resolveWebpackAsNextDoes(version);
  if (/\.m?js$/.test(file)) return import(pathToFileURL(file).href);
  version.decides();
  if (extname(file) === ".mts") {
    if (process.features.typescript) return import(pathToFileURL(file).href);
    return createJiti(jiti, folder, { sourceMaps: true }).import(file);
  }
  process.setSourceMapsEnabled(true);
  const transpile = version.major >= 15 && canTranspile(version, folder) ? transpileOf(version, file) : undefined;
  if (transpile === undefined) return requireTypeScript(file, createJiti(jiti, folder, { sourceMaps: true }));
  return transpile({ nextConfigPath: file, configFileName: basename(file), cwd: folder, dir: folder });
}

/** Whether Next.js has all it needs to compile TypeScript: what is missing it would download. */
function canTranspile({ isInstalled, major, required }, folder) {
  if (!isInstalled) return false;
  try {
    if (major < 16) required.resolve("typescript", { paths: [folder] });
    const next = Module.createRequire(required.resolve("next/package.json"));
    const names = ["", "-gnu", "-musl", "-msvc"].map((abi) => `@next/swc-${process.platform}-${process.arch}${abi}`);
    return names.some((name) => canResolve(next, `${name}/package.json`));
  } catch {
    return false;
  }
}

function canResolve(required, name) {
  try {
    required.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Next.js's own function, whose output also says which line it comes from. */
function transpileOf({ required, tryRequire }, file) {
  const transpile = tryRequire("next/dist/build/next-config-ts/transpile-config")?.transpileConfig;
  if (transpile === undefined) return undefined;
  try {
    addSourceMaps(required.resolve("next/dist/build/swc"), required, file);
  } catch {
    // Without them an error is told without its line.
  }
  return transpile;
}

/** Lets the compiler of Next.js write source maps; the module that is being loaded is the one that it compiles. */
function addSourceMaps(path, required, entry) {
  const swc = required(path);
  const files = [entry];
  const { load } = Module.prototype;
  Module.prototype.load = function (filename) {
    files.push(filename);
    try {
      return load.call(this, filename);
    } finally {
      files.pop();
    }
  };
  const mapped = (object, names) =>
    Object.create(
      object,
      Object.fromEntries(
        names.map((name) => {
          const call = (source, options) =>
            object[name](source, { ...options, sourceMaps: "inline", sourceFileName: files.at(-1) });
          return [name, { value: call }];
        }),
      ),
    );
  const names = ["transform", "transformSync"];
  const exported = mapped(swc, names);
  const loadBindings = async (...parameters) => mapped(await swc.loadBindings(...parameters), names);
  Object.defineProperty(exported, "loadBindings", { value: loadBindings });
  require.cache[path].exports = exported;
}

/** The same without Next.js: everything is CommonJS in the end, and TypeScript may be required. */
function requireTypeScript(file, jiti) {
  const compile = (source, filename) => {
    const code = jiti.transform({ source, filename, ts: true, async: false, interopDefault: true });
    return `const jitiImport = async (id) => { const found = require(id); return found?.__esModule ? found : { ...found, default: found }; };${code}`;
  };
  // Before anything else: the compiler loads itself here.
  const entry = compile(readFileSync(file, "utf8"), file);
  const resolve = Module._resolveFilename;
  let isAlias = false;
  Module._resolveFilename = function (request, parent, ...rest) {
    try {
      return resolve.call(this, request, parent, ...rest);
    } catch (error) {
      // A path of tsconfig.json; looking for it resolves names again.
      if (isAlias || /^[./]|^node:/.test(request)) throw error;
      isAlias = true;
      try {
        const path = jiti.esmResolve(request, { parentURL: parent?.filename, try: true });
        if (path === undefined || !path.startsWith("file:")) throw error;
        return resolve.call(this, fileURLToPath(path), parent, ...rest);
      } finally {
        isAlias = false;
      }
    }
  };
  const before = { ...Module._extensions };
  for (const extension of [".ts", ".cts", ".mts", ".cjs", ".mjs"]) {
    Module._extensions[extension] = (loading, filename) =>
      loading._compile(compile(readFileSync(filename, "utf8"), filename), filename);
  }
  Module._extensions[".js"] = (loading, filename) => {
    try {
      return before[".js"](loading, filename);
    } catch (error) {
      if (error.code !== "ERR_REQUIRE_ESM") throw error;
      return loading._compile(compile(readFileSync(filename, "utf8"), filename), filename);
    }
  };
  try {
    const loading = new Module(file);
    loading.filename = file;
    loading.paths = Module._nodeModulePaths(dirname(file));
    loading._compile(entry, file);
    return loading.exports;
  } finally {
    for (const extension of Object.keys(Module._extensions))
      if (extension in before) Module._extensions[extension] = before[extension];
      else delete Module._extensions[extension];
  }
}

function createJiti(jiti, folder, options) {
  const { createJiti: create } = require(jiti);
  return create(join(folder, "next.config.js"), {
    fsCache: false,
    interopDefault: true,
    tsconfigPaths: true,
    ...options,
  });
}

/**
 * Loads next-intl's routing and notes what is handed to next-intl. Its functions are replaced: `defineRouting` gives back what it is
 * given, and the others need the server of Next.js around them and change nothing of it.
 */
async function loadRouting({ file, folder, jiti }) {
  const handed = [];
  const note = (routing) => {
    handed.push(routing);
    return routing;
  };
  const anything = () =>
    new Proxy(function () {}, {
      get: (_, name) => (name === "then" ? undefined : anything()),
      apply: () => anything(),
    });
  const ofAnything = {
    createNavigation: () => anything(),
    createSharedPathnamesNavigation: () => anything(),
    createLocalizedPathnamesNavigation: () => anything(),
  };
  const virtualModules = {
    "next-intl/routing": { __esModule: true, defineRouting: note },
    "next-intl/middleware": { __esModule: true, default: (routing) => (note(routing), anything()) },
    "next-intl/navigation": { __esModule: true, ...ofAnything },
  };
  process.setSourceMapsEnabled(true);
  const exported = await createJiti(jiti, folder, { sourceMaps: true, virtualModules }).import(file);
  return { handed, exported: { ...exported } };
}

/**
 * What Next.js itself makes of the configuration, with everything that it refuses. It takes a while to load, so it is asked only where
 * a configuration is not plain data all the way down to the hosts, where Next.js checks them, or where an adapter may change them.
 */
async function resolvedByNext(config, { file, folder, phase, shell }, version) {
  const hasAdapter = namesAdapter(config, shell);
  if (!version.isInstalled && hasAdapter) {
    const error = new Error("Cannot find package 'next', which runs the adapter that the configuration names");
    throw Object.assign(error, { code: "MODULE_NOT_FOUND" });
  }
  const isAsked = version.isInstalled && !(isPlain(config) && config.i18n === undefined && !hasAdapter);
  if (!isAsked || file !== configOf(folder)) return undefined;
  version.tryRequire("next/dist/server/require-hook");
  version.sharedConfig();
  // What was evaluated once is not evaluated again: a list would grow twice.
  replaceExports(version.required, "next/dist/server/config-shared", { normalizeConfig: async () => config });
  if (file.endsWith(".ts"))
    replaceExports(version.required, "next/dist/build/next-config-ts/transpile-config", {
      transpileConfig: async () => ({}),
    });
  return version.tryRequire("next/dist/server/config")?.default?.(phase, folder, { silent: false });
}

/** The configuration that Next.js finds from a folder on upwards. */
function configOf(folder) {
  const names = ["next.config.js", "next.config.mjs", "next.config.ts", "next.config.mts"];
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  const above = dirname(folder);
  return found ?? (above === folder ? undefined : configOf(above));
}

function replaceExports(required, name, exports) {
  const path = required.resolve(name);
  const descriptors = Object.entries(exports).map(([key, value]) => [key, { value, enumerable: true }]);
  const replaced = Object.create(required(path), Object.fromEntries(descriptors));
  require.cache[path].exports = replaced;
}

/** Whether an object holds values and nothing that computes them, so that every version of Next.js copies it alike. */
function isPlain(value) {
  if (typeof value !== "object" || value === null) return true;
  if (isProxy(value) || ![Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value))) return false;
  return Reflect.ownKeys(value).every((key) => {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    const isData = descriptor !== undefined && "value" in descriptor;
    if (!isData || (!descriptor.enumerable && !Array.isArray(value))) return false;
    return typeof key !== "string" || !hostKeys.has(key) || isPlain(descriptor.value);
  });
}

/** The keys on the way to hosts. */
const hostKeys = new Set(["allowedDevOrigins", "experimental", "serverActions", "allowedOrigins", "env"]);

function namesAdapter(config, shell) {
  return Boolean(config.adapterPath ?? config.experimental?.adapterPath ?? shell.NEXT_ADAPTER_PATH);
}

/** A configuration that requires webpack gets the one inside Next.js. That takes a while to load, so only on request. */
function resolveWebpackAsNextDoes(version) {
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    if (!/^webpack(\/|$)/.test(request)) return resolve.call(this, request, ...rest);
    Module._resolveFilename = resolve;
    version.decides();
    version.tryRequire("next/dist/server/config-utils")?.loadWebpackHook?.();
    return Module._resolveFilename.call(this, request, ...rest);
  };
}

module.exports = { loadConfig, loadRouting, resolvedByNext, versionOf };
