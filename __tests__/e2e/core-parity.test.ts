import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Checkout } from "./checkout";
import { bundleOn, type Core, cores } from "./cores";

const everyRecipe = `
  import { mkdirSync } from "node:fs";
  import { join } from "node:path";
  import { appOf, recipes } from "./__tests__/recipes/recipes";
  for (const recipe of recipes) {
    const outdir = join(process.env.CDKTF_OUTDIR ?? "", recipe.file);
    mkdirSync(outdir, { recursive: true });
    appOf(recipe, outdir).synth();
  }`;

describe("what is synthesised on cdktf and on cdktn", () => {
  const checkout = new Checkout();
  const outdir = mkdtempSync(join(tmpdir(), "cores-"));
  afterAll(() => {
    checkout.remove();
    rmSync(outdir, { recursive: true });
  });

  /** What Terraform and the command read of a program's stacks: every file, without the notes of the core that wrote it. */
  async function synthesised(core: Core, name: string, program: string): Promise<ReadonlyMap<string, string>> {
    const [file, folder] = [join(checkout.folder, `${name}.js`), join(outdir, `${name}-${core}`)];
    bundleOn(core, program, file);
    const run = await checkout.run([process.execPath, file], { CDKTF_OUTDIR: folder });
    if (run.code !== 0) throw new Error(run.stderr);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map(({ parentPath, name: file }) => join(parentPath, file)).sort();
    return new Map(paths.map((path) => [relative(folder, path), withoutNotes(readFileSync(path, "utf8"))]));
  }

  test.each([
    ["the example application", "example", 'import "./main";', 5],
    ["every recipe", "recipes", everyRecipe, 26],
  ])("is the same, in the same order: %s", async (_, name, program, leastFiles) => {
    // One after the other: the program has the same name on both, which is a source of addresses.
    const [one, other] = cores;
    const first = await synthesised(one, name, program);
    const second = await synthesised(other, name, program);
    expect(first.size).toBeGreaterThanOrEqual(leastFiles);
    expect(second).toEqual(first);
  });
});

/**
 * A file's JSON as one text. The cores break the lines of an empty list or object differently, and each writes its own version: of a
 * stack among the notes that Terraform does not read (`//`), of the manifest at its end.
 */
function withoutNotes(text: string): string {
  const content = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const isNote = (name: string): boolean => name === "//" || (name === "version" && "stacks" in content);
  return JSON.stringify(Object.fromEntries(Object.entries(content).filter(([name]) => !isNote(name))));
}
