import { LoaderProject, type Loaded } from "./loader-project";

type Files = Readonly<Record<string, string | object>>;

const esm = `import { nextEnvironment } from "cdktf-genesys-messenger";`;
const cjs = `const { nextEnvironment } = require("cdktf-genesys-messenger");`;

/** An environments file with one address; whatever its head is, the address is written on the fifth line from the end. */
const declare = (head: string, address = `"www.example.com"`, declaration = "export const environments ="): string =>
  `${head}\n${declaration} [nextEnvironment("production", {\n  kind: "production",\n  addresses: [\n    ${address},\n  ],\n})];\n`;

/** The settings that create-next-app writes. */
const nextSettings = {
  compilerOptions: {
    target: "ES2017",
    lib: ["dom", "dom.iterable", "esnext"],
    allowJs: true,
    skipLibCheck: true,
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    module: "esnext",
    moduleResolution: "bundler",
    resolveJsonModule: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    jsx: "preserve",
    incremental: true,
    plugins: [{ name: "next" }],
    paths: { "@/*": ["./*"] },
  },
  include: ["next-env.d.ts", "**/*.ts", "**/*.tsx"],
};
const hosts = `export const hosts: string[] = ["www.example.com"];`;
const imported = (from: string): string => declare(`${esm}\nimport { hosts } from "${from}";`, "...hosts");
const packageJson = (content: object): Files => ({ "package.json": content });

