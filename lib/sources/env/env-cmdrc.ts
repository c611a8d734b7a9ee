import { either, flag, listOf, object, type Shape, textWhere } from "../../base/shape";
import { checkGiven } from "../../base/shape-check";
import { type Finding } from "../../origins/finding";
import { type AddressSource, type SourceContext, type SourceReading } from "../address-source";
import { callOf, pathTo } from "../call-site";
import { expandAsEnvCmd } from "./env-cmd";
import { parseJson } from "../formats/json-text";
import { type LinedTable, type LinedValue, tableAt } from "../formats/lined-value";
import { leavingOut } from "../leave-out";
import { addressesInLayers } from "./env-variables";
import { fileIn, type Format, readParsedFile, shownFile } from "../formats/text-file";
import {
  selectionOf,
  variableFields,
  variableNames,
  type VariableOptions,
  type VariableSelection,
} from "./variable-selection";

/** Which variables of env-cmd's environments hold page addresses, and how. */
export interface EnvCmdrcOptions extends VariableOptions {
  /**
   * Whether env-cmd runs with `--recursive`, which fills in `$NAME` and `${NAME}`.
   * @default false
   */
  readonly recursive?: boolean;
}

/**
 * Page addresses in env-cmd's file of environments. A variable has the value that `env-cmd -e staging` sets, which wins over
 * Next.js's own env files. Several environments are merged as `-e base,staging` does: the last one counts. Each must be there,
 * though env-cmd itself is content with one.
 *
 * @param path the file, or the folder that holds an `.env-cmdrc` or `.env-cmdrc.json`
 * @param environment the environment's name; several as a list or divided by commas
 * @param variables the variables that hold page addresses; by default those of `pageAddressVariables` that occur
 * @throws when an argument is of the wrong form; all such mistakes at once
 * @example
 * ```ts
 * envCmdrc(".env-cmdrc", "staging", "NEXT_PUBLIC_SITE_URL");
 * envCmdrc("apps/shop", ["base", "staging"], { recursive: true });
 * ```
 */
export function envCmdrc(
  path: string,
  environment: string | readonly string[],
  variables: string | readonly string[] | EnvCmdrcOptions = {},
): AddressSource {
  checkGiven(callOf("envCmdrc", path), [
    ["path", pathTo('a file, such as ".env-cmdrc"'), path],
    ["environment", environmentShape, environment],
    ["variables", namesOrOptions, variables],
  ]);
  const names = (typeof environment === "string" ? [environment] : environment).flatMap((name) => name.split(","));
  const options = typeof variables === "string" || isList(variables) ? { variables } : variables;
  const selection = selectionOf(options);
  const isRecursive = options.recursive ?? false;
  return leavingOut(options.leaveOut, {
    read: (context) => readRc({ path, names, selection, isRecursive }, context),
  });
}

const environmentName = textWhere(
  'the name of an environment, such as "staging"',
  (name) => !name.split(",").includes(""),
);
const environmentShape: Shape = either<string | readonly string[]>(
  [environmentName, listOf(environmentName, { min: 1 })],
  'the name of an environment, such as "staging", or a list of names',
);
const namesOrOptions: Shape = either<string | readonly string[] | EnvCmdrcOptions>(
  [variableNames, object<EnvCmdrcOptions>({ ...variableFields, recursive: flag })],
  "the name of a variable, a list of names, or an object with variables, separator, recursive and leaveOut",
);

interface Call {
  readonly path: string;
  readonly names: readonly string[];
  readonly selection: VariableSelection;
  readonly isRecursive: boolean;
}

/** Where env-cmd 11 looks when no file is named. */
const fileNames = [".env-cmdrc", ".env-cmdrc.js", ".env-cmdrc.json"];

/** Only what `import` reads may begin with a byte order mark. */
const json: Format = { name: "JSON", parse: (text) => parseJson(text, "JSON") };
const importedJson: Format = { ...json, parse: (text) => parseJson(text.replace(/^\uFEFF/, ""), "JSON") };

function readRc({ path, names, selection, isRecursive }: Call, { root }: SourceContext): SourceReading {
  const chosen = fileIn(root, path, fileNames);
  if ("finding" in chosen) return nothing(chosen.finding);
  if (/\.[cm]?[jt]s$|\.tsx$/i.test(chosen.path)) return nothing(isProgram(shownFile(root, chosen.path)));
  const read = readParsedFile(root, chosen.path, /\.json$/i.test(chosen.path) ? importedJson : json);
  if (!read.ok) return nothing(read.finding);
  const { file, value } = read;

  const missing = names.filter((name) => tableAt(value, name) === undefined);
  if (missing.length > 0) return { addresses: [], findings: missing.map((name) => noEnvironment(file, value, name)) };
  const tables = names.flatMap((name) => tableAt(value, name) ?? []);
  const { variables, failure } = expandAsEnvCmd(file, tables, { isRecursive, separator: selection.separator });
  if (failure !== undefined) return nothing(failure);
  return addressesInLayers([variables], homeOf(file, path, names, tables), selection);
}

function homeOf(
  file: string,
  path: string,
  names: readonly string[],
  tables: readonly LinedTable[],
): Parameters<typeof addressesInLayers>[1] {
  const last = names.at(-1) ?? "";
  return {
    place: { file, line: tables.at(-1)?.line ?? 1 },
    shown: `${names.map((name) => `"${name}"`).join(", ")} of ${file}`,
    add: (name) => `add "${name}": "https://…" to "${last}"`,
    call: `envCmdrc("${path}", "${names.join(",")}", "NEXT_PUBLIC_…")`,
  };
}

function noEnvironment(file: string, value: LinedValue, name: string): Finding {
  const there = value.kind === "table" ? [...value.entries].filter(([, { kind }]) => kind === "table") : [];
  const names = there.map(([known]) => known).join(", ");
  return {
    rule: "missing-environment",
    severity: "error",
    value: name,
    place: { file },
    message: `"${name}" is not an environment of ${file}`,
    remedy: names === "" ? `add "${name}": { … }` : `add it, or use one of ${names}`,
  };
}

function isProgram(file: string): Finding {
  return {
    rule: "unsupported-config",
    severity: "error",
    value: file,
    place: { file },
    message: `"${file}" is a program, which is not executed`,
    remedy: "write the environments as JSON in .env-cmdrc.json, or the addresses in the list of addresses",
  };
}

function nothing(finding: Finding): SourceReading {
  return { addresses: [], findings: [finding] };
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}
