import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { examplesOf, leadsSomewhere, linksOf } from "../documentation";
import { Consumer, longestPack, pack } from "./consumer";
import { type Core, cores, onCore } from "./cores";
import { entryChecks, packageChecks } from "./package-checks";
import { coreChecks } from "./package-cores";
import { vitestRuns } from "./vitest-project";
import { rows, someOf } from "../in-full";

describe("the package that npm pack makes", () => {
  const published = mkdtempSync(join(tmpdir(), "published-"));
  let consumer: Consumer;
  let sandbox: string;
  beforeAll(async () => {
    sandbox = await pack(published, "genesys-cloud-sandbox");
    consumer = new Consumer(await pack(published));
  }, longestPack);
  afterAll(() => {
    consumer.remove();
    rmSync(published, { recursive: true, force: true });
  });

  describe("as its judges see it", () => {
    packageChecks(() => consumer);
  });

  describe("in a project that has one core, both or none", () => {
    coreChecks(() => consumer.tarball);
  });

  describe.each(cores)("in a project on %s", (core) => {
    runsOn(
      core,
      () => consumer.tarball,
      () => sandbox,
    );
  });

  describe.each(rows<Core>(["cdktf"], ["cdktn"]))("in a project on %s whose tests run in vitest", (core) => {
    vitestRuns(() => consumer.tarball, core);
  });

  test("holds the compiled library with its types, the command and the bindings, and no sources or tests", () => {
    const bindings = "dist/bindings";
    expect(consumer.files).toEqual(
      expect.arrayContaining([
        "dist/index.js",
        "dist/index.d.ts",
        "dist/environments.js",
        "dist/environments.d.ts",
        "dist/testing/index.js",
        "dist/testing/vitest.d.ts",
        "dist/testing/vitest.d.mts",
        "dist/testing/vitest.mjs",
        "dist/cdktn/index.js",
        "dist/cdktn/index.d.ts",
        "dist/cdktn/testing/index.js",
        "dist/cdktn/testing/vitest.d.ts",
        "dist/cdktn/testing/vitest.d.mts",
        "dist/cdktn/testing/vitest.mjs",
        "dist/cli/main.js",
        "bin/origins.js",
        "LICENSE",
        "README.md",
        `${bindings}/schema.json`,
        `${bindings}/lib/webdeployments-deployment/index.js`,
        `${bindings}/lib/webdeployments-deployment/index.d.ts`,
        `${bindings}/cdktn/webdeployments-deployment/index.js`,
        `${bindings}/cdktn/webdeployments-deployment/index.d.ts`,
      ]),
    );
    expect(consumer.files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))).toEqual([]);
    expect(consumer.files.filter((file) => /__tests__|\.test\./.test(file))).toEqual([]);
  });

  test("every link in its documentation leads to a file or a heading", () => {
    const pages = consumer.files.filter((file) => file.endsWith(".md") && !file.includes("node_modules"));
    const links = pages.flatMap((page) => linksOf(join(consumer.installed, page)));

    expect(links.length).toBeGreaterThan(15);
    expect(links.filter((link) => !leadsSomewhere(link))).toEqual([]);
  });

  test("runs nothing when it is installed", () => {
    expect(consumer.manifest.scripts).not.toHaveProperty("install");
    expect(consumer.manifest.scripts).not.toHaveProperty("preinstall");
    expect(consumer.manifest.scripts).not.toHaveProperty("postinstall");
    expect(consumer.files).not.toContain("binding.gyp");
  });
});

