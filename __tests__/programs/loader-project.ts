import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { buildSync } from "esbuild";

const root = resolve(__dirname, "../..");
/** What the library loads on demand, and finds beside itself. */
const installed = ["jiti", "@babel/parser", "jsonc-parser", "yaml", "toml-eslint-parser"];

/** What came of loading a file: the place of every address, or the message. */
export type Loaded = { readonly addresses: readonly string[] } | { readonly problem: string };

/**
 * A project of the user's with the library installed in it, and the loader of the command in a separate process: a module that is
 * loaded for a test never meets the test runner's own loader.
 */
export class LoaderProject {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "loading-")));

  constructor() {
    const modules = join(this.folder, "node_modules");
    this.write({
      "node_modules/cdktf-genesys-messenger/package.json": { name: "cdktf-genesys-messenger", main: "index.js" },
    });
    for (const name of installed) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(root, "node_modules", name), join(modules, name));
    }
    const bundle = (entry: string, outfile: string): void => {
      const external = [...installed, "cdktf-genesys-messenger"];
      buildSync({
        absWorkingDir: root,
        entryPoints: [entry],
        outfile,
        bundle: true,
        external,
        platform: "node",
        target: "node20.9",
      });
    };
    bundle("lib/environments.ts", join(modules, "cdktf-genesys-messenger", "index.js"));
    bundle("lib/programs/environments-file.ts", join(modules, "origins", "index.js"));
    this.write({ "node_modules/origins/load.js": driver });
  }

  /** Writes files of the project, by their paths. */
  write(files: Readonly<Record<string, string | object>>): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    }
  }

  /** Loads environments files, each from its own folder as the command does. */
  load(files: readonly string[], node = process.execPath): readonly Loaded[] {
    const parameters = [join(this.folder, "node_modules", "origins", "load.js")];
    const input = JSON.stringify(files.map((file) => join(this.folder, file)));
    const { stdout, stderr } = spawnSync(node, parameters, { cwd: this.folder, input, encoding: "utf8" });
    if (stderr !== "") throw new Error(stderr);
    return JSON.parse(stdout.slice(stdout.lastIndexOf("\n[") + 1)) as readonly Loaded[];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs in the project: no test runner, no compiler. */
const driver = `
  const { basename, dirname } = require("node:path");
  const { loadEnvironments } = require("origins");
  process.setMaxListeners(0);
  (async () => {
    const loaded = [];
    for (const file of JSON.parse(require("node:fs").readFileSync(0, "utf8"))) {
      process.chdir(dirname(file));
      try {
        const environments = await loadEnvironments(basename(file));
        const written = environments.flatMap(({ written }) => written);
        loaded.push({ addresses: written.map(({ value, place }) => value + " " + place.file + ":" + place.line) });
      } catch (error) {
        loaded.push({ problem: error.name === "UserError" ? error.message : error.stack });
      }
    }
    console.log("\\n" + JSON.stringify(loaded));
    process.exit();
  })();
`;
