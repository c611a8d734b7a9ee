import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

/** An executable that stands in for the genuine provider's, so that what leads Terraform to one is always tried. */
export interface Launcher {
  readonly binary: string;
  /** What Terraform needs besides: the stand-in speaks no TLS. */
  readonly environment: NodeJS.ProcessEnv;
  remove(): void;
}

/** Builds `provider-process.ts` into one file and a script that runs it. */
export function buildLauncher(): Launcher {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "launcher-")));
  const program = join(folder, "provider-process.js");
  const schema = "@cdktf/provider-genesyscloud/schema.json";
  buildSync({
    entryPoints: [join(__dirname, "provider-process.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    target: "node20.9",
    external: [schema],
  });
  const modules = resolve(__dirname, "../../node_modules");
  const binary = join(folder, "launch");
  writeFileSync(binary, `#!/bin/sh\nNODE_PATH='${modules}' exec '${process.execPath}' '${program}'\n`);
  chmodSync(binary, 0o755);
  return {
    binary,
    environment: { TF_DISABLE_PLUGIN_TLS: "1" },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