const loaded: Readonly<Record<string, readonly [file: string, text: string, others?: Files]>> = {
  // the six extensions, in packages of both kinds
  TypeScript: ["environments.ts", declare(esm)],
  "TypeScript in an ES module package": ["environments.ts", declare(esm), packageJson({ type: "module" })],
  "TypeScript in a CommonJS package": ["environments.ts", declare(esm), packageJson({ type: "commonjs" })],
  ".mts": ["environments.mts", declare(esm)],
  ".mts in an ES module package": ["environments.mts", declare(esm), packageJson({ type: "module" })],
  ".cts with require": ["environments.cts", declare(cjs, undefined, "exports.environments =")],
  ".cts with import = require": [
    "environments.cts",
    declare(`import messenger = require("cdktf-genesys-messenger");\nconst { nextEnvironment } = messenger;`),
  ],
  ".cts with export =": [
    "environments.cts",
    declare(cjs, undefined, "const environments =") + "export = { environments };\n",
    packageJson({ type: "module" }),
  ],
  ".js in a CommonJS package": ["environments.js", declare(cjs, undefined, "exports.environments =")],
  ".js in an ES module package": ["environments.js", declare(esm), packageJson({ type: "module" })],
  ".js with ES module syntax in a package that does not say": ["environments.js", declare(esm), packageJson({})],
  ".mjs": ["environments.mjs", declare(esm)],
  ".cjs": ["environments.cjs", declare(cjs, undefined, "exports.environments ="), packageJson({ type: "module" })],
  ".cjs that exports an object": [
    "environments.cjs",
    declare(cjs, undefined, "const environments =") +
      "module.exports = Object.fromEntries([['environments', environments]]);\n",
  ],
  // settings
  "with the settings of create-next-app": [
    "environments.ts",
    imported("@/lib/hosts"),
    { "tsconfig.json": nextSettings, "lib/hosts.ts": hosts },
  ],
  "with paths, JavaScript too": [
    "environments.mjs",
    imported("@/hosts"),
    { "tsconfig.json": nextSettings, "hosts.ts": hosts },
  ],
  "with a tsconfig.json that is broken": ["environments.ts", declare(esm), { "tsconfig.json": "{" }],
  "with a tsconfig.json that extends what is not installed": [
    "environments.ts",
    declare(esm),
    { "tsconfig.json": { extends: "@tsconfig/strictest/tsconfig.json" } },
  ],
  "with imports of package.json": [
    "environments.ts",
    imported("#hosts"),
    { "hosts.ts": hosts, "package.json": { imports: { "#hosts": "./hosts.ts" } } },
  ],
  // imports of other files
  "that imports a file without an extension": ["environments.ts", imported("./hosts"), { "hosts.ts": hosts }],
  "that imports a .js that is a .ts": ["environments.ts", imported("./hosts.js"), { "hosts.ts": hosts }],
  "that imports a .ts": ["environments.ts", imported("./hosts.ts"), { "hosts.ts": hosts }],
  "that imports a .mjs that is a .mts": ["environments.mts", imported("./hosts.mjs"), { "hosts.mts": hosts }],
  "that imports a .cts": [
    "environments.ts",
    imported("./hosts.cjs"),
    { "hosts.cts": `exports.hosts = ["www.example.com"] as const;` },
  ],
  "that imports a folder": ["environments.ts", imported("./hosts"), { "hosts/index.ts": hosts }],
  "JavaScript that imports TypeScript": ["environments.mjs", imported("./hosts.ts"), { "hosts.ts": hosts }],
  "CommonJS that requires TypeScript": [
    "environments.cjs",
    declare(`${cjs}\nconst { hosts } = require("./hosts.ts");`, "...hosts", "exports.environments ="),
    { "hosts.ts": hosts },
  ],
  "TypeScript before JavaScript of the same name": [
    "environments.ts",
    imported("./hosts"),
    { "hosts.ts": hosts, "hosts.js": `exports.hosts = ["stale.example.com"];` },
  ],
  "that imports what imports it": [
    "environments.ts",
    declare(`${esm}\nimport { hosts } from "./hosts";\nexport const domain = () => "example.com";`, "...hosts()"),
    { "hosts.ts": `import { domain } from "./environments";\nexport const hosts = () => ["www." + domain()];` },
  ],
  "that imports dynamically": [
    "environments.ts",
    declare(`${esm}\nconst { hosts } = await import("./hosts");`, "...hosts"),
    { "hosts.ts": hosts },
  ],
  "that only passes the environments on": [
    "environments.ts",
    `export { environments } from "./list";`,
    { "list.ts": declare(esm) },
  ],
  "that exports everything of another file": [
    "environments.ts",
    `export * from "./list";`,
    { "list.ts": declare(esm) },
  ],
  "that imports and exports types": [
    "environments.ts",
    declare(
      `${esm}\nimport { type Host, hosts } from "./hosts";\nimport type { Kind } from "./hosts";\nexport type { Host } from "./hosts";\nconst all: Host[] = hosts; const kind: Kind = "a"; void kind;`,
      "...all",
    ),
    { "hosts.ts": `export type Host = string;\nexport type Kind = "a";\n${hosts}` },
  ],
  "that imports types without saying so": [
    "environments.ts",
    declare(`${esm}\nimport { Host, hosts } from "./hosts";\nconst all: Host[] = hosts;`, "...all"),
    { "hosts.ts": `export interface Host extends String {}\n${hosts}` },
  ],
  "that imports a component": [
    "environments.ts",
    imported("./page.tsx"),
    {
      "page.tsx": `${hosts}\nconst React = { createElement: () => 0 };\nexport const Page = <T,>({ name }: { name: T }) => <a href="/">{name}</a>;`,
    },
  ],
  // JSON
  "that imports JSON": [
    "environments.ts",
    declare(`${esm}\nimport site from "./site.json";`, "site.host"),
    { "site.json": { host: "www.example.com" } },
  ],
  "that imports JSON with its type": [
    "environments.ts",
    declare(`${esm}\nimport site from "./site.json" with { type: "json" };`, "site.host"),
    { "site.json": { host: "www.example.com" } },
  ],
  "that imports names of JSON": [
    "environments.ts",
    declare(`${esm}\nimport { host } from "./site.json";`, "host"),
    { "site.json": { host: "www.example.com" } },
  ],
  // where a file is
  "that asks where it is": [
    "environments.ts",
    declare(
      [
        esm,
        `import { readFileSync } from "node:fs";`,
        `const read = (file: string | URL) => JSON.parse(readFileSync(file, "utf8")).host;`,
        `const places = [read(new URL("site.json", import.meta.url)), read(import.meta.dirname + "/site.json"), read(__dirname + "/site.json"),`,
        `  read(import.meta.filename.replace("environments.ts", "site.json")), read(__filename.replace("environments.ts", "site.json"))];`,
      ].join("\n"),
      `...new Set(places)`,
    ),
    { "site.json": { host: "www.example.com" } },
  ],
  "that asks import.meta for what Node.js 20 has not": [
    "environments.ts",
    declare(
      `${esm}\nconst isMain = import.meta.main === true; const { url } = import.meta;`,
      `isMain || !url ? "" : "www.example.com"`,
    ),
  ],
  "with a require of its own": [
    "environments.mts",
    declare(
      `${esm}\nimport { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\nconst { host } = require("./site.json");`,
      "host",
    ),
    { "site.json": { host: "www.example.com" } },
  ],
  // syntax
  "with a top-level await": [
    "environments.ts",
    declare(`${esm}\nconst host = await Promise.resolve("www.example.com");`, "host"),
  ],
  "that awaits its environments": [
    "environments.mts",
    `${esm}\nexport const environments = await Promise.all([Promise.resolve(nextEnvironment("a", { kind: "staging", addresses: ["www.example.com"] }))]);`,
  ],
  "with enums and namespaces": [
    "environments.ts",
    declare(
      `${esm}\nenum Sub {\n  Www = "www",\n}\nconst enum Domain { Own = "example.com" }\nnamespace Hosts {\n  export const www = Sub.Www + "." + Domain.Own;\n}`,
      "Hosts.www",
    ),
  ],
  "with decorators and parameter properties": [
    "environments.ts",
    declare(
      `${esm}\nconst noted = <T extends Function>(target: T): T => target;\n@noted\nclass Site {\n  declare readonly port: number;\n  constructor(readonly host: string) {}\n}`,
      `new Site("www.example.com").host`,
    ),
  ],
  "with types in odd places": [
    "environments.ts",
    declare(
      `${esm}\nabstract class A<in out T> { abstract f(this: A<T>): asserts this is A<T>; }\nconst identity = <T,>(value: T): T => value;\nconst cast = <string>"www.example.com"!;\nlet later!: string; later = identity<string>(cast satisfies string);`,
      `later as const`,
    ),
  ],
  "with resources that end": ["environments.ts", declare(`${esm}\n{ using nothing = null; void nothing; }`)],
  "that is an object of a default export": [
    "environments.ts",
    declare(esm, undefined, "const environments =") + "export default { environments };\n",
  ],
  "with a hashbang": ["environments.ts", `#!/usr/bin/env node\n${declare(esm)}`],
  "with a byte order mark and the line ends of Windows": [
    "environments.ts",
    `\uFEFF${declare(esm).replaceAll("\n", "\r\n")}`,
  ],
  // packages
  "that imports packages of every kind": [
    "environments.ts",
    declare(
      [
        esm,
        `import callable from "callable";`,
        `import plain, { part as ofPlain } from "plain";`,
        `import modern, { part as ofModern } from "modern";`,
        `import { part as ofBoth } from "both";`,
        `import * as all from "plain";`,
        `const host = [callable(), plain.part, ofPlain, modern.part, ofModern, ofBoth, all.part].join("");`,
      ].join("\n"),
      `host === "callableplainplainmodernmodernbothplain" ? "www.example.com" : host`,
    ),
    {
      "node_modules/callable/index.js": `module.exports = () => "callable";`,
      "node_modules/plain/index.js": `exports.part = "plain";`,
      "node_modules/modern/package.json": { type: "module", exports: "./index.js" },
      "node_modules/modern/index.js": `export const part = "modern"; export default { part };`,
      "node_modules/both/package.json": { exports: { import: "./index.mjs", require: "./index.cjs" } },
      "node_modules/both/index.mjs": `export const part = "both";`,
      "node_modules/both/index.cjs": `exports.part = "required";`,
    },
  ],
  "that requires an ES module": [
    "environments.cts",
    declare(`${cjs}\nconst { part } = require("modern");`, `part`, "exports.environments ="),
    {
      "node_modules/modern/package.json": { type: "module", exports: "./index.js" },
      "node_modules/modern/index.js": `export const part = "www.example.com";`,
    },
  ],
  "that imports packages whose main file is TypeScript": [
    "environments.ts",
    declare(`${esm}\nimport { hosts } from "@acme/hosts";\nimport { more } from "@acme/more";`, "...hosts, ...more"),
    {
      "node_modules/@acme/hosts/package.json": { main: "src/index.ts" },
      "node_modules/@acme/hosts/src/index.ts": `export { hosts } from "./list";`,
      "node_modules/@acme/hosts/src/list.ts": hosts,
      "node_modules/@acme/more/package.json": { type: "module", exports: { ".": "./src/index.ts" } },
      "node_modules/@acme/more/src/index.ts": `enum E { A }\nexport const more: string[] = E.A === 0 ? [] : ["wrong"];`,
    },
  ],
};

