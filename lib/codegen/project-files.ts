import { posix } from "node:path";
import { type Discovery, type DiscoveredEnvironment, type SourceCall, type WrittenCall } from "./discovery";
import { kindOf } from "./environment";
import { type Literal, printLiteral, quoteLiteral } from "./literal";

/** The core that a project's stacks run on. */
export type ProjectCore = "cdktn" | "cdktf";

/** What a new project is made from. */
export interface NewProject {
  /** Its folder, from the repository's, with forward slashes. */
  readonly folder: string;
  readonly core: ProjectCore;
  readonly testRunner: "jest" | "vitest";
  /** The AWS name of the organisation's region. @default `GENESYSCLOUD_REGION` decides when Terraform runs */
  readonly region?: string;
  /** The version of this package. */
  readonly version: string;
  readonly environments: readonly DiscoveredEnvironment[];
  /** The kinds of environments that stand as comments, for a reader to fill in. */
  readonly missing: readonly string[];
  readonly hosted: Discovery["hosted"];
}

/** The files of a project of its own inside a repository, by their paths from the project's folder. */
export function projectFiles(project: NewProject): Readonly<Record<string, string>> {
  const { testRunner } = project;
  return {
    "environments.ts": environmentsText(project),
    "main.ts": mainText(project),
    "cdktf.json": json({
      language: "typescript",
      app: "node --import tsx main.ts",
      sendCrashReports: "false",
      terraformProviders: [],
      terraformModules: [],
    }),
    "tsconfig.json": json({
      compilerOptions: {
        target: "es2022",
        module: "node16",
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        types: testRunner === "jest" ? ["node", "jest"] : ["node"],
      },
      include: ["*.ts", "snapshots/*.ts"],
    }),
    // As npm writes it, and Prettier with it.
    "package.json": `${JSON.stringify(manifestOf(project), undefined, 2)}\n`,
    ".gitignore": ["node_modules/", "cdktf.out/", ".origins/", ".sandbox/", "*.tfstate", "*.tfstate.*", ""].join("\n"),
    "snapshots/allow-lists.ts": snapshotText(project),
    ...(testRunner === "vitest" && {
      "vitest.config.mts": 'export default { test: { include: ["snapshots/*.ts"] } };\n',
    }),
  };
}

/** JSON as Prettier lays it out: lists of texts on one line. */
function json(value: object): string {
  const text = JSON.stringify(value, undefined, 2);
  const flat = (list: string): string => list.replace(/\s*\n\s*/g, " ").replace(/^\[ | \]$/g, (end) => end.trim());
  return `${text.replace(/\[[^[\]{}]*\]/g, flat)}\n`;
}

function manifestOf({ core, testRunner, version }: NewProject): object {
  const cores = {
    cdktn: { cdktn: "~0.24.0", constructs: "~10.7.0" },
    cdktf: { cdktf: "~0.21.0", constructs: "~10.7.0" },
  };
  const runners = {
    jest: { "@swc/core": "^1.16.0", "@swc/jest": "^0.2.39", "@types/jest": "^30.0.0", jest: "^30.5.0" },
    vitest: { vitest: "^4.1.0" },
  };
  return {
    name: "messenger-infrastructure",
    private: true,
    type: "commonjs",
    scripts: {
      list: "origins list",
      sandbox: "origins sandbox -- origins deploy --auto-approve",
      plan: "origins plan",
      deploy: "origins deploy",
      audit: "origins audit",
      test: testRunner === "jest" ? "jest" : "vitest run",
      typecheck: "tsc",
    },
    dependencies: { "cdktf-genesys-messenger": `^${version}`, ...cores[core] },
    devDependencies: sorted({
      "@types/node": "^20.19.0",
      "genesys-cloud-sandbox": "^0.1.0",
      tsx: "^4.23.0",
      typescript: "~5.9.3",
      ...runners[testRunner],
    }),
    // They only check or speed up what works without them; npm 11 asks about each that is not decided.
    allowScripts: Object.fromEntries(
      ["esbuild", "protobufjs", ...(testRunner === "jest" ? ["@swc/core", "unrs-resolver"] : [])].map((name) => [
        name,
        false,
      ]),
    ),
    ...(testRunner === "jest" && {
      jest: {
        testMatch: ["<rootDir>/snapshots/*.ts"],
        transform: { "\\.ts$": ["@swc/jest", { jsc: { target: "es2022" } }] },
      },
    }),
  };
}

