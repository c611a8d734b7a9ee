import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "../fast-check";
import { cases } from "../fast-check";
import { type AdoptionProgram } from "../../lib/codegen/adoption";
import { environmentText } from "../../lib/codegen/program";
import { moduleBeside, withEnvironment, withMessenger, withSpread } from "../../lib/cli/adopt/edits";
import { createNextAppOptions } from "../create-next-app";
import { onCore } from "../e2e/cores";
import { compilerOptions, diagnose, root } from "../package/compiler";
import { valuesOf } from "../../packages/sandbox/__tests__/provider/arbitrary";
import { everyDeploymentProperty, everyProperty } from "../../packages/sandbox/__tests__/provider/every-property";
import { adopted, answerOf, configurationId, configurationSchema, deploymentSchema, liveOf, programOf } from "./live";

const readme = onCore("cdktf", readFileSync(join(root, "README.md"), "utf8"));
const library = "cdktf-genesys-messenger";
const paths = { [library]: ["./lib/index.ts"] };

const readmeOptions = (): object => {
  const blocks = Array.from(readme.matchAll(/```json\n(.*?)```/gs), ([, text = ""]) => text);
  const text = blocks.find((block) => block.includes("compilerOptions")) ?? "{}";
  return (JSON.parse(text) as { readonly compilerOptions: object }).compilerOptions;
};

const configurations: readonly (readonly [string, () => object])[] = [
  ["the README's", readmeOptions],
  ["create-next-app's", () => createNextAppOptions],
  [
    "the strictest",
    () => ({
      ...readmeOptions(),
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noPropertyAccessFromIndexSignature: true,
      noUnusedLocals: true,
      isolatedModules: true,
    }),
  ],
  ["Node's own, with endings", () => ({ ...createNextAppOptions, module: "node16", moduleResolution: "node16" })],
];

/** Apps as teams have them, each with its environments. */
const apps = (ending: string): readonly (readonly [name: string, main: string])[] => {
  const head = `import { App } from "cdktf";
import { MessengerStack } from "${library}";
import { environments } from "./environments${ending}";

const app = new App();`;
  const loop = (call: string) => `${head}\nfor (const environment of environments) {\n  ${call}\n}\napp.synth();\n`;
  const fresh = /```ts\n(import \{ App \}[^`]*?app\.synth\(\);\n)```/.exec(readme)?.[1] ?? "";
  return [
    ["the README's", fresh.replace("./environments", `./environments${ending}`)],
    ["everything spelled out", loop(everythingGiven)],
    [
      "what all have in common",
      loop(`const common = { defaultLanguage: "en-us", region: "eu-central-1" } as const;
  new MessengerStack(app, environment.name, { environment, ...common });`),
    ],
    [
      "each by map",
      `${head}\nenvironments.map((e) => new MessengerStack(app, e.name, { environment: e, defaultLanguage: "de" }));\n`,
    ],
    [
      "a stack by its name, among others",
      `${head}\n${["production", "staging"].map(stackNamed).join("\n")}\napp.synth();\n`,
    ],
    ["one that adopts already", loop(adoptsAlready)],
  ];
};

const everythingGiven = `new MessengerStack(app, environment.name, {
    environment,
    defaultLanguage: "en-us",
    languages: ["en-us"],
    name: "Shop",
    description: "",
    styles: { primaryColor: "#0b5fff" },
    launcher: { visibility: "On" },
    overrides: { deployment: { status: "Inactive" } },
    region: "eu-central-1",
    preventDestroy: true,
    backend: { type: "local" },
  });`;
const stackNamed = (name: string) =>
  `new MessengerStack(app, "${name}", { environment: environments.find((one) => one.name === "${name}") ?? environments[0]!, defaultLanguage: "en-us" });`;
const adoptsAlready = `new MessengerStack(app, environment.name, {
    environment,
    defaultLanguage: "en-us",
    adopt: { deploymentId: "0c48e588-1958-4d33-b899-ed382b250022", configurationId: "a2a56bff-e1ab-4dfe-a2df-d7281ef39f6a" },
  });`;

const environmentsFile = `import { nextEnvironment } from "${library}";

