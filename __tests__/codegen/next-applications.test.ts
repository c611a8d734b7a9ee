import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { readRepository } from "../../lib/codegen/next-applications";
import { testOnPosix } from "../posix";
import { project } from "../sources/project";

const next = '{ "scripts": { "dev": "next dev" }, "dependencies": { "next": "16" } }';
const nothing = "{}";
const workspaces = (...patterns: readonly string[]): string => JSON.stringify({ workspaces: patterns });
const started = (dev: string): string => JSON.stringify({ scripts: { dev }, dependencies: { next: "16" } });

const foldersOf = (root: string): readonly string[] => readRepository(root).applications.map(({ folder }) => folder);

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ["a repository that is the application", { "package.json": next }, ["."]],
  ["an application among folders without workspaces", { "web/package.json": next, "api/package.json": "{}" }, ["web"]],
  ["npm's workspaces", { "package.json": workspaces("apps/*"), "apps/a/package.json": next }, ["apps/a"]],
  [
    "yarn's workspaces with settings",
    { "package.json": '{ "workspaces": { "packages": ["./apps/*/"] } }', "apps/a/package.json": next },
    ["apps/a"],
  ],
  [
    "pnpm's, with negations, wherever they stand",
    {
      "package.json": nothing,
      "pnpm-workspace.yaml": "packages:\n  - '!**/legacy/**'\n  - 'apps/**'\n  - \"!apps/old\"\n",
      "apps/a/package.json": next,
      "apps/eu/de/package.json": next,
      "apps/old/package.json": next,
      "apps/legacy/x/package.json": next,
    },
    ["apps/a", "apps/eu/de"],
  ],
  [
    "pnpm's settings without a list",
    { "package.json": next, "pnpm-workspace.yaml": "onlyBuiltDependencies: []\n", "web/package.json": next },
    [".", "web"],
  ],
  [
    "alternatives and single characters",
    {
      "package.json": workspaces("{apps,sites/{eu,us}}/*", "v?/web"),
      "apps/a/package.json": next,
      "sites/eu/b/package.json": next,
      "sites/b/package.json": next,
      "v1/web/package.json": next,
      "v10/web/package.json": next,
    },
    ["apps/a", "sites/eu/b", "v1/web"],
  ],
  [
    "names that are patterns elsewhere",
    {
      "package.json": workspaces("apps/(shop)", "apps/a+b", "apps/a,b"),
      "apps/(shop)/package.json": next,
      "apps/a+b/package.json": next,
      "apps/a,b/package.json": next,
      "apps/aab/package.json": next,
    },
    ["apps/(shop)", "apps/a+b", "apps/a,b"],
  ],
  [
    "a website beside a workspace of libraries",
    { "package.json": workspaces("packages/*"), "packages/ui/package.json": "{}", "website/package.json": next },
    ["website"],
  ],
  [
    "a workspace of applications, and not what is beside it",
    { "package.json": workspaces("apps/*"), "apps/a/package.json": next, "playground/package.json": next },
    ["apps/a"],
  ],
  [
    "applications that share one package.json",
    {
      "package.json": '{ "dependencies": { "next": "16" } }',
      "apps/a/next.config.js": "",
      "apps/b/next.config.mjs": "",
      "apps/b/package.json": "{}",
      "libs/ui/package.json": "{}",
    },
    ["apps/a", "apps/b"],
  ],
  ["a configuration of Next.js without Next.js", { "package.json": "{}", "apps/a/next.config.js": "" }, []],
  [
    "a library of components, which has no pages",
    { "ui/package.json": '{ "devDependencies": { "next": "16" } }', "ui/src/button.tsx": "" },
    [],
  ],
  [
    "layouts that tell without a script",
    Object.fromEntries(
      ["app", "pages", "src/app", "src/pages"].flatMap((layout, index) => [
        [`${index}/package.json`, '{ "devDependencies": { "next": "16" } }'],
        [`${index}/${layout}/index.js`, ""],
      ]),
    ),
    ["0", "1", "2", "3"],
  ],
  [
    "what is installed, built or only shown",
    Object.fromEntries(
      ["node_modules/x", "dist", "build", ".next", "examples/a", "templates/a", "__tests__/a", "fixtures", "e2e"].map(
        (folder) => [`${folder}/package.json`, next],
      ),
    ),
    [],
  ],
  ["a package.json with a byte order mark", { "package.json": `\uFEFF${next}` }, ["."]],
  [
    "folders with spaces, quotes and letters of any script",
    { "my apps/Größe «ü»/package.json": next, "it's/package.json": next },
    ["it's", "my apps/Größe «ü»"],
  ],
])("finds the applications of %s", (_, files, folders) => {
  expect(foldersOf(project(files))).toEqual(folders);
});

