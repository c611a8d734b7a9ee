// The variables that a configuration sees, and what it looks for in vain.
"use strict";

const { Buffer } = require("node:buffer");
const fs = require("node:fs");
const Module = require("node:module");
const { basename, join, resolve } = require("node:path");
const { fileURLToPath } = require("node:url");
const { isOwnFile } = require("./evaluated-answer");

/** Variables of Next.js itself: `next build` and `next dev` have them the same on every machine. */
const ofNext = /^(?:__NEXT_|NEXT_PRIVATE_|NEXT_IGNORE_INCORRECT_LOCKFILE$|TURBOPACK$|NEXT_RUNTIME$|NEXT_PHASE$)/;

/** What JavaScript itself asks any object for. */
const ofLanguage = new Set(["then", "toJSON", "default", "__esModule", "nodeType", "asymmetricMatch"]);

/** Without it Next.js changes the application's lock file when it compiles. It is there for nothing else. */
const keepsLockFile = "NEXT_IGNORE_INCORRECT_LOCKFILE";

/**
 * Fills `process.env` as `next build` does before it loads a configuration, and notes from then on what the application's own code
 * looks for in vain. Files that differ between machines are not there.
 */
function prepareEnvironment({ file, folder, shell, variables, watched, isDevelopment, marker }, version) {
  const missing = new Map();
  const unread = new Set(watched);
  const read = new Map();
  const localFiles = new Map();
  const removed = new Set();
  const askedByPackages = new Set();
  let everything;
  let skipsValidation = false;
  let isObserved = false;

  // Configurations ask which command loads them.
  process.argv.splice(1, Infinity, join(folder, "node_modules", ".bin", "next"), isDevelopment ? "dev" : "build");
  process.env.NEXT_RUNTIME = "nodejs";
  if (version.major >= 16) process.env.TURBOPACK = "auto";
  process.env.ORIGINS_EVALUATION = marker;
  // What is there already wins, as a shell's variable does over an env file's.
  const given = { ...process.env };
  Object.assign(process.env, { ...shell, ...given });
  hideLocalFiles({
    tell: (path, names) => isObserved && localFiles.set(path, names),
    isOfApplication: () => readerOf(file, folder) !== undefined,
  });
  observeVariables();
  // `import { env } from "node:process"` has it too.
  Module.syncBuiltinESMExports();
  loadEnvFiles();

  return {
    observe: () => (isObserved = true),
    seen: () => ({
      missing: [...missing].map(([name, reader]) => ({ name, ...reader })),
      watched: [...read].map(([name, reader]) => ({ name, ...reader })),
      ...(everything !== undefined && { everything }),
      localFiles: [...localFiles].map(([path, names]) => ({ file: path, names })),
      skipsValidation,
    }),
  };

  /** The application's own function is left as Next.js leaves it, for a configuration that calls it again. */
  function loadEnvFiles() {
    const quiet = { info() {}, error() {}, warn() {} };
    envModule(version)?.loadEnvConfig?.(folder, isDevelopment, quiet);
    // Next.js says so when it has read the env files.
    const wanted = { ...variables, ...given, __NEXT_PROCESSED_ENV: "true" };
    for (const name of Object.keys(process.env)) if (!Object.hasOwn(wanted, name)) delete process.env[name];
    Object.assign(process.env, wanted);
  }

  /**
   * The application's own code gets another object than packages do, so that it can be told what a package reads for it:
   * `schema.parse(process.env)` is a read by the application.
   */
  function observeVariables() {
    const { env } = process;
    const ofPackages = observed(env, () => readerOf(file, folder));
    const ofApplication = observed(env, () => readerOf(file, folder, { isHandedOver: true }));
    let replaced;
    Object.defineProperty(process, "env", {
      configurable: true,
      enumerable: true,
      get() {
        if (replaced !== undefined) return replaced;
        const [nearest] = isObserved ? callsBelow(undefined, 10) : [];
        if (nearest === undefined || isOfNode(nearest)) return ofPackages;
        if (isOfT3Env(nearest)) everything ??= readerOf(file, folder, { isHandedOver: true });
        return isOfPackage(nearest) ? ofPackages : ofApplication;
      },
      set(value) {
        replaced = value === ofApplication || value === ofPackages ? undefined : value;
      },
    });
  }

  function note(name, reading) {
    if (!isObserved || typeof name !== "string" || missing.has(name) || removed.has(name)) return;
    if (!/^[A-Za-z_]\w*$/.test(name) || ofNext.test(name) || ofLanguage.has(name) || name in Object.prototype) return;
    const reader = reading();
    if (reader === undefined) return;
    missing.set(name, reader);
    if (readerOf(file, folder) === undefined) askedByPackages.add(name);
  }

  /** A watched variable is read, or its absence decides something. */
  function noteWatched(name, reading) {
    if (!isObserved || !unread.has(name) || removed.has(name)) return;
    const reader = reading();
    if (reader === undefined) return;
    unread.delete(name);
    read.set(name, reader);
  }

  /** `reading` says where a read is the application's, if it is. */
  function observed(env, reading) {
    return new Proxy(env, {
      get(target, name) {
        if (name === keepsLockFile) return "1";
        const value = Reflect.get(target, name);
        noteWatched(name, reading);
        if (value === undefined) note(name, reading);
        else if (name === "SKIP_ENV_VALIDATION" && value !== "") skipsValidation ||= isObserved;
        return value;
      },
      has(target, name) {
        const isThere = Reflect.has(target, name);
        noteWatched(name, reading);
        if (!isThere) note(name, reading);
        return isThere;
      },
      getOwnPropertyDescriptor(target, name) {
        const descriptor = Reflect.getOwnPropertyDescriptor(target, name);
        noteWatched(name, reading);
        if (descriptor === undefined) note(name, reading);
        return descriptor;
      },
      ownKeys(target) {
        if (isObserved && everything === undefined) everything = reading();
        return Reflect.ownKeys(target);
      },
      deleteProperty(target, name) {
        if (isObserved && readerOf(file, folder) !== undefined) removed.add(name);
        return Reflect.deleteProperty(target, name);
      },
      // A proxy's own way to set would redefine the property, which the environment refuses.
      set(target, name, value) {
        target[name] = value;
        if (isObserved) unread.delete(name);
        // A package that looks whether a variable is there before it sets it does not miss it.
        if (askedByPackages.delete(name)) missing.delete(name);
        return true;
      },
    });
  }
}

