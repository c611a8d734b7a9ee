import { isDeepStrictEqual } from "node:util";
import fc from "../../fast-check";
import { composeEnv } from "../../../lib/sources/env/env-expansion";
import { parseEnvText } from "../../../lib/sources/env/env-text";
import { type EnvTexts, readWithNext } from "./next-env";

const names = ["A", "B", "C", "HOST", "SITE_URL", "AB", "x.y", "a-b", "1"];
const newline = fc.constantFrom("\n", "\n", "\n", "\r\n", "\r");
const indent = fc.constantFrom("", "", "", " ", "\uFEFF", "export ", "\t", "#");
const operator = fc.constantFrom("=", "=", "=", " = ", ": ", ":");
const fallback = fc.constantFrom("", "b", "a b", "$UNKNOWN", "https://x");

function referenceTo(variables: readonly string[]): fc.Arbitrary<string> {
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

function valueOf(reference: fc.Arbitrary<string>): fc.Arbitrary<string> {
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
function chainOf(definitions: readonly fc.Arbitrary<string>[]): fc.Arbitrary<EnvTexts> {
  const line = fc.oneof(
    { weight: 8, arbitrary: fc.oneof(...definitions) },
    { weight: 1, arbitrary: fc.constantFrom("", "# note", "junk", "A", "'", '"') },
  );
  const text = fc.array(fc.tuple(line, newline), { maxLength: 7 }).map((lines) => lines.flat().join(""));
  return fc.array(text, { minLength: 1, maxLength: 3 });
}

function definitionOf(name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(indent, fc.constant(name), operator, value).map((parts) => parts.join(""));
}

function compose(texts: EnvTexts): Readonly<Record<string, string>> {
  const files = texts.map((text, index) => ({ file: `file${index}`, definitions: parseEnvText(text) }));
  return Object.fromEntries([...composeEnv(files).variables].map(([name, { value }]) => [name, value]));
}

function expectNextToAgree(sets: readonly EnvTexts[]): void {
  const answers = readWithNext(sets);
  const compared = sets.map((set, index) => ({ set, ours: compose(set), next: answers[index] }));
  expect(compared.filter(({ ours, next }) => !isDeepStrictEqual(ours, next)).slice(0, 3)).toEqual([]);
}

describe("what a chain of env files comes to is what Next.js itself sees", () => {
  test("for thousands of generated chains without a circle", () => {
    const definitions = names.map((name, index) => definitionOf(name, valueOf(referenceTo(names.slice(index + 1)))));
    expectNextToAgree(fc.sample(chainOf(definitions), { seed: 20_261_122, numRuns: 3_000 }));
  });

  test("for hundreds of generated chains in which references go round in circles", () => {
    // One reference a value: with more of them Next.js itself takes seconds to notice the circle.
    const reference = fc.constantFrom(
      ...["A", "B", "C"].flatMap((name) => [`$${name}`, `\${${name}}`, `\${${name}:-x}`]),
    );
    const value = fc.tuple(fc.constantFrom("", "", "a", "https://"), reference).map((parts) => parts.join(""));
    const definitions = [...["A", "B", "C"].map((name) => definitionOf(name, value)), fc.constantFrom("A=a", "D=d")];
    expectNextToAgree(fc.sample(chainOf(definitions), { seed: 20_261_122, numRuns: 200 }));
  });

  test("for what looks like a pattern of String.replace, and for references inside defaults", () => {
    const texts = [
      "A=x$&y\nB=$A",
      "A=x$'y\nB=1${A}2",
      "A=x$`y\nB=1${A}2",
      "A=a$$b\nB=$A",
      "A='$1'\nB=${A}",
      "B=b\nA=${X:-$B}",
      "B=b\nA=${X:-${B}}",
      "B=b\nA=${B:-$C}\nC=${X:-${Y:-z}}",
      "A=$AB $A\nAB=1",
      "A=$ $B\nB=b",
      "A=$B $\nB=b",
    ];
    expectNextToAgree([...texts.map((text) => [text]), ...texts.map((text) => [text, "B=other\nX=x"])]);
  });
});
