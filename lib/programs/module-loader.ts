import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { setImmediate } from "node:timers/promises";
import { type createJiti as CreateJiti } from "jiti";
import { hasProperties } from "../base/errors";
import { keepLines, type NamedImport, recordImports, replaceImportMeta } from "./babel-plugins";
import { explainLoadError, LoadFailure, syntaxFailure } from "./load-failure";
import { fileInProject } from "./missing-module";
import { cachedTransform } from "./transform-cache";

type Jiti = ReturnType<typeof CreateJiti>;
type JitiOptions = NonNullable<Parameters<typeof CreateJiti>[1]>;
type TransformOptions = Parameters<Jiti["transform"]>[0];

/** The extensions of the files that can be loaded, in the order in which an import without one is looked for. */
export const loadableExtensions = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"] as const;

/** Every option that a variable of the shell could set otherwise. What is cached on the disk is the matter of `cachedTransform`. */
const settings = {
  extensions: [...loadableExtensions, ".tsx", ".jsx"],
  fsCache: false,
  rebuildFsCache: false,
  moduleCache: true,
  interopDefault: true,
  sourceMaps: false,
  tryNative: false,
  debug: false,
  alias: {},
  nativeModules: [],
  transformModules: [],
} satisfies JitiOptions;

/**
 * Loads a module of the user's and all that it imports: TypeScript or JavaScript, CommonJS or ES module. It needs no compiler in the
 * project, and none of its settings but the `paths` of tsconfig.json. Every line stays where it was written.
 *
 * @param path the absolute path of the file
 * @param folder the folder of the project, from which messages name files
 * @throws LoadFailure that says what is wrong, where, and what to do
 */
export async function loadModule(path: string, folder = process.cwd()): Promise<unknown> {
  const { createJiti } = await import("jiti");
  // As Node.js does: what a linked file imports is beside the file that the link leads to.
  const file = realpathSync(path);
  const imported: NamedImport[] = [];
  const compiler = createJiti(file, settings);
  const options = {
    ...settings,
    transform: (module: TransformOptions) => ({ code: compile(compiler, module, imported, folder) }),
  };
  const jitiOf = (from: string): Jiti => {
    try {
      return createJiti(from, { ...options, tsconfigPaths: true });
    } catch {
      // A tsconfig.json that cannot be read, or that extends what is not installed: only its paths are missing.
      return createJiti(from, { ...options, tsconfigPaths: false });
    }
  };
  try {
    return await untilLoaded(
      isOfCheckout(file) ? requireHere(file) : jitiOf(file).import(file),
      fileInProject(file, folder),
    );
  } catch (error) {
    const moduleOf = ({ file: from, source }: NamedImport): Promise<unknown> => loadedModule(jitiOf(from), source);
    throw await explainLoadError(error, { path: file, folder, imported, moduleOf });
  }
}

/** In a checkout the command runs from its sources, by a compiler that loads the user's modules too, and the library only once. */
function isOfCheckout(path: string): boolean {
  return __filename.endsWith(".ts") && /\.(ts|cts|js|cjs)$/.test(path);
}

function requireHere(path: string): Promise<unknown> {
  return Promise.resolve().then(() => createRequire(path)(path) as unknown);
}

/** A module as JavaScript, every line where it was. */
function compile(
  compiler: Jiti,
  { filename = "", ...options }: TransformOptions,
  imported: NamedImport[],
  folder: string,
): string {
  const { code, imports } = cachedTransform(filename, [options, jitiVersion()], () => {
    const found: Omit<NamedImport, "file">[] = [];
    const plugins = [recordImports((names) => void found.push(names)), replaceImportMeta(filename), keepLines];
    const jsx = filename.endsWith("x");
    const compiled = compiler.transform({ ...options, filename, jsx, babel: { comments: false, plugins } });
    const problem = parseProblem(compiled);
    if (problem !== undefined) throw syntaxFailure({ path: filename, line: problem.line }, problem.message, folder);
    return { code: compiled, imports: found };
  });
  imported.push(...imports.map((names) => ({ ...names, file: filename })));
  return code;
}

function jitiVersion(): unknown {
  const manifest: unknown = createRequire(__filename)("jiti/package.json");
  return hasProperties(manifest) ? manifest["version"] : undefined;
}

/** What Babel says of a file that it cannot parse: jiti hands it over as a program. */
function parseProblem(code: string): { readonly line: number; readonly message: string } | undefined {
  const json = /^exports\.__JITI_ERROR__ = (\{.*\})$/s.exec(code)?.[1];
  const problem: unknown = json === undefined ? undefined : JSON.parse(json);
  return hasProperties(problem) ? { line: Number(problem["line"]), message: String(problem["message"]) } : undefined;
}

/** What a file has imported; undefined where that did not load to its end, because importing would run it once more. */
async function loadedModule(jiti: Jiti, source: string): Promise<unknown> {
  try {
    const url = jiti.esmResolve(source);
    const entry = url.startsWith("file:") ? jiti.cache[fileURLToPath(url)] : undefined;
    return entry?.loaded === false ? undefined : await jiti.import(source);
  } catch {
    return undefined;
  }
}

/**
 * What came of loading, unless something was rejected meanwhile that nothing waits for, or nothing ever comes: a process ends
 * without a word while it waits for a promise alone.
 */
async function untilLoaded(loading: Promise<unknown>, file: string): Promise<unknown> {
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => void rejections.push(reason);
  // After a failure it stays: Node.js 20 rejects a second promise when an import fails, and the process is about to end anyway.
  process.on("unhandledRejection", note);
  const loaded = await new Promise((resolve, reject) => {
    const stuck = (): void => {
      reject(
        new LoadFailure(
          `"${file}" does not finish loading: it waits at the top level for a promise that never settles.`,
        ),
      );
    };
    process.once("beforeExit", stuck);
    void loading.then(resolve, reject).finally(() => process.off("beforeExit", stuck));
  });
  await setImmediate();
  if (rejections.length > 0) throw rejections[0];
  process.off("unhandledRejection", note);
  return loaded;
}
