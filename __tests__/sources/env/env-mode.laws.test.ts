import { isDeepStrictEqual } from "node:util";
import fc from "../../fast-check";
import { cases } from "../../fast-check";
import { composeWithEnvCmd } from "../../../lib/sources/env/env-cmd";
import { composeEnv, parseEnvText } from "../../../lib/sources/env/env-expansion";
import { envFile, envFiles } from "../../../lib/sources/env/env-file";
import { project } from "../project";
import { chainNames, filesOfStaging as files } from "./env-texts";
import { buildWithEnvCmd, type EnvCmdBuild, loadWithNext, runBuildWithEnvCmd } from "./next-env";

function ours({ files: texts, recursive }: EnvCmdBuild): Readonly<Record<string, string>> {
  const read = chainNames.map((file) => ({ file, definitions: parseEnvText(texts[file] ?? "") }));
  const composed = composeWithEnvCmd(
    { files: read, texts: chainNames.map((file) => texts[file] ?? "") },
    { isRecursive: recursive, separator: undefined },
  );
  return Object.fromEntries([...composed.variables].map(([name, { value }]) => [name, value]));
}

/** Without what Next.js itself sets, and names that no process can have. */
function comparable(environment: Readonly<Record<string, string>>): object {
  const set = /^(?:=?|NODE_ENV|__NEXT_PROCESSED_ENV)$/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !set.test(name)));
}

test("a custom mode comes to what env-cmd -f and next build see, for thousands of generated sets", () => {
  const builds = fc.sample(fc.record({ files, recursive: fc.boolean() }), { seed: 20_261_129, numRuns: cases(2_000) });
  const seen = buildWithEnvCmd(builds);
  const compared = builds.map((build, index) => ({
    build,
    ours: comparable(ours(build)),
    tools: comparable(seen[index] ?? {}),
  }));
  expect(compared.filter((one) => !isDeepStrictEqual(one.ours, one.tools)).slice(0, 2)).toEqual([]);
});

test.each([false, true])("and so does the command itself, --recursive: %s", (recursive) => {
  const files = {
    ".env.staging": "H=staging.example.com\nA=https://$H\nB=https://$H # note\nexport C=c",
    ".env.production": "A=a\nC=c.$H\nD=${NODE_ENV}.$H",
    ".env": "E=$D",
  };
  expect(runBuildWithEnvCmd({ files, recursive })).toMatchObject(comparable(ours({ files, recursive })));
});

describe("NODE_ENV is what Next.js makes it", () => {
  const modes = ["production", "development", "test"] as const;

  test.each(modes)("in the mode %s, for generated sets", (mode) => {
    const sets = fc
      .sample(files, { seed: 20_261_129, numRuns: 60 })
      .map((texts) => ({ [`.env.${mode}`]: texts[".env.production"] ?? "", ".env": texts[".env"] ?? "" }));
    const seen = loadWithNext(mode, sets);
    const compared = sets.map((set, index) => {
      const read = Object.entries(set).map(([file, text]) => ({ file, definitions: parseEnvText(text) }));
      const { variables } = composeEnv(read, { nodeEnv: mode });
      const values = Object.fromEntries([...variables].map(([name, { value }]) => [name, value]));
      return { set, ours: comparable(values), next: comparable(seen[index] ?? {}) };
    });
    expect(compared.filter((one) => !isDeepStrictEqual(one.ours, one.next)).slice(0, 2)).toEqual([]);
  });

  const text = "NODE_ENV=staging\nA=https://${NODE_ENV:-prod}.example.com";
  test.each([
    ["envFiles, by default", envFiles(".", { variables: "A" }), "production", "production"],
    ["envFiles, of development", envFiles(".", { variables: "A", mode: "development" }), "production", "development"],
    ["envFiles, of test", envFiles(".", { variables: "A", mode: "test" }), "production", "test"],
    ["envFile in production", envFile(".env", "A"), "production", "production"],
    ["envFile in development", envFile(".env", "A"), "development", "development"],
    ["envFile of .env.development", envFile([".env.development", ".env"], "A"), "staging", "development"],
    ["envFile of .env.production", envFile([".env.production", ".env"], "A"), "development", "production"],
  ] as const)("and %s says so", (_, source, kind, expected) => {
    const root = project({ ".env": text, ".env.development": "B=b", ".env.production": "B=b" });
    const { addresses } = source.read({ root, kind });
    expect(addresses.map(({ value }) => value)).toEqual([`https://${expected}.example.com`]);
  });

  test("but in a file that env-cmd loads it is what that file sets, and test has other files", () => {
    const root = project({
      ".env.staging": "NODE_ENV=test\nHOST=staging.example.com",
      ".env.production": "A=https://wrong.example.com",
      ".env.test": "A=https://$NODE_ENV.$HOST",
    });
    const { addresses } = envFiles(".", { mode: "staging", variables: "A" }).read({ root, kind: "staging" });
    expect(addresses.map(({ value }) => value)).toEqual(["https://test.staging.example.com"]);
    const seen = runBuildWithEnvCmd({
      files: { ".env.staging": "NODE_ENV=test\nH=h", ".env.test": "A=$NODE_ENV.$H" },
      recursive: false,
    });
    expect(seen).toMatchObject({ A: "test.h" });
  });
});

