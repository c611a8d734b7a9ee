import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const packageFolder = join(root, "providers", "genesyscloud");
const modules = join(root, "node_modules");

const userProgram = `import { App, TerraformStack } from "cdktf";
import { dataGenesyscloudFlow } from "@cdktf/provider-genesyscloud";
import { GenesyscloudProvider } from "@cdktf/provider-genesyscloud/lib/provider";
import { WebdeploymentsConfiguration } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import {
  WebdeploymentsDeployment,
  type WebdeploymentsDeploymentConfig,
} from "@cdktf/provider-genesyscloud/lib/webdeployments-deployment";

const stack = new TerraformStack(new App(), "stack");
new GenesyscloudProvider(stack, "Genesys", { gateway: [{}] });
const flow = new dataGenesyscloudFlow.DataGenesyscloudFlow(stack, "Flow", { name: "Support" });
const configuration = new WebdeploymentsConfiguration(stack, "Configuration", {
  name: "Shop",
  languages: ["en-us"],
  defaultLanguage: "en-us",
  messenger: { styles: { primaryColor: "#0055ff" } },
});
const config: WebdeploymentsDeploymentConfig = {
  name: "Shop",
  flowId: flow.id,
  allowedDomains: ["www.example.com"],
  configuration: { id: configuration.id, version: configuration.version },
};
export const snippet: string = new WebdeploymentsDeployment(stack, "Deployment", config).snippet;
`;

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "provider-package-")));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Every file of a folder with its text. */
function textsOf(path: string): Map<string, string> {
  const paths = readdirSync(path, { recursive: true, encoding: "utf8" });
  const files = paths.filter((file) => statSync(join(path, file)).isFile()).sort();
  return new Map(files.map((file) => [file, readFileSync(join(path, file), "utf8")]));
}

test("another folder, another locale and no Terraform on the path give the same bytes", () => {
  const copy = join(folder, "elsewhere");
  for (const file of ["generate.mjs", "generator", "package.json", "schema.json"]) {
    cpSync(join(packageFolder, file), join(copy, file), { recursive: true });
  }
  symlinkSync(modules, join(folder, "node_modules"), "junction");
  const output = execFileSync(process.execPath, ["generate.mjs"], {
    cwd: copy,
    encoding: "utf8",
    env: { PATH: folder, LC_ALL: "tr_TR.UTF-8", TZ: "Asia/Kathmandu" },
  });
  expect(output).toMatch(/^@cdktf\/provider-genesyscloud: \d+ files from schema\.json in \d+\.\d s\n$/);
  expect(textsOf(join(copy, "lib"))).toEqual(textsOf(join(packageFolder, "lib")));
});

describe("what travels in the tarball", () => {
  let unpacked: string;
  beforeAll(() => {
    unpacked = realpathSync(mkdtempSync(join(tmpdir(), "provider-tarball-")));
    const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", unpacked], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    execFileSync("tar", ["xzf", filename], { cwd: unpacked });
    for (const name of ["cdktf", "constructs", "@types"]) {
      symlinkSync(join(modules, name), join(unpacked, "package", "node_modules", name), "junction");
    }
  });
  afterAll(() => {
    rmSync(unpacked, { recursive: true, force: true });
  });

  test("is JavaScript, declarations and the schema, and no source of them", () => {
    const files = [...textsOf(join(unpacked, "package/node_modules/@cdktf/provider-genesyscloud")).keys()];
    expect(files.filter((path) => !path.startsWith("lib/"))).toEqual(["package.json", "schema.json"]);
    expect(files.filter((path) => !/\.(js|d\.ts|json)$/.test(path))).toEqual([]);
    expect(files).toContain("lib/webdeployments-deployment/index.js");
    expect(files).toContain("lib/webdeployments-deployment/index.d.ts");
  });

  test.each([
    ["NodeNext, CommonJS", "stack.cts", ["--module", "nodenext"]],
    ["NodeNext, ES module", "stack.mts", ["--module", "nodenext"]],
    ["CommonJS with the old resolution", "stack.ts", ["--module", "commonjs", "--moduleResolution", "node10"]],
  ])(
    "compiles for a user who checks libraries: %s",
    (_, file, moduleOptions) => {
      writeFileSync(join(unpacked, "package", file), userProgram);
      const tsc = join(modules, "typescript", "bin", "tsc");
      const strict = ["--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "false", "--target", "es2022"];
      const quiet = ["--types", "node", "--noEmit", "--pretty", "false"];
      const compiler = spawnSync(process.execPath, [tsc, ...strict, ...quiet, ...moduleOptions, file], {
        cwd: join(unpacked, "package"),
        encoding: "utf8",
      });
      expect(compiler.stdout).toBe("");
      expect(compiler.status).toBe(0);
    },
    60_000,
  );
});
