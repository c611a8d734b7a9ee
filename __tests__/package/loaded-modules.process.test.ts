import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { buildSync } from "esbuild";

const root = resolve(__dirname, "../..");

/** The packages that a process has loaded after it imported the library, and then this happened. */
function packagesLoadedByTheLibrary(then = ""): readonly string[] {
  const program = `
    require("ts-node").register({ cwd: ${JSON.stringify(root)} });
    const before = new Set(Object.keys(require.cache));
    const library = require("./lib");
    ${then}
    const name = /node_modules[/\\\\]((?:@[^/\\\\]+[/\\\\])?[^/\\\\]+)/;
    const loaded = Object.keys(require.cache).filter((file) => !before.has(file)).map((file) => name.exec(file)?.[1]);
    console.log(JSON.stringify([...new Set(loaded)].filter(Boolean).sort()));
  `;
  return JSON.parse(execFileSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" })) as string[];
}

test("the command loads no core: it runs whichever of the two is installed", () => {
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: ["lib/cli/main.ts"],
    bundle: true,
    packages: "external",
    platform: "node",
    write: false,
    metafile: true,
  });
  const loaded = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(loaded).toContain("commander");
  expect(
    loaded.filter((path) =>
      /^(?:cdktf|cdktn|constructs|@cdktf\/provider-genesyscloud\/(?:lib|cdktn))(?:\/|$)/.test(path),
    ),
  ).toEqual([]);
});

test("no command but those of the sandbox needs its package: it is only imported when one of them runs", () => {
  const name = "genesys-cloud-sandbox";
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: ["lib/cli/main.ts"],
    bundle: true,
    packages: "external",
    external: [name],
    platform: "node",
    write: false,
    metafile: true,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  expect(imports.filter(({ path }) => path === name)).toEqual([{ path: name, kind: "dynamic-import", external: true }]);
  expect(Object.keys(metafile.inputs).filter((path) => path.startsWith("packages/"))).toEqual([]);
  expect(imports.map(({ path }) => path).filter((path) => /^(?:hono|@hono|@grpc|@msgpack)(?:\/|$)/.test(path))).toEqual(
    [],
  );
});

test.each([
  ["environments", "a list or an explanation does not wait for one"],
  ["addresses", "tools that judge addresses need none"],
  ["props", "the values that properties accept are known without one"],
])("the entry for %s loads no core: %s", (entry) => {
  const program = `
    require("ts-node").register({ cwd: ${JSON.stringify(root)} });
    require("./lib/${entry}");
    console.log(Object.keys(require.cache).some((file) => /node_modules.(?:cdktf|cdktn|constructs|@cdktf)\\b/.test(file)));
  `;
  expect(execFileSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" }).trim()).toBe("false");
});

test("importing the library loads none of the dependencies of the command and the sandbox", () => {
  expect(packagesLoadedByTheLibrary()).toEqual(["cdktf", "constructs", "tldts"]);
});

test.each([
  ["https://www.münchen.example.com", []],
  ["https://例え.example.com", ["punycode", "tr46"]],
])("an address such as %s loads what it needs: %j", (address, packages) => {
  const derive = `library.nextEnvironment("a", { kind: "production", addresses: [${JSON.stringify(address)}] }).allowList;`;
  expect(packagesLoadedByTheLibrary(derive)).toEqual(["cdktf", "constructs", "tldts", ...packages].sort());
});
