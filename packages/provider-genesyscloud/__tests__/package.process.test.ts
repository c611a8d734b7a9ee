import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const packageFolder = join(require.resolve("@cdktf/provider-genesyscloud/package.json"), "..");
const lib = join(packageFolder, "lib");

const node = (...args: string[]): string =>
  execFileSync(process.execPath, args, { cwd: packageFolder, encoding: "utf8" }).trim();

test("a second generation does nothing, and says nothing", () => {
  const before = statSync(join(lib, ".stamp")).mtimeMs;
  expect(node("generate.mjs")).toBe("");
  expect(statSync(join(lib, ".stamp")).mtimeMs).toBe(before);
});

test("the index loads a module when it is asked for it, and not before", () => {
  const loaded = node(
    "-e",
    `const loaded = () => Object.keys(require.cache).flatMap((path) => /genesyscloud.lib.(.*).index.js$/.exec(path)?.[1] ?? []);
     const index = require("@cdktf/provider-genesyscloud");
     const atFirst = loaded();
     index.dataGenesyscloudFlow.DataGenesyscloudFlow;
     console.log(JSON.stringify([atFirst, loaded()]));`,
  );
  expect(JSON.parse(loaded)).toEqual([[], ["data-genesyscloud-flow"]]);
});

test("ES modules import by name, from the index and from a module", () => {
  const same = node(
    "--input-type=module",
    "-e",
    `import { provider } from "@cdktf/provider-genesyscloud";
     import { GenesyscloudProvider } from "@cdktf/provider-genesyscloud/lib/provider";
     console.log(provider.GenesyscloudProvider === GenesyscloudProvider);`,
  );
  expect(same).toBe("true");
});

test("both cores get the same modules, each with its own core", () => {
  const filesIn = (folder: string) =>
    readdirSync(join(packageFolder, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.(js|ts)$/.test(path))
      .sort();
  expect(filesIn("cdktn")).toEqual(filesIn("lib"));
  const text = (folder: string, path: string) => readFileSync(join(packageFolder, folder, path), "utf8");
  for (const path of filesIn("lib")) {
    expect(
      text("lib", path).replace(/(['"])cdktf(?=\1)|"cdktf(?= plan )/g, (name) => name.replace("cdktf", "cdktn")),
    ).toBe(text("cdktn", path));
    expect(text("lib", path)).not.toMatch(/(['"])cdktn\1/);
    expect(text("cdktn", path)).not.toMatch(/(['"])cdktf\1/);
  }
});

test("nothing in lib/ tells where it was made", () => {
  const files = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter((path) => /\.(js|ts)$/.test(path));
  expect(files.length).toBeGreaterThan(20);
  const telling = files.filter((path) => {
    const text = readFileSync(join(lib, path), "utf8");
    return text.includes(packageFolder) || text.includes("sourceMappingURL");
  });
  expect(telling).toEqual([]);
});