/** What the package does in a project that has one core installed, and not the other. */
function runsOn(core: Core, tarballOf: () => string, sandboxOf: () => string): void {
  const on = (program: string): string => onCore(core, program);
  let consumer: Consumer;
  beforeAll(() => {
    consumer = new Consumer(tarballOf(), [core]);
    for (const name of ["@types/jest", "@jest/globals", "expect"]) consumer.link(name);
  });
  afterAll(() => {
    consumer.remove();
  });

  entryChecks(() => consumer, core);

  const declare = (): void => {
    consumer.write({
      "environments.js": on(`const { nextEnvironment } = require("cdktf-genesys-messenger");
        exports.environments = [nextEnvironment("staging", { kind: "staging", addresses: ["staging.example.com"] })];`),
    });
  };

  const missing = ["sandbox --port 4000 -- npx origins deploy --yes"];
  test.each(core === "cdktf" ? ["demo", ...missing] : rows(missing, ["demo", "sandbox", "sandbox --help"]))(
    "says how to install the sandbox where it is missing: origins %s",
    (line) => {
      declare();
      const command = join(consumer.installed, "bin", "origins.js");
      expect(consumer.run([command, ...line.split(" ")])).toEqual({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(
          /^Error: The package genesys-cloud-sandbox is not installed: run "npm install --save-dev genesys-cloud-sandbox"\.\n(?:Documentation: \S+sandbox\.md\n)?$/,
        ) as string,
      });
    },
  );

  test("runs its command there", () => {
    declare();
    const command = join(consumer.installed, "bin", "origins.js");
    expect(JSON.parse(consumer.node([command, "list", "--json"]))).toMatchObject([
      { name: "staging", allowedDomains: [{ domain: "staging.example.com" }] },
    ]);
    consumer.install(sandboxOf(), "genesys-cloud-sandbox");
    expect(
      consumer.node([command, "sandbox", "--", process.execPath, "-e", "console.log(process.env.GENESYS_SANDBOX_URL)"]),
    ).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
  });

  test("evaluates a configuration there", () => {
    consumer.write({
      "evaluated/apps/shop/.env.production": "SHOP_HOST=shop.example.com\n",
      "evaluated/apps/shop/hosts.ts": `export const hosts: string[] = [process.env.SHOP_HOST!];`,
      "evaluated/apps/shop/next.config.ts": `import { hosts } from "./hosts";
        export default { experimental: { serverActions: { allowedOrigins: hosts } } };`,
      "evaluated/environments.js": on(`const { nextConfig, nextEnvironment } = require("cdktf-genesys-messenger");
        exports.environments = [nextEnvironment("production", { kind: "production", addresses: [nextConfig("apps/shop")] })];`),
    });
    const command = join(consumer.installed, "bin", "origins.js");
    expect(JSON.parse(consumer.node([command, "list", "--json"], "evaluated"))).toMatchObject([
      { name: "production", allowedDomains: [{ domain: "shop.example.com" }], findings: [{ rule: "assumed-version" }] },
    ]);
  });

  const modules = [
    { core: "cdktn", module: "NodeNext", type: "module", extension: ".js" },
    { core: "cdktf", module: "CommonJS", type: "commonjs", extension: "" },
  ];
  describe.each(someOf(modules, (of) => of.core === core))(
    "in strict TypeScript with module $module",
    ({ module, type, extension }) => {
      const folder = module.toLowerCase();
      let errors: readonly string[];
      beforeAll(() => {
        const compilerOptions = { module, target: "es2022", strict: true, exactOptionalPropertyTypes: true };
        const files = {
          "package.json": { type },
          "tsconfig.json": { compilerOptions: { ...compilerOptions, types: ["jest"] }, include: ["*.ts"] },
          ...application,
          "environments.ts": on(example("export const environments =")),
          "main.ts": on(example("app.synth();")).replace("./environments", `./environments${extension}`),
          ...Object.fromEntries(
            runners.map(({ runner, imports }) => [`${runner}.test.ts`, on(specification(imports))]),
          ),
          "misuse.test.ts": misuse,
        };
        consumer.write(vitest);
        consumer.write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text])));
        // jest's own types need Node's; the library's need nothing, and that is what is looked at.
        errors = consumer
          .compile(folder)
          .split("\n")
          .filter((line) => line.includes("error") && !line.includes("/@jest/"));
      });

      test("compiles, libraries checked too, but for the mistakes in the use of each runner's matchers", () => {
        const misused = runners.flatMap(() => ["misuse.test.ts: error TS2345", "misuse.test.ts: error TS2345"]);
        expect(errors.map((line) => line.replace(/\(.*(?=: error)|(?<=TS\d+):.*$/g, ""))).toEqual(misused);
      });

      test("synthesises the README's example", () => {
        consumer.node(["main.js"], folder);
        const production = join(consumer.folder, folder, "cdktf.out/stacks/production/cdk.tf.json");
        const { resource } = JSON.parse(readFileSync(production, "utf8")) as {
          readonly resource: Readonly<Record<string, object>>;
        };
        expect(Object.values(resource["genesyscloud_webdeployments_deployment"] ?? {})).toMatchObject([
          { allowed_domains: ["shop.example.com", "www.example.com"] },
        ]);
      });

      if (type === "commonjs") {
        test("has matchers that jest runs, with and without its globals", () => {
          const parameters = ["--rootDir", ".", "--config", "{}", "-i", "jest.test.js", "jest-globals.test.js"];
          expect(consumer.tool("jest/bin/jest.js", parameters, folder).stderr).toContain(
            "Tests:       2 passed, 2 total",
          );
        });
      }
    },
  );

  test("has matchers that need no test runner to load, and that the library itself does not load", () => {
    consumer.write({
      "loading/main.mjs": on(`
        import { createRequire } from "node:module";
        import { nextEnvironment } from "cdktf-genesys-messenger";
        const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((file) => file.endsWith("testing/index.js") && file.includes("messenger"));
        const before = loaded();
        const { matchers, review } = await import("cdktf-genesys-messenger/testing");
        console.log(typeof nextEnvironment, before, loaded(), typeof matchers.toAdmit, typeof review);`),
    });
    expect(consumer.node(["main.mjs"], "loading")).toBe("function false true function function\n");
  });
}