const project = new LoaderProject();
afterAll(() => {
  project.remove();
});

/** Writes each case into a folder with an awkward name, loads all in one process, and answers by the names of the cases. */
function loadEach(
  cases: Readonly<Record<string, readonly [file: string, text: string, others?: Files]>>,
): ReadonlyMap<string, Loaded> {
  const files = Object.values(cases).map(([file, text, others = {}], index) => {
    const folder = `case ${index} (é)`;
    project.write(
      Object.fromEntries(
        Object.entries({ ...others, [file]: text }).map(([path, content]) => [`${folder}/${path}`, content]),
      ),
    );
    return `${folder}/${file}`;
  });
  const results = project.load(files);
  return new Map(Object.keys(cases).map((name, index) => [name, results[index] ?? { problem: "nothing" }]));
}

describe("an environments file is loaded", () => {
  let results: ReadonlyMap<string, Loaded>;
  beforeAll(() => {
    results = loadEach(loaded);
  });

  test.each(Object.keys(loaded))("%s", (name) => {
    const [file = "", text = ""] = loaded[name] ?? [];
    const lines = text.split("\n");
    const written = lines.findIndex((line) => line.includes(`"www.example.com"`) && !line.includes("const host"));
    const declared = lines.findIndex((line) => line.includes("nextEnvironment("));
    const passedOn = declared === -1;
    const line = passedOn ? 5 : (written > declared ? written : declared) + 1;
    expect(results.get(name)).toEqual({ addresses: [`www.example.com ${passedOn ? "list.ts" : file}:${line}`] });
  });
});
