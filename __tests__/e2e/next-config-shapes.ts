/** A configuration in one of the forms that teams write, with the files around it. */
export interface ConfigShape {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** The first version of Next.js that reads it; 14 where none is named. */
  readonly since?: 15 | 16;
  /** The last version that does; 16 where none is named. */
  readonly last?: 14 | 15;
  /** Whether it is also built: that takes ten times as long. */
  readonly isBuilt?: boolean;
}

const i18n = (domains: string): string => `i18n: { locales: ["en", "fr"], defaultLocale: "en", domains: ${domains} }`;
const actions = (origins: string): string => `experimental: { serverActions: { allowedOrigins: ${origins} } }`;

/** What a build can do without here: checks, and small files. */
const quick = `
  typescript: { ignoreBuildErrors: true },
  outputFileTracingExcludes: { "*": ["**/*"] },
  webpack: (webpack) => ({ ...webpack, optimization: { ...webpack.optimization, minimize: false } })`;

/** Two plugins: one in CommonJS that adds an origin, one in ECMAScript modules that adds a domain and takes a function. */
const plugins = {
  "node_modules/with-origin/package.json": `{ "name": "with-origin", "main": "index.js" }`,
  "node_modules/with-origin/index.js": `
    module.exports = (origin) => (config) => ({
      ...config,
      experimental: { serverActions: { allowedOrigins: [...config.experimental.serverActions.allowedOrigins, origin] } },
    });`,
  "node_modules/with-domain/package.json": `{ "name": "with-domain", "type": "module", "exports": "./index.js" }`,
  "node_modules/with-domain/index.js": `
    export const withDomain = (config, domain) => async (phase, context) => {
      const own = typeof config === "function" ? await config(phase, context) : config;
      return { ...own, i18n: { ...own.i18n, domains: [...own.i18n.domains, { domain, defaultLocale: "fr" }] } };
    };`,
};

const envFiles = {
  ".env": "BRAND=example\nSHOP_HOST=shop.$BRAND.com\nORIGINS=one.example.com, two.example.com:8443\n",
  ".env.production": "WWW=https://www.example.com\nFRENCH=example.fr\nMODE_HOST=$NODE_ENV.example.com\n",
  ".env.development": "WWW=http://localhost:3000\nFRENCH=fr.localhost\nMODE_HOST=$NODE_ENV.example.com\n",
};

