import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

const envCmdProgram = join(root, "node_modules/env-cmd/bin/env-cmd.js");

/** The versions of Next.js that are installed here, each with where. */
export const nextVersions = {
  14: join(root, "__tests__/next/14/node_modules"),
  15: join(root, "__tests__/next/15/node_modules"),
  16: join(root, "examples/storefront/node_modules"),
} as const;

export type NextVersion = keyof typeof nextVersions;

/** The hosts of a configuration as Next.js itself resolved them. */
export interface ResolvedHosts {
  readonly i18n?: { readonly domains?: readonly { readonly domain: string; readonly http?: true }[] } | null;
  readonly allowedDevOrigins?: readonly string[];
  readonly experimental: { readonly serverActions?: { readonly allowedOrigins?: readonly string[] } };
}

/** A small application of the Pages Router in a separate folder, with one of the versions. */
export class NextApplication {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "next-application-")));

  constructor(
    readonly version: NextVersion,
    files: Readonly<Record<string, string>>,
  ) {
    const installed = nextVersions[version];
    for (const name of readdirSync(installed)) {
      if (!name.startsWith(".")) this.link(name, join(installed, name));
    }
    // Where one version is installed for everything, npm puts its packages beside it.
    if (!existsSync(join(installed, "@next"))) this.link("@next/env", join(root, "node_modules/@next/env"));
    // What Next.js would install by itself where it finds a configuration in TypeScript.
    for (const name of ["typescript", "@types/node", "@types/react"]) this.link(name, join(root, "node_modules", name));
    const page = { "package.json": "{}", "pages/index.js": "export default function Page() { return null; }\n" };
    for (const [path, text] of Object.entries({ ...page, ...files })) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  /**
   * What `next build` resolved, as it writes it down for the server. Compiling is enough: nothing is rendered.
   *
   * @param envCmd the parameters of env-cmd, where it starts the build
   */
  build(envCmd?: readonly string[]): ResolvedHosts {
    const parameters = ["build", "--experimental-build-mode", "compile", ...(this.version === 16 ? ["--webpack"] : [])];
    this.run([join(this.folder, "node_modules/next/dist/bin/next"), ...parameters], envCmd);
    const text = readFileSync(join(this.folder, ".next/required-server-files.json"), "utf8");
    return (JSON.parse(text) as { readonly config: ResolvedHosts }).config;
  }

  /** What the function of Next.js that `next build` and `next dev` call resolves: without the rest of a build. */
  load(phase: string, envCmd?: readonly string[]): ResolvedHosts {
    const program = `
      process.env.NODE_ENV ||= ${JSON.stringify(phase === "phase-development-server" ? "development" : "production")};
      require("next/dist/server/require-hook");
      require("next/dist/server/config").default(${JSON.stringify(phase)}, process.cwd(), { silent: false }).then(
        ({ i18n, allowedDevOrigins, experimental: { serverActions } }) => {
          require("node:fs").writeSync(1, "\\nresolved:" + JSON.stringify({ i18n, allowedDevOrigins, experimental: { serverActions } }));
          process.exit(0);
        },
      );`;
    return JSON.parse(this.run(["-e", program], envCmd).split("\nresolved:")[1] ?? "") as ResolvedHosts;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(parameters: readonly string[], envCmd?: readonly string[]): string {
    const started = envCmd === undefined ? [] : [envCmdProgram, ...envCmd, "--", process.execPath];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...started, ...parameters], {
      cwd: this.folder,
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"] ?? "",
        CI: "true",
        NEXT_TELEMETRY_DISABLED: "1",
        NEXT_IGNORE_INCORRECT_LOCKFILE: "1",
      },
    });
    if (status !== 0) throw new Error(`Next.js ${this.version} failed: ${stdout}${stderr}`);
    return stdout;
  }

  private link(name: string, target: string): void {
    const place = join(this.folder, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(realpathSync(target), place);
  }
}
