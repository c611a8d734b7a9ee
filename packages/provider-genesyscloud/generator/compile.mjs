import { join, posix, relative } from "node:path";
import ts from "typescript";

const options = {
  // What the oldest supported Node (20.9) runs as it stands.
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  types: [],
  strict: true,
  declaration: true,
  // The generator's output needs no check at every installation; the tests check the declarations.
  noCheck: true,
  skipLibCheck: true,
  // As the classes of `cdktf get` are compiled: a field without a value is a declaration, not an assignment.
  useDefineForClassFields: false,
  newLine: ts.NewLineKind.LineFeed,
};

/**
 * JavaScript and declarations for cdktf: a Map from a path inside lib/ to its text.
 *
 * One program makes both. Declarations need one anyway, as the types of the getters are inferred from cdktf's own, and
 * the JavaScript then costs less than any separate pass.
 *
 * @param folder where the sources pretend to lie: what they import is looked up from there
 * @param sources a Map from a path to its TypeScript
 */
export function compile(folder, sources) {
  const texts = new Map([...sources].map(([path, text]) => [join(folder, path), text]));
  const program = ts.createProgram({ rootNames: [...texts.keys()], options, host: overlay(texts) });
  const files = new Map();
  const { diagnostics } = program.emit(undefined, (path, text) => files.set(relative(folder, path), text));
  const problems = [...program.getOptionsDiagnostics(), ...program.getSyntacticDiagnostics(), ...diagnostics];
  if (problems.length > 0) throw new Error(ts.formatDiagnostics(problems, ts.createCompilerHost(options)));
  files.set("index.js", lazyIndex([...sources.keys()]));
  return files;
}

/**
 * The compiled files for cdktn, whose API is that of cdktf: only the module that they load differs. The tests compare them with
 * what the compiler makes of sources that import cdktn.
 *
 * @param files what `compile` made
 */
export function forCdktn(files) {
  const change = (text) =>
    text.replaceAll(/(from '|require\(")cdktf(?=['"])/g, "$1cdktn").replaceAll('"cdktf plan ', '"cdktn plan ');
  return new Map([...files].map(([path, text]) => [path, change(text)]));
}

/** The files of the disk, and over them texts that were never written. */
function overlay(texts) {
  const disk = ts.createCompilerHost(options);
  return {
    ...disk,
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    getSourceFile: (path, language, ...rest) =>
      texts.has(path)
        ? ts.createSourceFile(path, texts.get(path), language)
        : disk.getSourceFile(path, language, ...rest),
  };
}

/**
 * An index that loads a resource when it is first asked for: a stack needs two of the ten, and the compiled index would
 * load all. The last line is for Node's ES modules, which find the names of a CommonJS module by reading, not by running.
 */
function lazyIndex(paths) {
  const folders = paths.map((path) => posix.dirname(path)).filter((folder) => folder !== ".");
  const nameOf = (folder) => folder.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  return `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const load = {
${folders.map((folder) => `  ${nameOf(folder)}: () => require("./${folder}"),`).join("\n")}
};
for (const name of Object.keys(load)) Object.defineProperty(exports, name, { enumerable: true, get: load[name] });
0 && (module.exports = { ${folders.map(nameOf).join(", ")} });
`;
}
