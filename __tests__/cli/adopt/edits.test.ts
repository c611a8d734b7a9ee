import { adopted } from "../../codegen/live";
import {
  commonProperties,
  libraryOf,
  moduleBeside,
  withEnvironment,
  withMessenger,
  withSpread,
} from "../../../lib/cli/adopt/edits";
import { type Edit } from "../../../lib/codegen/syntax";

const adoption = adopted();
const textOf = (edit: Edit) => ("text" in edit ? edit.text : `impossible: ${edit.impossible}`);
const importing = `import { envFile, nextEnvironment } from "cdktf-genesys-messenger";\n\n`;
const added = `  nextEnvironment("production", {
    kind: "production",
    addresses: ["shop.example.com", "www.example.com"],
  }),`;

describe("an environment at the end of the list, all else byte for byte", () => {
  const one = `nextEnvironment("staging", { kind: "staging", addresses: ["a.example.com"] })`;

  test.each([
    ["a comma behind the last", `[\n  ${one},\n]`, `[\n  ${one},\n${added}\n]`],
    ["none", `[\n  ${one}\n]`, `[\n  ${one},\n${added}\n]`],
    ["a comment behind the comma", `[\n  ${one}, // soon\n]`, `[\n  ${one}, // soon\n${added}\n]`],
    ["a comment without a comma", `[\n  ${one} // soon, ]\n]`, `[\n  ${one}, // soon, ]\n${added}\n]`],
    ["a comment on a separate line", `[\n  ${one},\n  // ${one},\n]`, `[\n  ${one},\n  // ${one},\n${added}\n]`],
    ["one line", `[${one}]`, `[${one},\n${added}\n]`],
    ["an empty list", `[]`, `[\n${added}\n]`],
    [
      "types around it",
      `[\n  ${one},\n] as const satisfies unknown[]`,
      `[\n  ${one},\n${added}\n] as const satisfies unknown[]`,
    ],
  ])("%s", (_, before, after) => {
    const program = (list: string) =>
      `${importing}// The environments\nexport const environments = ${list};\n\nconst   x=1\n`;

    expect(textOf(withEnvironment(program(before), adoption))).toBe(program(after));
  });

  test("the indent and the ends of lines of the file", () => {
    const text = `${importing}export const environments = [\n    ${one},\n];\n`.replaceAll("\n", "\r\n");

    const changed = textOf(withEnvironment(text, adoption));

    expect(changed).toContain(`    nextEnvironment("production", {\r\n      kind: "production",\r\n`);
    expect(changed.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  test.each([
    [
      "a list that is computed",
      `${importing}export const environments = names.map(make);`,
      "are not a single list literal",
    ],
    ["no such export", `${importing}const environments = [];`, "are not a single list literal"],
    [
      "another name",
      `import { nextEnvironment as e } from "x";\nexport const environments = [];`,
      "does not import nextEnvironment",
    ],
    [
      "a type alone",
      `import type { nextEnvironment } from "x";\nexport const environments = [];`,
      "does not import nextEnvironment",
    ],
    ["no program", `export const environments = [`, "cannot be parsed as TypeScript"],
  ])("%s is left to a person", (_, text, reason) => {
    expect(withEnvironment(text, adoption)).toEqual({ impossible: expect.stringContaining(reason) as string });
  });

  test("the library's name is the one that the file has", () => {
    expect(libraryOf(importing, "nextEnvironment")).toBe("cdktf-genesys-messenger");
    expect(libraryOf(`import { MessengerStack } from "./lib";`, "MessengerStack")).toBe("./lib");
    expect(libraryOf(`import { MessengerStack } from "cdktf-genesys-messenger/cdktn";`, "MessengerStack")).toBe(
      "cdktf-genesys-messenger/cdktn",
    );
    expect(libraryOf("const a = 1;", "nextEnvironment")).toBeUndefined();
  });
});

describe("the messengers", () => {
  const made = textOf(withMessenger(undefined, adoption, "cdktf-genesys-messenger"));

  test("a new file", () => {
    expect(made).toMatch(/^import { type MessengerStackProps } from "cdktf-genesys-messenger";\n/);
    expect(made).toContain(`> = {\n  production: {\n    name: "Shop",\n`);
    expect(made).toMatch(/\n {4}},\n {2}},\n};\n$/);
  });

  test("another one in it, and the same one never twice", () => {
    const staging = adopted({ environment: { name: "staging-eu" } });

    const both = textOf(withMessenger(made, staging, "x"));

    expect(both.startsWith(made.slice(0, -3))).toBe(true);
    expect(both).toContain(`  },\n  "staging-eu": {\n    name: "Shop",\n`);
    expect(withMessenger(both, staging, "x")).toEqual({
      impossible: 'it already defines the Messenger of "staging-eu"',
    });
    expect(withMessenger("export const messengers = make();", adoption, "x")).toHaveProperty("impossible");
  });

  test("an object without a type, which no name of an environment can index, is left to a person", () => {
    expect(withMessenger("export const messengers = {};", adoption, "x")).toEqual({
      impossible: expect.stringContaining("its messengers have no type") as string,
    });
  });

  test("the type of version 0.1, with which the app does not compile, is replaced", () => {
    const former = made.replace(
      "Readonly<Record<string, Partial<MessengerStackProps>>>",
      'Readonly<Record<string, Omit<MessengerStackProps, "environment">>>',
    );
    expect(former).not.toBe(made);
    const other = adopted({ environment: { name: "staging" } });

    expect(textOf(withMessenger(former, other, "x"))).toBe(textOf(withMessenger(made, other, "x")));
  });
});

