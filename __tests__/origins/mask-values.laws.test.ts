import fc from "../fast-check";
import { holdsValue, maskValues } from "../../lib/origins/mask-values";

const secret = fc
  .array(fc.constantFrom("a", "B", "7", "/", "+", "=", "&", "ü", " ", "%", "?", "-", "_", "Q"), {
    minLength: 8,
    maxLength: 20,
  })
  .map((pieces) => `S${pieces.join("")}T`);

/** How a program may write a value into an error. */
const encodings: readonly (readonly [string, (value: string) => string])[] = [
  ["as it is", (value) => value.replace(/\s+/g, " ")],
  ["percent-encoded", encodeURIComponent],
  ["as a URL", encodeURI],
  ["as a form", (value) => new URLSearchParams({ token: value }).toString()],
  ["in hexadecimal", (value) => Buffer.from(value).toString("hex")],
  ["in base64", (value) => Buffer.from(value).toString("base64")],
  ["in base64 for URLs", (value) => Buffer.from(value).toString("base64url")],
  ["as Basic credentials", (value) => Buffer.from(`app:${value}`).toString("base64")],
  ["as other Basic credentials", (value) => Buffer.from(`u2:${value}@h`).toString("base64")],
];

test.each(encodings)("a value that is quoted %s is masked", (_, encode) => {
  fc.assert(
    fc.property(secret, (value) => {
      const quoted = encode(value);
      const printed = maskValues(`Invalid url: ${quoted} (code 1)`, [value]);
      expect(printed).toContain("Invalid url: ");
      expect(printed).toContain(" (code 1)");
      for (let at = 0; at + 10 <= quoted.length; at++) {
        const piece = quoted.slice(at, at + 10);
        // What of the quotation is not the value: "token=", "app:" in base64, a group that the value shares with it.
        if (at >= 6 && at + 10 <= quoted.length - 4) expect(printed).not.toContain(piece);
      }
    }),
    { numRuns: 300 },
  );
});

test.each(encodings)("a host that holds the whole of a value %s is known by it, and no other", (_, encode) => {
  fc.assert(
    fc.property(secret, secret, (value, other) => {
      expect(holdsValue(`x.${encode(value).toLowerCase()}.example.com`, value)).toBe(true);
      expect(holdsValue(`x.${encode(value).toLowerCase()}.example.com`, `${value}${other}`)).toBe(false);
    }),
  );
});

test("what is not a piece of a value stays", () => {
  expect(maskValues("Cannot find module './missing'", ["https://shop.example.com", "abc"])).toBe(
    "Cannot find module './missing'",
  );
});
