import { join } from "node:path";
import { formatFinding, formatPlace } from "../../lib/origins/finding";
import { type AddressSource } from "../../lib/sources/address-source";
import { envFile } from "../../lib/sources/env/env-file";
import { nextConfig } from "../../lib/sources/next-config/next-config";
import { type NextEnvironment, nextEnvironment } from "../../lib/sources/next-environment";
import { project } from "./project";

const here = "__tests__/sources/next-environment.test.ts";

/** The place of each address, without the folder and the lines above `first`. */
function lines({ written }: NextEnvironment, first: number): readonly string[] {
  return written.map(({ value, place }) => `${value} ${place.file}+${(place.line ?? Number.NaN) - first}`);
}

/** The line that it is called on. */
function lineHere(): number {
  const frame = new Error("here").stack?.split("\n")[2] ?? "";
  return Number(/:(\d+):\d+\)?$/.exec(frame)?.[1]);
}

describe("an environment", () => {
  const root = project({
    ".env.production": "SITE_URL=https://shop.example.com",
    "next.config.mjs":
      "export default { i18n: { locales: ['fr'], defaultLocale: 'fr', domains: [{ domain: 'example.fr', defaultLocale: 'fr' }] } };",
  });

  test("puts together what is written out and what its sources hold", () => {
    const environment = nextEnvironment("production", {
      kind: "production",
      addresses: ["https://www.example.com", envFile(".env.production"), nextConfig("next.config.mjs")],
      root,
    });
    expect(environment).toMatchObject({
      name: "production",
      kind: "production",
      allowAllDomains: false,
      acknowledge: {},
    });
    expect(environment.allowList.domains).toEqual(["example.fr", "shop.example.com", "www.example.com"]);
    expect(environment.written.map(({ place }) => formatPlace(place))).toEqual([
      expect.stringMatching(/^next-environment\.test\.ts:\d+$/),
      ".env.production:1 SITE_URL",
      "next.config.mjs:1 i18n.domains",
    ]);
    expect(environment.findings).toEqual([]);
  });

  test("reports the findings of its sources and of the rules at once", () => {
    const addresses = [envFile(".env.staging"), envFile(".env.production", "NOT_THERE"), "http://localhost:3000"];
    const { findings } = nextEnvironment("production", { kind: "production", addresses, root });
    expect(findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["missing-file", "missing-variable", "loopback"]),
    );
  });

  test("marks what is acknowledged, of its sources too", () => {
    const computed = project({
      "next.config.mjs":
        "export default { i18n: { locales: ['fr'], defaultLocale: 'fr', domains: [{ domain: process.env.HOST, defaultLocale: 'fr' }] } };",
    });
    const { findings } = nextEnvironment("production", {
      kind: "production",
      addresses: [nextConfig("next.config.mjs", { evaluate: false }), "shop.example.com"],
      acknowledge: { "computed-value": "written out below" },
      root: computed,
    });
    expect(findings).toEqual([expect.objectContaining({ rule: "computed-value", acknowledged: "written out below" })]);
  });

  test("cannot acknowledge a file that is missing", () => {
    const { findings } = nextEnvironment("production", {
      kind: "production",
      addresses: [envFile(".env.nowhere"), "shop.example.com"],
      acknowledge: { "missing-file": "never mind" },
      root,
    });
    const missing = findings.find(({ rule }) => rule === "missing-file");
    expect(missing).toMatchObject({ severity: "error" });
    expect(missing).not.toHaveProperty("acknowledged");
  });

  test("reads its sources when they are asked for, once, and again for no one who adds an address", () => {
    let reads = 0;
    const source: AddressSource = {
      read: () => {
        reads++;
        return { addresses: [{ value: "a.example.com", place: { file: "a" } }], findings: [] };
      },
    };
    const environment = nextEnvironment("production", { kind: "production", addresses: [source] });
    expect(reads).toBe(0);
    const extended = environment.with("b.example.com");
    expect(extended.allowList.domains).toEqual(["a.example.com", "b.example.com"]);
    expect(environment.allowList.domains).toEqual(["a.example.com"]);
    expect(extended.findings).toEqual([]);
    expect(reads).toBe(1);
  });

  test("takes a custom source, and reports it when it fails", () => {
    const failing: AddressSource = {
      read: () => {
        throw new Error("the platform's file has no hosts");
      },
    };
    const { findings } = nextEnvironment("staging", { kind: "staging", addresses: [failing, "a.example.com"] });
    expect(findings.map(formatFinding)).toEqual([
      "an address source failed: the platform's file has no hosts (source-failed): correct its read function, or " +
        "return a finding that says what to write instead",
    ]);
  });
});

