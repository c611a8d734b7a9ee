import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { createNextAppConfig } from "../create-next-app";
import { LoaderProject, type Loaded } from "./loader-project";

type Files = Readonly<Record<string, string | object>>;

const esm = `import { nextEnvironment } from "cdktf-genesys-messenger";`;
const cjs = `const { nextEnvironment } = require("cdktf-genesys-messenger");`;

/** An environments file with one address; whatever its head is, the address is written on the fifth line from the end. */
const declare = (head: string, address = `"www.example.com"`, declaration = "export const environments ="): string =>
  `${head}\n${declaration} [nextEnvironment("production", {\n  kind: "production",\n  addresses: [\n    ${address},\n  ],\n})];\n`;

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
    { "tsconfig.json": createNextAppConfig, "lib/hosts.ts": hosts },
  ],
  "with paths, JavaScript too": [
    "environments.mjs",
    imported("@/hosts"),
    { "tsconfig.json": createNextAppConfig, "hosts.ts": hosts },
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
  "with its own require": [
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

/**
 * Writes each case into a folder with an awkward name, loads all in one process, and answers by the names of the cases. A second process,
 * which finds compiled files in the cache, must answer the same.
 */
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
  expect(project.load(files)).toEqual(results);
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

test("an environments file that a link leads to finds what it imports beside itself, as Node.js does", () => {
  const text = imported("./hosts");
  project.write({ "linked/shared/environments.ts": text, "linked/shared/hosts.ts": hosts });
  symlinkSync("shared/environments.ts", join(project.folder, "linked", "environments.ts"));
  const line = text.split("\n").findIndex((each) => each.includes("nextEnvironment(")) + 1;
  expect(project.load(["linked/environments.ts"])).toEqual([
    { addresses: [`www.example.com shared/environments.ts:${line}`] },
  ]);
});

const unbuilt = (manifest: object): Files => ({
  "node_modules/@acme/hosts/package.json": { name: "@acme/hosts", ...manifest },
});

const refused: Readonly<Record<string, readonly [file: string, text: string, others: Files, problem: string]>> = {
  "a mistake in the syntax": [
    "environments.ts",
    `${esm}\nexport const environments = [\n  nextEnvironment("production" { kind: "production" }),\n];`,
    {},
    `Syntax error in "environments.ts:3": Unexpected token, expected ",".`,
  ],
  "a mistake in the syntax of an import": [
    "environments.ts",
    imported("./lib/hosts"),
    { "lib/hosts.ts": "export const hosts = [;" },
    `Syntax error in "lib/hosts.ts:1": Unexpected token.`,
  ],
  "a mistake in the syntax of JavaScript": [
    "environments.mjs",
    `${esm}\nexport const = 1;`,
    {},
    `Syntax error in "environments.mjs:2": Unexpected token.`,
  ],
  "a mistake in the syntax of CommonJS": [
    "environments.cjs",
    `${cjs}\nconst = 1;`,
    {},
    `Syntax error in "environments.cjs:2": Unexpected token.`,
  ],
  "invalid JSON": [
    "environments.ts",
    `${esm}\nimport site from "./site.json";\nvoid site;`,
    { "site.json": '{"a":1,}' },
    `"site.json:1" is not valid JSON: trailing comma.`,
  ],
  "invalid JSON, over several lines": [
    "environments.ts",
    `${esm}\nimport site from "./site.json";\nvoid site;`,
    { "site.json": '["www.example.com",\n]\n' },
    `"site.json:2" is not valid JSON: trailing comma.`,
  ],
  "a style, of which only a bundler makes a module": [
    "environments.ts",
    imported("./lib/hosts"),
    { "lib/hosts.ts": `import "./shop.css";\n${hosts}`, "lib/shop.css": "" },
    `"lib/hosts.ts:1" imports "./shop.css", which is not a program. Move what the environments need into a file that does not import it.`,
  ],
  "an image, of which only a bundler makes a module": [
    "environments.mts",
    `${declare(esm)}import logo from "./logo.svg";\nvoid logo;`,
    { "logo.svg": "<svg/>" },
    `"environments.mts:8" imports "./logo.svg", which is not a program. Move what the environments need into a file that does not import it.`,
  ],
  "an error without a message": [
    "environments.ts",
    `class NoHosts extends Error {}\nthrow new NoHosts();`,
    {},
    `"environments.ts:2" cannot be loaded: it throws NoHosts`,
  ],
  "syntax that the compiler does not know": [
    "environments.ts",
    `${esm}\nclass Site {\n  accessor host = "";\n}`,
    {},
    `Syntax error in "environments.ts:3": Support for the experimental syntax 'decoratorAutoAccessors' isn't currently enabled.`,
  ],
  "an import of a file that does not exist": [
    "environments.ts",
    imported("./lib/hosts"),
    {},
    `"environments.ts:2" imports "./lib/hosts", which does not exist. Correct the path.`,
  ],
  "an import that is misspelt": [
    "environments.ts",
    imported("./lib/hots"),
    { "lib/hosts.ts": hosts },
    `"environments.ts:2" imports "./lib/hots", which does not exist. Did you mean "./lib/hosts.ts"?`,
  ],
  "an import of another case": [
    "environments.ts",
    imported("./Hosts"),
    { "hosts.ts": hosts },
    `"environments.ts:2" imports "./Hosts", which does not exist. Did you mean "./hosts.ts"?`,
  ],
  "an import of an import": [
    "environments.ts",
    imported("./lib/hosts"),
    { "lib/hosts.ts": `import { a } from "../nowhere";\nexport const hosts = [a];` },
    `"lib/hosts.ts:1" imports "../nowhere", which does not exist. Correct the path.`,
  ],
  "a require of a file that does not exist": [
    "environments.cjs",
    `${cjs}\nrequire("./nowhere");`,
    {},
    `"environments.cjs:2" imports "./nowhere", which does not exist. Correct the path.`,
  ],
  "a package that is not installed": [
    "environments.ts",
    imported("@acme/hosts"),
    {},
    `"environments.ts:2" imports "@acme/hosts", which is not installed. Run: npm install @acme/hosts`,
  ],
  "a package that is declared, and not installed": [
    "environments.mjs",
    imported("@acme/hosts/list"),
    { "package.json": { dependencies: { "@acme/hosts": "*" } }, "pnpm-lock.yaml": "" },
    `"environments.mjs:2" imports "@acme/hosts", which is not installed. Run: pnpm install`,
  ],
  "a package of a package": [
    "environments.ts",
    imported("needy"),
    {
      "node_modules/needy/index.js": `exports.hosts = require("needed");`,
      "node_modules/needy/package.json": { name: "needy" },
    },
    `"node_modules/needy/index.js:1" imports "needed", which is not installed. Run: npm install needed`,
  ],
  "a package of a package, from JavaScript": [
    "environments.mjs",
    imported("needy"),
    {
      "node_modules/needy/index.js": `exports.hosts = require("needed");`,
      "node_modules/needy/package.json": { name: "needy" },
    },
    `"node_modules/needy/index.js:1" imports "needed", which is not installed. Run: npm install needed`,
  ],
  "a package that is not built": [
    "environments.ts",
    imported("@acme/hosts"),
    unbuilt({ main: "dist/index.js" }),
    `"environments.ts:2" imports "@acme/hosts", whose file "node_modules/@acme/hosts/dist/index.js" does not exist. Build that package, or install it again.`,
  ],
  "a package whose exports are not built": [
    "environments.mjs",
    imported("@acme/hosts"),
    unbuilt({ exports: { import: "./dist/index.js" } }),
    `"environments.mjs:2" imports "@acme/hosts", whose file "node_modules/@acme/hosts/dist/index.js" does not exist. Build that package, or install it again.`,
  ],
  "a package of types": [
    "environments.ts",
    imported("@acme/hosts"),
    { ...unbuilt({ types: "index.d.ts" }), "node_modules/@acme/hosts/index.d.ts": "" },
    `"environments.ts:2" imports "@acme/hosts", which is installed, but has no file to load. Build that package, or install it again.`,
  ],
  "a part that a package does not export": [
    "environments.ts",
    imported("@acme/hosts/internal"),
    { ...unbuilt({ exports: { ".": "./index.js" } }), "node_modules/@acme/hosts/index.js": "" },
    `"environments.ts:2" imports "@acme/hosts/internal", which the package "@acme/hosts" does not have. Correct the import, or update the package.`,
  ],
  "a path of another name that no paths lead to": [
    "environments.ts",
    imported("@acme/shared/hosts"),
    {
      "tsconfig.json": { extends: "./settings/base" },
      "settings/base.json": `{ "compilerOptions": { "paths": { "@acme/shared/*": ["../shared/*"], }, /* shared */ } }`,
    },
    `"environments.ts:2" imports "@acme/shared/hosts", and the "paths" of tsconfig.json do not resolve it to a file. Correct the import or the paths.`,
  ],
  "a package beside paths that are others": [
    "environments.ts",
    imported("@acme/hosts"),
    { "tsconfig.json": { compilerOptions: { paths: { "@acme/shared/*": ["./shared/*"], "*": ["./types/*"] } } } },
    `"environments.ts:2" imports "@acme/hosts", which is not installed. Run: npm install @acme/hosts`,
  ],
  "a path in a tsconfig.json that is broken": [
    "environments.ts",
    imported("@/hosts"),
    { "tsconfig.json": `{\n  "compilerOptions": {` },
    `"environments.ts:2" imports "@/hosts", and "tsconfig.json:2" is not valid JSON: expected "}". Correct that first.`,
  ],
  "a path in a tsconfig.json that extends what is not installed": [
    "environments.ts",
    imported("@/hosts"),
    { "tsconfig.json": { extends: "@acme/settings/next.json" } },
    `"environments.ts:2" imports "@/hosts", and "tsconfig.json" extends "@acme/settings/next.json", which does not exist. Correct that first.`,
  ],
  "a path that no paths lead to": [
    "environments.ts",
    imported("@/hosts"),
    { "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } } },
    `"environments.ts:2" imports "@/hosts", and the "paths" of tsconfig.json do not resolve it to a file. Correct the import or the paths.`,
  ],
  "an import that package.json does not define": [
    "environments.ts",
    imported("#hosts"),
    { "package.json": {} },
    `"environments.ts:2" imports "#hosts", which the "imports" of package.json do not define. Define it there, or correct the import.`,
  ],
  "a name that is not exported, called": [
    "environments.ts",
    declare(`${esm}\nimport {\n  hostsOf,\n} from "./hosts";`, "...hostsOf()"),
    { "hosts.ts": `export const hosts = 1; export const other = 2;` },
    `"environments.ts:2" imports "hostsOf" of "./hosts", which does not export it. It exports hosts, other.`,
  ],
  "a name that is not exported, as an address": [
    "environments.ts",
    declare(`${esm}\nimport { host } from "./hosts";`, "host"),
    { "hosts.ts": hosts },
    `"environments.ts:2" imports "host" of "./hosts", which does not export it. It exports hosts.`,
  ],
  "a name that is not exported by an ES module": [
    "environments.mjs",
    declare(`${esm}\nimport { host } from "./hosts.mjs";`, "host"),
    { "hosts.mjs": `export const hosts = [];` },
    `"environments.mjs:2" imports "host" of "./hosts.mjs", which does not export it. It exports hosts.`,
  ],
  "a name that the library does not export": [
    "environments.ts",
    `import { newEnvironment } from "cdktf-genesys-messenger";\nexport const environments = [newEnvironment("a", { kind: "staging", addresses: [] })];`,
    {},
    `"environments.ts:1" imports "newEnvironment" of "cdktf-genesys-messenger", which does not export it. It exports nextEnvironment, `,
  ],
  "a default export that does not exist": [
    "environments.ts",
    declare(`${esm}\nimport hosts from "./hosts";`, "...hosts"),
    { "hosts.ts": hosts },
    `"environments.ts:2" imports the default export of "./hosts", which does not export it. It exports hosts.`,
  ],
  "an error that it throws": [
    "environments.ts",
    `${esm}\n\nthrow new Error("The variable SHOP is not set");`,
    {},
    `"environments.ts:3" cannot be loaded: The variable SHOP is not set`,
  ],
  "an error that a function throws": [
    "environments.ts",
    imported("./hosts"),
    {
      "hosts.ts": `interface Padding {\n  a: string;\n}\nfunction read(): string[] {\n  throw new Error("no hosts");\n}\nexport const hosts = read();`,
    },
    `"hosts.ts:5" cannot be loaded: no hosts`,
  ],
  "an error that JavaScript throws": [
    "environments.mjs",
    `${esm}\nthrow new Error("no hosts");`,
    {},
    `"environments.mjs:2" cannot be loaded: no hosts`,
  ],
  "something thrown that is not an error": [
    "environments.ts",
    `throw "no hosts";`,
    {},
    `"environments.ts" cannot be loaded: it throws 'no hosts'`,
  ],
  "a call of what is not a function": [
    "environments.ts",
    declare(`${esm}\nimport { hosts } from "./hosts";`, "...hosts()"),
    { "hosts.ts": hosts },
    `"environments.ts:6" cannot be loaded: hosts is not a function`,
  ],
  "a wrong declaration": [
    "environments.ts",
    declare(esm, "443"),
    {},
    `"environments.ts:2" cannot be loaded: nextEnvironment("production") has invalid arguments:\n    - Invalid addresses[0] 443: `,
  ],
  "a promise that is rejected": [
    "environments.ts",
    `${declare(esm)}void Promise.reject(new Error("too late"));`,
    {},
    `"environments.ts:8" cannot be loaded: too late`,
  ],
  "a promise that is never settled": [
    "environments.ts",
    `${esm}\nawait new Promise(() => {});`,
    {},
    `"environments.ts" does not finish loading: it waits at the top level for a promise that never settles.`,
  ],
  "no environments": [
    "environments.ts",
    `${esm}\nexport const environment = 1;`,
    {},
    `"environments.ts" does not export "environments": it exports "environment".\n\nWrite: export const environments = [`,
  ],
  nothing: [
    "environments.ts",
    esm,
    {},
    `"environments.ts" does not export "environments": it exports nothing.\n\nWrite: `,
  ],
  "an empty list": [
    "environments.ts",
    "export const environments = [];",
    {},
    `"environments" of "environments.ts" is an empty list.\n\nWrite: `,
  ],
  "a promise of environments": [
    "environments.ts",
    "export const environments = Promise.resolve([]);",
    {},
    `"environments" of "environments.ts" is a promise, not a list.\n\nWrite: `,
  ],
  "something else in the list": [
    "environments.ts",
    declare(esm).replace("})];", "}), { name: 'staging' }];"),
    {},
    `"environments[1]" of "environments.ts" is an object, not an environment.\n\nWrite: `,
  ],
};

describe("an environments file is refused, with the place and the remedy and no stack trace, that has", () => {
  let results: ReadonlyMap<string, Loaded>;
  beforeAll(() => {
    results = loadEach(
      Object.fromEntries(Object.entries(refused).map(([name, [file, text, others]]) => [name, [file, text, others]])),
    );
  });

  test.each(Object.entries(refused).map(([name, [, , , problem]]) => ({ name, problem })))(
    "$name",
    ({ name, problem }) => {
      const result = results.get(name);
      const said = result && "problem" in result ? result.problem : "";
      expect(said.slice(0, problem.length)).toBe(problem);
      expect(said).not.toMatch(/^ +at |Require stack|node:internal|\/tmp\/|remove "type"/m);
    },
  );
});
