import { join, resolve } from "node:path";
import ts from "typescript";

export const root = resolve(__dirname, "../..");

/** The options of a tsconfig.json, from its text. */
export function compilerOptions(config: object, folder = root): ts.CompilerOptions {
  const { options, errors } = ts.parseJsonConfigFileContent({ ...config, files: ["x.ts"] }, ts.sys, folder);
  if (errors.length > 0) throw new Error(errors.map(messageOf).join("\n"));
  return options;
}

/** The options of the project's own tsconfig.json. */
export function ownOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    readonly config: object;
  };
  return compilerOptions(config);
}

/** What the compiler says of a file. */
export interface Diagnosed {
  /** The code, such as 2783. */
  readonly code: number;
  readonly message: string;
  /** The text of the file from the mistake on. */
  readonly at: string;
}

/**
 * A program of files that need not be there, and of those that they import.
 *
 * @param texts the files by their absolute paths
 */
export function programOf(texts: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.Program {
  const host = ts.createCompilerHost(options);
  const real = { ...host };
  const folders = new Set(Array.from(texts.keys(), (path) => join(path, "..")));
  host.fileExists = (file) => texts.has(file) || real.fileExists(file);
  host.readFile = (file) => texts.get(file) ?? real.readFile(file);
  host.directoryExists = (folder) => folders.has(folder) || real.directoryExists?.(folder) === true;
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? real.getSourceFile(file, languageVersion, ...rest)
      : ts.createSourceFile(file, text, languageVersion);
  };
  const program = ts.createProgram(
    [...texts.keys()].filter((path) => /\.[cm]?ts$/.test(path)),
    options,
    host,
  );
  const [first] = program.getOptionsDiagnostics();
  if (first !== undefined) throw new Error(messageOf(first));
  return program;
}

/**
 * What the compiler says of files that need not be there: it is loaded once for all of them.
 *
 * @param texts the files by their absolute paths
 */
export function diagnose(
  texts: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
): readonly (readonly Diagnosed[])[] {
  const program = programOf(texts, options);
  return Array.from(texts, ([path, text]) => {
    const file = program.getSourceFile(path);
    if (file === undefined) return [];
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((diagnostic) => ({
      code: diagnostic.code,
      message: messageOf(diagnostic),
      at: text.slice(diagnostic.start ?? 0),
    }));
  });
}

function messageOf({ messageText }: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, "\n");
}
