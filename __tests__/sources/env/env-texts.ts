import fc from "../../fast-check";
import { type EnvTexts } from "./next-env";

export const names = ["A", "B", "C", "HOST", "SITE_URL", "AB", "x.y", "a-b", "1"];
const newline = fc.constantFrom("\n", "\n", "\n", "\r\n", "\r");
const indent = fc.constantFrom("", "", "", " ", "\uFEFF", "export ", "\t", "#");
const operator = fc.constantFrom("=", "=", "=", " = ", ": ", ":");
const fallback = fc.constantFrom("", "b", "a b", "$UNKNOWN", "https://x");

export function referenceTo(variables: readonly string[]): fc.Arbitrary<string> {
  if (variables.length === 0) return fc.constant("$UNKNOWN");
  const variable = fc.constantFrom(...variables);
  return fc.oneof(
    variable.map((name) => `$${name}`),
    variable.map((name) => `\${${name}}`),
    fc.tuple(variable, fallback).map(([name, text]) => `\${${name}:-${text}}`),
    variable.map((name) => `\\$${name}`),
  );
}

/** Everything that the grammar of env files gives a meaning to, and some that it does not. */
const scrap = fc.constantFrom(
  ...[
    "https://",
    "shop.example.com",
    "a",
    ":",
    "=",
    ",",
    "/",
    "@",
    "-",
    "_",
    "#",
    " #note",
    "'",
    '"',
    "`",
    "é",
    "\t",
    " ",
  ],
  ...["\\", "\\n", "\\r", "\\'", '\\"', "\\$", "$/", "$$", "{", "}", "${", "$}", ":-", "export"],
);

export function valueOf(reference: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const part = fc.oneof({ weight: 2, arbitrary: reference }, { weight: 5, arbitrary: scrap });
  const bare = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(""));
  const lines = fc.array(fc.oneof(bare, newline), { maxLength: 4 }).map((parts) => parts.join(""));
  const quoted = fc.tuple(fc.constantFrom("'", '"', '"', "`"), lines).map(([quote, text]) => quote + text + quote);
  const onTheNextLine = fc.tuple(newline, quoted).map((parts) => parts.join(""));
  return fc.oneof(
    { weight: 4, arbitrary: bare },
    { weight: 4, arbitrary: quoted },
    { weight: 1, arbitrary: onTheNextLine },
  );
}

/** Chains of files whose lines come from these definitions, in any order. */
export function chainOf(definitions: readonly fc.Arbitrary<string>[]): fc.Arbitrary<EnvTexts> {
  const line = fc.oneof(
    { weight: 8, arbitrary: fc.oneof(...definitions) },
    { weight: 1, arbitrary: fc.constantFrom("", "# note", "junk", "A", "'", '"') },
  );
  const text = fc.array(fc.tuple(line, newline), { maxLength: 7 }).map((lines) => lines.flat().join(""));
  return fc.array(text, { minLength: 1, maxLength: 3 });
}

export function definitionOf(name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(indent, fc.constant(name), operator, value).map((parts) => parts.join(""));
}

/** The files that env-cmd and Next.js load for staging, the highest priority first. */
export const chainNames = [".env.staging", ".env.production", ".env"];

const stagingDefinitions = [
  ...names.map((name, index) => definitionOf(name, valueOf(referenceTo([...names.slice(index + 1), "NODE_ENV"])))),
  fc.constantFrom(
    "NODE_ENV=staging",
    "NODE_ENV=",
    "NODE_ENV=development",
    "NODE_ENV='production'",
    "export B=b",
    "A: a",
    "B=`b`",
  ),
];

/** Files whose references go to later names and to NODE_ENV: nothing goes round in circles. */
export const filesOfStaging = chainOf(stagingDefinitions).map((texts) => {
  return Object.fromEntries(chainNames.map((name, index) => [name, texts[index] ?? ""]));
});
