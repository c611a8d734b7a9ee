import { nextIntlRouting } from "../../../lib/sources";
import { project, reading } from "../project";

/** As much of next-intl as the routing needs: it gives back what it is given. */
const nextIntl = {
  "node_modules/next-intl/package.json": `{ "name": "next-intl", "type": "module", "exports": { "./routing": "./routing.js" } }`,
  "node_modules/next-intl/routing.js": `export function defineRouting(config) { return config; }`,
};

const routing = (text: string): string =>
  `import { defineRouting } from "next-intl/routing";\nimport { hosts } from "./hosts";\nexport const routing = defineRouting({\n  ${text}\n});`;

describe("domains of next-intl that are computed", () => {
  const files = {
    ...nextIntl,
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

  test("are a finding each where they are not exported", () => {
    const text = files["apps/shop/src/i18n/routing.ts"].replace("export const", "const");
    const { addresses, findings } = reading(
      nextIntlRouting("apps/shop"),
      project({ ...files, "apps/shop/src/i18n/routing.ts": text }),
    );
    expect(addresses).toEqual(["example.com <- apps/shop/src/i18n/routing.ts:4 domains"]);
    expect(findings).toEqual([
      expect.stringContaining("FR_DOMAIN"),
      expect.stringContaining("comes from another file"),
    ]);
  });

  test("are one finding, beside the literals, where evaluating fails", () => {
    const without = Object.entries(files).filter(([path]) => !path.endsWith("hosts.ts"));
    const { addresses, findings } = reading(nextIntlRouting("apps/shop"), project(Object.fromEntries(without)));
    expect(addresses).toHaveLength(1);
    expect(findings).toEqual([expect.stringMatching(/^error: .*Cannot find module '\.\/hosts'.*\(failed-config\)/)]);
  });
});
