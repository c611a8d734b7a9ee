import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { synthesise } from "../../lib/terraform/synthesise";
import { fromRegistry, nodeBinary } from "../from-npm";
import { someOf } from "../in-full";

type Files = Readonly<Record<string, string | object>>;

/** Which compiler and which runners a project has. */
interface Machine {
  readonly typescript?: "5.9" | "7" | "none";
  readonly runners?: readonly ("tsx" | "ts-node")[];
}

interface Row {
  readonly kind: string;
  readonly app: string;
  readonly files?: Files;
  readonly machine?: Machine;
  readonly node?: 20.9 | 22 | 24;
  /** What origins says below the first sentence. */
  readonly said: string;
}

const installed = resolve(__dirname, "../../node_modules");
const root = realpathSync(mkdtempSync(join(tmpdir(), "failing apps-")));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const machines = new Map<string, string>();

/** A folder in which projects find what the machine has; the projects of one machine share it. */
function machineFolder(machine: Machine): string {
  const key = JSON.stringify(machine);
  const folder = machines.get(key) ?? install(join(root, String(machines.size)), machine);
  machines.set(key, folder);
  return folder;
}

function install(folder: string, { typescript = "5.9", runners = ["tsx", "ts-node"] }: Machine): string {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, ".bin"), { recursive: true });
  // ts-node looks for the compiler in the project, but also takes one that is installed above it: it is copied.
  if (runners.includes("ts-node"))
    cpSync(dirname(fromRegistry("ts-node", "10.9.2")), modules, { recursive: true, verbatimSymlinks: true });
  if (runners.includes("tsx")) {
    symlinkSync(join(installed, "tsx"), join(modules, "tsx"));
    symlinkSync("../tsx/dist/cli.mjs", join(modules, ".bin/tsx"));
  }
  if (typescript === "7") symlinkSync(fromRegistry("typescript", 7), join(modules, "typescript"));
  if (typescript === "5.9") symlinkSync(join(installed, "typescript"), join(modules, "typescript"));
  return folder;
}

