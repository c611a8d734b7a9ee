// What the published package holds: the sandbox and its command as JavaScript, the facts of Genesys Cloud that it shares with the
// library bundled in, and the declarations of what index.ts exports.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const packageFolder = fileURLToPath(new URL(".", import.meta.url));
const root = join(packageFolder, "..", "..");
const require = createRequire(import.meta.url);
const schema = "@cdktf/provider-genesyscloud/schema.json";

// Built beside the folder that is there, which then changes at once.
const built = mkdtempSync(join(packageFolder, "dist-"));
try {
  bundle("index");
  bundle("main", ["./index"]); // the command loads the package's own entry, rather than holding all of it once more
  copyFileSync(join(packageFolder, "lib", "runtime", "loader.js"), join(built, "loader.js"));
  copyFileSync(require.resolve(schema), join(built, "schema.json"));
  writeDeclarations();
  rmSync(join(packageFolder, "dist"), { recursive: true, force: true });
  renameSync(built, join(packageFolder, "dist"));
} finally {
  rmSync(built, { recursive: true, force: true });
}

function bundle(entry, external = []) {
  buildSync({
    absWorkingDir: root,
    entryPoints: [join(packageFolder, "lib", `${entry}.ts`)],
    outfile: join(built, `${entry}.js`),
    bundle: true,
    packages: "external",
    external: [...external, "./schema.json"], // only resolved, not imported
    alias: { [schema]: "./schema.json" },
    platform: "node",
    target: "node20.9",
  });
}

/** Those that index.ts leads to: they mention nothing of the library. */
function writeDeclarations() {
  const all = join(built, "declarations");
  const tsc = require.resolve("typescript/bin/tsc");
  const project = join(packageFolder, "tsconfig.build.json");
  const { status } = spawnSync(process.execPath, [tsc, "-p", project, "--outDir", all], { stdio: "inherit" });
  if (status !== 0) throw new Error("The declarations of packages/sandbox cannot be compiled.");
  const own = join(all, relative(root, packageFolder), "lib");
  const names = new Set(["index"]);
  for (const name of names) {
    const text = readFileSync(join(own, `${name}.d.ts`), "utf8");
    for (const [, specifier] of text.matchAll(/\b(?:from |import\()"(\.[^"]+)"/g)) {
      const target = posix.join(posix.dirname(name), specifier);
      if (target.startsWith("..")) throw new Error(`${name}.ts exports a type of "${specifier}", outside the package.`);
      names.add(target);
    }
    mkdirSync(dirname(join(built, name)), { recursive: true });
    writeFileSync(join(built, `${name}.d.ts`), text);
  }
  rmSync(all, { recursive: true });
}