function sorted(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What the library is imported from. */
function library(core: ProjectCore): string {
  return core === "cdktn" ? "cdktf-genesys-messenger/cdktn" : "cdktf-genesys-messenger";
}

function mainText({ core, region }: NewProject): string {
  const props = [
    "environment",
    'defaultLanguage: "en-us"',
    ...(region === undefined ? [] : [`region: ${quoteLiteral(region)}`]),
  ];
  const hint =
    region === undefined
      ? '  // The region is that of GENESYSCLOUD_REGION. To write it down: region: "eu-central-1".\n'
      : "";
  return `import { App } from "${core}";
import { MessengerStack } from "${library(core)}";
import { environments } from "./environments";

const app = new App();
for (const environment of environments) {
${hint}  new MessengerStack(app, environment.name, { ${props.join(", ")} });
}
app.synth();
`;
}

function snapshotText({ core, testRunner }: NewProject): string {
  const runner = testRunner === "vitest" ? 'import { expect, test } from "vitest";\n' : "";
  return `import { App } from "${core}";
import { MessengerStack } from "${library(core)}";
import { review } from "${library(core)}/testing${testRunner === "jest" ? "/jest" : "/vitest"}";
${runner}import { environments } from "../environments";

// A pull request shows which hosts gain or lose the Messenger. After a change that is meant: npm test -- -u
for (const environment of environments) {
  test(environment.name, () => {
    const stack = new MessengerStack(new App(), environment.name, { environment, defaultLanguage: "en-us" });
    expect(review(stack, { lines: false })).toMatchSnapshot();
  });
}
`;
}

function environmentsText({ folder, environments, missing, hosted }: NewProject): string {
  const calls = environments.flatMap(({ addresses }) => addresses.filter(isCall));
  const names = [...new Set([...calls.map(({ name }) => name), "nextEnvironment"])].sort();
  const hints = hosted.length === 0 ? "" : hostedHint(hosted);
  const up = posix.relative(folder, ".") || ".";
  return `import { join } from "node:path";
${importText(names, "cdktf-genesys-messenger/environments")}

/** The repository, where the paths below start. */
const root = join(__dirname, ${quoteLiteral(up)});

/** Where the application runs. The addresses of its pages stay in the files that it is built with. */
export const environments = [
${[...environments.map(environmentText), ...missing.map(missingText)].join("\n")}
];
${hints}`;
}

function isCall(address: SourceCall | string): address is SourceCall {
  return typeof address !== "string";
}

function importText(names: readonly string[], from: string): string {
  const flat = `import { ${names.join(", ")} } from "${from}";`;
  return flat.length <= width ? flat : `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "${from}";`;
}

/** The longest line. */
const width = 120;

function environmentText({ name, kind, addresses }: DiscoveredEnvironment): string {
  const flat = `    addresses: [${addresses.map((address) => (isCall(address) ? flatCall(address) : quoteLiteral(address))).join(", ")}],`;
  const lines = addresses.map(
    (address) => `      ${isCall(address) ? callText(address, 6) : quoteLiteral(address)},\n`,
  );
  return `  nextEnvironment(${quoteLiteral(name)}, {
    kind: "${kind}",
    root,
${flat.length <= width ? flat : `    addresses: [\n${lines.join("")}    ],`}
  }),`;
}

/** A literal on one line, however long. */
function flatLiteral(value: Literal): string {
  return printLiteral(value, { column: Number.NEGATIVE_INFINITY });
}

/** A call on one line, however long. */
export function flatCall({ name, parameters }: WrittenCall): string {
  return `${name}(${parameters.map(flatLiteral).join(", ")})`;
}

/** A call as Prettier lays it out on a line of its own: its options alone take lines if that is enough. */
function callText(call: WrittenCall, indent: number): string {
  const flat = flatCall(call);
  if (indent + flat.length + 1 <= width) return flat;
  const { name, parameters } = call;
  const before = parameters.slice(0, -1).map((each) => `${flatLiteral(each)}, `);
  const head = `${name}(${before.join("")}`;
  const last = parameters.at(-1) ?? "";
  if (typeof last === "object" && indent + head.length + 1 <= width)
    return `${head}${printLiteral(last, { indent, column: width, expanded: true })})`;
  const inner = indent + 2;
  const lines = parameters.map((each) => `${" ".repeat(inner)}${printLiteral(each, { indent: inner })},\n`);
  return `${name}(\n${lines.join("")}${" ".repeat(indent)})`;
}

const examples: Readonly<Record<string, string>> = {
  production: '"www.example.com"',
  staging: '"staging.example.com"',
  preview: '"preview.example.com"',
};

/** An environment of which no file tells: a reader fills it in. */
function missingText(name: string): string {
  const what = name === "preview" ? "a parent of all previews that only your team owns" : "the hosts of its pages";
  return `  // No page address was found for ${name}. Write ${what}:
  // nextEnvironment("${name}", { kind: "${kindOf(name)}", root, addresses: [${examples[name] ?? ""}] }),`;
}

function hostedHint(hosted: Discovery["hosted"]): string {
  const lines = hosted.map((call) => `//   ${call.environment}: ${flatCall(call)}`);
  const names = [...new Set(hosted.map(({ name }) => name))].join(", ");
  return `
// The platform knows more domains than these files. Add them to the addresses, import ${names}, and run "npx origins pull":
${[...new Set(lines)].join("\n")}
`;
}
