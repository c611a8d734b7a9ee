import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
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
import { inFull, rows } from "../in-full";
import { longestPack, pack } from "./consumer";
import { type Core } from "./cores";

const root = join(__dirname, "..", "..");
const packageFolder = join(root, "packages", "provider-genesyscloud");
const modules = join(root, "node_modules");

/** Where the package has the bindings for each core. */
const folderOf: Readonly<Record<Core, string>> = { cdktf: "lib", cdktn: "cdktn" };

/** A program of a team that uses the bindings themselves. */
const programOn = (core: Core): string =>
  `import { App, TerraformStack } from "cdktf";
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
`
    .replace('"cdktf"', `"${core}"`)
    .replaceAll("genesyscloud/lib/", `genesyscloud/${folderOf[core]}/`)
    .replace('genesyscloud"', `genesyscloud/${folderOf[core]}"`);

/** The same beside the unpacked tarball, which has the bindings in its own files. */
const inTarball = (program: string): string =>
  program.replaceAll(/"@cdktf\/provider-genesyscloud\/([\w/-]+)"/g, '"./dist/bindings/$1/index.js"');

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

inFull(() => {
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
    expect(output).toMatch(/^@cdktf\/provider-genesyscloud: 2 × \d+ files from schema\.json in \d+\.\d s\n$/);
    for (const name of ["lib", "cdktn"]) {
      expect(textsOf(join(copy, name))).toEqual(textsOf(join(packageFolder, name)));
    }
  });

  test("the bindings for cdktn are what the compiler makes of sources that import it", () => {
    const program = `
    import { readFileSync } from "node:fs";
    import { join } from "node:path";
    import { bindingsOf } from "./generator/bindings.mjs";
    import { compile } from "./generator/compile.mjs";
    const schema = JSON.parse(readFileSync("schema.json", "utf8"));
    const sources = await bindingsOf(schema, join(${JSON.stringify(folder)}, "sources"));
    const onCdktn = new Map([...sources].map(([path, text]) => [path, text.replaceAll("'cdktf'", "'cdktn'")]));
    console.log(JSON.stringify([...compile(join(process.cwd(), "cdktn"), onCdktn)]));`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
      cwd: packageFolder,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    const compiled = new Map(JSON.parse(output) as [string, string][]);
    const published = textsOf(join(packageFolder, "cdktn"));
    published.delete(".stamp");
    const importing = /"cdktf plan /g; // what a comment says of the core's command
    expect(
      new Map([...compiled].map(([path, text]) => [path, text.replace(importing, '"cdktn plan ')] as const).sort()),
    ).toEqual(published);
  });
});

describe("what travels in the tarball", () => {
  let unpacked: string;
  beforeAll(async () => {
    unpacked = realpathSync(mkdtempSync(join(tmpdir(), "provider-tarball-")));
    execFileSync("tar", ["xzf", await pack(unpacked)], { cwd: unpacked });
    mkdirSync(join(unpacked, "package", "node_modules"));
    for (const name of ["cdktf", "cdktn", "constructs", "@types"]) {
      symlinkSync(join(modules, name), join(unpacked, "package", "node_modules", name), "junction");
    }
  }, longestPack);
  afterAll(() => {
    rmSync(unpacked, { recursive: true, force: true });
  });

  test("is JavaScript, declarations and the schema, and no source of them", () => {
    const files = [...textsOf(join(unpacked, "package/dist/bindings")).keys()];
    expect(files.filter((path) => !/^(?:lib|cdktn)\//.test(path))).toEqual(["schema.json"]);
    expect(files.filter((path) => !/\.(js|d\.ts|json)$/.test(path))).toEqual([]);
    for (const name of Object.values(folderOf)) {
      expect(files).toContain(`${name}/webdeployments-deployment/index.js`);
      expect(files).toContain(`${name}/webdeployments-deployment/index.d.ts`);
    }
  });

  test.each(
    rows<[string, Core, string, readonly string[]]>(
      [["NodeNext, ES module, on cdktn", "cdktn", "stack-on-cdktn.mts", ["--module", "nodenext"]]],
      [
        [
          "CommonJS with the old resolution",
          "cdktf",
          "stack.ts",
          ["--module", "commonjs", "--moduleResolution", "node10"],
        ],
        ["NodeNext, CommonJS", "cdktf", "stack.cts", ["--module", "nodenext"]],
        ["NodeNext, ES module", "cdktf", "stack.mts", ["--module", "nodenext"]],
      ],
    ),
  )(
    "compiles for a user who checks libraries: %s",
    (_, core, file, moduleOptions) => {
      writeFileSync(join(unpacked, "package", file), inTarball(programOn(core)));
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
