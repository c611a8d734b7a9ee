import { mkdtempSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { Consumer, longestPack, pack } from "../../../__tests__/e2e/consumer";
import { packageChecks } from "../../../__tests__/e2e/package-checks";
import { needsTerraform, terraformName } from "../../../__tests__/e2e/terraform";
import * as sources from "../lib";

const name = "genesys-cloud-sandbox";

/** A configuration of any team, which knows nothing of this project. */
const configuration = `
  terraform {
    required_providers {
      genesyscloud = { source = "mypurecloud/genesyscloud" }
    }
  }
  resource "genesyscloud_webdeployments_configuration" "look" {
    name             = "Look"
    languages        = ["en-us"]
    default_language = "en-us"
  }
  resource "genesyscloud_webdeployments_deployment" "shop" {
    name            = "Shop"
    allowed_domains = ["shop.example.com"]
    configuration {
      id      = genesyscloud_webdeployments_configuration.look.id
      version = genesyscloud_webdeployments_configuration.look.version
    }
  }
`;

describe("the package that npm pack makes", () => {
  const published = mkdtempSync(join(tmpdir(), "published-"));
  let consumer: Consumer;
  let command: string;
  beforeAll(async () => {
    consumer = new Consumer(await pack(published, name), [], name);
    command = join(consumer.installed, "bin", "genesys-sandbox.js");
  }, longestPack);
  afterAll(() => {
    consumer.remove();
    rmSync(published, { recursive: true, force: true });
  });

  packageChecks(() => consumer);

  test("holds the compiled sandbox with its types and the command, and no sources or tests", () => {
    expect(consumer.files).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", "bin/genesys-sandbox.js", "dist/index.d.ts", "dist/schema.json"]),
    );
    expect(consumer.files.filter((file) => /(?<!\.d)\.ts$|__tests__/.test(file))).toEqual([]);
  });

  test("has the same version as the library, which asks for it", () => {
    const library = jest.requireActual<{ version: string; peerDependencies: object }>("../../../package.json");
    expect(consumer.manifest).toMatchObject({ name, version: library.version });
    expect(library.peerDependencies).toMatchObject({ [name]: `^${library.version}` });
  });

  test("depends on what it imports, and on nothing else", () => {
    const { metafile } = buildSync({
      absWorkingDir: join(__dirname, ".."),
      entryPoints: ["lib/main.ts"],
      bundle: true,
      packages: "external",
      platform: "node",
      write: false,
      metafile: true,
    });
    const imported = Object.values(metafile.outputs)
      .flatMap(({ imports }) => imports.map(({ path }) => /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path))
      .filter((path) => !isBuiltin(path) && path !== "@cdktf/provider-genesyscloud"); // its schema is copied to dist/
    expect([...new Set(imported)].sort()).toEqual(Object.keys(consumer.manifest.dependencies).sort());
  });

  test("exports the same to CommonJS and to ES modules", () => {
    consumer.write({
      "main.cjs": `console.log(Object.keys(require("${name}")).sort().join());`,
      "main.mjs": `import * as sandbox from "${name}";
        console.log(Object.keys(sandbox).filter((key) => !["default", "module.exports"].includes(key)).join());`,
    });
    const names = Object.keys(sources).sort().join(); // ES modules have them in this order
    expect([consumer.node(["main.cjs"]), consumer.node(["main.mjs"])]).toEqual([`${names}\n`, `${names}\n`]);
  });

  test("starts in a test of a user, typed", () => {
    consumer.write({
      "typed/tsconfig.json": {
        compilerOptions: { module: "NodeNext", target: "es2022", strict: true, skipLibCheck: true, types: ["node"] },
      },
      "typed/main.ts": `
        import { startSandbox } from "${name}";
        const sandbox = await startSandbox({ stateFile: "state.json", faults: ["503 on GET deployments first=1"] });
        const url: string = sandbox.url;
        await sandbox.close();
        export const port = new URL(url).port;`,
      "typed/package.json": { type: "module" },
      "typed/run.mjs": `import { port } from "./main.js"; console.log(Number(port) > 0);`,
    });
    consumer.link("@types/node");
    expect(consumer.compile("typed")).toBe("");
    expect(consumer.node(["run.mjs"], "typed")).toBe("true\n");
  });

  test("genesys-sandbox runs a command against it, and ends with its exit code", () => {
    const program = `fetch(process.env.GENESYS_SANDBOX_URL + "/api/v2/organizations/me")
      .then(({ status }) => { console.log(status); process.exitCode = 3; });`;
    const options = ["--fault", "503 on GET api first=1", "--reset"];
    expect(consumer.run([command, ...options, "--", process.execPath, "-e", program])).toEqual({
      code: 3,
      stdout: "503\n",
      stderr: "",
    });
  });

  test.each([
    ["--port 0", "Expected a number from 1 to 65535."],
    ["--fault 503x", 'Invalid fault "503x"'],
    ["-- no-such-program", 'Error: "no-such-program" cannot be run'],
  ])("genesys-sandbox %s fails in a sentence", (line, message) => {
    const { code, stderr } = consumer.run([command, ...line.split(" ")]);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
  });

  needsTerraform("serves the provider to Terraform", () => {
    test("init, apply, and then an empty plan", () => {
      consumer.write({ "terraform/main.tf": configuration });
      const commands = ["init", "apply -auto-approve", "plan -detailed-exitcode"];
      const script = commands.map((words) => `${terraformName} ${words} -input=false`).join(" && ");
      const { code, stdout } = consumer.run([command, "--", "sh", "-c", script], "terraform");
      expect(stdout).toContain("2 added, 0 changed, 0 destroyed");
      expect(code).toBe(0);
    });
  });
});