/** The one that Next.js uses. */
function envModule({ isInstalled, required, tryRequire }) {
  if (!isInstalled) return tryRequire("@next/env");
  try {
    return Module.createRequire(required.resolve("next/package.json"))("@next/env");
  } catch {
    return tryRequire("@next/env");
  }
}

/**
 * Where the application's own code asks for a variable; undefined where a package or Node.js itself does. The call that is nearest
 * decides: what a package calls back is the application's again. Where the application has handed its variables over, a package
 * reads them for it.
 */
function readerOf(file, folder, { isHandedOver = false, depth = 50 } = {}) {
  const calls = callsBelow(readerOf, depth);
  const [nearest] = calls;
  if (nearest === undefined || isOfNode(nearest) || (isOfPackage(nearest) && !isHandedOver)) return undefined;
  const own = calls.find((call) => !isOfNode(call) && !isOfPackage(call));
  // Too deep in a package, or after the application's own call has ended.
  if (own === undefined || own.path === join(folder, "next.config.compiled.js")) return { file };
  return /\.[cm]?tsx?$/.test(own.path) ? { file: own.path } : { file: own.path, line: own.line };
}

const isOfNode = ({ path }) => path.startsWith("node:");
const isOfPackage = ({ path }) => /[\\/]node_modules[\\/]/.test(path);

/** t3-env takes all variables by itself, and hands those of a schema to the application: also what its presets read is for it. */
const isOfT3Env = ({ path }) => /[\\/]node_modules[\\/]@t3-oss[\\/]/.test(path);

