import fc from "../fast-check";
import { cases } from "../fast-check";
import { parseAddress } from "../../lib/origins/address";
import { splitValue } from "../../lib/sources/env/variable-selection";

const textsIn = (value: string, separator?: string): readonly string[] =>
  splitValue(value, separator).pieces.map(({ text }) => text);

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}[a-z0-9]$/);
const host = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => [...labels, "example", "com"].join("."));
const address = fc
  .tuple(fc.constantFrom("", "https://", "http://"), host, fc.constantFrom("", ":3000", ":8443"))
  .map((parts) => parts.join(""))
  .filter((value) => parseAddress(value).ok);
const list = fc.array(address, { minLength: 2, maxLength: 6 });
const between = fc.constantFrom(",", ", ", " ,", ";", "; ", " ", "\n", "\t", ",\n  ", "\r\n");
const around = fc.constantFrom("", " ", "\n");

test("a list in one variable is its addresses, whatever stands between them", () => {
  fc.assert(
    fc.property(list, between, around, fc.boolean(), (addresses, separator, space, isEnded) => {
      const value = `${space}${addresses.join(separator)}${isEnded ? separator : ""}${space}`;
      expect(textsIn(value)).toEqual(addresses);
    }),
    { numRuns: cases(2000) },
  );
});

test("and so is a JSON list, of one address too", () => {
  fc.assert(
    fc.property(
      fc.array(address, { minLength: 1, maxLength: 6 }),
      around,
      fc.constantFrom(0, 2),
      (addresses, space, indent) => {
        expect(textsIn(`${space}${JSON.stringify(addresses, undefined, indent)}${space}`)).toEqual(addresses);
      },
    ),
    { numRuns: cases(2000) },
  );
});

test("one address stays one, whatever is in its path and query", () => {
  const rest = fc.array(fc.constantFrom("/", "a", ",", ";", "?", "#", "=", "[", "]", '"', "b"), { maxLength: 8 });
  fc.assert(
    fc.property(address, rest, (value, pieces) => {
      const whole = `${value}/${pieces.join("")}`;
      expect(textsIn(whole)).toEqual([whole]);
    }),
    { numRuns: cases(2000) },
  );
});

test("a named separator is the only one", () => {
  fc.assert(
    fc.property(list, fc.constantFrom("|", ",", ";", "::", " "), (addresses, separator) => {
      expect(textsIn(addresses.join(separator), separator)).toEqual(addresses);
      expect(textsIn(addresses.join("|"), "|")).toEqual(addresses);
    }),
    { numRuns: cases(500) },
  );
});

test("no host of a list goes missing without an error, also where paths or a mistake are in it", () => {
  const withPath = fc
    .tuple(
      fc.constantFrom("https://", "http://", "//", ""),
      host,
      fc.constantFrom("", "/", "/shop", "/a,b", ":8443/", "#x"),
    )
    .map((parts) => parts.join(""));
  const mistake = fc.constantFrom(
    "foo",
    ".b.example.com",
    "b.example.com:abc",
    "https://b.example.c*m",
    "$",
    "null",
    "%20",
  );
  const pieces = fc.array(fc.oneof({ weight: 4, arbitrary: withPath }, { weight: 1, arbitrary: mistake }), {
    minLength: 2,
    maxLength: 4,
  });
  fc.assert(
    fc.property(pieces, fc.constantFrom(",", ";", "|", ", ", " | ", "\n"), (addresses, separator) => {
      const value = addresses.join(separator);
      const { pieces: split, isAmbiguous } = splitValue(value, undefined);
      const found = isAmbiguous ? [] : split.map(({ parsed }) => parsed);
      if (found.length === 0 || found.some(({ ok }) => !ok)) return;
      const hosts = found.flatMap((each) => (each.ok ? [each.address.host] : []));
      for (const [name = ""] of value.matchAll(/[a-z0-9-]+(?:\.[a-z0-9-]+)*\.example\.com/g))
        expect(hosts).toContain(name);
    }),
    { numRuns: cases(5000) },
  );
});