test("a package.json that is not JSON is named", () => {
  const root = project({
    "package.json": "{}",
    "a/package.json": "{ broken",
    "b/package.json": "[]",
    "c/package.json": next,
  });
  expect(readRepository(root)).toMatchObject({
    applications: [{ folder: "c" }],
    unreadable: ["a/package.json", "b/package.json"],
  });
});

describe("links", () => {
  const linked = (files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>>): string => {
    const root = project(files);
    for (const [path, target] of Object.entries(links)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      symlinkSync(target, join(root, path));
    }
    return root;
  };

  testOnPosix.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, readonly string[]]>([
    [
      "to an application, under the name of the workspace",
      { "package.json": workspaces("apps/*"), "apps/a/package.json": next, "code/b/package.json": next },
      { "apps/b": "../code/b" },
      ["apps/a", "apps/b"],
    ],
    ["to an application, which counts once", { "code/b/package.json": next }, { b: "code/b" }, ["code/b"]],
    ["to the folder above", { "package.json": next }, { "a/up": "..", self: "." }, ["."]],
    [
      "that lead to each other",
      { "a/package.json": next, "b/package.json": next },
      { "a/b": "../b", "b/a": "../a" },
      ["a", "b"],
    ],
    ["that lead nowhere", { "package.json": next }, { gone: "nowhere", loop: "loop" }, ["."]],
  ])("%s", (_, files, links, folders) => {
    expect(foldersOf(linked(files, links))).toEqual(folders);
  });

  testOnPosix("out of the repository are not followed", () => {
    const outside = project({ "package.json": next });
    expect(foldersOf(linked({ "package.json": "{}" }, { there: outside }))).toEqual([]);
    rmSync(outside, { recursive: true });
  });
});

test.each([
  ["next dev", 3000],
  ["next dev -p 3001", 3001],
  ["next dev --turbopack --port=4000", 4000],
  ["next -p 3002", 3002],
  ["PORT=3003 next dev", 3003],
  ["cross-env PORT=3004 NODE_ENV=development next dev", 3004],
  ["next dev && vite --port 5000", 3000],
  ["next dev -p 0", 3000],
  ["next dev -p 70000", 3000],
  ["next dev -p $PORT", 3000],
])("the port of %j is %d", (script, port) => {
  expect(readRepository(project({ "package.json": started(script) })).applications).toEqual([{ folder: ".", port }]);
});

test.each<[string, string, Readonly<Record<string, string>>]>([
  ["npm", "by default", {}],
  ["npm", "a lock file", { "package-lock.json": "{}", "package.json": '{ "packageManager": "yarn@4" }' }],
  ["pnpm", "a lock file", { "pnpm-lock.yaml": "" }],
  ["pnpm", "its workspaces", { "pnpm-workspace.yaml": "" }],
  ["yarn", "a lock file", { "yarn.lock": "" }],
  ["bun", "a lock file", { "bun.lock": "" }],
  ["bun", "a binary lock file", { "bun.lockb": "" }],
  ["yarn", "package.json", { "package.json": '{ "packageManager": "yarn@4.1.0" }' }],
  ["npm", "something unknown in package.json", { "package.json": '{ "packageManager": "other@1" }' }],
  ["npm", "nothing that is a name", { "package.json": '{ "packageManager": 1 }' }],
])("the package manager is %s, as told by %s", (manager, _, files) => {
  expect(readRepository(project({ "package.json": "{}", ...files })).manager).toBe(manager);
});

test("an application of a monorepo has the package manager of the folder above", () => {
  const root = project({ "yarn.lock": "", "apps/a/package.json": next });
  expect(readRepository(join(root, "apps/a")).manager).toBe("yarn");
});

test("the dependencies of all packages tell what a new one may use", () => {
  const root = project({
    "package.json": '{ "devDependencies": { "jest": "30" } }',
    "infra/package.json": '{ "dependencies": { "cdktf": "0.21" } }',
  });
  expect([...readRepository(root).dependencies].sort()).toEqual(["cdktf", "jest"]);
});
