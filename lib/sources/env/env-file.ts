import { join } from "node:path";
import { type Finding } from "../../origins/finding";
import { type AddressSource, type SourceContext, type SourceReading } from "../address-source";
import { checkOptions, isPath, variableOptions } from "../call-check";
import { composeEnv, type DroppedFile, type EnvFileText } from "./env-expansion";
import { filesOfMode, isFileEnding } from "./env-mode";
import { parseEnvText } from "./env-text";
import { addressesOfVariables } from "../variables/env-variables";
import { readTextFile } from "../formats/text-file";
import { leavingOut } from "../leave-out";
import { type VariableHome } from "../variables/variable-home";
import { selectionOf, type VariableOptions, type VariableSelection } from "../variables/variable-selection";

/** Which variables of an env file hold page addresses, and how. */
export type EnvFileOptions = VariableOptions;

/** Which env files an application is built with. */
export interface EnvFilesOptions extends EnvFileOptions {
  /**
   * `production` and `development` are the modes of `next build` and `next dev`. Another name, such as `staging`, means
   * that file over those of `next build`, as `env-cmd -f .env.staging next build` has it.
   * @default "production"
   */
  readonly mode?: string;
}

/**
 * Page addresses in an env file, or in a chain of them, the highest priority first. A variable has the value that
 * Next.js sees when the shell's environment is empty; the environment of this process is neither read nor changed.
 * Every file must be there. Only the variables in question are ever read out, because such files hold secrets.
 *
 * @param files a path, or several, the highest priority first
 * @param variables the variables that hold page addresses; by default those of `pageAddressVariables` that occur
 * @throws when no file is named, or the separator is empty
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
  variables?: string | readonly string[] | EnvFileOptions,
): AddressSource {
  const paths = typeof files === "string" ? [files] : files;
  if (!isList(paths) || paths.length === 0 || !paths.every(isPath))
    throw new Error('envFile names no file: write a path, such as ".env"');
  const options = typeof variables === "string" || isList(variables) ? { variables } : (variables ?? {});
  checkOptions(`envFile("${paths.join(", ")}")`, options, variableOptions);
  return sourceOf({ paths, mustExist: () => true, options, call: "envFile" });
}

/**
 * Page addresses in the env files of an application, in the order in which Next.js looks: `.env.production` over `.env`
 * for `next build`. A file that is not there is passed over, as Next.js does, except that of a mode of your own: without
 * it the environment would silently have production's addresses. Files that end in `.local` are never read, because they
 * differ between machines.
 *
 * @param folder the application's folder
 * @throws when the mode is no part of a file's name, or the separator is empty
 * @example
 * ```ts
 * envFiles("examples/storefront"); // .env.production, .env
 * envFiles("examples/storefront", { mode: "staging" }); // .env.staging, .env.production, .env
 * envFiles("examples/storefront", { mode: "development", variables: "NEXT_PUBLIC_SITE_URL" }); // .env.development, .env
 * ```
 */
export function envFiles(folder: string, options: EnvFilesOptions = {}): AddressSource {
  if (!isPath(folder)) throw new Error('envFiles names no folder: write one, such as "apps/shop"');
  checkOptions(`envFiles("${folder}")`, options, { mode: "text", ...variableOptions });
  const { mode = "production" } = options;
  if (!isFileEnding(mode)) throw new Error(`envFiles has the mode "${mode}": write one such as "production"`);
  const { names, isOwn } = filesOfMode(mode);
  const [first, ...others] = names.map((name) => join(folder, name));
  const paths = first === undefined ? others : [first, ...others];
  return sourceOf({ paths, mustExist: (path) => isOwn && path === first, options, call: "envFiles" });
}

interface Chain {
  readonly paths: readonly string[];
  readonly mustExist: (path: string) => boolean;
  readonly options: EnvFileOptions;
  readonly call: string;
}

function sourceOf(chain: Chain): AddressSource {
  const selection = selectionOf(chain.call, chain.options);
  return leavingOut(chain.options.leaveOut, { read: (context) => readChain(chain, selection, context) });
}

function readChain({ paths, mustExist }: Chain, selection: VariableSelection, { root }: SourceContext): SourceReading {
  const findings: Finding[] = [];
  const files: EnvFileText[] = [];
  let missing: Finding | undefined;
  for (const path of paths) {
    const read = readTextFile(root, path);
    if (path.endsWith(".local")) findings.push(differsBetweenMachines(read.file));
    if (read.ok) files.push({ file: read.file, definitions: parseEnvText(read.text) });
    else if (!read.missing || mustExist(path)) findings.push(read.finding);
    else missing ??= read.finding;
  }
  if (files.length === 0) {
    const nothing = findings.some(({ severity }) => severity === "error") || missing === undefined ? [] : [missing];
    return { addresses: [], findings: [...findings, ...nothing] };
  }
  const composition = composeEnv(files);
  const { addresses, findings: found } = addressesOfVariables(composition, homeOf(files), selection);
  return { addresses, findings: [...findings, ...composition.dropped.map(circular), ...found] };
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

function circular({ file, line, name }: DroppedFile): Finding {
  return {
    rule: "circular-reference",
    severity: "error",
    value: name,
    place: { file, line, key: name },
    message: `"${name}" refers to itself, so Next.js drops the whole file`,
    remedy: `write the value of ${name} without a reference to ${name}; a dollar sign that means itself is written \\$`,
  };
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}
