import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildLauncher } from "../../../__tests__/conformance/launcher";
import { needsTerraform } from "../../../__tests__/e2e/terraform";
import { schema } from "./schema";

const packageFolder = resolve(__dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "schema-difference-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Block {
  attributes: Record<string, Record<string, unknown>>;
  block_types: Record<string, { max_items?: number; block: Block }>;
}
interface Genuine {
  provider: { block: Block };
  resource_schemas: Record<string, { version: number; block: Block }>;
  data_source_schemas: Record<string, { block: Block }>;
}

function node(
  script: string,
  ...parameters: readonly string[]
): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", script, ...parameters],
    { cwd: packageFolder, encoding: "utf8" },
  );
  return { code: status, stdout, stderr };
}

/** What a genuine provider with this schema says. */
function genuine(change: (schema: Genuine) => void = () => undefined): string {
  const { stdout } = node(
    `import { readFileSync } from "node:fs";
     import { terraformSchemaOf } from "./generator/terraform-schema.mjs";
     console.log(JSON.stringify(terraformSchemaOf(JSON.parse(readFileSync("schema.json", "utf8")))));`,
  );
  const all = JSON.parse(stdout) as { readonly provider_schemas: Readonly<Record<string, Genuine>> };
  for (const one of Object.values(all.provider_schemas)) change(one);
  const file = join(folder, "genuine.json");
  writeFileSync(file, JSON.stringify(all));
  return file;
}

const compare = (from: string, environment: NodeJS.ProcessEnv = {}): { code: number | null; stdout: string } => {
  const { status, stdout } = spawnSync(process.execPath, ["compare.mjs", from], {
    cwd: packageFolder,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  return { code: status, stdout };
};

test("a provider with the same schema has no differences", () => {
  expect(compare(genuine())).toEqual({ code: 0, stdout: "No differences.\n" });
});

/** A later provider: it has more, less, and something else. */
function later({ provider, resource_schemas: resources, data_source_schemas: dataSources }: Genuine): void {
  const { genesyscloud_webdeployments_configuration: configuration } = resources;
  const { genesyscloud_flow: flow } = dataSources;
  if (configuration === undefined || flow === undefined) throw new Error("The schema has no configuration or flow.");
  provider.block.attributes["new_one"] = { type: "number", optional: true, description: "how many" };
  configuration.version = 2;
  delete configuration.block.attributes["description"];
  configuration.block.block_types["position"] = {
    block: { attributes: { alignment: { type: "string", required: true } }, block_types: {} },
  };
  Object.assign(flow.block.attributes["type"] ?? {}, { type: ["list", "string"] });
}

test("every difference is listed, with its place", () => {
  const { code, stdout } = compare(genuine(later));
  expect(code).toBe(1);
  expect(stdout.trim().split("\n")).toEqual([
    "provider.new_one: missing in schema.json",
    "genesyscloud_webdeployments_configuration: version is 1 in schema.json, and 2 in the provider",
    "genesyscloud_webdeployments_configuration.description: the provider does not have it",
    "genesyscloud_webdeployments_configuration.position: nesting is list in schema.json, and undefined in the provider",
    "genesyscloud_webdeployments_configuration.position: max_items is 1 in schema.json, and 0 in the provider",
    "genesyscloud_webdeployments_configuration.position.alignment: required is false in schema.json, and true in the provider",
    "genesyscloud_webdeployments_configuration.position.alignment: optional is true in schema.json, and false in the provider",
    "genesyscloud_webdeployments_configuration.position.bottom_space: the provider does not have it",
    "genesyscloud_webdeployments_configuration.position.side_space: the provider does not have it",
    'data.genesyscloud_flow.type: type is "string" in schema.json, and ["list","string"] in the provider',
  ]);
});

test("an update takes what the provider says, and keeps what only schema.json knows", () => {
  const { stdout } = node(
    `import { readFileSync } from "node:fs";
     import { genuineSchema } from "./generator/genuine-schema.mjs";
     import { updated } from "./generator/schema-difference.mjs";
     const schema = JSON.parse(readFileSync("schema.json", "utf8"));
     const same = updated(schema, genuineSchema(process.argv[1], schema.source), "1.84.0");
     const next = updated(schema, genuineSchema(process.argv[2], schema.source), "1.85.2");
     console.log(JSON.stringify({ isSame: JSON.stringify(same) === JSON.stringify(schema), next }));`,
    copied(genuine(), "same.json"),
    genuine(later),
  );
  const { isSame, next } = JSON.parse(stdout) as { readonly isSame: boolean; readonly next: typeof schema };
  expect(isSame).toBe(true);
  const before = schema.resources["genesyscloud_webdeployments_configuration"];
  const after = next.resources["genesyscloud_webdeployments_configuration"];
  expect(next.version).toBe("~> 1.85");
  expect(next.provider.attributes["new_one"]).toEqual({ type: "number", mode: "optional", description: "How many." });
  expect(after?.schemaVersion).toBe(2);
  expect(after?.attributes).not.toHaveProperty("description");
  expect(after?.blocks["position"]?.attributes).toEqual({
    alignment: { ...before?.blocks["position"]?.attributes["alignment"], mode: "required" },
  });
  expect(after?.blocks["messenger"]).toEqual(before?.blocks["messenger"]);
});

function copied(file: string, name: string): string {
  const copy = join(folder, name);
  copyFileSync(file, copy);
  return copy;
}

needsTerraform("the schema of an executable, asked by Terraform", () => {
  test("the sandbox's provider as an executable has no differences", () => {
    const launcher = buildLauncher();
    try {
      expect(compare(launcher.binary, launcher.environment)).toEqual({ code: 0, stdout: "No differences.\n" });
    } finally {
      launcher.remove();
    }
  });
});

describe.each([
  ["compare.mjs", []],
  ["update.mjs", ["9.9.9"]],
])("%s ends with exit code 2 and a sentence, and changes nothing", (program, words) => {
  const name = "registry.terraform.io/mypurecloud/genesyscloud";
  const schemas = (one: unknown): string => JSON.stringify({ provider_schemas: { [name]: one } });
  test.each<[string, file: string, content: string | undefined, message: RegExp]>([
    ["a file that is missing", "none.json", undefined, /^Error: ENOENT.*none\.json/],
    ["a file that is not JSON", "text.json", "schema", /^Error: ".*text\.json" does not hold JSON/],
    ["JSON that is not a schema", "null.json", "null", /^Error: ".*null\.json" does not hold a schema: expected/],
    ["another object", "other.json", '{"a":1}', /does not hold a schema: expected/],
    ["a schema of another provider", "aws.json", '{"provider_schemas":{"aws":{}}}', /has no schema of .*: it has aws/],
    ["an empty schema", "empty.json", schemas({}), /has an incomplete schema of/],
    ["a schema without resources", "half.json", schemas({ provider: { block: {} } }), /has an incomplete schema of/],
    ["an executable that is missing", "no-provider", undefined, /^Error: .*providers schema -json" failed/],
    ["an invalid executable", "provider", "text", /^Error: .*providers schema -json" failed/],
  ])("%s", (_, file, content, message) => {
    const path = join(folder, file);
    if (content !== undefined) writeFileSync(path, content);
    const before = readFileSync(join(packageFolder, "schema.json"), "utf8");
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, path, ...words], {
      cwd: packageFolder,
      encoding: "utf8",
    });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("    at ");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(readFileSync(join(packageFolder, "schema.json"), "utf8")).toBe(before);
  });
});
