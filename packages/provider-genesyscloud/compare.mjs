/**
 * Lists every difference between schema.json and a genuine provider: `npm run provider:compare -- <executable>`, or a file with
 * the output of `terraform providers schema -json`. Exits with 1 if there are differences, and
 * with 2 if the comparison fails.
 */
import { readFileSync } from "node:fs";
import { command, genuineSchema } from "./generator/genuine-schema.mjs";
import { differencesBetween } from "./generator/schema-difference.mjs";
import { fullNameOf, terraformSchemaOf } from "./generator/terraform-schema.mjs";

const [from] = process.argv.slice(2);
if (from === undefined) {
  console.error("Usage: npm run provider:compare -- <executable of the provider, or schema as a .json file>");
  process.exit(2);
}
await command(() => {
  const schema = JSON.parse(readFileSync(new URL("schema.json", import.meta.url), "utf8"));
  const ours = terraformSchemaOf(schema).provider_schemas[fullNameOf(schema)];
  const found = differencesBetween(ours, genuineSchema(from, schema.source));
  console.log(found.length === 0 ? "No differences." : found.join("\n"));
  return found.length === 0 ? 0 : 1;
});
