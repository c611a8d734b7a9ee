import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/**
 * What `terraform providers schema -json` says of the provider, in Terraform's own shape.
 *
 * @param from the provider's executable, or a JSON file with that output
 * @param source the provider's source, such as `mypurecloud/genesyscloud`
 */
export function genuineSchema(from, source) {
  const text = from.endsWith(".json") ? readFileSync(from, "utf8") : schemaOfExecutable(resolve(from), source);
  const { provider_schemas: providers } = parsed(text, from) ?? {};
  if (!isRecord(providers)) {
    throw new Error(`"${from}" does not hold a schema: expected the output of terraform providers schema -json`);
  }
  const [schema] = Object.entries(providers).flatMap(([name, one]) =>
    name.toLowerCase().endsWith(source) ? [one] : [],
  );
  if (schema === undefined) throw new Error(`"${from}" has no schema of ${source}: it has ${Object.keys(providers)}`);
  const parts = [schema?.provider?.block, schema?.resource_schemas, schema?.data_source_schemas];
  if (!parts.every(isRecord)) throw new Error(`"${from}" has an incomplete schema of ${source}`);
  return schema;
}

/**
 * Runs a command of this package: what it answers is the exit code, and every error is 2, because 1 means that something differs.
 *
 * @param {() => number | Promise<number>} work
 */
export async function command(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    console.error(`Error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  }
}

function parsed(text, from) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`"${from}" does not hold JSON: ${error.message}`, { cause: error });
  }
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A development override leads Terraform to the executable; no registry is asked. */
function schemaOfExecutable(executable, source) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "provider-schema-")));
  try {
    const override = join(folder, "provider");
    mkdirSync(override);
    symlinkSync(executable, join(override, `terraform-provider-${source.split("/").at(-1)}`));
    const configFile = join(folder, "terraform.rc");
    const overrides = `dev_overrides {\n    "${source}" = ${JSON.stringify(override)}\n  }`;
    writeFileSync(configFile, `provider_installation {\n  ${overrides}\n  direct {}\n}\n`);
    const required = { [source.split("/").at(-1)]: { source } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
    const program = process.env.TERRAFORM_BINARY_NAME || "terraform";
    const { status, stdout, stderr, error } = spawnSync(program, ["providers", "schema", "-json"], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 2 ** 30,
      env: { ...process.env, TF_REATTACH_PROVIDERS: "", TF_CLI_CONFIG_FILE: configFile, CHECKPOINT_DISABLE: "1" },
    });
    if (status === 0) return stdout;
    throw new Error(`"${program} providers schema -json" failed: ${error?.message ?? stderr}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
