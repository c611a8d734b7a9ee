/**
 * Takes a new version of the provider over: `npm run provider:update -- <executable> <version>`, such as `1.85.0`. It writes
 * schema.json, the version of this package, and the bindings. Schemas do not contain API paths: it lists the arguments that still need one. Exits with 2
 * on failure.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { command, genuineSchema } from "./generator/genuine-schema.mjs";
import { updated } from "./generator/schema-difference.mjs";

const [from, version = ""] = process.argv.slice(2);
if (from === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
  console.error("Usage: npm run provider:update -- <executable of the provider, or schema as a .json file> <version>");
  process.exit(2);
}
const file = (name) => new URL(name, import.meta.url);
const read = (name) => JSON.parse(readFileSync(file(name), "utf8"));
const write = async (name, content) => {
  const options = { ...(await resolveConfig(fileURLToPath(file(name)))), filepath: fileURLToPath(file(name)) };
  writeFileSync(file(name), await format(JSON.stringify(content, null, 2), options));
};

await command(async () => {
  const schema = read("schema.json");
  const next = updated(schema, genuineSchema(from, schema.source), version);
  await write("schema.json", next);
  await write("package.json", { ...read("package.json"), version });
  for (const [type, block] of Object.entries(next.resources)) {
    for (const path of withoutPath(block))
      console.log(`${type}.${path}: add its path in the API ("api") to schema.json`);
  }
  const { status } = spawnSync(process.execPath, ["generate.mjs"], { cwd: file("."), stdio: "inherit" });
  return status === 0 ? 0 : 2;
});

function withoutPath({ attributes, blocks }) {
  return [
    ...Object.entries(attributes).flatMap(([name, { api }]) => (api === undefined ? [name] : [])),
    ...Object.entries(blocks).flatMap(([name, block]) => [
      ...(block.api === undefined ? [name] : []),
      ...withoutPath(block).map((path) => `${name}.${path}`),
    ]),
  ];
}
