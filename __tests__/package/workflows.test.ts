import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const root = resolve(__dirname, "../..");
const folder = join(root, ".github", "workflows");
const texts = [
  ...readdirSync(folder).map((name) => join(folder, name)),
  ...readdirSync(join(root, "docs")).map((name) => join(root, "docs", name)),
  join(root, "README.md"),
].map((file) => [file.slice(root.length + 1), readFileSync(file, "utf8")] as const);

test.each(texts)("every action of %s is pinned by its commit, with its version beside it", (_, text) => {
  for (const [, action = ""] of text.matchAll(/^[ \t-]*uses:[ \t]*(.*)$/gm)) {
    if (!action.startsWith("./")) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

test.each(texts.filter(([file]) => file.startsWith(".github")))(
  "%s may read the repository, and nothing else",
  (_, text) => {
    const workflow = parse(text) as { readonly permissions: unknown; readonly jobs: Readonly<Record<string, object>> };
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const job of Object.values(workflow.jobs)) expect(job).not.toHaveProperty("permissions");
    expect(text.match(/actions\/checkout@/g)).toHaveLength(text.match(/persist-credentials: false/g)?.length ?? 0);
  },
);