describe("where env-cmd and Next.js read a variable in two ways, that is reported", () => {
  test.each([
    ["export SITE_URL=https://staging.example.com", ["https://www.example.com"]],
    ["SITE_URL: https://staging.example.com", ["https://www.example.com"]],
    // A file of Next.js defines SITE_URL as well, so that Next.js fills it in.
    ["HOST='staging.example.com'\nSITE_URL=https://$HOST", ["https://staging.example.com"]],
    ["SITE_URL=`https://staging.example.com`", []],
    ["SITE_URL='https://staging.example.com'", ["https://staging.example.com"]],
  ])("%j", (text, expected) => {
    const root = project({ ".env.staging": text, ".env.production": "SITE_URL=https://www.example.com" });
    const { addresses, findings } = envFiles(".", { mode: "staging", variables: "SITE_URL" }).read({
      root,
      kind: "staging",
    });
    expect(addresses.map(({ value }) => value).filter((value) => value.startsWith("https"))).toEqual(expected);
    expect(findings.length > 0).toBe(!text.includes("'"));
  });

  test("a reference that nothing fills in is a mistake, which says how it could be", () => {
    const root = project({ ".env.staging": "HOST=staging.example.com\nSITE_URL=https://$HOST" });
    const { addresses, findings } = envFiles(".", { mode: "staging" }).read({ root, kind: "staging" });
    expect(addresses).toEqual([]);
    expect(findings).toMatchObject([{ rule: "undefined-reference" }]);
    expect(findings[0]?.message).toContain("refers to HOST, which env-cmd fills in only with --recursive");
    expect(findings[0]?.remedy).toContain("{ recursive: true }");
  });

  test("values that double each other are refused with --recursive, whatever a line repeats", () => {
    const doubling = Array.from({ length: 60 }, (_, index) => `V${index + 1}=\${V${index}}\${V${index}}`).join("\n");
    for (const text of [`V0=ab\n${doubling}`, `V0=${"x".repeat(100_000)}\nV1=${"$V0".repeat(100_000)}`]) {
      const root = project({ ".env.staging": text, ".env.production": "SITE_URL=https://www.example.com" });
      const { findings } = envFiles(".", { mode: "staging", recursive: true }).read({ root, kind: "staging" });
      expect(findings.map(({ rule, severity }) => [severity, rule])).toContainEqual(["error", "unreadable-file"]);
    }
  });

  test("and --recursive is an option", () => {
    const root = project({ ".env.staging": "HOST=staging.example.com\nSITE_URL=https://$HOST" });
    const source = envFiles(".", { mode: "staging", recursive: true, variables: "SITE_URL" });
    const { addresses, findings } = source.read({ root, kind: "staging" });
    expect(findings).toEqual([]);
    expect(addresses.map(({ value }) => value)).toEqual(["https://staging.example.com"]);
  });
});
