import fc from "../fast-check";
import { cases } from "../fast-check";
import { redact } from "../../lib/base/redact";
import { printable, printableJson, printableLines } from "../../lib/base/printable";

/** A secret of characters that may stand in a URL unencoded, those included that mean something there. */
const secret = fc
  .array(
    fc.constantFrom(...["a", "B", "7", "-", "_", ".", "~", "!", "$", "&", "(", "*", "+", ",", ";", "=", "%", "é", " "]),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((pieces) => `S3CR${pieces.join("")}ETX`);
/** A password as people write it into an env file: nothing in it is encoded. */
const rawSecret = fc
  .array(fc.constantFrom("a", "B", "7", "@", "/", "?", "#", ":", "\\", "[", "]", "%40", "."), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pieces) => `S3CR${pieces.join("")}ETX`);

const scheme = fc.constantFrom("https://", "http://", "postgres://", "ftp://", "//", "https:", "");
const host = fc.constantFrom(
  ...["www.example.com", "example.com:8443", "localhost", "localhost:3000", "[::1]", "[::1]:3000", "[2001:db8::7]"],
  ...[
    "203.0.113.7",
    "203.0.113.7:80",
    "münchen.example.com",
    "host",
    "host:",
    "localhost:$PORT",
    "*.example.com",
    "https",
  ],
);
const path = fc.constantFrom(
  "",
  "/",
  "/shop",
  "/@user",
  "/a/b:c",
  "/https://other.example.com",
  "\\x",
  "/x@y",
  "/%40z",
);
const user = fc.constantFrom("", "app", "app@team", "a:b");

/** Everywhere in an address that a secret can stand. */
const holding = (word: fc.Arbitrary<string>): fc.Arbitrary<readonly [value: string, secret: string]> =>
  fc
    .tuple(
      scheme,
      host,
      path,
      user,
      word,
      fc.constantFrom("?", "#", "/?", "/#", "?x=1#", "?mail=a@", "?@", "#@", "?next=https://u:p@"),
    )
    .chain(([start, name, way, who, hidden, mark]) =>
      fc.constantFrom(
        [`${start}${who}:${hidden}@${name}${way}`, hidden],
        [`${start}${hidden}@${name}${way}`, hidden],
        [`${start}${hidden}:${who}@${name}${way}`, hidden],
        [`${start}${name}${way}${mark}${hidden}`, hidden],
        [`${start}${name}${way}${mark}token=${hidden}&x=y@z.example.com`, hidden],
        [`${start}${who}:pw@${name}${way}${mark}${hidden}`, hidden],
        [`${start}${name}/https://${who}:${hidden}@other.example.com${way}`, hidden],
        [`${start}${name}${way}/http://${hidden}@other.example.com`, hidden],
        [`${start}${name}/https%3A%2F%2F${who}%3A${hidden}%40other.example.com`, hidden],
        [`${start}${who}%3A${hidden}%40${name}${way}`, hidden],
      ),
    );

test("a secret never stands in what is printed, wherever in the address it stands", () => {
  fc.assert(
    fc.property(holding(secret), ([value, hidden]) => {
      expect(redact(value)).not.toContain(hidden);
    }),
    { numRuns: cases(8_000) },
  );
});

test("nor does one that is not encoded, although it is ambiguous where it ends", () => {
  fc.assert(
    fc.property(holding(rawSecret), ([value, hidden]) => {
      const printed = redact(value);
      expect(printed).not.toContain(hidden);
      expect(redact(printed)).toBe(printed);
    }),
    { numRuns: cases(8_000) },
  );
});

/** What a reader does not see, or what a terminal obeys. */
const hostile = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}]/u;
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "a",
          "::error::x",
          "##[error]x",
          "##vso[task.setvariable]",
          "##teamcity[message]",
          "\u3164",
          "\u115f",
          "\ufe0f",
          "\n",
          "\r\n",
          " ",
          "\u001b[31m",
          "\u009b2J",
        ),
        fc.constantFrom(
          "\u001b]8;;https://evil.example\u0007",
          "\u202e",
          "\u2066",
          "\u200b",
          "\u2028",
          "\ud800",
          "\u061c",
          "\ufeff",
        ),
      ),
    )
    .map((pieces) => pieces.join("")),
);

test("no text from outside keeps a character that a terminal obeys or a reader does not see", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(printable(text)).not.toMatch(hostile);
      expect(redact(text)).not.toMatch(hostile);
      expect(printable(printable(text))).toBe(printable(text));
    }),
    { numRuns: cases(5000) },
  );
});

test("a report keeps its lines and its colours, and no line of it is a command to a pipeline", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const printed = printableLines(text);
      expect(printed.replaceAll("\n", "").replace(/\p{Cc}\[\d{1,3}m/gu, "")).not.toMatch(hostile);
      expect(printed.split("\n")).toHaveLength(text.split("\n").length);
      for (const line of printed.split("\n")) expect(line).not.toMatch(/^\s*::|##\w*\[/);
      expect(printableLines(printed)).toBe(printed);
    }),
    { numRuns: cases(5000) },
  );
});

test("JSON means the same, and nothing in it is a command to a terminal or a pipeline", () => {
  fc.assert(
    fc.property(fc.dictionary(anyText, anyText), (value) => {
      const printed = printableJson(value);
      expect(JSON.parse(printed)).toEqual(value);
      expect(printed.replaceAll("\n", "")).not.toMatch(hostile);
      for (const line of printed.split("\n")) expect(line).not.toMatch(/^\s*::|##\w*\[/);
    }),
    { numRuns: cases(2000) },
  );
});
