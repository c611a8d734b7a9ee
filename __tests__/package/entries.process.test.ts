import { join, relative } from "node:path";
import { buildSync } from "esbuild";
import ts from "typescript";
import { ownOptions, programOf, root } from "./compiler";

/** The entries for one core: what a program that imports the first can name without a path inside the package. */
const entries = ["index", "environments", "addresses", "props", "testing/index"];

const { program, declarations } = published();
const checker = program.getTypeChecker();
const exported = new Map(entries.map((entry) => [entry, exportsOf(entry)]));

test("the root has what a stack needs, in about forty names", () => {
  const names = [...(exported.get("index") ?? [])].map(({ name }) => name);
  expect(names.length).toBeGreaterThan(30);
  expect(names.length).toBeLessThanOrEqual(45);
});

// esbuild calls a class that mentions itself _WebMessenger, and so would the messages about it
test("the exported classes keep their names in the bundle", () => {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, "lib", "index.ts")],
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20.9",
    write: false,
  });
  const renamed = Array.from((outputFiles[0]?.text ?? "").matchAll(/\bclass _(\w+)/g), ([, name]) => name);
  const names = new Set(Array.from(exported.get("index") ?? [], ({ name }) => name));
  expect(renamed.filter((name) => name !== undefined && names.has(name))).toEqual([]);
  expect(outputFiles[0]?.text).toMatch(/\b(?:class WebMessenger|WebMessenger = class)\b/);
});

// A program that writes declarations needs a name for the type of each of its values (TS2742, TS4023)
test.each(entries)("each type that a value from %s can have is exported by an entry", (entry) => {
  const nameable = new Set([...exported.values()].flatMap((symbols) => [...symbols]));
  const missing = reachable(exported.get(entry) ?? new Set()).filter((symbol) => !nameable.has(symbol));
  expect(missing.map(({ name }) => name)).toEqual([]);
});

// The compiler finds a name only in files that it has read
test("the declarations of the root lead to those of all entries that have names for its types", () => {
  const read = new Set<string>();
  const follow = (file: string): void => {
    if (read.has(file)) return;
    read.add(file);
    for (const { fileName } of ts.preProcessFile(declarations.get(file) ?? "").importedFiles) {
      if (fileName.startsWith(".")) follow(`${join(file, "..", fileName)}.d.ts`);
    }
  };
  follow(declarationOf("index"));
  for (const entry of ["environments", "addresses", "props"]) expect(read).toContain(declarationOf(entry));
});

function declarationOf(entry: string): string {
  return join(root, "dist", `${entry}.d.ts`);
}

/** The declarations that scripts/build.mjs publishes, and a program of them. */
function published(): { readonly program: ts.Program; readonly declarations: ReadonlyMap<string, string> } {
  const options = {
    ...ownOptions(),
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    sourceMap: false,
    rootDir: join(root, "lib"),
    outDir: join(root, "dist"),
  };
  const texts = new Map<string, string>();
  const sources = ts.createProgram(
    entries.map((entry) => join(root, "lib", `${entry}.ts`)),
    options,
  );
  sources.emit(undefined, (file, text) => texts.set(file, text));
  return { program: programOf(texts, { ...options, noEmit: true }), declarations: texts };
}

function exportsOf(entry: string): ReadonlySet<ts.Symbol> {
  const file = program.getSourceFile(declarationOf(entry));
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`Unknown entry "${entry}"`);
  return new Set(checker.getExportsOfModule(module).map((symbol) => original(symbol)));
}

function original(symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/**
 * The types that the values of declarations can have, if they are this package's or its bindings'. The compiler writes out an alias that it cannot
 * name, and only parts are used of what a type inherits from, or is looked up in: these need no name.
 */
function reachable(from: ReadonlySet<ts.Symbol>): readonly ts.Symbol[] {
  const seen = new Set<ts.Symbol>();
  const found: ts.Symbol[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isComputedPropertyName(node)) return;
    if (ts.isIdentifier(node)) add(checker.getSymbolAtLocation(node), isUsedInParts(node));
    ts.forEachChild(node, visit);
  };
  const add = (named: ts.Symbol | undefined, inParts: boolean): void => {
    const symbol = named && original(named);
    const ours = (symbol?.declarations ?? []).filter((one) => isTopLevelOfOurs(one));
    if (symbol === undefined || ours.length === 0 || seen.has(symbol)) return;
    seen.add(symbol);
    if (!inParts && !ours.every((one) => ts.isTypeAliasDeclaration(one))) found.push(symbol);
    for (const one of ours) if (!isBinding(one)) visit(one);
  };
  for (const symbol of from) add(symbol, false);
  return found;
}

/** Whether a declaration is in this package, and can be exported. A type parameter and a member cannot. */
function isTopLevelOfOurs(node: ts.Declaration): boolean {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return ts.isSourceFile(statement.parent) && (isIn("dist", statement.parent) || isBinding(node));
}

/** Whether a declaration is one of the provider's bindings. They are installed inside the package, where no program can import them. */
function isBinding(node: ts.Declaration): boolean {
  return isIn(join("packages", "provider-genesyscloud"), node.getSourceFile());
}

function isIn(folder: string, { fileName }: ts.SourceFile): boolean {
  return !relative(join(root, folder), fileName).startsWith("..");
}

function isUsedInParts({ parent: reference }: ts.Identifier): boolean {
  return (
    ts.isExpressionWithTypeArguments(reference) ||
    ts.isIndexedAccessTypeNode(reference.parent) ||
    ts.isTypeOperatorNode(reference.parent)
  );
}