export const shapes: readonly ConfigShape[] = [
  {
    name: "literals in CommonJS",
    isBuilt: true,
    files: {
      "next.config.js": `module.exports = {
        ${quick},
        ${i18n(`[{ domain: "example.com", defaultLocale: "en" }, { domain: "example.fr", defaultLocale: "fr", http: true }]`)},
        ${actions(`["shop.example.com", "shop.example.com:8443"]`)},
        allowedDevOrigins: ["me.example.com"],
      };`,
    },
  },
  {
    name: "a function of the phase, with a plugin of CommonJS and variables of env files",
    isBuilt: true,
    files: {
      ...plugins,
      ...envFiles,
      "next.config.js": `
        const withOrigin = require("with-origin");
        console.log("building for", process.env.WWW);
        module.exports = (phase, { defaultConfig }) => withOrigin(process.env.MODE_HOST)({
          pageExtensions: defaultConfig.pageExtensions,
          ${quick},
          ${i18n(`[
            { domain: new URL(process.env.WWW).hostname, defaultLocale: "en", http: phase === "phase-development-server" || undefined },
            ...(process.env.FRENCH ? [{ domain: process.env.FRENCH, defaultLocale: "fr" }] : []),
          ]`)},
          ${actions(`[process.env.SHOP_HOST, ...process.env.ORIGINS.split(",").map((origin) => origin.trim())]`)},
          allowedDevOrigins: [process.env.NODE_ENV + ".example.com"],
        });`,
    },
  },
  {
    name: "an async function that waits",
    files: {
      "next.config.js": `
        const hosts = () => new Promise((resolve) => setTimeout(resolve, 10, ["late.example.com"]));
        module.exports = async () => {
          const allowedOrigins = await hosts();
          return { experimental: { serverActions: { allowedOrigins } } };
        };`,
    },
  },
  {
    name: "what is exported by names",
    files: {
      "next.config.js": `
        exports.allowedDevOrigins = ["named.example.com"];
        exports.default = { allowedDevOrigins: ["ignored.example.com"] };`,
    },
  },
  {
    name: "what an ECMAScript module exports by names",
    last: 14,
    files: { "next.config.mjs": `export const allowedDevOrigins = ["named.example.com"];` },
  },
  {
    name: "what another file exports",
    files: {
      "config.mjs": `export default { allowedDevOrigins: ["other.example.com"] };`,
      "next.config.mjs": `export { default } from "./config.mjs";`,
    },
  },
  {
    name: "a promise",
    isBuilt: true,
    files: {
      "next.config.js": `
        const { readFile } = require("node:fs/promises");
        module.exports = readFile("hosts.txt", "utf8").then((text) => ({
          ${quick},
          allowedDevOrigins: text.trim().split("\\n"),
        }));`,
      "hosts.txt": "one.example.com\ntwo.example.com\n",
    },
  },
  {
    name: "a configuration of Next.js's own webpack",
    files: {
      "next.config.js": `
        const webpack = require("webpack");
        const name = typeof webpack === "object" || typeof webpack === "function" ? "webpack" : "nothing";
        module.exports = { allowedDevOrigins: [name + ".example.com"] };`,
    },
  },
  {
    name: "modules in CommonJS around it",
    files: {
      "config/hosts.json": `["json.example.com"]`,
      "config/origins.js": `exports.origins = [...require("./hosts.json"), "js.example.com"];`,
      "next.config.js": `
        const { origins } = require("./config/origins");
        module.exports = { ${actions("origins")} };`,
    },
  },
  {
    name: "ECMAScript modules in a package of them",
    files: {
      "package.json": `{ "type": "module" }`,
      "hosts.js": `export const hosts = ["module.example.com"];`,
      "next.config.js": `
        import { hosts } from "./hosts.js";
        export default { ${actions("hosts")}, allowedDevOrigins: [new URL(import.meta.url).protocol + "example.com"].map((text) => text.replace("file:", "file.")) };`,
    },
  },
  {
    name: "an ECMAScript module that waits at its top, with a plugin of a function",
    isBuilt: true,
    files: {
      ...plugins,
      ...envFiles,
      "next.config.mjs": `
        import { withDomain } from "with-domain";
        const { hosts } = await import("./hosts.mjs");
        const config = async (phase) => ({
          ${quick},
          ${i18n(`[{ domain: phase + ".example.com", defaultLocale: "en" }]`)},
          ${actions("[`shop.${process.env.BRAND}.com`, ...hosts]")},
        });
        export default withDomain(config, process.env.FRENCH);`,
      "hosts.mjs": `export const hosts = ["a.example.com", "b.example.com"];`,
    },
  },
  {
    name: "a plugin around literals",
    files: {
      ...plugins,
      "next.config.mjs": `
        import withOrigin from "with-origin";
        export default withOrigin("plugin.example.com")({ ${actions(`["literal.example.com"]`)} });`,
    },
  },
  {
    name: "one that is exported where a plugin can be required",
    files: {
      ...plugins,
      "next.config.js": `
        const config = { ${actions(`["literal.example.com"]`)} };
        try {
          module.exports = require("with-origin")("plugin.example.com")(config);
          require("not-installed");
        } catch {
          module.exports.allowedDevOrigins = ["caught.example.com"];
        }`,
    },
  },
  {
    name: "settings that several tools share, and variables that it sets itself",
    files: {
      ...envFiles,
      "next-i18next.config.js": `module.exports = {
        i18n: {
          locales: ["en", "fr"],
          defaultLocale: "en",
          domains: [{ domain: process.env.WWW_HOST, defaultLocale: "en" }, { domain: \`fr.\${process.env.BRAND}.com\`, defaultLocale: "fr" }],
        },
      };`,
      "next.config.js": `
        process.env.WWW_HOST = new URL(process.env.WWW).hostname;
        Object.assign(process.env, { NUMBER: 1 });
        delete process.env.ORIGINS;
        const { i18n } = require("./next-i18next.config");
        const { BRAND, ...others } = process.env;
        const names = ["NUMBER", "ORIGINS", "FRENCH"].filter((name) => name in process.env && name in others);
        module.exports = {
          i18n,
          allowedDevOrigins: [...names.map((name) => name.toLowerCase() + ".example.com"), typeof process.env.NUMBER + ".example.com"],
        };`,
    },
  },
  {
    name: "what is changed in place",
    files: {
      "change.js": `exports.change = (config) => { config.experimental.serverActions.allowedOrigins.push("changed.example.com"); };`,
      "next.config.js": `
        const { change } = require("./change");
        const config = { ${actions(`["literal.example.com"]`)}, allowedDevOrigins: ["literal.example.com"] };
        change(config);
        Object.assign(config, { allowedDevOrigins: ["assigned.example.com"] });
        module.exports = config;`,
    },
  },
  {
    name: "lists that grow whenever they are asked for",
    files: {
      "hosts.js": `exports.hosts = ["a.example.com"];`,
      "next.config.js": `
        const { hosts } = require("./hosts");
        hosts.push("b.example.com");
        module.exports = () => {
          hosts.push("c.example.com");
          return { ${i18n(`[{ domain: "example.com", defaultLocale: "en" }]`)}, allowedDevOrigins: hosts };
        };`,
    },
  },
  {
    name: "lists of other modules that grow, in TypeScript",
    since: 15,
    files: {
      "hosts.ts": `export const hosts = ["a.example.com"];`,
      "next.config.ts": `
        import { hosts } from "./hosts";
        hosts.push("b.example.com");
        export default { ${i18n(`[{ domain: "example.com", defaultLocale: "en" }]`)}, allowedDevOrigins: hosts };`,
    },
  },
  {
    name: "what is deleted",
    files: {
      "next.config.js": `
        const config = { ${actions(`["literal.example.com"]`)}, allowedDevOrigins: ["literal.example.com"] };
        if (process.env.NODE_ENV) delete config.experimental;
        module.exports = () => config;`,
    },
  },
  {
    name: "what is assigned afterwards",
    files: {
      "next.config.js": `
        /** @type {import("next").NextConfig} */
        const config = { experimental: {} };
        config.experimental.serverActions = { allowedOrigins: ["x.example.com"] };
        config.experimental.serverActions.allowedOrigins.push("y.example.com");
        module.exports = config;`,
    },
  },
  {
    name: "TypeScript with relative imports, an alias, a plugin and variables of env files",
    since: 15,
    isBuilt: true,
    files: {
      ...plugins,
      ...envFiles,
      "tsconfig.json": JSON.stringify({
        compilerOptions: { baseUrl: ".", paths: { "@/*": ["./src/*"] }, strict: true },
      }),
      "src/hosts.ts": `import { suffix } from "./suffix";\nexport const hosts: readonly string[] = ["alias" + suffix];`,
      "src/suffix.ts": `export const suffix = ".example.com" as const;`,
      "config/env.ts": `
        export enum Brand { Example = "example" }
        export const env = { www: process.env.WWW!, brand: process.env.BRAND satisfies string | undefined };`,
      "next.config.ts": `
        import type { NextConfig } from "next";
        import { hosts } from "@/hosts";
        import { Brand, env } from "./config/env";
        import withOrigin from "with-origin";

        const config: NextConfig = {
          ${quick},
          ${i18n(`[{ domain: new URL(env.www).hostname, defaultLocale: "en" }, { domain: process.env.FRENCH as string, defaultLocale: "fr" }]`)},
          ${actions("[...hosts, `${Brand.Example}.${env.brand}.com`]")},
          allowedDevOrigins: [process.env.NODE_ENV + ".example.com"],
        };
        export default withOrigin("plugin.example.com")(config);`,
    },
  },
  {
    name: "an async function in TypeScript, which requires and reads files",
    since: 15,
    files: {
      "hosts.txt": "file.example.com",
      "config/origins.js": `exports.origins = ["js.example.com"];`,
      "next.config.ts": `
        import { readFileSync } from "node:fs";
        import { join } from "node:path";
        import type { NextConfig } from "next";
        import { PHASE_DEVELOPMENT_SERVER } from "next/constants";
        const { origins } = require("./config/origins") as { origins: string[] };
        export default async function config(phase: string): Promise<NextConfig> {
          const hosts = readFileSync(join(__dirname, "hosts.txt"), "utf8").split("\\n");
          const own = phase === PHASE_DEVELOPMENT_SERVER ? ["dev.example.com"] : ["build.example.com"];
          return { ${actions("[...hosts, ...origins, ...own]")} };
        }`,
    },
  },
  {
    name: "TypeScript that imports packages of CommonJS",
    since: 15,
    files: {
      "node_modules/named/package.json": `{ "name": "named", "main": "index.js" }`,
      "node_modules/named/index.js": `
        const all = { uniq: (list) => [...new Set(list)] };
        module.exports = Object.assign((list) => list, all);`,
      "node_modules/compiled/package.json": `{ "name": "compiled", "main": "index.js" }`,
      "node_modules/compiled/index.js": `
        Object.defineProperty(exports, "__esModule", { value: true });
        exports.default = (host) => "www." + host;
        exports.named = ["named.example.com"];`,
      "tsconfig.json": JSON.stringify({ compilerOptions: { paths: { "~/*": ["./config/*"] } } }),
      "config/hosts.ts": `export default ["path.example.com"];`,
      "config/more/index.ts": `export * from "../hosts";\nexport const more = ["more.example.com"] as const;`,
      "hosts.json": `["json.example.com"]`,
      "next.config.ts": `
        import type { NextConfig } from "next";
        import { loadEnvConfig } from "@next/env";
        import same, { uniq } from "named";
        import * as all from "named";
        import www, { named } from "compiled";
        import hosts from "~/hosts";
        import { more } from "./config/more";
        import json from "./hosts.json";
        loadEnvConfig(process.cwd());
        const config: NextConfig = {
          ${actions(`uniq(["a.example.com", "a.example.com", www("b.example.com"), ...named, ...hosts, ...more, ...same(json)])`)},
          allowedDevOrigins: [typeof all.default + ".example.com", Object.keys(all).join("-") + ".example.com"],
        };
        export default config;`,
    },
  },
  {
    name: "literals in TypeScript",
    since: 15,
    files: {
      "next.config.ts": `
        import type { NextConfig } from "next";
        const nextConfig: NextConfig = { allowedDevOrigins: ["literal.example.com"] };
        export default nextConfig;`,
    },
  },
];
