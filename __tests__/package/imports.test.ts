import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import ts from "typescript";
import { root } from "./compiler";

/** What imports what, imports of types alone included. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** The sources of the library, and of the package that takes facts of it. */
const sources = ["lib", "packages/sandbox/lib"];

function fileGraph(): Graph {
  const files = sources.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /(?<!\.d)\.ts$/.test(name))
      .map((name) => `${folder}/${posixPath(name)}`),
  );
  return new Map(files.map((file) => [file, new Set(importsOf(join(root, file)))]));
}

function importsOf(file: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
  return importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith(".")) return [];
    const path = join(dirname(file), fileName);
    const found = [`${path}.ts`, join(path, "index.ts")].find((candidate) => existsSync(candidate));
    return found === undefined ? [] : posixPath(relative(root, found));
  });
}

const posixPath = (path: string): string => path.split(sep).join("/");

/** The same between folders. A folder holds its own subfolders: imports between the two are its own affair. */
function folderGraph(files: Graph): Graph {
  const folders = new Map<string, Set<string>>();
  for (const [file, imports] of files) {
    const own = posix.dirname(file);
    const others = folders.get(own) ?? new Set();
    folders.set(own, others);
    for (const other of [...imports].map((each) => posix.dirname(each))) {
      if (!isInside(own, other) && !isInside(other, own)) others.add(other);
    }
  }
  return folders;
}

const isInside = (folder: string, other: string): boolean => `${folder}/`.startsWith(`${other}/`);

/** One way that ends where it began; undefined where there is none. */
function circleIn(graph: Graph): readonly string[] | undefined {
  const done = new Set<string>();
  const search = (node: string, way: readonly string[]): readonly string[] | undefined => {
    const start = way.indexOf(node);
    if (start !== -1) return [...way.slice(start), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const found = search(next, [...way, node]);
      if (found !== undefined) return found;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const found = search(node, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

test("the search finds a circle", () => {
  const graph = new Map([
    ["a", new Set(["b"])],
    ["b", new Set(["c"])],
    ["c", new Set(["b"])],
  ]);
  expect(circleIn(graph)).toEqual(["b", "c", "b"]);
});

test("files of lib/ and of packages/sandbox import each other in no circle", () => {
  const files = fileGraph();
  expect(files.size).toBeGreaterThan(100);
  expect(circleIn(files)).toBeUndefined();
});

test("folders of lib/ and of packages/sandbox import each other in no circle", () => {
  expect(circleIn(folderGraph(fileGraph()))).toBeUndefined();
});
