import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fencesIn, leadsSomewhere, linksOf, pages, textOf } from "../documentation";

const root = resolve(__dirname, "../..");

/** The test that reads a block of code off its page and runs it, or the reason why none does. */
type Run = { readonly test: string } | { readonly notRun: string };

const recipes: Run = { test: "__tests__/recipes/recipes.test.ts" };
const compiled: Run = { test: "__tests__/e2e/documentation.test.ts" };
const installed: Run = { test: "__tests__/e2e/readme-install.test.ts" };
const pulled: Run = {
  notRun: "the platforms need a token; e2e/pull.test.ts runs these commands on servers in their shape",
};

/** By page, then by the beginning of a block's language and text. The longest beginning that fits counts. */
const runs: Readonly<Record<string, Readonly<Record<string, Run>>>> = {
  "README.md": { ts: installed, json: installed, sh: installed },
  "docs/adopting.md": {
    ts: recipes,
    sh: installed,
    'sh npx origins adopt "Messenger Brand"': { notRun: "needs such a deployment; e2e/adopt.test.ts makes its own" },
  },
  "docs/api.md": { ts: { notRun: "signatures, and the examples of the declarations' comments" } },
  "docs/drift.md": { sh: installed },
  "docs/how-it-works.md": { sh: { notRun: "this test suite, and the demonstration that e2e/demo.test.ts runs" } },
  "docs/moving.md": { ts: recipes },
  "docs/next-config.md": { ts: compiled },
  "docs/pipelines.md": { sh: installed },
  "docs/previews.md": { ts: compiled, sh: pulled },
  "docs/recipes.md": { ts: recipes },
  "docs/rules.md": { ts: recipes },
  "docs/sandbox.md": { sh: { notRun: "e2e/sandbox-command.test.ts and e2e/own-provider.test.ts run such commands" } },
  "docs/scale.md": { ts: compiled },
  "docs/sources.md": { ts: recipes, sh: pulled },
  "docs/state.md": {
    ts: compiled,
    sh: { notRun: "needs locks and backends; e2e/stack-terraform.test.ts and e2e/postgres-*.test.ts have their own" },
  },
};

const blocks = pages.flatMap((page) =>
  fencesIn(textOf(page))
    .filter(({ language }) => ["ts", "tsx", "js", "json", "sh"].includes(language))
    .map(({ language, text }) => [page, `${language} ${text}`] as const),
);

test("every program, file and command of the documentation is run by a test, or has a reason not to be", () => {
  const runOf = (page: string, block: string): Run | undefined =>
    Object.entries(runs[page] ?? {})
      .filter(([beginning]) => block.startsWith(beginning))
      .sort(([one], [other]) => other.length - one.length)[0]?.[1];

  expect(blocks.filter(([page, block]) => runOf(page, block) === undefined)).toEqual([]);
});

test("the tests that are said to run them read them off the page", () => {
  for (const [page, those] of Object.entries(runs)) {
    for (const [beginning, run] of Object.entries(those)) {
      expect(blocks.filter(([of, block]) => of === page && block.startsWith(beginning))).not.toEqual([]);
      if ("test" in run) expect(readFileSync(join(root, run.test), "utf8")).toMatch(/documentation|readmeExample/);
    }
  }
});

describe("README.md", () => {
  const readme = textOf("README.md");

  test("has at most 12 KB", () => {
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(12 * 1024);
  });

  test("has no line over 120 columns outside code", () => {
    const prose = readme.replaceAll(/^```.*?^```$/gms, "").split("\n");

    expect(prose.filter((line) => line.length > 120)).toEqual([]);
  });
});

test("every page is in the index", () => {
  const listed = linksOf(join(root, "docs/README.md")).map(({ target }) => target.replace(/#.*/, ""));

  expect(pages.filter((page) => page !== "docs/README.md" && !listed.includes(join(root, page)))).toEqual([]);
});

test("every link of a Markdown file leads to a file or a heading", () => {
  const links = markdownIn(root).flatMap(linksOf);

  expect(links.length).toBeGreaterThan(50);
  expect(links.filter((link) => !leadsSomewhere(link))).toEqual([]);
});

/** The Markdown files in a folder, without what is installed or generated. */
function markdownIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) {
      return /^(?:\..+|node_modules|dist|reports|cdktf\.out)$/.test(entry.name)
        ? []
        : markdownIn(join(folder, entry.name));
    }
    return entry.name.endsWith(".md") ? [join(folder, entry.name)] : [];
  });
}
