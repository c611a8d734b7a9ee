import { isDeepStrictEqual } from "node:util";
import fc from "../../fast-check";
import { nextConfig } from "../../../lib/sources/next-config/next-config";
import { configEnvironment } from "../../../lib/sources/next-config/config-environment";
import { chainNames, filesOfStaging } from "../env/env-texts";
import { buildWithEnvCmd, loadWithNext } from "../env/next-env";
import { project } from "../project";

/** Without what Next.js itself sets, and names that no process can have. */
function comparable(environment: Readonly<Record<string, string>>): object {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(?:|=.*|__NEXT_PROCESSED_ENV)$/.test(name)),
  );
}

test("a configuration in a custom mode sees what env-cmd -f and next build set, for generated sets", () => {
  const builds = fc.sample(fc.record({ files: filesOfStaging, recursive: fc.boolean() }), 500);
  const seen = buildWithEnvCmd(builds);
  const compared = builds.map(({ files, recursive }, index) => {
    const { variables } = configEnvironment(project(files), ".", "staging", { mode: "staging", recursive });
    return { files, recursive, ours: comparable(variables), tools: comparable(seen[index] ?? {}) };
  });
  expect(compared.filter((one) => !isDeepStrictEqual(one.ours, one.tools)).slice(0, 2)).toEqual([]);
});

test.each(["production", "test"] as const)("and in the mode %s what Next.js does", (mode) => {
  const sets = fc
    .sample(filesOfStaging, 60)
    .map((texts) => ({ [`.env.${mode}`]: texts[chainNames[1] ?? ""] ?? "", ".env": texts[".env"] ?? "" }));
  const seen = loadWithNext(mode, sets);
  const compared = sets.map((files, index) => {
    const { variables } = configEnvironment(project(files), ".", "staging", { mode });
    return { files, ours: comparable(variables), next: comparable(seen[index] ?? {}) };
  });
  expect(compared.filter((one) => !isDeepStrictEqual(one.ours, one.next)).slice(0, 2)).toEqual([]);
});

const text =
  "export default { experimental: { serverActions: { allowedOrigins: [process.env.SITE, 'b.example.com'] } } };";

test.each([
  ["export SITE=staging.example.com", "SITE=www.example.com", true],
  ["HOST=staging.example.com\nSITE=$HOST", "", true],
  ["SITE=`staging.example.com`", "", true],
  ["SITE='staging.example.com'", "", false],
  ["SITE=staging.example.com\nexport OTHER=$SITE", "", false],
])("a variable that env-cmd and Next.js read in two ways is reported where it is read: %j", (own, base, isReported) => {
  const root = project({ ".env.staging": own, ".env.production": base, "next.config.mjs": text });
  const { findings } = nextConfig(".", { evaluate: { mode: "staging" } }).read({ root, kind: "staging" });
  const found = findings.filter(({ rule }) => rule === "env-cmd-reading");
  expect(found.map(({ value, place }) => [value, place?.line])).toEqual(isReported ? [["SITE", 1]] : []);
});

test("a variable that refers to itself drops its file, as an error says", () => {
  const root = project({ ".env": "SITE=$SITE", "next.config.mjs": text });
  const { findings } = nextConfig(".").read({ root, kind: "production" });
  expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([["circular-reference", "error"]]);
});