/** The files whose calls led here, from the inside out, without those of this program. */
function callsBelow(caller, depth) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder = {};
  Error.stackTraceLimit = depth;
  Error.prepareStackTrace = (_, sites) => sites;
  Error.captureStackTrace(holder, caller);
  const sites = holder.stack;
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  return (Array.isArray(sites) ? sites : []).flatMap((site) => {
    const name =
      site.getFileName() ??
      /\((?:eval at [^(]*\()*((?:file:\/\/)?\/[^:)]+|[A-Za-z]:[^:)]+):/.exec(site.getEvalOrigin() ?? "")?.[1];
    if (typeof name !== "string" || name === "") return [];
    const path = name.startsWith("file:") ? fileURLToPath(name) : name;
    return isOwnFile(path) ? [] : [{ path, line: site.getLineNumber() ?? undefined }];
  });
}

/** A file that differs between machines does not exist, whichever function looks for it; what it would have defined is told. */
function hideLocalFiles({ tell, isOfApplication }) {
  const isLocal = (name) => /^(?:.*[._-])?env(?:[._-].+)?\.local$/i.test(name);
  const isHidden = (path) => {
    const text = path instanceof URL ? fileURLToPath(path) : Buffer.isBuffer(path) ? path.toString() : path;
    if (typeof text !== "string" || !isLocal(basename(text))) return false;
    const names = namesIn(resolve(text));
    if (names !== undefined) tell(resolve(text), names);
    return true;
  };
  const { existsSync: exists, promises, readFileSync: read } = fs;
  const absent = (path, syscall) =>
    Object.assign(new Error(`ENOENT: no such file or directory, ${syscall} '${path}'`), {
      errno: -2,
      code: "ENOENT",
      syscall,
      path: String(path),
    });

  const callOf = (name) => name.replace("Sync", "").replace("readFile", "open");

  function namesIn(path) {
    if (!exists(path)) return undefined;
    try {
      return [...read(path, "utf8").matchAll(/^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[=:]/gm)].map(([, name]) => name);
    } catch {
      return [];
    }
  }

  const withPath = ["access", "copyFile", "cp", "lstat", "open", "readFile", "readlink", "realpath", "stat"];
  for (const name of withPath.map((each) => `${each}Sync`)) {
    const call = fs[name];
    fs[name] = Object.assign(function (path, ...rest) {
      if (!isHidden(path)) return call.call(this, path, ...rest);
      if (rest[0]?.throwIfNoEntry === false) return undefined;
      throw absent(path, callOf(name));
    }, call);
  }
  fs.existsSync = (path) => !isHidden(path) && exists(path);
  for (const name of withPath) {
    const call = fs[name];
    fs[name] = Object.assign(function (path, ...rest) {
      if (!isHidden(path)) return call.call(this, path, ...rest);
      const done = rest.at(-1);
      process.nextTick(() => done?.(absent(path, callOf(name))));
    }, call);
    const promise = promises[name];
    promises[name] = async (path, ...rest) => {
      if (isHidden(path)) throw absent(path, callOf(name));
      return promise.call(promises, path, ...rest);
    };
  }
  const { openAsBlob, readdir, readdirSync } = fs;
  if (openAsBlob !== undefined)
    fs.openAsBlob = async (path, ...rest) => {
      if (isHidden(path)) throw absent(path, "open");
      return openAsBlob.call(fs, path, ...rest);
    };
  /** The entries of a folder that are there on every machine. */
  const shown = (folder, entries) =>
    entries.filter((entry) => {
      const name = String(entry.name ?? entry);
      if (!isLocal(basename(name))) return true;
      // A package that looks around wants nothing of it.
      if (isOfApplication()) isHidden(join(String(entry.parentPath ?? entry.path ?? folder), name));
      return false;
    });
  fs.readdirSync = (folder, ...rest) => shown(folder, readdirSync(folder, ...rest));
  fs.readdir = (folder, ...rest) => {
    const done = rest.pop();
    readdir(folder, ...rest, (error, entries) => (error ? done(error) : done(null, shown(folder, entries))));
  };
  const readdirLater = promises.readdir;
  promises.readdir = async (folder, ...rest) => shown(folder, await readdirLater.call(promises, folder, ...rest));
  const { loadEnvFile } = process;
  if (loadEnvFile !== undefined) {
    process.loadEnvFile = (path = ".env") => {
      if (isHidden(path)) throw absent(path, "open");
      return loadEnvFile.call(process, path);
    };
  }
}

module.exports = { prepareEnvironment };
