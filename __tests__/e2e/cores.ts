import { resolve } from "node:path";
import { buildSync } from "esbuild";
import { sandboxSources } from "./checkout";

/** The cores that the library is published for. */
export const cores = ["cdktf", "cdktn"] as const;

/** A core, by the name of its package. */
export type Core = (typeof cores)[number];

/** What a program on each of them imports the library from. */
export const entryOf: Readonly<Record<Core, string>> = {
  cdktf: "cdktf-genesys-messenger",
  cdktn: "cdktf-genesys-messenger/cdktn",
};

/** A program that is written for one of the cores, as it is written for that core: other imports, and nothing else. */
export function onCore(core: Core, program: string): string {
  return program
    .replaceAll(/"cdkt[fn]"/g, `"${core}"`)
    .replaceAll(/"cdktf-genesys-messenger(?:\/cdktn)?(?=[/"])/g, () => `"${entryOf[core]}`);
}

/**
 * Bundles a program with the library, so that it loads that core, as scripts/build.mjs does.
 *
 * @param program TypeScript that is written for cdktf, in the folder of this project
 */
export function bundleOn(core: Core, program: string, outfile: string): void {
  const root = resolve(__dirname, "../..");
  const bindings = "@cdktf/provider-genesyscloud";
  buildSync({
    absWorkingDir: root,
    stdin: { contents: program, resolveDir: root, loader: "ts" },
    outfile,
    bundle: true,
    packages: "external",
    external: [`${bindings}/schema.json`], // only resolved, not imported
    platform: "node",
    target: "node20.9",
    alias: {
      ...sandboxSources,
      ...(core === "cdktn" && { cdktf: "cdktn", [`${bindings}/lib`]: `${bindings}/cdktn` }),
    },
  });
}
