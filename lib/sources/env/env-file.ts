import { basename, join } from "node:path";
import { either, flag, listOf, object, type Shape } from "../../base/shape";
import { checkGiven } from "../../base/shape-check";
import { type Finding } from "../../origins/finding";
import { type EnvironmentKind } from "../../origins/rule";
import { type AddressSource, type SourceContext, type SourceReading } from "../address-source";
import { callOf, fileEnding, pathTo } from "../call-site";
import { readTextFile } from "../formats/text-file";
import { leavingOut } from "../leave-out";
import { composeWithEnvCmd, type FilesOfMode, setsTestMode } from "./env-cmd";
import { composeEnv, type EnvComposition, type EnvFileText, notCounting, parseEnvText } from "./env-expansion";
import { addressesOfVariables } from "./env-variables";
import {
  pageAddressVariables,
  selectionOf,
  variableFields,
  type VariableHome,
  variableNames,
  type VariableOptions,
  type VariableSelection,
} from "./variable-selection";

/** The env files of a mode. */
interface ModeFiles {
  /** The highest priority first. */
  readonly names: readonly [string, ...string[]];
  /** Whether it is not one of Next.js's: its own file must be there, or the environment would silently have another one's addresses. */
  readonly isOwn: boolean;
}

/** What `NODE_ENV` is where Next.js reads a chain of env files: what one of them is for, else what the environment is for. */
function nodeEnvOf(names: readonly string[], kind: EnvironmentKind): "production" | "development" | "test" {
  const modes = ["production", "development", "test"] as const;
  const named = modes.find((mode) => names.some((name) => basename(name) === `.env.${mode}`));
  return named ?? (kind === "development" ? "development" : "production");
}

/** Those of a mode of Next.js, or of one of a team's own over those of `next build` (of `next dev` for development). */
export function filesOfMode(mode: string, base: "production" | "development" = "production"): ModeFiles {
  const isOwn = !["production", "development", "test"].includes(mode);
  return { names: [`.env.${mode}`, ...(isOwn ? [`.env.${base}`] : []), ".env"], isOwn };
}

/** Which variables of an env file hold page addresses, and how. */
export type EnvFileOptions = VariableOptions;

/** Which env files an application is built with. */
export interface EnvFilesOptions extends EnvFileOptions {
  /**
   * `production`, `development` and `test` are the modes of Next.js. Another name, such as `staging`, means what
   * `env-cmd -f .env.staging -- next build` sees: env-cmd sets the variables of that file, and Next.js adds those of
   * `.env.production` and `.env`. env-cmd reads a file otherwise than Next.js: it fills in no reference, knows no `export`, no
   * backticks and no value of several lines. Where that makes a difference, it is reported.
   *
   * A tool that reads the file as Next.js does (dotenv-cli, or copying it to `.env.production`) is
   * `envFile([".env.staging", ".env.production", ".env"])`.
   * @default "production"
   */
  readonly mode?: string;
  /**
   * Whether env-cmd runs with `--recursive`, which fills in `$NAME` and `${NAME}` in the file of a custom mode.
   * @default false
   */
  readonly recursive?: boolean;
}

/**
 * Page addresses in an env file, or in a chain of them, the highest priority first. A variable has the value that
 * Next.js sees when the shell's environment is empty; the environment of this process is neither read nor changed. `NODE_ENV`
 * is what Next.js makes it: `development` where a file is `.env.development`, or the environment is of that kind, and
 * `production` otherwise.
 * Every file must be there. Only the variables in question are ever read out, because such files hold secrets.
 *
 * @param files a path, or several, the highest priority first
 * @param variables the variables that hold page addresses; by default those of `pageAddressVariables` that occur
 * @throws when an argument is of the wrong form; all such mistakes at once
 * @example
 * ```ts
 * envFile(".env.production");
 * envFile(".env.production", "NEXT_PUBLIC_SHOP_URL");
 * envFile([".env.staging", ".env.production", ".env"], ["SITE_URL", "SHOP_URL"]);
 * envFile(".env", { variables: "ALLOWED_ORIGINS", separator: "," });
 * ```
 */
export function envFile(
  files: string | readonly string[],
  variables: string | readonly string[] | EnvFileOptions = {},
): AddressSource {
  checkGiven(callOf("envFile", files), [
    ["files", filesShape, files],
    ["variables", namesOrOptions, variables],
  ]);
  const paths = typeof files === "string" ? [files] : files;
  const options = typeof variables === "string" || isList(variables) ? { variables } : variables;
  return sourceOf({ paths, mustExist: () => true, options });
}

/**
 * Page addresses in the env files of an application, in the order in which Next.js looks: `.env.production` over `.env`
 * for `next build`. A file that is not there is passed over, as Next.js does, except that of a custom mode: without
 * it the environment would silently have production's addresses. Files that end in `.local` are never read, because they
 * differ between machines.
 *
 * @param folder the application's folder
 * @throws when an argument is of the wrong form; all such mistakes at once
 * @example
 * ```ts
 * envFiles("examples/storefront"); // .env.production, .env
 * envFiles("examples/storefront", { mode: "staging" }); // .env.staging, .env.production, .env
 * envFiles("examples/storefront", { mode: "development", variables: "NEXT_PUBLIC_SITE_URL" }); // .env.development, .env
 * ```
 */