describe("an environment that allows all domains", () => {
  const findings = (addresses: readonly string[]): readonly string[] =>
    nextEnvironment("development", { kind: "development", addresses, allowAllDomains: true }).findings.map(
      ({ rule }) => rule,
    );

  test("needs no addresses", () => {
    expect(findings([])).toEqual(["allow-all"]);
  });

  test("is refused with addresses beside it, which nothing would use", () => {
    expect(findings(["localhost", "dev.example.com"])).toEqual(["unused-addresses", "unused-addresses", "allow-all"]);
  });
});

describe("the place of an address that is written out", () => {
  const repository = join(__dirname, "../..");

  test("is the line of its literal", () => {
    const first = lineHere();
    const environment = nextEnvironment("production", {
      kind: "production",
      addresses: [
        "https://www.example.com",
        "shop.example.com", // "https://www.example.com"
        "https://www.example.com",
      ],
      root: repository,
    });
    expect(lines(environment, first)).toEqual([
      `https://www.example.com ${here}+4`,
      `shop.example.com ${here}+5`,
      `https://www.example.com ${here}+6`,
    ]);
  });

  test("is the line of the call where the literal stands elsewhere", () => {
    const elsewhere = ["else", "where.example.com"].join("");
    const first = lineHere();
    const environment = nextEnvironment("one", { kind: "staging", addresses: [elsewhere], root: repository });
    const other = nextEnvironment("other", { kind: "staging", addresses: ["elsewhere.example.com"], root: repository });
    expect(lines(environment, first)).toEqual([`elsewhere.example.com ${here}+1`]);
    expect(lines(other, first)).toEqual([`elsewhere.example.com ${here}+2`]);
  });

  test("is that of with where it was added there", () => {
    const first = lineHere();
    const environment = nextEnvironment("one", { kind: "staging", addresses: [], root: repository }).with(
      "added.example.com",
    );
    expect(lines(environment, first)).toEqual([`added.example.com ${here}+2`]);
  });

  test("is the bare file name outside the root, so that no place depends on the folder of a checkout", () => {
    const { written } = nextEnvironment("one", { kind: "staging", addresses: ["a.example.com"], root: project({}) });
    expect(written[0]?.place.file).toBe("next-environment.test.ts");
  });
});

describe("a declaration that no compiler has checked", () => {
  const declare = (name: unknown, props: unknown): unknown => Reflect.apply(nextEnvironment, undefined, [name, props]);

  test("is refused with all its mistakes, each quoted", () => {
    const props = {
      kind: "prod",
      addresses: ["a.example.com", 7, {}],
      allowAllDomains: "no",
      root: 1,
      acknowledge: [],
      adresses: [],
    };
    expect(() => declare("my stack", props)).toThrow(
      [
        'nextEnvironment("my stack") has invalid arguments:',
        'Invalid name "my stack": expected letters, digits, "-" and "_", such as "production"',
        'Invalid kind "prod": expected "production", "staging", "preview" or "development"',
        'Invalid addresses[1] 7: expected a page address or a source, such as envFile(".env")',
        'Invalid addresses[2] {}: expected a page address or a source, such as envFile(".env")',
        'Invalid acknowledge []: expected an object, such as { "plain-http": "the reason" }',
        'Invalid allowAllDomains "no": expected true or false',
        "Invalid root 1: expected a string",
        'Unknown property "adresses": did you mean "addresses"?',
      ].join("\n    - "),
    );
  });

  test.each([
    ["no properties", "a", undefined, "Missing properties: expected an object with kind, addresses"],
    ["no kind", "a", { addresses: [] }, 'Missing kind: expected "production", "staging"'],
    ["no addresses", "a", { kind: "staging" }, 'Missing addresses: expected a list, such as ["www.example.com"]'],
    ["an empty name", "", { kind: "staging", addresses: [] }, 'Invalid name "": expected letters'],
    ["a path as its name", "../a", { kind: "staging", addresses: [] }, 'Invalid name "../a": expected letters'],
  ])("is refused with %s", (_, name, props, message) => {
    expect(() => declare(name, props)).toThrow(message);
  });

  test("is refused in with, too", () => {
    const environment = nextEnvironment("a", { kind: "staging", addresses: [] });
    expect(() => environment.with(...(JSON.parse("[null]") as string[]))).toThrow(
      "Invalid addresses[0] null: expected a page address",
    );
  });
});
