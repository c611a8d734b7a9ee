import { nextIntlRouting } from "../../../lib/sources/next-config/next-intl";
import { project, reading } from "../project";

const routing = (text: string): string =>
  `import { defineRouting } from "next-intl/routing";\nimport { hosts } from "./hosts";\nexport const routing = defineRouting({\n  ${text}\n});`;

describe("domains of next-intl that are computed", () => {
  const files = {
    "apps/shop/package.json": "{}",
    "apps/shop/.env.production": "FR_DOMAIN=example.fr\n",
    "apps/shop/src/i18n/hosts.ts": `export const hosts = { de: "example.de" } as const;`,
    "apps/shop/src/i18n/routing.ts": routing(
      `domains: [{ domain: "example.com" }, { domain: process.env.FR_DOMAIN! }, { domain: hosts.de }],`,
    ),
  };

  test("are evaluated with the env files of the application that the file is a part of", () => {
    for (const path of ["apps/shop", "apps/shop/src/i18n/routing.ts"]) {
      expect(reading(nextIntlRouting(path), project(files))).toEqual({
        addresses: [
          "example.com <- apps/shop/src/i18n/routing.ts:4 domains",
          "example.fr <- apps/shop/src/i18n/routing.ts:4 domains, computed",
          "example.de <- apps/shop/src/i18n/routing.ts:4 domains, computed",
        ],
        findings: [],
      });
    }
  });

  test("are found where they are not exported, and without next-intl", () => {
    const text = files["apps/shop/src/i18n/routing.ts"].replace("export const", "const");
    expect(
      reading(nextIntlRouting("apps/shop"), project({ ...files, "apps/shop/src/i18n/routing.ts": text })).addresses,
    ).toHaveLength(3);
  });

  test("are an error where evaluating fails: literals are no answer", () => {
    const without = Object.entries(files).filter(([path]) => !path.endsWith("hosts.ts"));
    const { addresses, findings } = reading(nextIntlRouting("apps/shop"), project(Object.fromEntries(without)));
    expect(addresses).toEqual([]);
    expect(findings).toEqual([expect.stringMatching(/^error: .*Cannot find module '\.\/hosts'.*\(failed-config\)/)]);
  });
});

describe("what the program makes of the domains counts", () => {
  const define = `import { defineRouting } from "next-intl/routing";\n`;
  test.each([
    [
      "changed before",
      `const domains = [{ domain: "a.example" }];\ndomains.push({ domain: "b.example" });\nexport const routing = defineRouting({ domains });`,
      ["a.example:2", "b.example:3"],
    ],
    [
      "changed afterwards",
      `export const routing = defineRouting({ domains: [{ domain: "a.example" }] });\nrouting.domains[0].domain = "b.example";`,
      ["b.example:3"],
    ],
    [
      "hidden by a parameter",
      `const domains = [{ domain: "a.example" }];\nconst make = (domains = [{ domain: "b.example" }]) => defineRouting({ domains });\nmake();`,
      ["b.example:3"],
    ],
    [
      "mapped",
      `export default defineRouting({ domains: ["a.example", "b.example"].map((domain) => ({ domain })) });`,
      ["a.example:2", "b.example:2"],
    ],
    [
      "handed on to the navigation",
      `import { createNavigation } from "next-intl/navigation";\nexport const routing = defineRouting({ domains: [{ domain: "a.example" }] });\nexport const { Link, redirect } = createNavigation(routing);`,
      ["a.example:3"],
    ],
    [
      "handed to the middleware",
      `import createMiddleware from "next-intl/middleware";\nexport default createMiddleware({ domains: [{ domain: "a.example" }] });\nexport const config = { matcher: [] };`,
      ["a.example:3"],
    ],
  ])("%s", (_, text, found) => {
    expect(reading(nextIntlRouting("routing.ts"), project({ "routing.ts": define + text }))).toEqual({
      addresses: found.map((each) => `${each.replace(":", " <- routing.ts:")} domains`),
      findings: [],
    });
  });

  test("and a variable that is not set is told", () => {
    const text = `${define}export const routing = defineRouting({ domains: process.env.FR ? [{ domain: process.env.FR }] : [] });`;
    expect(reading(nextIntlRouting("routing.ts"), project({ "routing.ts": text })).findings).toEqual([
      expect.stringContaining('warning: "FR" (routing.ts:2) is read but not set'),
      expect.stringContaining("holds no domains"),
    ]);
  });

  test("but a file that hands nothing to next-intl is an error", () => {
    expect(reading(nextIntlRouting("routing.ts"), project({ "routing.ts": "export const a = 1;" })).findings).toEqual([
      expect.stringContaining("passes nothing to a function of next-intl/routing (missing-key)"),
    ]);
  });
});
