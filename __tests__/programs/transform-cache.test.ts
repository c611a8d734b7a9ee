import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cachedTransform } from "../../lib/programs/transform-cache";

const imports = [{ line: 2, source: "./hosts", names: ["hosts"] }];
let project: string;
let transformed: unknown[];

/** Compiles a module of the project whose text is given; the code says how often that has happened. */
function compile(source: string, { file = "environments.ts", options = {} } = {}): string {
  const input = [{ source, ...options }];
  const { code, imports: found } = cachedTransform(join(project, file), input, () => {
    transformed.push(source);
    return { code: `${source} ${transformed.length}`, imports };
  });
  expect(found).toEqual(imports);
  return code;
}

const cacheFolder = (): string => join(project, "node_modules", ".cache", "cdktf-genesys-messenger");
const cached = (): readonly string[] => readdirSync(cacheFolder()).map((name) => join(cacheFolder(), name));

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "transform-cache-"));
  transformed = [];
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

describe("in a project with node_modules", () => {
  beforeEach(() => {
    mkdirSync(join(project, "node_modules"));
  });

  test("a module that has not changed is compiled once", () => {
    expect([compile("a"), compile("a"), compile("a")]).toEqual(["a 1", "a 1", "a 1"]);
  });

  test("a module that has changed, even to a text of before, is compiled again", () => {
    expect([compile("a"), compile("b"), compile("a")]).toEqual(["a 1", "b 2", "a 3"]);
  });

  test("other options of the compiler compile it again", () => {
    expect([compile("a"), compile("a", { options: { async: true } })]).toEqual(["a 1", "a 2"]);
  });

  test("two modules of the same text are compiled both, because code names its file", () => {
    expect([compile("a"), compile("a", { file: "hosts.ts" }), compile("a")]).toEqual(["a 1", "a 2", "a 1"]);
  });

  test("the cache has one file a module, however often the module changes", () => {
    for (const source of ["a", "b", "c"]) compile(source);
    compile("a", { file: "hosts.ts" });
    expect(cached()).toHaveLength(2);
  });

  test("the cache starts again before it grows without end", () => {
    mkdirSync(cacheFolder(), { recursive: true });
    for (let index = 0; index < 500; index++) writeFileSync(join(cacheFolder(), `${index}.json`), "{}");
    expect([compile("a"), compile("a")]).toEqual(["a 1", "a 1"]);
    expect(cached()).toHaveLength(1);
  });

  test("a module in a folder below uses the cache of the project", () => {
    compile("a", { file: "infra/messenger/environments.ts" });
    expect(cached()).toHaveLength(1);
  });

  test.each([
    ["empty", (): string => ""],
    ["cut off", (text: string): string => text.slice(0, text.length / 2)],
    ["something else", (): string => "null"],
    ["without its imports", (text: string): string => text.replace('"imports"', '"import"')],
    ["without its code", (text: string): string => text.replace('"code"', '"kode"')],
  ])("a cached file that is %s is compiled and written again", (_, damage) => {
    compile("a");
    const [file = ""] = cached();
    const intact = readFileSync(file, "utf8");
    writeFileSync(file, damage(intact));
    expect([compile("a"), compile("a")]).toEqual(["a 2", "a 2"]);
    expect(readFileSync(file, "utf8")).toBe(intact.replace("a 1", "a 2"));
  });

  test("what the compiler throws is thrown each time", () => {
    const fail = (): never => {
      throw new Error("unexpected token");
    };
    const file = join(project, "environments.ts");
    for (let run = 0; run < 2; run++) expect(() => cachedTransform(file, [], fail)).toThrow("unexpected token");
  });

  test("where the cache cannot be written, every run compiles", () => {
    writeFileSync(join(project, "node_modules", ".cache"), "a file in place of the folder");
    expect([compile("a"), compile("a")]).toEqual(["a 1", "a 2"]);
  });
});

test("without node_modules every run compiles, and nothing is written", () => {
  expect([compile("a"), compile("a")]).toEqual(["a 1", "a 2"]);
  expect(readdirSync(project)).toEqual([]);
});
