import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** The packages that a process has loaded after it imported the library. */
function packagesLoadedByTheLibrary(): readonly string[] {
  const program = `
    require("ts-node").register({ cwd: ${JSON.stringify(root)} });
    const before = new Set(Object.keys(require.cache));
    require("./lib");
    const name = /node_modules[/\\\\]((?:@[^/\\\\]+[/\\\\])?[^/\\\\]+)/;
    const loaded = Object.keys(require.cache).filter((file) => !before.has(file)).map((file) => name.exec(file)?.[1]);
    console.log(JSON.stringify([...new Set(loaded)].filter(Boolean).sort()));
  `;
  return JSON.parse(execFileSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" })) as string[];
}

test("importing the library loads none of the dependencies of the command and the sandbox", () => {
  expect(packagesLoadedByTheLibrary()).toEqual(["cdktf", "constructs", "tldts"]);
});