export function envFiles(folder: string, options: EnvFilesOptions = {}): AddressSource {
  checkGiven(callOf("envFiles", folder), [
    ["folder", pathTo('the application\'s folder, such as "apps/shop"'), folder],
    ["options", envFilesShape, options],
  ]);
  const { mode = "production", recursive = false } = options;
  const { names, isOwn } = filesOfMode(mode);
  const paths = names.map((name) => join(folder, name));
  if (!isOwn) return sourceOf({ paths, mustExist: () => false, options });
  const mustExist = (path: string): boolean => path === paths[0];
  return sourceOf({ paths, mustExist, options, envCmd: { isRecursive: recursive, folder } });
}

const envFilePath = pathTo('a file, such as ".env"');
const filesShape: Shape = either<string | readonly string[]>(
  [envFilePath, listOf(envFilePath, { min: 1 })],
  'a file, such as ".env", or a list of files',
);
const envFilesShape = object<EnvFilesOptions>({ mode: fileEnding, recursive: flag, ...variableFields });

/** What a source of variables takes in the place of its options. */
const namesOrOptions: Shape = either<string | readonly string[] | VariableOptions>(
  [variableNames, object<VariableOptions>(variableFields)],
  "the name of a variable, a list of names, or an object with variables, separator and leaveOut",
);

interface Chain {
  readonly paths: readonly string[];
  readonly mustExist: (path: string) => boolean;
  readonly options: EnvFileOptions;
  /** Where env-cmd sets the variables of the first file. @default Next.js reads all of them */
  readonly envCmd?: { readonly isRecursive: boolean; readonly folder: string };
}

function sourceOf(chain: Chain): AddressSource {
  const selection = selectionOf(chain.options);
  return leavingOut(chain.options.leaveOut, { read: (context) => readChain(chain, selection, context) });
}

function readChain(chain: Chain, selection: VariableSelection, { root, kind }: SourceContext): SourceReading {
  const { paths, envCmd } = chain;
  const read = readFiles(root, chain);
  const { files, findings } = read;
  if (files.length === 0) return { addresses: [], findings };
  const nodeEnv = nodeEnvOf(paths, kind);
  if (envCmd === undefined) {
    const composition = composeEnv(files, { nodeEnv });
    const { addresses, findings: found } = addressesOfVariables(composition, homeOf(files), selection);
    return { addresses, findings: [...findings, ...composition.dropped.map(notCounting), ...found] };
  }
  if (findings.some(({ severity }) => severity === "error")) return { addresses: [], findings };
  const ofMode = setsTestMode(read)
    ? readFiles(root, { ...chain, paths: filesOfTest(paths[0] ?? "", envCmd.folder) })
    : read;
  const composed = composeWithEnvCmd(ofMode, { ...envCmd, separator: selection.separator });
  const { addresses, findings: found } = addressesOfVariables(composed, homeOf(files), selection);
  const asNext = composeEnv(files, { nodeEnv });
  return {
    addresses,
    findings: [
      ...findings,
      ...composed.dropped.map(notCounting),
      ...found,
      ...readOtherwise(selection, files[0]?.file ?? "", composed, asNext),
    ],
  };
}

/** `next build` reads other files where its environment says that a test is running. */
function filesOfTest(first: string, folder: string): readonly string[] {
  return [first, ...filesOfMode("test").names.map((name) => join(folder, name))];
}

/** The files that there are, and what is wrong with the others. */
function readFiles(root: string, { paths, mustExist }: Chain): FilesOfMode & { readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const files: EnvFileText[] = [];
  const texts: string[] = [];
  let missing: Finding | undefined;
  for (const path of paths) {
    const read = readTextFile(root, path);
    if (path.endsWith(".local")) findings.push(differsBetweenMachines(read.file));
    if (read.ok) {
      files.push({ file: read.file, definitions: parseEnvText(read.text) });
      texts.push(read.text);
    } else if (!read.missing || mustExist(path)) findings.push(read.finding);
    else missing ??= read.finding;
  }
  const isSaid = files.length > 0 || findings.some(({ severity }) => severity === "error");
  if (missing !== undefined && !isSaid) findings.push(missing);
  return { files, texts, findings };
}

/** That env-cmd and Next.js read a variable of its file in two ways: Next.js started in another way has another address. */
function readOtherwise(
  { variables }: VariableSelection,
  file: string,
  composed: EnvComposition,
  asNext: EnvComposition,
): readonly Finding[] {
  const names = variables ?? pageAddressVariables;
  return names.flatMap((name): readonly Finding[] => {
    const [here, there] = [composed.variables.get(name), asNext.variables.get(name)];
    const isOfFile = here?.file === file || there?.file === file;
    if (!isOfFile || here?.unreadable !== undefined || here?.value === there?.value) return [];
    return [
      {
        rule: "env-cmd-reading",
        severity: "warning",
        value: name,
        place: { file, line: (here?.file === file ? here : there)?.line ?? 1, key: name },
        message: `"${name}" is read differently by env-cmd and Next.js, and the value from env-cmd is used`,
        remedy:
          "write NAME=value on one line, without export, backticks and references; or use envFile([…]) if env-cmd does not load it",
      },
    ];
  });
}

function homeOf(files: readonly EnvFileText[]): VariableHome {
  return {
    layers: files,
    place: { file: files[0]?.file ?? "" },
    shown: files.map(({ file }) => file).join(", "),
    add: (name) => `add ${name}=https://…`,
    call: 'envFile("…", "NEXT_PUBLIC_…")',
  };
}

function differsBetweenMachines(file: string): Finding {
  return {
    rule: "local-file",
    severity: "warning",
    value: file,
    place: { file },
    message: `"${file}" differs between machines, so the allow-list would differ too`,
    remedy: "keep the addresses in a file that is committed",
  };
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}
