// What the published package holds, from scratch: the library's entries and the command as JavaScript, and the declarations of the
// entries. Each is bundled into one file, because a hundred small ones take Node three times as long to load; their dependencies stay
// outside. What loads a core exists twice, for cdktf in dist/ and for cdktn in dist/cdktn/, from one source.
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix, sep } from "node:path";
import { buildSync } from "esbuild";
import { root } from "./install.mjs";

const dist = join(root, "dist");

/** The library's entries that load a core, and what their declarations consist of. */
const entries = ["index", "testing/index"];
const loadsCore = /^(?:index|props|messenger\/.*|testing\/.*)$/;

/** What each core is called, how it is installed, and what the entries are imported as. */
const cores = {
  cdktf: { install: "cdktf constructs", name: "cdktf-genesys-messenger" },
  cdktn: { install: "cdktn constructs@~10.7", name: "cdktf-genesys-messenger/cdktn" },
};

/** A module of the cdktf side, as the cdktn side has it. */
const onCdktn = {
  cdktf: "cdktn",
  "@cdktf/provider-genesyscloud/lib": "@cdktf/provider-genesyscloud/cdktn",
  [cores.cdktf.name]: cores.cdktn.name,
};

rmSync(dist, { recursive: true, force: true });
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
process.exitCode = status ?? 1;

// JavaScript that is copied unchanged: what separate processes run. A bundle finds it from its own folder.
const evaluation = join("sources", "next-config");
const scripts = readdirSync(join(root, "lib", evaluation)).filter((name) => name.endsWith(".js"));
if (status === 0) {
  mkdirSync(join(dist, evaluation), { recursive: true });
  for (const name of scripts) copyFileSync(join(root, "lib", evaluation, name), join(dist, evaluation, name));
  // What a test runner's own types gain is written by hand, in both module systems: tsc compiles none of it.
  for (const name of readdirSync(join(root, "lib", "testing"))) {
    if (/\.(d\.ts|d\.mts|mjs)$/.test(name))
      copyFileSync(join(root, "lib", "testing", name), join(dist, "testing", name));
  }
  writeCdktnDeclarations();
  for (const entry of ["environments", "addresses", "props", "cli/main", "cli/terraform"])
    bundle(entry, join("dist", `${entry}.js`));
  for (const entry of entries) {
    bundleOnCore(entry, "cdktf", "cdktn", {});
    bundleOnCore(entry, "cdktn", "cdktf", onCdktn);
  }
  includeBindings();
}

/**
 * The bindings become a part of the package, and everything that names them finds them there: no registry has them, and Yarn 4 takes no
 * notice of bundled dependencies.
 */
function includeBindings() {
  const source = join(root, "packages", "provider-genesyscloud");
  const bindings = join(dist, "bindings");
  const filter = (path) => /\.(?:js|d\.ts|json)$/.test(path) || statSync(path).isDirectory();
  for (const name of ["lib", "cdktn", "schema.json"]) {
    cpSync(join(source, name), join(bindings, name), { recursive: true, filter });
  }
  for (const path of readdirSync(dist, { recursive: true }).map((name) => name.split(sep).join("/"))) {
    if (path.startsWith("bindings/") || !/\.(?:js|mjs|d\.ts|d\.mts)$/.test(path)) continue;
    const file = join(dist, path);
    const text = readFileSync(file, "utf8");
    const moved = text.replace(
      /"@cdktf\/provider-genesyscloud\/(schema\.json|(?:lib|cdktn)(?:\/[\w-]+)?)"/g,
      (_, name) => {
        const target = posix.join("bindings", name.endsWith(".json") ? name : `${name}/index.js`);
        const way = posix.relative(posix.dirname(path), target);
        return JSON.stringify(way.startsWith(".") ? way : `./${way}`);
      },
    );
    if (moved !== text) writeFileSync(file, moved);
  }
}

function bundle(entry, outfile, options = {}) {
  buildSync({
    absWorkingDir: root,
    entryPoints: [`lib/${entry}.ts`],
    outfile,
    bundle: true,
    packages: "external",
    // The schema is only resolved, not imported; the sandbox is a separate package, whose sources tsconfig.json names.
    external: ["@cdktf/provider-genesyscloud/schema.json", "genesys-cloud-sandbox"],
    platform: "node",
    target: "node20.9",
    ...options,
  });
}

function bundleOnCore(entry, core, other, alias) {
  const folder = posix.dirname(entry);
  const importedFrom = [cores[other].name, ...(folder === "." ? [] : [folder])].join("/");
  const missing = `"${core}" is not installed: run "npm install ${cores[core].install}", or import from "${importedFrom}" in an app that uses ${other}.`;
  bundle(entry, join("dist", core === "cdktf" ? "" : core, `${entry}.js`), {
    alias,
    banner: { js: `"use strict";\n(${requireCore})(() => require("${core}"), "${core}", ${JSON.stringify(missing)});` },
  });
}

/**
 * The first thing that a bundle does: this function becomes a part of it. A core that is not installed is reported in one sentence.
 * Any other error stays as it is, such as that of a module which the core itself is missing.
 */
function requireCore(load, core, missing) {
  let failure;
  try {
    load();
    return;
  } catch (error) {
    failure = error; // perhaps an Error of another realm: test runners load modules in their own
  }
  // Node, bundlers and test runners say "Cannot find module 'cdktf'", Yarn "… tried to access cdktf (a peer dependency)".
  const notFound = new RegExp(`(?:find (?:module|package)|tried to access) ['"]?${core}(?![\\w./-])`);
  if (notFound.test(String(failure?.message).split("\n", 1)[0])) throw new Error(missing);
  throw failure;
}

/**
 * The declarations that mention a core, and the files of lib/testing that are written by hand, once more for cdktn. All others
 * are shared, so that an environment has one type, whichever entry made it. Examples in comments change along.
 */
function writeCdktnDeclarations() {
  for (const path of readdirSync(dist, { recursive: true }).map((name) => name.split(sep).join("/"))) {
    if (!/\.(?:d\.ts|d\.mts|mjs)$/.test(path) || !loadsCore.test(moduleOf(path))) continue;
    const text = readFileSync(join(dist, path), "utf8").replace(
      /(?<=\b(?:from|import) |\bimport\()"([^"\n]+)"/g,
      (_, specifier) => JSON.stringify(specifier.startsWith(".") ? relativeTo(path, specifier) : aliased(specifier)),
    );
    const file = join(dist, "cdktn", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** A relative import of a file that is now one folder deeper. */
function relativeTo(path, specifier) {
  const target = posix.join(posix.dirname(path), specifier);
  return loadsCore.test(moduleOf(target)) ? specifier : specifier.replace(/^(?:\.\/)?/, "../");
}

function aliased(specifier) {
  const name = Object.keys(onCdktn).find((one) => specifier === one || specifier.startsWith(`${one}/`));
  return name === undefined ? specifier : onCdktn[name] + specifier.slice(name.length);
}

/** `messenger/index` of `messenger/index.d.ts`, `messenger/index.js` and `messenger`. */
function moduleOf(path) {
  const name = path.replace(/\.(?:d\.ts|d\.mts|mjs|js)$/, "");
  return name === "messenger" || name === "testing" ? `${name}/index` : name;
}
