import { nextIntlRouting } from "../../../lib/sources/next-config/next-intl";
import { project, reading } from "../project";

/** The hosts and the findings of a routing. Nothing of it is executed. */
function read(text: string, file = "src/i18n/routing.ts", path = "."): ReturnType<typeof reading> {
  return reading(nextIntlRouting(path, { evaluate: false }), project({ "package.json": "{}", [file]: text }));
}

const domains = `domains: [{ domain: "example.com", defaultLocale: "en", locales: ["en"] }, { domain: "example.fr", defaultLocale: "fr" }]`;
const found = (file: string, line: number): object => ({
  addresses: [`example.com <- ${file}:${line} domains`, `example.fr <- ${file}:${line} domains`],
  findings: [],
});

describe("the domains of next-intl's routing are read with their lines", () => {
  test.each([
    [
      "exported by its name",
      `import { defineRouting } from "next-intl/routing";\nexport const routing = defineRouting({ locales: ["en", "fr"], ${domains} });`,
      2,
    ],
    [
      "exported by default",
      `import { defineRouting } from 'next-intl/routing';\n\nconst routing = defineRouting({\n  ${domains}\n});\n\nexport default routing;`,
      4,
    ],
    [
      "under another name",
      `import { defineRouting as define } from "next-intl/routing";\nexport const routing = define({ ${domains} });`,
      2,
    ],
  ])("%s", (_, text, line) => {
    expect(read(text)).toEqual(found("src/i18n/routing.ts", line));
  });

  test("but for those of a developer's own machine, outside development", () => {
    const text = `import { defineRouting } from "next-intl/routing";\nexport const routing = defineRouting({ domains: [
      { domain: "example.com" }, { domain: "localhost" }, { domain: "127.0.0.1:3000" }, { domain: "en.localhost:3000" }] });`;
    expect(read(text).addresses).toEqual(["example.com <- src/i18n/routing.ts:3 domains"]);
    const development = reading(nextIntlRouting("routing.ts"), project({ "routing.ts": text }), "development");
    expect(development.addresses).toHaveLength(4);
  });
});

describe("what holds no domains is a finding", () => {
  const routing = (text: string): string =>
    `import { defineRouting } from "next-intl/routing";\nexport const routing = defineRouting(${text});`;

  test.each([
    [
      "a variable of the environment",
      routing("{ domains: [{ domain: process.env.EN_DOMAIN! }] }"),
      /more than one exported object of literals, .*\(computed-value\)/,
    ],
    ["another file", `import { hosts } from "./hosts";\n${routing("{ domains: hosts }")}`, /\(computed-value\)/],
    ["another function", "export const routing = defineRouting({ domains: [] });", /\(computed-value\)/],
    ["two arguments", routing("{ domains: [] }, 1"), /\(computed-value\)/],
    [
      "a scheme",
      routing(`{ domains: [{ domain: "https://example.com" }] }`),
      /^warning: .*has a scheme, so next-intl never matches it/,
    ],
    [
      "a wildcard",
      routing(`{ domains: [{ domain: "*.example.com" }] }`),
      /matches no host in next-intl \(unsupported-pattern\)/,
    ],
    ["no domains", routing(`{ locales: ["en"] }`), /^warning: .*holds no domains: .*\(missing-key\)/],
    ["no program", "export const = 1;", /routing\.ts:1\) is not a valid program/],
  ])("%s", (_, text, message) => {
    expect(read(text).findings).toEqual([expect.stringMatching(message)]);
  });

  test("a folder without a file of the usual name, or a missing file", () => {
    expect(read("", "src/routes.ts").findings).toEqual([
      'error: "." (.) holds no src/i18n/routing.ts, i18n/routing.ts (missing-file): name the file with the routing',
    ]);
    expect(read("", "src/routes.ts", "src/routing.ts").findings).toEqual([expect.stringContaining("(missing-file)")]);
  });

  test("an empty path is refused at once", () => {
    expect(() => nextIntlRouting("")).toThrow('Invalid path "": expected a file, such as "src/i18n/routing.ts"');
  });
});
