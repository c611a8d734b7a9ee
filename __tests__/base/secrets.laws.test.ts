import { inspect } from "node:util";
import fc from "../fast-check";
import { printable, printableJson, printableLines } from "../../lib/base/printable";
import { Secrets } from "../../lib/base/secrets";

/** Letters that mean something to URLs, JSON, HTML, shells, base64 and terminals, and some that do not. */
const letters = [
  ...Array.from("abcXYZ019-_.~!$&'()*+,;=:@/?#[]%\\\"<>{}|^`é€😀 "),
  "\n",
  "\t",
  "\r\n",
  "%41",
  "&amp;",
  "\\n",
  "%zz",
];
const secret = fc
  .array(fc.constantFrom(...letters), { minLength: 10, maxLength: 40 })
  .map((pieces) => `k${pieces.join("")}9`)
  .filter((text) => text.replace(/\s/g, "").length >= 10);

/** A text about a secret, as someone else writes it. */
type Encoding = (value: string) => string;

const percent = (value: string, digits: (hex: string) => string): string =>
  Array.from(Buffer.from(value), (byte) => `%${digits(byte.toString(16).padStart(2, "0"))}`).join("");
const html: Encoding = (value) =>
  value.replace(/[&<>"']/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? "&#39;");

const encodings: Readonly<Record<string, Encoding>> = {
  raw: (value) => value,
  "without white space around it": (value) => value.trim(),
  "on one line": (value) => value.replace(/\s+/g, " "),
  "over several lines": (value) => value.replace(/(.{7})/gsu, "$1\n"),
  "in the frame of a diagnostic": (value) => value.replace(/(.{9})/gsu, "$1\n│ "),
  "in other capitals": (value) => value.replace(/[a-z]/g, (letter) => letter.toUpperCase()),
  encodeURIComponent: (value) => encodeURIComponent(value),
  "encodeURIComponent, in small letters": (value) => encodeURIComponent(value).toLowerCase(),
  encodeURI: (value) => encodeURI(value),
  "every byte percent-encoded": (value) => percent(value, (hex) => hex.toUpperCase()),
  "a form": (value) => new URLSearchParams({ v: value }).toString().slice(2),
  "encoded twice": (value) => encodeURIComponent(encodeURIComponent(value)),
  JSON: (value) => JSON.stringify(value).slice(1, -1),
  "JSON in JSON": (value) => JSON.stringify(JSON.stringify(value)),
  "JSON of ASCII alone": (value) =>
    JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "JSON of another language": (value) => JSON.stringify(value).replaceAll("/", "\\/"),
  "inspect of node:util": (value) => inspect(value),
  HTML: html,
  "a URL in HTML": (value) => html(encodeURIComponent(value)),
  "HTML in JSON": (value) => JSON.stringify(html(value)),
  printable: (value) => printable(value),
  printableLines: (value) => printableLines(value),
  printableJson: (value) => printableJson(value),
  hex: (value) => Buffer.from(value).toString("hex"),
  "hex in capitals": (value) => Buffer.from(value).toString("hex").toUpperCase(),
  "the bytes of a Buffer": (value) =>
    Buffer.from(value)
      .toString("hex")
      .replace(/..(?=.)/g, "$& "),
  "the bytes of a Uint8Array": (value) => Array.from(Buffer.from(value)).join(", "),
  "the bytes of a Uint8Array in lines": (value) =>
    inspect(Array.from(Buffer.from(value)), { maxArrayLength: null }).slice(1, -1),
  base64: (value) => Buffer.from(value).toString("base64"),
  base64url: (value) => Buffer.from(value).toString("base64url"),
  "base64 of a client and its secret": (value) => Buffer.from(`client-1:${value}`).toString("base64"),
  "base64 of JSON": (value) => Buffer.from(JSON.stringify({ ab: value, c: 1 })).toString("base64"),
  "base64url of JSON": (value) => Buffer.from(JSON.stringify([value, 1])).toString("base64url"),
  "base64 in a URL": (value) => encodeURIComponent(Buffer.from(`x:${value}`).toString("base64")),
  "base64 in JSON of another language": (value) => Buffer.from(`xy:${value}`).toString("base64").replaceAll("/", "\\/"),
  "base64 over several lines": (value) =>
    Buffer.from(value)
      .toString("base64")
      .replace(/(.{19})/g, "$1\r\n"),
};

/** What is left of an encoded secret once all masks are taken out: nothing but marks that say nothing. */
function remainder(masked: string): string {
  return masked.replaceAll("***", "").replace(/[\s"'`│]|\\[nrt"]|%(?:25)*(?:0a|0d|09|20)|\\u\{?0*(?:9|a|d)\}?/gi, "");
}

describe.each(Object.entries(encodings))("a secret as %s", (name, encode) => {
  test("never gets out", () => {
    fc.assert(
      fc.property(secret, (value) => {
        const secrets = new Secrets();
        secrets.add(value);
        const said = encode(value);
        const masked = secrets.mask(`the server says «${said}» to that`);
        expect(masked).toContain("***");
        expect(masked.startsWith("the server says «")).toBe(true);
        expect(masked.endsWith("» to that")).toBe(true);
        const inside = masked.slice("the server says «".length, -"» to that".length);
        // Of base64 the text around the secret stays, in whole characters.
        const most = name.startsWith("base64") ? 24 : name.startsWith("JSON") || name.includes("in JSON") ? 2 : 1;
        expect(remainder(inside).length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 300 },
    );
  });
});

test("a printed Buffer says nothing of the secret in it, wherever that begins, also where it is cut short", () => {
  fc.assert(
    fc.property(secret, fc.uint8Array({ maxLength: 60 }), (value, before) => {
      const secrets = new Secrets();
      secrets.add(value);
      const bytes = Buffer.concat([before, Buffer.from(value)]);
      for (const text of [inspect(bytes), inspect({ body: new Uint8Array(bytes) }), inspect(JSON.stringify(bytes))]) {
        const [first = ""] = secrets.mask(text).split("***");
        const printed = first.match(/\b(?:[\da-f]{2}|\d{1,3})\b/g) ?? [];
        expect(printed.length).toBeLessThanOrEqual(before.length + 6);
      }
    }),
  );
});

test("base64 of a longer text says nothing of the secret in it, wherever that begins", () => {
  fc.assert(
    fc.property(secret, fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (value, before, after) => {
      const secrets = new Secrets();
      secrets.add(value);
      const said = Buffer.concat([before, Buffer.from(value), after]).toString("base64");
      const [first = "", last = ""] = secrets.mask(`Basic ${said}`).slice("Basic ".length).split("***");
      expect(Buffer.from(first, "base64").length).toBeLessThanOrEqual(before.length);
      expect(Buffer.from(last, "base64").length).toBeLessThanOrEqual(after.length);
    }),
  );
});

test("each line of a secret of several lines is one, and so is what was cut short", () => {
  fc.assert(
    fc.property(fc.array(secret, { minLength: 2, maxLength: 4 }), fc.integer({ min: 8, max: 20 }), (lines, length) => {
      const secrets = new Secrets();
      secrets.add(lines.join("\n"));
      for (const line of lines.flatMap((each) => each.split(/[\r\n]+/)).map((each) => each.trim())) {
        if (line.length < 6) continue;
        expect(secrets.mask(`<${line}>`)).toBe("<***>");
      }
      const [value = ""] = lines;
      const beginning = value.replace(/\s+/g, " ").slice(0, length);
      for (const ellipsis of ["…", "..."]) {
        const masked = secrets.mask(`<${beginning}${ellipsis}>`);
        expect(masked.replace(/[\s.…<>*]/g, "").length).toBeLessThan(3);
      }
    }),
  );
});

test("a text without a secret stays as it is, whatever the secrets are", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme", minLength: 12 }), { maxLength: 3 }),
      fc.string({ maxLength: 11 }),
      (values, text) => {
        const secrets = new Secrets();
        secrets.add(...values.map((value) => `${value}-not-in-the-text`));
        fc.pre(!/…|\.\.\./.test(text));
        expect(secrets.mask(text)).toBe(text);
      },
    ),
  );
});

test("the values of JSON are masked, and the JSON stays what it is", () => {
  fc.assert(
    fc.property(secret, fc.jsonValue(), (value, other) => {
      const secrets = new Secrets();
      secrets.add(value);
      const masked = JSON.stringify(secrets.maskValue({ [value]: [value, { deep: `a ${value}` }], n: 1, b: null }));
      expect(JSON.parse(masked)).toEqual({ "***": ["***", { deep: "a ***" }], n: 1, b: null });
      expect(JSON.parse(JSON.stringify(new Secrets().maskValue(other)))).toEqual(JSON.parse(JSON.stringify(other)));
    }),
  );
});

test("a long report with many secrets is masked in a moment", () => {
  const secrets = new Secrets();
  secrets.add(...Array.from({ length: 40 }, (_, index) => `${"s3cr3t%".repeat(20)}${index}`));
  const line = `${"a domain of a report %41 … ".repeat(4)}\n`;
  const report = line.repeat(5_000);
  const start = performance.now();
  expect(secrets.mask(report)).toBe(report);
  expect(performance.now() - start).toBeLessThan(10_000);
});