/** What origins says of a project whose app fails. */
async function failure({ app, files = {}, machine = {}, node }: Row): Promise<string> {
  const folder = mkdtempSync(join(machineFolder(machine), "project-"));
  for (const [path, content] of Object.entries({ "cdktf.json": { app }, "tsconfig.json": settings, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  const program = node === undefined ? process.execPath : nodeBinary(node);
  const PATH = [dirname(program), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter);
  // What npx would download is not what is looked at.
  const environment = { PATH, HOME: root, npm_config_offline: "true" };
  try {
    await synthesise({ folder, environment });
    return "";
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(folder, "<folder>") : "";
  }
}

const settings = {
  compilerOptions: { target: "es2022", module: "node16", strict: true },
  "ts-node": { transpileOnly: true },
};
const there = { "there.ts": "export const a = 1;\n" };
const esm = { "package.json": { type: "module" } };
const thrower =
  "interface Padding {\n  a: string;\n}\nconst text: string = 'boom';\nthrow new Error(`${text}\\n- one\\n- two`);\n";
const enumeration = "export const b = 1;\nenum Kind {\n  A,\n}\nconsole.log(Kind.A);\n";
const importing = (what: string): string => `import { a } from "${what}";\nconsole.log(a);\n`;
const hosts = (manifest: object, others: Files = {}): Files => ({
  "node_modules/@acme/hosts/package.json": { name: "@acme/hosts", ...manifest },
  ...others,
});
const correct = (app: string): string => `Correct "app" in cdktf.json ("${app}").`;
const useTsx = `Write "app": "npx tsx main.ts" into cdktf.json`;

const commands: readonly Row[] = [
  {
    kind: "tsx is not installed",
    app: "tsx main.ts",
    machine: { runners: [] },
    said: `"tsx" is not installed. Run: npm install --save-dev tsx`,
  },
  {
    kind: "tsx is not installed for npx",
    app: "npx tsx main.ts",
    machine: { runners: [] },
    said: `"tsx" is not installed. Run: npm install --save-dev tsx`,
  },
  {
    kind: "tsx is not installed for a script",
    app: "npm run synth",
    files: { "package.json": { scripts: { synth: "tsx main.ts" } } },
    machine: { runners: [] },
    said: `"tsx" is not installed. Run: npm install --save-dev tsx`,
  },
  {
    kind: "tsx is declared, and not installed",
    app: "node --import tsx main.ts",
    files: { "pnpm-lock.yaml": "", "package.json": { devDependencies: { tsx: "*" } } },
    machine: { runners: [] },
    said: `"tsx" is not installed. Run: pnpm install`,
  },
  {
    kind: "ts-node is not installed",
    app: "ts-node main.ts",
    machine: { runners: [] },
    said: `"ts-node" is not installed. Run: npm install --save-dev ts-node "typescript@~5.9"`,
  },
  {
    kind: "ts-node is not installed to be required",
    app: "node --require ts-node/register main.ts",
    machine: { runners: [] },
    said: `"ts-node" is not installed. Run: npm install --save-dev ts-node "typescript@~5.9"`,
  },
  {
    kind: "ts-node is not installed beside TypeScript 7",
    app: "npx ts-node main.ts",
    machine: { runners: [], typescript: "7" },
    said: `"ts-node" is not installed, and it does not run on TypeScript 7. Run npm install --save-dev tsx and write "app": "npx tsx main.ts" into cdktf.json.`,
  },
  {
    kind: "another program is not installed",
    app: "pnpmm exec tsx main.ts",
    said: `"pnpmm" is not installed, or not on the PATH. Install it, or correct "app" in cdktf.json.`,
  },
  {
    kind: "a script is missing",
    app: "npm run nowhere",
    files: { "package.json": {} },
    said: `package.json has no script "nowhere". Add it, or ${correct("npm run nowhere").replace("C", "c")}`,
  },
  ...["node mian.ts", "ts-node mian.ts", "tsx mian.ts"].map((app) => ({
    kind: "the program does not exist",
    app,
    said: `The app's program "mian.ts" does not exist. ${correct(app)}`,
  })),
  { kind: "it ends in silence", app: "exit 3", said: "It printed nothing and ended with exit code 3." },
  { kind: "it says something else", app: "echo no licence; exit 3", said: "no licence" },
];

const limits: readonly Row[] = [
  ...["npx ts-node main.ts", "node --require ts-node/register main.ts"].map((app) => ({
    kind: "ts-node meets TypeScript 7",
    app,
    files: { "main.ts": "" },
    machine: { typescript: "7" } as const,
    said: `ts-node does not run on TypeScript 7 (7.0.2 is installed). ${useTsx}, or pin typescript@~5.9.`,
  })),
  {
    kind: "ts-node meets TypeScript 7 without tsx",
    app: "ts-node src/main.ts",
    files: { "src/main.ts": "" },
    machine: { typescript: "7", runners: ["ts-node"] },
    said: `ts-node does not run on TypeScript 7 (7.0.2 is installed). Run npm install --save-dev tsx and write "app": "npx tsx src/main.ts" into cdktf.json, or pin typescript@~5.9.`,
  },
  {
    kind: "ts-node has no TypeScript",
    app: "ts-node main.ts",
    files: { "main.ts": "" },
    machine: { typescript: "none" },
    said: `ts-node needs TypeScript, which is not installed. Run: npm install --save-dev typescript@~5.9`,
  },
  {
    kind: "ts-node meets an ES module",
    app: "node --require ts-node/register main.ts",
    files: { ...esm, "main.ts": "" },
    node: 20.9,
    said: `ts-node cannot load "main.ts" as an ES module. ${useTsx}.`,
  },
  {
    kind: "ts-node compiles to an ES module",
    app: "ts-node main.ts",
    files: {
      ...there,
      "main.ts": importing("./there"),
      "tsconfig.json": { ...settings, compilerOptions: { module: "esnext", moduleResolution: "bundler" } },
    },
    node: 20.9,
    said: `ts-node compiles "main.ts" to an ES module, as "module" of tsconfig.json says, and loads it as CommonJS. ${useTsx}.`,
  },
  ...[{}, esm].flatMap((kind) =>
    [thrower, importing("./there.ts")].map((text) => ({
      kind: "Node.js 20 meets TypeScript",
      app: "node main.ts",
      files: { ...kind, ...there, "main.ts": text },
      node: 20.9 as const,
      said: `Node.js 20.9.0 does not run TypeScript: "node main.ts" needs Node.js 22.18 or newer. Update it, or write "app": "npx tsx main.ts" into cdktf.json.`,
    })),
  ),
  {
    kind: "Node.js meets an enum",
    app: "node main.ts",
    files: { "main.ts": enumeration },
    node: 24,
    said: `"main.ts:2" has a TypeScript enum, which Node.js does not compile. ${useTsx}, or replace the enum.`,
  },
  {
    kind: "Node.js meets an enum in another file",
    app: "node main.ts",
    files: { ...esm, "main.ts": `import { b } from "./kinds.ts";\nconsole.log(b);`, "kinds.ts": enumeration },
    node: 22,
    said: `"kinds.ts:2" has a TypeScript enum, which Node.js does not compile. ${useTsx}, or replace the enum.`,
  },
  {
    kind: "Node.js meets a parameter property",
    app: "node main.ts",
    files: { "main.ts": "class A {\n  constructor(readonly a: string) {}\n}\nnew A('');\n" },
    node: 24,
    said: `"main.ts:2" has a TypeScript parameter property, which Node.js does not compile. ${useTsx}, or replace the parameter property.`,
  },
  {
    kind: "Node.js meets a package of TypeScript",
    app: "node main.ts",
    files: {
      "main.ts": importing("@acme/hosts"),
      ...hosts({ main: "index.ts" }, { "node_modules/@acme/hosts/index.ts": "export const a: number = 1;" }),
    },
    node: 24,
    said: `Node.js does not run the TypeScript of a package: "node_modules/@acme/hosts/index.ts". ${useTsx}, or build the package.`,
  },
];

/** The same programs, by each of the three runners. */
const programs: readonly (Omit<Row, "app" | "said"> & {
  readonly said: string | Readonly<Record<"ts-node" | "tsx" | "node", string>>;
})[] = [
  {
    kind: "a file does not exist",
    files: { "main.ts": importing("./nowhere") },
    said: `"main.ts:1" imports "./nowhere", which does not exist. Correct the path.`,
  },
  {
    kind: "a package is not installed",
    files: { "main.ts": importing("@acme/hosts") },
    said: `"main.ts:1" imports "@acme/hosts", which is not installed. Run: npm install @acme/hosts`,
  },
  {
    kind: "a package is not built",
    files: { "main.ts": importing("@acme/hosts"), ...hosts({ main: "dist/index.js" }) },
    said: `"main.ts:1" imports "@acme/hosts", whose file "node_modules/@acme/hosts/dist/index.js" does not exist. Build that package, or install it again.`,
  },
  {
    kind: "a package does not export a part",
    files: {
      "main.ts": importing("@acme/hosts/a"),
      ...hosts({ exports: { ".": "./index.js" } }, { "node_modules/@acme/hosts/index.js": "" }),
    },
    said: `"main.ts:1" imports "@acme/hosts/a", which the package "@acme/hosts" does not have. Correct the import, or update the package.`,
  },
  {
    kind: "a name is not exported",
    files: { ...there, "main.ts": `import { b } from "./there.ts";\nconsole.log(b());` },
    said: {
      "ts-node": `Error in "main.ts:2": b is not a function`,
      tsx: `Error in "main.ts:2": b is not a function`,
      node: `"main.ts:1" imports "b" of "./there.ts", which does not export it. If it is a type, write: import { type b }`,
    },
  },
  {
    kind: "the syntax is wrong",
    files: { "main.ts": "const a = 1;\nconst b = = 2;\n" },
    said: {
      "ts-node": "The program does not compile:\n- main.ts:2: Expression expected. (TS1109)",
      tsx: `Syntax error in "main.ts:2": Unexpected "=".`,
      node: `Syntax error in "main.ts:2": Expression expected.`,
    },
  },
  {
    kind: "the syntax is wrong above further lines",
    files: { "main.ts": "const a = 1;\nconst b = = 2;\nconst c = 3;\nconsole.log(a, b, c);\n" },
    said: {
      "ts-node": "The program does not compile:\n- main.ts:2: Expression expected. (TS1109)",
      tsx: `Syntax error in "main.ts:2": Unexpected "=".`,
      node: `Syntax error in "main.ts:2": Expression expected.`,
    },
  },
  {
    kind: "an ES module throws whose package does not say that it is one",
    files: { "main.ts": `import "node:fs";\nconsole.log("hello");\nthrow new Error("boom");\n` },
    said: `Error in "main.ts:3": boom\n\nBefore that, it printed:\nhello`,
  },
  { kind: "it throws", files: { "main.ts": thrower }, said: `Error in "main.ts:5": boom\n- one\n- two` },
  {
    kind: "it says something and throws",
    files: { "main.ts": `console.log("hello");\nconsole.warn("careful");\n${thrower}` },
    said: `Error in "main.ts:7": boom\n- one\n- two\n\nBefore that, it printed:\nhello\ncareful`,
  },
  {
    kind: "an import throws",
    files: { "main.ts": importing("./far.ts"), "far.ts": `${thrower}export const a = 1;` },
    said: `Error in "far.ts:5": boom\n- one\n- two`,
  },
  {
    kind: "it throws what is not an error",
    files: { "main.ts": `throw "no hosts";` },
    said: { "ts-node": "'no hosts'", tsx: "Error: no hosts", node: `Error in "main.ts:1": no hosts` },
  },
  {
    kind: "it rejects a promise",
    files: { "main.ts": `void Promise.reject(new Error("too late"));` },
    said: `Error in "main.ts:1": too late`,
  },
];

const modules: readonly Row[] = [
  {
    kind: "Node.js needs an extension",
    app: "node main.ts",
    files: { ...there, "main.ts": importing("./there") },
    node: 24,
    said: `"main.ts:1" imports "./there", which does not exist. Did you mean "./there.ts"?`,
  },
  {
    kind: "Node.js needs the right extension",
    app: "node main.ts",
    files: { ...there, "main.ts": importing("./there.js") },
    node: 24,
    said: `"main.ts:1" imports "./there.js", which does not exist. Did you mean "./there.ts"?`,
  },
  {
    kind: "a type is imported as a value",
    app: "node main.ts",
    files: {
      "there.ts": "export interface A {}",
      "main.ts": `import { A } from "./there.ts";\nconst a: A = {};\nvoid a;`,
    },
    node: 24,
    said: `"main.ts:1" imports "A" of "./there.ts", which does not export it. If it is a type, write: import { type A }`,
  },
  {
    kind: "Node.js does not see a name of CommonJS",
    app: "node main.mts",
    files: { "there.cjs": "module.exports = Object.fromEntries([['a', 1]]);", "main.mts": importing("./there.cjs") },
    node: 24,
    said: `"main.mts:1" imports "a" of "./there.cjs", which Node.js does not find there. Import the default export, and take it from that.`,
  },
  {
    kind: "the types do not agree",
    app: "ts-node main.ts",
    files: {
      "main.ts": "const a: string = 1;\n\nconst b: number = a;\n",
      "tsconfig.json": { ...settings, "ts-node": {} },
    },
    said: `The program does not compile:\n- main.ts:1: Type 'number' is not assignable to type 'string'. (TS2322)\n- main.ts:3: Type 'string' is not assignable to type 'number'. (TS2322)`,
  },
  {
    kind: "CommonJS awaits at the top level",
    app: "tsx main.ts",
    files: { "main.ts": "const a = 1;\nawait a;\n" },
    said: `"main.ts:2" awaits at the top level, which only an ES module can. Rename the file to "main.mts", in cdktf.json too.`,
  },
  {
    kind: "an ES module requires",
    app: "tsx main.ts",
    files: { ...esm, ...there, "main.ts": `const { a } = require("./there");\nconsole.log(a);` },
    said: `"main.ts:1" uses require, which ES modules do not have. Use import, or rename the file to "main.cts".`,
  },
  {
    kind: "an ES module has module.exports",
    app: "node main.js",
    files: { ...esm, "main.js": "module.exports = 1;" },
    said: `"main.js:1" uses module, which ES modules do not have. Use export, or rename the file to "main.cjs".`,
  },
  {
    kind: "an ES module asks for __dirname",
    app: "node main.ts",
    files: { ...esm, "main.ts": "\nconsole.log(__dirname);" },
    node: 24,
    said: `"main.ts:2" uses __dirname, which ES modules do not have. Use import.meta.dirname, or rename the file to "main.cts".`,
  },
  {
    kind: "CommonJS imports",
    app: "node main.cjs",
    files: { "main.cjs": `import "node:fs";` },
    said: `"main.cjs:1" is an ES module that is loaded as CommonJS. Rename the file to "main.mjs", or write "app": "npx tsx main.cjs" into cdktf.json.`,
  },
  {
    kind: "CommonJS requires an ES module",
    app: "node main.cjs",
    files: {
      "main.cjs": `require("@acme/hosts");`,
      ...hosts({ type: "module", exports: "./index.js" }, { "node_modules/@acme/hosts/index.js": "" }),
    },
    node: 20.9,
    said: `"main.cjs" requires the ES module "node_modules/@acme/hosts/index.js", which Node.js 20.9.0 cannot. Write "app": "npx tsx main.cjs" into cdktf.json, or use Node.js 22.12 or newer.`,
  },
  {
    kind: "JSON is not valid",
    app: "node main.js",
    files: { "main.js": `require("./site.json");`, "site.json": '{"a":1,}' },
    node: 20.9,
    said: `"site.json:1" is not valid JSON: trailing comma.`,
  },
];

const runners = ["ts-node", "tsx", "node"] as const;
/** In `npm test` each program by one of them. */
const byEachRunner = runners.flatMap((runner) =>
  someOf(programs, (_, index) => index % runners.length === runners.indexOf(runner)).map(({ said, ...row }): Row => {
    const text = typeof said === "string" ? said : said[runner];
    return { ...row, app: `${runner} main.ts`, said: text, ...(runner === "node" && { node: 24 }) };
  }),
);

describe("an app that fails is explained in a sentence or two, without a stack trace, when", () => {
  const others = someOf([...commands, ...limits, ...modules], (_, index) => index % 2 === 0);
  test.each([...others, ...byEachRunner])("$kind ($app)", async (row) => {
    const explanation = await failure(row);
    expect(explanation).toBe(`The app (${row.app}) cannot be synthesised:\n\n${row.said}`);
  });
});
