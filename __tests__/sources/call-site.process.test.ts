import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { transformSync } from "@swc/core";
import { callSite, firstFileOf, placeFile } from "../../lib/sources/call-site";
import { project } from "./project";

describe("the first file of a stack", () => {
  test.each([
    [
      "a function",
      "Error: x\n    at declare (/app/environments.ts:14:3)\n    at main (/app/main.ts:1:1)",
      "/app/environments.ts:14",
    ],
    ["a module's top level", "Error\n    at /app/environments.ts:14:3", "/app/environments.ts:14"],
    [
      "a method by another name",
      "Error\n    at Object.<anonymous> [as x] (/app/environments.ts:14:3)",
      "/app/environments.ts:14",
    ],
    ["an asynchronous function", "Error\n    at async /app/environments.ts:14:3", "/app/environments.ts:14"],
    ["an ES module", "Error\n    at file:///app/my%20shop/environments.mjs:2:3", "/app/my shop/environments.mjs:2"],
    ["a folder with brackets", "Error\n    at f (/app (copy)/environments.ts:2:3)", "/app (copy)/environments.ts:2"],
    [
      "a folder with brackets at the top level",
      "Error\n    at /app (copy)/environments.ts:2:3",
      "/app (copy)/environments.ts:2",
    ],
    [
      "a frame of Node itself first",
      "Error\n    at Array.map (<anonymous>)\n    at node:internal/x:1:2\n    at /app/e.ts:2:3",
      "/app/e.ts:2",
    ],
    ["a message that looks like a frame", "Error: at nowhere\n    at /app/e.ts:2:3", "/app/e.ts:2"],
  ])("is found behind %s", (_, stack, expected) => {
    const site = firstFileOf(stack);
    expect(`${site?.path ?? ""}:${site?.line ?? ""}`).toBe(expected);
  });

  test.each([
    "",
    "Error",
    "Error\n    at eval (eval at x (<anonymous>), <anonymous>:1:1)",
    "Error\n    at [native code]",
  ])("is unknown in %j", (stack) => {
    expect(firstFileOf(stack)).toBeUndefined();
  });
});

test("no state of the stack machinery makes it throw", () => {
  const limit = Error.stackTraceLimit;
  const prepare = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace") ?? { value: undefined, writable: true };
  try {
    Error.stackTraceLimit = 0;
    expect(callSite(() => 0)).toBeUndefined();
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = () => {
      throw new Error("broken");
    };
    expect(callSite(() => 0)).toBeUndefined();
    Error.prepareStackTrace = (_, frames) => frames;
    expect(callSite(() => 0)).toBeUndefined();
  } finally {
    Error.stackTraceLimit = limit;
    Object.defineProperty(Error, "prepareStackTrace", prepare);
  }
});

test.each([
  ["/app", "/app/lib/environments.ts", "lib/environments.ts"],
  ["/app", "/other/environments.ts", "environments.ts"],
  ["/app", "/app", "app"],
  ["/app", "/app/..hidden/x.ts", "..hidden/x.ts"],
])("a place under %s shows %s as %s", (root, path, shown) => {
  expect(placeFile(root, path)).toBe(shown);
});

describe("the line of a literal is right", () => {
  const repository = join(__dirname, "../..");
  const library = join(repository, "lib/environments");
  const lines = [
    "interface Unused { readonly a: string }",
    "",
    "export const environment = nextEnvironment('production', {",
    "  kind: 'production' as const,",
    "  addresses: [",
    "    'https://www.example.com',",
    "  ],",
    "});",
    "console.log(JSON.stringify(environment.written[0]?.place));",
  ];

  test("in a program that ts-node compiles with swc", () => {
    const text = [`import { nextEnvironment } from ${JSON.stringify(library)};`, ...lines].join("\n");
    const root = project({ "environments.ts": text });
    const tsNode = join(repository, "node_modules/ts-node/dist/bin.js");
    const config = join(repository, "tsconfig.json");
    const { stdout, stderr } = spawnSync(process.execPath, [tsNode, "--project", config, "environments.ts"], {
      cwd: root,
      encoding: "utf8",
    });
    expect({ stdout, stderr }).toEqual({ stdout: '{"file":"environments.ts","line":7}\n', stderr: "" });
  });

  test.each([
    ["with source maps that Node reads", ["--enable-source-maps"], "environments.ts", 7],
    ["without, where the place is in the JavaScript", [], "environments.js", undefined],
  ])("in a compiled program %s", (_, options, file, line) => {
    const root = project({});
    for (const folder of ["base", "origins", "genesys", "sources"])
      compileFolder(join(repository, "lib", folder), join(root, "lib", folder));
    const text = [`import { nextEnvironment } from "./lib/sources/next-environment";`, ...lines].join("\n");
    writeFileSync(join(root, "environments.ts"), text);
    const compiled = compile(join(root, "environments.ts"), root);
    const { stdout, stderr } = spawnSync(process.execPath, [...options, "environments.js"], {
      cwd: root,
      env: { ...process.env, NODE_PATH: join(repository, "node_modules") },
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    const lineOfLiteral = compiled.split("\n").findIndex((each) => each.includes("'https://www.example.com'")) + 1;
    expect(JSON.parse(stdout)).toEqual({ file, line: line ?? lineOfLiteral });
  });
});

function compileFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) compileFolder(join(from, entry.name), join(to, entry.name));
    else compile(join(from, entry.name), to);
  }
}

/** Compiles one file into a folder, with its source map beside it, and answers the JavaScript. */
function compile(path: string, folder: string): string {
  const { code, map = "" } = transformSync(readFileSync(path, "utf8"), {
    filename: path,
    sourceFileName: relative(folder, path),
    sourceMaps: true,
    jsc: { target: "es2022", parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
  });
  const name = basename(path, ".ts");
  writeFileSync(join(folder, `${name}.js`), `${code}\n//# sourceMappingURL=${name}.js.map\n`);
  writeFileSync(join(folder, `${name}.js.map`), map);
  return code;
}
