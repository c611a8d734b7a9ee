import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileEdits, programFiles } from "../../../lib/cli/adopt/files";
import { adopted } from "../../codegen/live";

const home = process.cwd();
const stack = `new MessengerStack(app, environment.name, { environment, defaultLanguage: "en-us" });`;
const program = (imports: string): string => `${imports}\nfor (const environment of environments) {\n  ${stack}\n}\n`;
const ending = (text: string): string =>
  program(
    `import { MessengerStack } from "cdktf-genesys-messenger";\nimport { environments } from "./environments${text}";`,
  );
const environments = `import { nextEnvironment } from "cdktf-genesys-messenger";\nexport const environments = [];\n`;

/** The edits in a project whose cdktf.json has that command. */
function edits(app: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const all = { "cdktf.json": JSON.stringify({ app }), "environments.ts": environments, ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const found = fileEdits(adopted(), programFiles("environments.ts"));
  return Object.fromEntries(found.map(({ file, edit }) => [file, "text" in edit ? edit.text : edit.impossible]));
}

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "adopting-")));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

describe("the program that the app command names is changed", () => {
  test.each([
    ["node --require ts-node/register main.ts", "main.ts", "", "messengers.ts"],
    ["tsx main.ts", "main.ts", "", "messengers.ts"],
    ["npx tsx src/main.ts", "src/main.ts", "", "src/messengers.ts"],
    ["node main.ts", "main.ts", ".ts", "messengers.ts"],
    ["node --import tsx main.ts", "main.ts", ".js", "messengers.ts"],
    ["pnpm exec tsx app/main.mts", "app/main.mts", ".mjs", "app/messengers.mts"],
    ["node main.mjs", "main.mjs", ".mjs", "messengers.mjs"],
  ])("%s", (app, main, extension, messengers) => {
    const changed = edits(app, { [main]: ending(extension) });
    expect(Object.keys(changed)).toEqual(["environments.ts", messengers, main]);
    expect(changed[main]).toContain(`import { messengers } from "./messengers${extension}";`);
    expect(changed[main]).toContain(`...messengers[environment.name]`);
    expect(changed[messengers]).toContain(
      main.endsWith("ts")
        ? "export const messengers: Readonly<"
        : `@type {Readonly<Record<string, Partial<import("cdktf-genesys-messenger").MessengerStackProps>>>}`,
    );
  });

  test.each([
    ["as the main program does", "x", "App, MessengerStack", "cdktf-genesys-messenger/environments", "x"],
    ["from the root, where only the environments name the library", "cdktf", "App", "lib/environments.js", "lib"],
    ["from the root for cdktf", "cdktf", "App", "cdktf-genesys-messenger/environments", "cdktf-genesys-messenger"],
    ["from the one for cdktn", "cdktn", "App", "cdktf-genesys-messenger/environments", "cdktf-genesys-messenger/cdktn"],
  ])("the types of a new file are imported %s", (_, from, names, environmentsFrom, expected) => {
    const changed = edits("tsx main.ts", {
      "main.ts": program(`import { ${names} } from "${from}";\nimport { environments } from "./environments";`),
      "environments.ts": environments.replace("cdktf-genesys-messenger", environmentsFrom),
    });
    expect(changed["messengers.ts"]).toContain(`import { type MessengerStackProps } from "${expected}";`);
  });

  test("behind a script of package.json", () => {
    const changed = edits("npm run synth", {
      "main.ts": ending(""),
      "package.json": `{"scripts":{"synth":"tsx main.ts"}}`,
    });
    expect(changed["main.ts"]).toContain(`...messengers[environment.name]`);
  });
});

describe("a person has to change the program", () => {
  test.each([
    ["npm run synth", {}, "cdktf.json", `"app" ("npm run synth") does not name the program to change`],
    ["make", {}, "cdktf.json", `"app" ("make") does not name the program to change`],
    ["tsx main.ts", {}, "main.ts", "the file does not exist"],
    [
      "node main.js",
      { "main.js": program(`const { MessengerStack } = require("cdktf-genesys-messenger");`) },
      "main.js",
      "it is CommonJS, which cannot contain an import declaration",
    ],
  ])("%s %j", (app, files, file, reason) => {
    expect(edits(app, files)[file]).toBe(reason);
  });
});

const onCdktf = "cdktf-genesys-messenger";
const onCdktn = "cdktf-genesys-messenger/cdktn";

test.each([
  ["both on cdktn", onCdktn, onCdktn, onCdktn],
  ["both on cdktf", onCdktf, onCdktf, onCdktf],
  ["the stacks on cdktn, the environments on cdktf", onCdktn, onCdktf, onCdktn],
  ["a checkout of the library", "../lib", "./lib", "../lib"],
  ["stacks of the team's own", undefined, onCdktn, onCdktn],
  ["nothing that tells", undefined, undefined, onCdktf],
])("what is written imports the entry that the stacks are made with: %s", (_, main, declared, expected) => {
  const importing = (name: string, from: string | undefined) =>
    from === undefined ? "" : `import { ${name} } from "${from}";`;
  writeFileSync("main.ts", importing("MessengerStack", main));
  writeFileSync("environments.ts", importing("nextEnvironment", declared));
  writeFileSync("cdktf.json", JSON.stringify({ app: "tsx main.ts" }));

  expect(programFiles("environments.ts").library).toBe(expected);
});
