import fc from "../fast-check";
import { cases } from "../fast-check";
import { environmentKinds } from "../../lib/origins/rule";
import { parseAddress } from "../../lib/origins/address";
import { derived } from "./derived";

/** What stands in a text where a variable should have been filled in, or where it had no value. */
const leftOver = fc.constantFrom(
  ...["undefined", "null", "NaN", "None", "nil", "false", "[object Object]", "%s", "%d", "<nil>", "(null)"],
  ...[
    "${HOST}",
    "$HOST",
    "%HOST%",
    "{{ host }}",
    "{{host}}",
    "<host>",
    "{host}",
    "${{ secrets.HOST }}",
    "${{ vars.HOST }}",
  ],
  ...["$(HOST)", "$(System.HostName)", "#{HOST}#", "#{Host}", "__HOST__", "@@HOST@@", "$[variables.HOST]", "%(host)s"],
  ...[
    "process.env.HOST",
    "process.env.NEXT_PUBLIC_HOST",
    "import.meta.env.VITE_HOST",
    "Deno.env.HOST",
    "process.env.SITE",
  ],
  ...['process.env["HOST"]', "process?.env.HOST", "process.env.HOST!", "window.location.origin", "location.host"],
  ...["NEXT_PUBLIC_SITE_URL", "VERCEL_URL", "env.SITE", "secrets.APP_URL", "`https://${host}`"],
);

/** Where it can stand as the whole host, or as a part of one between dots. */
const aroundHost = fc.constantFrom(
  (value: string) => value,
  (value: string) => `https://${value}`,
  (value: string) => `http://${value}:3000`,
  (value: string) => `https://${value}/shop`,
  (value: string) => `${value}:8443`,
);
const aroundLabel = fc.constantFrom(
  (value: string) => `https://${value}.example.com`,
  (value: string) => `${value}.example.com`,
  (value: string) => `https://shop.${value}.example.com/x`,
  (value: string) => `https://${value}.example.com:3000`,
);

/** Where a variable without a value leaves a gap that can be seen. */
const withGap = fc.constantFrom(
  ...[
    "",
    "https://",
    "http://:3000",
    "https:///shop",
    "https://:3000/x",
    "https://?x=1",
    "https://#top",
    ":3000",
    "/shop",
  ],
  ...[
    "https://.example.com",
    ".example.com",
    "https://.shop.example.com:8443",
    "https://a..example.com",
    "a..example.com/x",
  ],
  ...[
    "https://-.example.com",
    "https://pr-.example.com",
    "shop-.example.com",
    "https://-shop.example.com",
    "a.-.example.com",
  ],
  ...[
    "https://www.",
    "https://shop.acme.",
    "shop.acme.:3000",
    "https://10.0.0.",
    "https://*.",
    "*..example.com",
    "https://.",
    "..",
  ],
  ...[
    "https://pr-.preview.example.com/x",
    "https://shop--.example.com",
    "//",
    "//:3000",
    "https://.:3000",
    "https://..example.com",
  ],
);

const kind = fc.constantFrom(...environmentKinds);

function refusedIn(value: string, environment: (typeof environmentKinds)[number]): readonly string[] {
  const { findings, allowList } = derived([value], { kind: environment });
  expect(allowList.domains).toEqual([]);
  return findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
}

test("what an unset variable leaves behind is an error in every kind of environment, and admits nothing", () => {
  fc.assert(
    fc.property(withGap, kind, (value, environment) => {
      expect(refusedIn(value, environment)).not.toEqual([]);
    }),
    { numRuns: cases(1000) },
  );
});

test("what was never filled in is an error in every kind of environment, whatever stands around it", () => {
  fc.assert(
    fc.property(leftOver, aroundHost, kind, (value, around, environment) => {
      expect(refusedIn(around(value), environment)).not.toEqual([]);
    }),
    { numRuns: cases(2000) },
  );
});

