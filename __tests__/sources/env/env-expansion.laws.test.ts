import { isDeepStrictEqual } from "node:util";
import fc from "../../fast-check";
import { cases } from "../../fast-check";
import { composeEnv, parseEnvText } from "../../../lib/sources/env/env-expansion";
import { chainOf, definitionOf, names, referenceTo, valueOf } from "./env-texts";
import { type EnvTexts, readWithNext } from "./next-env";

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
    expectNextToAgree(fc.sample(chainOf(definitions), { seed: 20_261_122, numRuns: cases(3_000) }));
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