describe("the app", () => {
  const app = (call: string) =>
    `import { App } from "cdktf";\n\nconst app = new App();\nfor (const environment of all) {\n  ${call}\n}\n`;
  const changed = (call: string) =>
    app(call).replace('"cdktf";', '"cdktf";\nimport { messengers } from "./messengers";');

  test.each([
    [
      "on one line",
      "new MessengerStack(app, environment.name, { environment });",
      "new MessengerStack(app, environment.name, { environment, ...messengers[environment.name] });",
    ],
    [
      "on their own lines, where one would be too long",
      `new MessengerStack(app, environment.name, { environment, defaultLanguage: "en-us", region: "eu-central-1" });`,
      `new MessengerStack(app, environment.name, {\n    environment,\n    defaultLanguage: "en-us",\n    region: "eu-central-1",\n    ...messengers[environment.name],\n  });`,
    ],
    [
      "on lines that are there",
      "const stack = new MessengerStack(app, e.name, {\n    environment, // all\n  });",
      "const stack = new MessengerStack(app, e.name, {\n    environment, // all\n    ...messengers[e.name],\n  });",
    ],
    [
      "behind a comment",
      "new MessengerStack(app, environment.name, { environment /* }, */ });",
      "new MessengerStack(app, environment.name, { environment, /* }, */\n    ...messengers[environment.name],\n  });",
    ],
    [
      "at the stack of that name, among others",
      `new MessengerStack(app, "production", { a });\n  new MessengerStack(app, "staging", { b });`,
      `new MessengerStack(app, "production", { a, ...messengers["production"] });\n  new MessengerStack(app, "staging", { b });`,
    ],
  ])("%s", (_, before, after) => {
    const edited = textOf(withSpread(app(before), "production", "./messengers"));

    expect(edited).toBe(changed(after));
    expect(textOf(withSpread(edited, "production", "./messengers"))).toBe(edited);
  });

  test.each([
    ["./environments", "./messengers"],
    ["./environments.js", "./messengers.js"],
    ["./environments.ts", "./messengers.ts"],
    ["./environments.mjs", "./messengers.mjs"],
    ["cdktf-genesys-messenger", "./messengers"],
  ])("beside an import of %s, the file is imported as %s", (existing, expected) => {
    expect(moduleBeside(`import { environments } from "${existing}";`, "messengers")).toBe(expected);
  });

  test("messengers that come from another file are left to a person", () => {
    const text = app("new MessengerStack(app, environment.name, { environment });");

    expect(withSpread(`import { messengers } from "./config";\n${text}`, "production", "./messengers")).toEqual({
      impossible: expect.stringContaining('the export of "./messengers"') as string,
    });
  });

  test("what every Messenger is given is known", () => {
    const call = `new MessengerStack(app, e.name, { environment: e, defaultLanguage: "de", styles, launcher: { a }, ...more });`;

    expect(commonProperties(app(call), "production")).toEqual(["styles", "launcher"]);
    expect(commonProperties(app("make(environment);"), "production")).toEqual([]);
  });

  test.each([
    ["stacks in several places", "new MessengerStack(app, a.name, { a });\n  new MessengerStack(app, b.name, { b });"],
    ["props that come from elsewhere", "new MessengerStack(app, environment.name, props);"],
    ["a name that is made up", "new MessengerStack(app, `${brand}-shop`, { environment });"],
    ["no stack", "make(environment);"],
    ["stacks that share a configuration", "new MessengerStack(app, environment.name, { environment, configuration });"],
    [
      "a name that means something else",
      "const messengers = [];\n  new MessengerStack(app, environment.name, { environment });",
    ],
  ])("%s are left to a person", (_, call) => {
    expect(withSpread(app(call), "production", "./messengers")).toHaveProperty("impossible");
  });
});
