import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

describe("the package that npm pack makes", () => {
  const folder = mkdtempSync(join(tmpdir(), "package-"));
  const installed = join(folder, "node_modules", "cdktf-genesys-messenger");
  const files = (): readonly string[] => readdirSync(installed, { recursive: true, encoding: "utf8" });
  const run = (...parameters: readonly string[]): string =>
    execFileSync(process.execPath, parameters, { cwd: folder, encoding: "utf8" });

  beforeAll(() => {
    const npm = process.env["npm_execpath"];
    const [command, prefix] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
    const packed = execFileSync(command, [...prefix, "pack", "--json", "--pack-destination", folder], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [{ filename }] = JSON.parse(packed) as [{ readonly filename: string }];
    // What `npm install <tarball>` does, without a network: unpack, and link the dependencies that are installed here.
    for (const entry of readdirSync(join(root, "node_modules"))) {
      if (entry.startsWith(".") || entry === "@cdktf") continue;
      mkdirSync(join(folder, "node_modules"), { recursive: true });
      symlinkSync(join(root, "node_modules", entry), join(folder, "node_modules", entry));
    }
    mkdirSync(installed);
    execFileSync("tar", ["-xzf", join(folder, filename), "-C", installed, "--strip-components=1"]);
  }, 120_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("holds the compiled library with its types, the command and the bindings, and no sources or tests", () => {
    const bindings = "node_modules/@cdktf/provider-genesyscloud";
    expect(files()).toEqual(
      expect.arrayContaining([
        "dist/index.js",
        "dist/index.d.ts",
        "dist/cli/main.js",
        "bin/origins.js",
        "LICENSE",
        "README.md",
        `${bindings}/schema.json`,
        `${bindings}/lib/webdeployments-deployment/index.js`,
        `${bindings}/lib/webdeployments-deployment/index.d.ts`,
      ]),
    );
    expect(files().filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))).toEqual([]);
    expect(files().filter((file) => /__tests__|\.test\./.test(file))).toEqual([]);
  });

  test("synthesises a stack in a project that has installed it", () => {
    writeFileSync(
      join(folder, "main.js"),
      `const { App } = require("cdktf");
       const { MessengerStack, nextEnvironment } = require("cdktf-genesys-messenger");
       const app = new App({ outdir: "out" });
       const environment = nextEnvironment("production", { kind: "production", addresses: ["https://www.example.com"] });
       new MessengerStack(app, "production", { environment, defaultLanguage: "en-us" });
       app.synth();
       console.log(require("fs").readFileSync("out/stacks/production/cdk.tf.json", "utf8"));`,
    );
    const { resource } = JSON.parse(run("main.js")) as { readonly resource: Readonly<Record<string, object>> };
    expect(Object.values(resource["genesyscloud_webdeployments_deployment"] ?? {})).toMatchObject([
      { allowed_domains: ["www.example.com"] },
    ]);
  });

  test("runs its command there", () => {
    writeFileSync(
      join(folder, "environments.js"),
      `const { nextEnvironment } = require("cdktf-genesys-messenger");
       exports.environments = [nextEnvironment("staging", { kind: "staging", addresses: ["staging.example.com"] })];`,
    );
    const command = join(installed, "bin", "origins.js");
    expect(JSON.parse(run(command, "list", "--json"))).toMatchObject([
      { name: "staging", allowedDomains: [{ domain: "staging.example.com" }] },
    ]);
    expect(
      run(command, "sandbox", "--", process.execPath, "-e", "console.log(process.env.GENESYS_SANDBOX_URL)"),
    ).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
  });
});
