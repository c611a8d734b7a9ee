import { join } from "node:path";
import * as estree from "prettier/plugins/estree";
import * as babel from "prettier/plugins/babel";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import { type SourceCall } from "../../lib/codegen/discovery";
import { type NewProject, projectFiles } from "../../lib/codegen/project-files";
import { envFile } from "../../lib/sources/env/env-file";
import { pageAddressVariables } from "../../lib/sources/env/variable-selection";
import { compilerOptions, diagnose, root } from "../package/compiler";

const call = (name: string, ...parameters: SourceCall["parameters"]): SourceCall => ({
  name,
  parameters,
  source: envFile(".env"),
});

const usual: NewProject = {
  folder: "infra/messenger",
  core: "cdktn",
  testRunner: "vitest",
  version: "0.1.0",
  environments: [
    { name: "production", kind: "production", addresses: [call("envFiles", ".", { variables: "SITE_URL" })] },
    { name: "development", kind: "development", addresses: ["http://localhost:3000"] },
  ],
  missing: ["staging", "preview"],
  hosted: [],
};

const everySource = [
  call("envFiles", "apps/shop", { mode: "staging", variables: ["NEXT_PUBLIC_SITE_URL", "NEXT_PUBLIC_APP_URL"] }),
  call("envFiles", "apps/shop", { variables: pageAddressVariables }),
  call("envCmdrc", ".env-cmdrc", "staging", { variables: pageAddressVariables.slice(0, 5) }),
  call("netlifyToml", "netlify.toml", { context: 'feat/"quoted"', variables: "SITE_URL" }),
  call("appHosting", "apps/shop"),
  call("wrangler", "wrangler.jsonc", { environment: "it's" }),
  call("nextConfig", "a/".repeat(60)),
  call("nextIntlRouting", "a/".repeat(60), { pulled: true }),
];

const projects: readonly (readonly [string, NewProject])[] = [
  ...(["cdktn", "cdktf"] as const).flatMap((core) =>
    (["vitest", "jest"] as const).map(
      (testRunner) => [`${core} and ${testRunner}`, { ...usual, core, testRunner }] as const,
    ),
  ),
  ["a region", { ...usual, region: "eu-central-1" }],
  ["one environment, whatever was found", { ...usual, environments: usual.environments.slice(1), missing: [] }],
  ["every source", { ...usual, environments: [{ name: "production", kind: "production", addresses: everySource }] }],
  [
    "projects of platforms",
    {
      ...usual,
      hosted: [{ environment: "production", name: "vercelProject", parameters: ["shop", { team: "team_x" }] }],
    },
  ],
];

describe.each(projects)("a project with %s", (_, project) => {
  test.each(Object.entries(projectFiles(project)).filter(([name]) => /\.(?:m?ts|json)$/.test(name)))(
    "%s is laid out as Prettier does",
    async (name, text) => {
      const parser = name.endsWith(".json") ? (name === "package.json" ? "json-stringify" : "json") : "typescript";
      expect(text).toBe(await format(text, { parser, plugins: [estree, babel, typescript], printWidth: 120 }));
    },
  );
});

test("every project compiles with its own options", () => {
  const library = "cdktf-genesys-messenger";
  const paths = {
    cdktn: ["./node_modules/cdktf"],
    ...Object.fromEntries(["", "/cdktn"].map((core) => [`${library}${core}`, ["./lib/index.ts"]])),
    ...Object.fromEntries(["", "/cdktn"].map((core) => [`${library}${core}/testing/*`, ["./lib/testing/index.ts"]])),
    [`${library}/environments`]: ["./lib/environments.ts"],
  };
  const texts = new Map(
    projects.flatMap(([, project], index) =>
      Object.entries(projectFiles(project))
        .filter(([name]) => name.endsWith(".ts"))
        .map(([name, text]) => [join(root, `project-${index}/infra/messenger`, name), text] as const),
    ),
  );
  const { compilerOptions: own } = JSON.parse(
    projectFiles({ ...usual, testRunner: "jest" })["tsconfig.json"] ?? "",
  ) as {
    readonly compilerOptions: object;
  };
  const diagnosed = diagnose(texts, compilerOptions({ compilerOptions: { ...own, paths } }));
  expect(diagnosed.flat().map(({ message, at }) => `${message} at ${at.slice(0, 60)}`)).toEqual([]);
});

test.each([
  ["infra/messenger", '"../.."'],
  ["messenger", '".."'],
  ["a/b/c d", '"../../.."'],
])("in %s the repository is %s", (folder, up) => {
  expect(projectFiles({ ...usual, folder })["environments.ts"]).toContain(`const root = join(__dirname, ${up});`);
});

test("an environment without an address stands as a comment, and no host of the repository is guessed", () => {
  const text = projectFiles(usual)["environments.ts"] ?? "";
  expect(text.match(/^ {2}\/\/ nextEnvironment\("\w+"/gm)).toEqual([
    '  // nextEnvironment("staging"',
    '  // nextEnvironment("preview"',
  ]);
});