export const environments = [
  nextEnvironment("staging", { kind: "staging", addresses: ["staging.example.com"] }),
];
`;

/** The three files of a project with the adoption written into them, by their paths. */
function written(
  folder: string,
  adoption: AdoptionProgram,
  main: string,
  before?: string,
): (readonly [string, string])[] {
  const module = moduleBeside(main, "messengers");
  const edits = [
    ["environments.ts", withEnvironment(environmentsFile, adoption)],
    ["messengers.ts", withMessenger(before, adoption, library)],
    ["main.ts", withSpread(main, adoption.environmentName, module)],
  ] as const;
  return edits.map(([file, edit]) => {
    if ("impossible" in edit) throw new Error(`${file}: ${edit.impossible}`);
    return [join(folder, file), edit.text];
  });
}

const every: AdoptionProgram = adopted({
  configuration: { ...answerOf(configurationSchema, everyProperty), id: configurationId, version: "1" },
  deployment: answerOf(deploymentSchema, {
    name: "Every",
    ...everyDeploymentProperty,
    configuration: [{ id: "none" }],
  }),
  region: "eu-central-1",
  domains: { allowedDomains: ["203.0.113.7", "shop.example.com"] },
});

/** Whatever a live configuration may hold: what no property says becomes an override. */
const random: readonly AdoptionProgram[] = fc
  .sample(valuesOf(configurationSchema, { asConfigured: true }), cases(100, 25))
  .map((values) =>
    adopted({
      configuration: {
        ...liveOf({ ...values, name: "Any", default_language: "en-us", languages: ["en-us", "de"] }),
        id: configurationId,
        version: "1",
        status: "Active",
      },
    }),
  );

describe.each(configurations)("what an adoption writes compiles with the tsconfig.json: %s", (name, optionsOf) => {
  const isModule = name.startsWith("Node's own");
  const shapes = apps(isModule ? ".js" : "");
  const [, [, main] = ["", ""]] = shapes;
  const folder = (index: number | string) => join(root, "__tests__", `written-${index}`);
  const { environment } = every;
  const printed = environment === undefined ? "" : environmentText(environment);
  const another = new Map(written(folder("again"), adopted({ environment: { name: "staging-eu" } }), main));
  const programs: readonly (readonly [what: string, files: readonly (readonly [string, string])[]])[] = [
    ...shapes.map(([what, text], index) => [what, written(folder(`shape-${index}`), every, text)] as const),
    ["the second adoption", written(folder("again"), every, main, another.get(join(folder("again"), "messengers.ts")))],
    [
      "what is printed of an environment",
      [
        [
          join(folder("printed"), "environments.ts"),
          `import { nextEnvironment } from "${library}";\nexport const environments = [${printed},\n];\n`,
        ],
      ],
    ],
    ["whatever is live", random.flatMap((adoption, index) => written(folder(index), adoption, main))],
  ];
  let found: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    const texts = new Map(programs.flatMap(([, files]) => files));
    const manifests = [...new Set(Array.from(texts.keys(), (path) => join(path, "..", "package.json")))].map(
      (path) => [path, `{ "type": "${isModule ? "module" : "commonjs"}" }`] as const,
    );
    const options = compilerOptions({ compilerOptions: { noEmit: true, types: ["node"], ...optionsOf(), paths } });
    const diagnosed = diagnose(new Map([...texts, ...manifests]), options);
    found = new Map(
      Array.from(texts.keys(), (path, index) => [
        path,
        (diagnosed[index] ?? []).map(({ code, message, at }) => `TS${code} ${message} at ${at.slice(0, 60)}`),
      ]),
    );
  });

  test.each(programs)("%s", (_, files) => {
    expect(files.flatMap(([path]) => found.get(path) ?? [])).toEqual([]);
  });
});

test("the README has an app, and among what is live there is what no property says", () => {
  expect(apps("")[0]?.[1]).toContain("new MessengerStack(app, environment.name");
  expect(random.some((adoption) => programOf(adoption).messenger.includes("overrides"))).toBe(true);
  expect(every.environment?.acknowledge).toHaveProperty("ip-address");
});
