import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { initProject } from "../../lib/cli/init/init-project";
import { testOnPosix } from "../posix";
import { project } from "../sources/project";

type Files = Readonly<Record<string, string>>;

const application: Files = {
  "package.json": '{ "scripts": { "dev": "next dev" }, "dependencies": { "next": "16" } }',
  ".env.production": "NEXT_PUBLIC_SITE_URL=https://www.example.com\nSTRIPE_KEY=sk_live_secret\n",
};

const start = process.cwd();
afterEach(() => {
  process.chdir(start);
  jest.restoreAllMocks();
});

/** Runs the command in a folder, as `--yes` does; what it prints, or the error that it ends with. */
const init = async (root: string, folder?: string): Promise<string> => {
  let printed = "";
  jest.spyOn(console, "log").mockImplementation((text) => {
    printed += `${String(text)}\n`;
  });
  process.chdir(root);
  try {
    await initProject({ yes: true, ...(folder !== undefined && { folder }) }, new AbortController().signal);
  } catch (error) {
    printed += String(error);
  }
  return printed;
};

const read = (root: string, name: string): string => readFileSync(join(root, name), "utf8");

test.each<[string, string, string | undefined]>([
  [
    "comments, a list of several lines, tabs",
    '{\n\t// strict\n\t"include": ["**/*.ts"],\n\t"exclude": [\n\t\t"node_modules", // packages\n\t\t"legacy"\n\t]\n}\n',
    '{\n\t// strict\n\t"include": ["**/*.ts"],\n\t"exclude": [\n\t\t"node_modules", // packages\n\t\t"legacy",\n\t\t"infra/messenger"\n\t]\n}\n',
  ],
  [
    "Windows line endings and a byte order mark",
    '\uFEFF{\r\n  "exclude": ["node_modules"]\r\n}\r\n',
    '\uFEFF{\r\n  "exclude": ["node_modules", "infra/messenger"]\r\n}\r\n',
  ],
  ["no list", "{}\n", '{\n  "exclude": ["node_modules", "infra/messenger"]\n}\n'],
  [
    "everything below",
    '{ "include": ["."], "exclude": ["x"] }',
    '{ "include": ["."], "exclude": ["x", "infra/messenger"] }',
  ],
  ["files alone", '{ "files": [], "references": [{ "path": "apps/a" }] }', undefined],
  ["other folders", '{ "include": ["src", "next-env.d.ts", "./apps/**/*.ts"] }', undefined],
  ["the folder left out already", '{ "exclude": ["./infra/**/*"] }', undefined],
  ["a base that it has not", '{ "extends": "@acme/tsconfig/next.json" }', undefined],
  ["broken text", '{ "include": [', undefined],
  ["no object", "[]", undefined],
])("a tsconfig.json with %s", async (_, before, after) => {
  const root = project({ ...application, "tsconfig.json": before });
  await init(root);
  const written = read(root, "tsconfig.json");
  const bare = (text: string): string => text.replaceAll(/\s/g, "");
  expect(bare(written)).toBe(bare(after ?? before));
  expect(written.startsWith("\uFEFF")).toBe(before.startsWith("\uFEFF"));
  if (before.includes("\r\n")) expect(written).not.toMatch(/[^\r]\n/);
});

test("what a tsconfig.json inherits is written down, and not lost", async () => {
  const root = project({
    ...application,
    "tsconfig.json": '{ "extends": "./tsconfig.base.json" }',
    "tsconfig.base.json": '{ "exclude": ["node_modules", "legacy"] }',
  });
  await init(root);
  expect(JSON.parse(read(root, "tsconfig.json"))).toEqual({
    extends: "./tsconfig.base.json",
    exclude: ["node_modules", "legacy", "infra/messenger"],
  });
});

test("files that are there stay, and a second run changes nothing", async () => {
  const root = project({ ...application, "infra/messenger/main.ts": "// mine\n" });
  expect(await init(root)).toContain("Already there, unchanged\n  infra/messenger/main.ts\n");
  expect(read(root, "infra/messenger/main.ts")).toBe("// mine\n");
  const again = await init(root);
  expect(again).not.toMatch(/^Written|^Added/m);
});

test("no other variable's value is printed or written", async () => {
  const root = project(application);
  expect(await init(root)).not.toContain("sk_live");
  expect(read(root, "infra/messenger/environments.ts")).not.toContain("sk_live");
});

test.each([
  [".", "expected a folder inside this one"],
  ["..", "expected a folder inside this one"],
  ["../x", "expected a folder inside this one"],
  ["", "expected a folder inside this one"],
  [" ", "expected a folder inside this one"],
  ["a\nb", 'Invalid folder "a\\u{a}b": use "/" between folders'],
  ["node_modules/x", '"node_modules" is reserved'],
  ["pages/x", '"pages" is reserved'],
  ["public", '"public" is reserved'],
  ["file", '"file" is not a folder'],
  ["file/x", '"file" is not a folder'],
  ["other", "it belongs to another package"],
])("the folder %j is refused, and nothing is written", async (folder, why) => {
  const root = project({ ...application, file: "", "other/package.json": '{ "name": "other" }' });
  const printed = await init(root, folder);
  expect(printed).toContain(why);
  expect(printed).not.toContain("Written");
});

testOnPosix("a folder behind a link is refused", async () => {
  const root = project(application);
  symlinkSync(project({}), join(root, "linked"));
  expect(await init(root, "linked/x")).toContain('"linked" is a symbolic link');
  expect(existsSync(join(root, "linked/x"))).toBe(false);
});

test.each(["infra/messenger/", "./infra//messenger", "a/../infra/messenger"])(
  "the folder %j is infra/messenger",
  async (folder) => {
    const root = project(application);
    await init(root, folder);
    expect(existsSync(join(root, "infra/messenger/environments.ts"))).toBe(true);
  },
);

testOnPosix("a folder that a shell would take apart is quoted in the next command", async () => {
  expect(await init(project(application), "it's here")).toContain(String.raw`cd 'it'\''s here' && npm install`);
});

testOnPosix("a file in the way is said as such", async () => {
  const root = project({ ...application, "infra/messenger/snapshots": "a file" });
  expect(await init(root)).toMatch(/Cannot create ".*snapshots": /);
});
