import { isDeepStrictEqual } from "node:util";
import fc from "../../fast-check";
import { expandAsEnvCmd } from "../../../lib/sources/env/env-cmd";
import { parseJson } from "../../../lib/sources/formats/json-text";
import { tableAt } from "../../../lib/sources/formats/lined-value";
import { type EnvCmdCase, readWithEnvCmd, runEnvCmd } from "./env-cmd";

/** What this project makes of the same file; null where it refuses it. */
function ours({ file, text, environments, recursive }: EnvCmdCase): Readonly<Record<string, string>> | null {
  const parsed = parseJson(file.endsWith(".json") ? text.replace(/^\uFEFF/, "") : text, "JSON");
  if (!parsed.ok) return null;
  const tables = environments.flatMap((name) => tableAt(parsed.value, name) ?? []);
  if (tables.length === 0) return null;
  const { variables, failure } = expandAsEnvCmd(file, tables, { isRecursive: recursive, separator: undefined });
  return failure === undefined ? Object.fromEntries([...variables].map(([name, { value }]) => [name, value])) : null;
}

function expectEnvCmdToAgree(cases: readonly EnvCmdCase[]): void {
  const answers = readWithEnvCmd(cases);
  const compared = cases.map((each, index) => ({ each, ours: ours(each), envCmd: answers[index] }));
  expect(compared.filter((one) => !isDeepStrictEqual(one.ours, one.envCmd)).slice(0, 3)).toEqual([]);
}

const name = fc.constantFrom("A", "B", "HOST", "SITE_URL", "1", "0", "");
const piece = fc.constantFrom(
  "https://",
  "a.example.com",
  "$A",
  "${B}",
  "$HOST",
  "\\$A",
  "$",
  "${",
  "}",
  "$1",
  "$UNKNOWN",
  "é",
);
const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""));
const odd = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(text, { maxLength: 2 }),
);
const valueOf = (oddities: number): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: text }, { weight: oddities, arbitrary: odd });
const environment = (oddities: number): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.dictionary(name, valueOf(oddities), { maxKeys: 5 }) },
    { weight: 1, arbitrary: fc.constantFrom(null, 1, false, "text") },
  );

function cases(oddities: number): fc.Arbitrary<EnvCmdCase> {
  return fc.record({
    file: fc.constantFrom(".env-cmdrc", ".env-cmdrc.json", "settings/environments"),
    text: fc
      .tuple(
        fc.constantFrom("", "", "", "", "\uFEFF", "// note\n"),
        fc.record({ base: environment(oddities), staging: environment(oddities) }, { requiredKeys: [] }),
        fc.constantFrom(0, 2),
        fc.constantFrom("", "\n", "\r\n", "", ",", "x"),
      )
      .map(([before, data, indent, after]) => before + JSON.stringify(data, null, indent) + after),
    environments: fc.constantFrom(
      ["staging"],
      ["base", "staging"],
      ["staging", "base"],
      ["nowhere", "base"],
      ["nowhere"],
    ),
    recursive: fc.boolean(),
  });
}

describe("what an environment comes to is what env-cmd itself sets", () => {
  test("for generated files of texts", () => {
    expectEnvCmdToAgree(fc.sample(cases(0), { seed: 20_261_123, numRuns: 1_500 }));
  });

  test("for generated files whose values are of all kinds", () => {
    expectEnvCmdToAgree(fc.sample(cases(4), { seed: 20_261_123, numRuns: 1_000 }));
  });

  test.each<[string, EnvCmdCase]>([
    [
      "one environment",
      { file: ".env-cmdrc", text: '{"a":{"A":"x","N":1,"T":true,"Z":null}}', environments: ["a"], recursive: false },
    ],
    [
      "two",
      { file: "rc.json", text: '{"a":{"A":"x","B":"y"},"b":{"A":"z"}}', environments: ["a", "b"], recursive: false },
    ],
    [
      "references, filled in once",
      { file: ".env-cmdrc", text: '{"a":{"A":"$B","B":"$C","C":"c"}}', environments: ["a"], recursive: true },
    ],
    ["a list", { file: ".env-cmdrc", text: '{"a":{"A":["x",null,["y"]]}}', environments: ["a"], recursive: false }],
    ["a number, filled in", { file: ".env-cmdrc", text: '{"a":{"A":1}}', environments: ["a"], recursive: true }],
  ])("as the command's child sees it: %s", (_, each) => {
    const seen = runEnvCmd(each);
    const expected = ours(each);
    if (expected === null) expect(seen).toBeNull();
    else expect(seen).toMatchObject(expected);
  });
});