test("as a part of a host it is a finding, and admits nothing", () => {
  // The name of a variable alone is a legal label.
  const part = leftOver.filter((value) => !/^(?:[A-Z_]+|window.*|location.*|env\.SITE|secrets.*)$/.test(value));
  fc.assert(
    fc.property(part, aroundLabel, kind, (value, around, environment) => {
      expect(refusedIn(around(value), environment)).not.toEqual([]);
    }),
    { numRuns: cases(2000) },
  );
});

test("an empty label is refused with the wildcard that may have been meant, and nothing under the name is admitted", () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
  const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => [...labels, "example", "com"].join("."));
  const front = fc.constantFrom("", "https://", "http://", "https://shop.", "pr.", "*.");
  fc.assert(
    fc.property(front, name, fc.constantFrom("", ":8443", "/x"), kind, (before, host, behind, environment) => {
      const parsed = parseAddress(`${before}.${host}${behind}`);
      expect(parsed).toMatchObject({ ok: false });
      expect(!parsed.ok && parsed.problem.remedy).toContain(`"*.${host}"`);
      expect(refusedIn(`${before}.${host}${behind}`, environment)).toEqual(["invalid-address"]);
    }),
    { numRuns: cases(500) },
  );
});

const regularExpressions = [
  "^https://.*\\.example\\.com$",
  "^https?://www\\.example\\.com$",
  "/\\.example\\.com$/",
  "/^https:\\/\\/shop\\.example\\.com$/i",
  "https://.*\\.example\\.com",
  "https://.*.example.com",
  ".*",
  ".+",
  "^.*$",
  "https://www\\.example\\.com",
  "example\\.com$",
  "(www|shop)\\.example\\.com",
  "https://(www|shop).example.com",
  "[a-z0-9-]+\\.example\\.com",
  "https://[^.]+\\.example\\.com",
  "\\w+\\.example\\.com",
  "(?:www\\.)?example\\.com",
  "https://shop-\\d+\\.example\\.com",
];

test.each(regularExpressions)("%s is called a regular expression, and no remedy opens everything", (value) => {
  const parsed = parseAddress(value);
  const { message, remedy } = parsed.ok ? { message: "accepted", remedy: "" } : parsed.problem;
  expect(message).toContain("is a regular expression");
  expect(`${message} ${remedy}`).not.toContain("allowAllDomains");
});

test.each([
  ["${{ secrets.SITE_URL }}", "the unexpanded pipeline template ${{ secrets.SITE_URL }}"],
  ["https://${{ vars.HOST }}/x", "the unexpanded pipeline template ${{ vars.HOST }}"],
  ["https://$(HOST)", "the unexpanded pipeline template $(HOST)"],
  ["https://#{HOST}#/x", "an unexpanded pipeline template"],
  ["https://__HOST__.example.com", "the unexpanded pipeline template __HOST__"],
  ["process.env.VERCEL_URL", "is program text"],
  ["https://process.env.VERCEL_URL", "is program text"],
  ["import.meta.env.VITE_URL", "is program text"],
  ["NEXT_PUBLIC_SITE_URL", "is program text"],
  ["[object Object]", "is an object converted to a string"],
  ["undefined", "looks like an unset variable"],
  ["NaN", "looks like an unset variable"],
  ['"https://www.example.com"', "has quotation marks around it"],
  ["preview-*.example.com", "contains a * that is not the whole first label"],
  ["shop.example.*", "contains a * that is not the whole first label"],
])("%s %s", (value, problem) => {
  const parsed = parseAddress(value);
  expect(parsed.ok ? "accepted" : parsed.problem.message).toContain(problem);
});

test.each([
  "https://example.com/process.env.X",
  "location.example.com",
  "env.example.com",
  "https://example.com/a$",
  "a_b.example.com",
])("%s is an address all the same", (value) => {
  expect(parseAddress(value).ok).toBe(true);
});
