// What a configuration came to: the hosts under the keys as Next.js takes them over, or why they are missing.
"use strict";

/** As it is before a configuration may change it. */
const { stringify } = JSON;

const { basename, dirname, join } = require("node:path");
const { fileURLToPath } = require("node:url");

/** The entries of each key that is there. */
function hostsOf(config, version, wanted) {
  // What cannot be frozen, such as a module of named exports, is refused there.
  if (version.atLeast(15, Object.prototype.toString.call(config) === "[object Module]")) Object.freeze(config);
  const user = { ...(version.major >= 15 ? clone(config) : config) };
  const level = (key) => (user[key]?.constructor === Object ? withoutNothing(user[key]) : user[key]);
  const variables = level("env");
  return {
    "i18n.domains": listOf(level("i18n")?.domains, domainOf),
    "experimental.serverActions.allowedOrigins": listOf(level("experimental")?.serverActions?.allowedOrigins, textOf),
    allowedDevOrigins: listOf(user.allowedDevOrigins, textOf),
    ...Object.fromEntries(
      wanted.map((name) => {
        const value = variables?.[name];
        return [`env.${name}`, value === undefined || value === null ? undefined : [textOf(value)]];
      }),
    ),
  };
}

/** The parts that Next.js would check, as text; only data is told. */
function partsToCheck({ experimental, i18n, output, target, distDir, pageExtensions, assetPrefix, basePath, images }) {
  const parts = { i18n, output, target, distDir, pageExtensions, assetPrefix, basePath, images };
  try {
    return stringify(experimental === null ? { ...parts, experimental } : parts);
  } catch {
    return undefined;
  }
}

/** As Next.js 15 and later copy what they are given: plain objects and lists all the way down, everything else as it is. */
function clone(value) {
  if (Array.isArray(value)) return value.map(clone);
  if (typeof value !== "object" || value === null) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const copy = Object.create(prototype);
  for (const key of Reflect.ownKeys(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (descriptor?.get || descriptor?.set) Object.defineProperty(copy, key, descriptor);
    else copy[key] = clone(value[key]);
  }
  return copy;
}

/** What Next.js keeps of an object: null and undefined leave its own defaults, which hold no hosts. */
function withoutNothing(value) {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined && entry !== null));
}

/** The domains of whatever was handed to next-intl, or that the module exports where nothing was. */
function routingHosts({ handed, exported }) {
  const values = new Set(Object.values(exported).flatMap((value) => [value, value?.default]));
  const sources = handed.length > 0 ? handed : [...values];
  const lists = new Set(
    sources.map((value) => value?.domains).filter((domains) => domains !== undefined && domains !== null),
  );
  if (lists.size === 0) return { routing: handed.length > 0 ? [] : undefined };
  const wrong = [...lists].find((domains) => !Array.isArray(domains));
  if (wrong !== undefined) return { routing: [], domains: { wrong: describe(wrong) } };
  return { routing: [], domains: [...lists].flatMap((domains) => Array.from(domains, domainOf)) };
}

function listOf(value, entryOf) {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? Array.from(value, entryOf) : { wrong: describe(value) };
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

function failureOf(thrown, { file, folder }) {
  const error = ownError(thrown);
  const isError = typeof error === "object" && error !== null && "message" in error;
  return {
    kind: "thrown",
    name: isError ? String(error.name ?? "Error") : "",
    message: String(isError ? error.message : error).slice(0, 10_000),
    code: isError ? String(error.code ?? "") : "",
    frames: isError ? framesOf(error, file, folder) : [],
  };
}

/** Next.js 16 wraps what a configuration in TypeScript throws. */
function ownError(error) {
  const isWrapped = typeof error === "object" && error !== null && /^Failed to transpile "/.test(String(error.message));
  return isWrapped && error.cause !== undefined ? error.cause : error;
}

/** The files on an error's stack, from the inside out, with their lines. */
function framesOf(error, file, folder) {
  const compiled = join(folder, "next.config.compiled.js");
  return String(error.stack ?? "")
    .split("\n")
    .flatMap((text) => {
      const [, place, line] =
        /(?:^|\(|at (?:async )?)((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+)(?::\d+)?\)?$/.exec(text) ?? [];
      if (place === undefined) return [];
      const path = place.startsWith("file:") ? fileURLToPath(place) : place;
      if (isOwnFile(path)) return [];
      return [path === compiled ? { file, line: 0 } : { file: path, line: Number(line) }];
    });
}

/** Whether a file is a part of this program. */
function isOwnFile(path) {
  return dirname(path) === __dirname && /^evaluated?-\w+\.js$/.test(basename(path));
}

module.exports = { describe, failureOf, hostsOf, isOwnFile, routingHosts, partsToCheck };