function example(marker: string): string {
  return examplesOf("README.md").find((code) => code.includes(marker)) ?? "";
}

/** What the README's example reads: an application that is a package itself, whose files are CommonJS whatever the project's are. */
const application = {
  "apps/shop/package.json": "{}",
  "apps/shop/.env.production": "NEXT_PUBLIC_SITE_URL=https://www.example.com\n",
  "apps/shop/.env.staging": "NEXT_PUBLIC_SITE_URL=https://staging.example.com\n",
  "apps/shop/next.config.js": `module.exports = { allowedDevOrigins: ["dev.example.com"] };\n`,
};

const runners = [
  { runner: "jest", imports: "", entry: "jest" },
  { runner: "jest-globals", imports: `import { expect, test } from "@jest/globals";`, entry: "jest-globals" },
  { runner: "vitest", imports: `import { expect, test } from "vitest";`, entry: "vitest" },
].map(({ runner, imports, entry }) => ({
  runner,
  imports: `${imports}\nimport { allowLists, matchers } from "cdktf-genesys-messenger/testing/${entry}";`,
}));

/** A test file as a team writes it. */
function specification(imports: string): string {
  return `${imports}
    import { nextEnvironment } from "cdktf-genesys-messenger";
    expect.extend(matchers);
    const environment = nextEnvironment("production", { kind: "production", addresses: ["www.example.com"] });
    test("the shop's pages", () => {
      expect(environment).toAdmit("www.example.com");
      expect(environment).not.toAdmit("example.com");
      expect(environment).toServeExactly(["www.example.com"]);
      expect(allowLists(environment, { lines: false })).toMatch(/^www.example.com ← jest.*test.js$/);
    });`;
}

/** Two mistakes in the use of each runner's matchers. */
const misuse = `
  import { expect as ofJest } from "@jest/globals";
  import { expect as ofVitest } from "vitest";
  expect(1).toAdmit(443); expect(1).toServeExactly("a");
  ofJest(1).toAdmit(443); ofJest(1).toServeExactly("a");
  ofVitest(1).toAdmit(443); ofVitest(1).toServeExactly("a");`;

/** The types of a vitest before 3.2 as far as matchers go, in two packages as it has them; the newest one runs in ./vitest-project. */
const vitest = {
  "node_modules/@vitest/expect/package.json": { name: "@vitest/expect", types: "index.d.ts" },
  "node_modules/@vitest/expect/index.d.ts": `
    export interface Assertion<T = any> { not: Assertion<T>; toMatch(expected: RegExp): void }
    export interface MatcherState { isNot: boolean; promise: string }
    export type RawMatcherFn = (this: MatcherState, received: any, ...expected: any[]) =>
      { pass: boolean; message: () => string; actual?: any; expected?: any };
    export interface ExpectStatic { <T>(actual: T): Assertion<T>; extend(matchers: Record<string, RawMatcherFn>): void }`,
  "node_modules/vitest/package.json": { name: "vitest", types: "index.d.ts" },
  "node_modules/vitest/index.d.ts": `
    import { type ExpectStatic } from "@vitest/expect";
    export { Assertion } from "@vitest/expect";
    export declare const expect: ExpectStatic;
    export declare function test(name: string, run: () => void): void;`,
};
