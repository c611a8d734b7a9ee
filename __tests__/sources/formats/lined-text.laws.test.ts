import fc from "../../fast-check";
import { cases } from "../../fast-check";
import { appHosting } from "../../../lib/sources/platforms/app-hosting";
import { envCmdrc } from "../../../lib/sources/env/env-cmdrc";
import { netlifyToml } from "../../../lib/sources/platforms/netlify-toml";
import { wrangler } from "../../../lib/sources/platforms/wrangler";
import { parseJson } from "../../../lib/sources/formats/json-text";
import { type LinedValue, type ParsedText } from "../../../lib/sources/formats/lined-value";
import { parseToml } from "../../../lib/sources/formats/toml-text";
import { parseYaml } from "../../../lib/sources/formats/yaml-text";
import { readOnce } from "../../../lib/sources/read-source";
import { type Data, DataWriter, numbered, type Table } from "./data-writer";
import { project } from "../project";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const key = fc.oneof(
  fc.constantFrom("env", "feat/x", "a.b", "é", "<<x", "#", "1", "true", "", " ", '"', "'", "\\", "__proto__", "~", "-"),
  fc.string({ maxLength: 4 }),
);
const text = fc.oneof(
  fc.constantFrom(
    "https://www.example.com",
    "$HOST",
    "#",
    ": ",
    "- x",
    "{}",
    "yes",
    "null",
    "\t",
    "é\u2028\n\r\u0085",
    "'",
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
const { table } = fc.letrec<{ data: Data; table: Table; list: readonly Data[] }>((tie) => ({
  data: fc.oneof({ depthSize: "small" }, text, text, tie("list"), tie("table")),
  list: fc.array(tie("data"), { maxLength: 3 }),
  table: fc.dictionary(key, tie("data"), { maxKeys: 4, noNullPrototype: true }),
}));
const lineEnd = fc.constantFrom("\n", "\n", "\r\n");

/** The data that a text came to; the line of every text in it is noted. */
function dataOf(value: LinedValue, lines: Map<string, number>): Data {
  if (value.kind === "table")
    return Object.fromEntries([...value.entries].map(([name, each]) => [name, dataOf(each, lines)]));
  if (value.kind === "list") return value.items.map((item) => dataOf(item, lines));
  lines.set(value.text, value.line);
  return value.text;
}

describe("what was written is read back, and every text with the line on which it stands", () => {
  test.each<["json" | "yaml" | "toml", (text: string) => ParsedText]>([
    ["json", (written) => parseJson(written, "JSON")],
    ["json", (written) => parseJson(written.replace(/\}$/, "} // note"), "JSONC")],
    ["yaml", parseYaml],
    ["toml", parseToml],
  ])("%s", (format, parse) => {
    fc.assert(
      fc.property(table, lineEnd, (generated, end) => {
        const data = numbered(generated);
        const writer = new DataWriter();
        writer[format](data);
        const parsed = parse(writer.output.join(end));
        const lines = new Map<string, number>();
        expect(parsed.ok ? dataOf(parsed.value, lines) : parsed).toEqual(data);
        expect([...lines].sort()).toEqual([...writer.lines].sort());
      }),
      { numRuns: cases(1_000) },
    );
  });
});

test("a text is JSON here exactly where JavaScript's own parser says so", () => {
  const piece = fc.constantFrom(
    ...[
      '{"a":',
      "}",
      "[",
      "]",
      ",",
      '"',
      "'",
      '"b"',
      ":",
      "1",
      "-",
      "0",
      ".5",
      "e1",
      "0x1",
      "true",
      "null",
      "undefined",
    ],
    ...[
      "//",
      "/**/",
      "\n",
      "\t",
      "\u00a0",
      "\uFEFF",
      "\u2028",
      "\\",
      "\\u0041",
      "\\x41",
      '"\u2028"',
      "(",
      ")",
      "...",
      "NaN",
      "`a`",
      "a",
    ],
  );
  const accepts = (candidate: string): boolean => {
    try {
      JSON.parse(candidate);
      return true;
    } catch {
      return false;
    }
  };
  const document = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(document, (candidate) => {
      expect([candidate, parseJson(candidate, "JSON").ok]).toEqual([candidate, accepts(candidate)]);
    }),
    { numRuns: cases(3_000) },
  );
});

describe("whatever a file holds", () => {
  const secret = "s3cr3t";
  const piece = fc.constantFrom(
    ...[
      secret,
      "\n",
      "\n  ",
      "\t",
      "[",
      "]",
      "{",
      "}",
      "=",
      ":",
      ": ",
      ",",
      '"',
      "'",
      '"""',
      "#",
      "//",
      "/*",
      "- ",
      "&",
      "*",
      "!",
      "%",
      "@",
      "|",
      ">",
    ],
    ...[
      "<<",
      "---\n",
      "...",
      "\\",
      "\\U",
      "env",
      "[[a]]",
      "a",
      "1",
      "2020-01-01",
      "0x",
      "`",
      "$",
      "?",
      "é",
      "\uFEFF",
      "\r",
    ],
  );
  const broken = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));

  test("the reason why it cannot be parsed quotes nothing of it", () => {
    fc.assert(
      fc.property(broken, (candidate) => {
        for (const parse of [parseYaml, parseToml, (json: string) => parseJson(json, "JSONC")]) {
          const parsed = parse(candidate);
          if (parsed.ok) continue;
          expect(parsed.message).not.toContain(secret);
          expect(parsed.line).toBeGreaterThanOrEqual(1);
          expect(parsed.line).toBeLessThanOrEqual(candidate.split("\n").length);
        }
      }),
      { numRuns: cases(1_500) },
    );
  });

  test("no source fails, and no value gets out that no one asked for", () => {
    const root = project({});
    const sources = [
      ["rc", envCmdrc("rc", "env", { variables: "A", recursive: true })],
      ["netlify.toml", netlifyToml("netlify.toml", { variables: "A" })],
      ["apphosting.yaml", appHosting(".", { variables: "A" })],
      ["wrangler.jsonc", wrangler("wrangler.jsonc", { variables: "A" })],
      ["wrangler.toml", wrangler("wrangler.toml", { variables: "A" })],
    ] as const;
    const bytes = fc.oneof(
      broken.map((candidate) => Buffer.from(candidate)),
      fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom(...sources), (content, [file, source]) => {
        writeFileSync(join(root, file), content);
        const { findings } = readOnce(source, { root, kind: "production" })();
        expect(findings.map(({ rule }) => rule)).not.toContain("source-failed");
        expect(findings.length).toBeGreaterThan(0);
        expect(JSON.stringify(findings)).not.toContain(secret);
      }),
      { numRuns: cases(1_500) },
    );
  });
});
