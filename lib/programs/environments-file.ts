import { existsSync, statSync } from "node:fs";
import { extname, resolve } from "node:path";
import { inspect } from "node:util";
import { hasProperties, UserError } from "../base/errors";
import { type NextEnvironment } from "../sources/next-environment";
import { LoadFailure } from "./load-failure";
import { loadableExtensions, loadModule } from "./module-loader";

/** The files that may declare the environments, unless `--environments` names another one. The first that exists counts. */
export const usualNames = loadableExtensions.map((extension) => `environments${extension}`);

/** The file to name if none exists yet. */
export const usualName = "environments.ts";

/** The environments file of the project: the one that is named, else the first that exists, else the usual one, which does not exist yet. */
export function environmentsFile(named?: string): string {
  return named ?? usualNames.find((name) => existsSync(name)) ?? usualName;
}

const declaration = 'export const environments = [nextEnvironment("production", { … }), …];';

/**
 * Loads the environments that a project declares: the export `environments` of its environments file.
 *
 * @throws UserError when the file does not exist, when it cannot be loaded, or when it exports something else
 */
export async function loadEnvironments(named: string | undefined): Promise<readonly NextEnvironment[]> {
  const file = named ?? usualNames.find((name) => existsSync(name));
  if (file === undefined || !existsSync(file)) {
    throw new UserError(
      `${file === undefined ? `There is no ${usualName} in this folder` : `"${file}" does not exist`}.\n\n` +
        "Run the command in the folder of cdktf.json, or name the file with --environments.",
    );
  }
  if (!loadableExtensions.some((extension) => extname(file) === extension) || !statSync(file).isFile()) {
    throw new UserError(`"${file}" is not a program: expected a file that ends in ${loadableExtensions.join(", ")}.`);
  }
  const loaded = await asUserError(loadModule(resolve(file)));
  const { environments } = hasProperties(loaded) ? loaded : {};
  if (isListOfEnvironments(environments)) return environments;
  throw new UserError(`${whatIsWrong(file, loaded, environments)}.\n\nWrite: ${declaration}`);
}

/** The same for a command that can do without: no environments where the file does not exist and none was named. */
export async function declaredEnvironments(named: string | undefined): Promise<readonly NextEnvironment[]> {
  return named === undefined && !usualNames.some((name) => existsSync(name)) ? [] : loadEnvironments(named);
}

async function asUserError(loading: Promise<unknown>): Promise<unknown> {
  try {
    return await loading;
  } catch (error) {
    throw error instanceof LoadFailure ? new UserError(error.message, { cause: error.cause }) : error;
  }
}

function isListOfEnvironments(value: unknown): value is readonly NextEnvironment[] {
  return Array.isArray(value) && value.length > 0 && value.every(isEnvironment);
}

function isEnvironment(value: unknown): value is NextEnvironment {
  return hasProperties(value) && "name" in value && "kind" in value && "allowList" in value;
}

function whatIsWrong(file: string, loaded: unknown, environments: unknown): string {
  if (environments === undefined) {
    const names = hasProperties(loaded) ? Object.keys(loaded).filter((name) => name !== "__esModule") : [];
    const others =
      names.length === 0 ? "it exports nothing" : `it exports ${names.map((name) => `"${name}"`).join(", ")}`;
    return `"${file}" does not export "environments": ${others}`;
  }
  if (!Array.isArray(environments)) return `"environments" of "${file}" is ${described(environments)}, not a list`;
  if (environments.length === 0) return `"environments" of "${file}" is an empty list`;
  const index = environments.findIndex((each) => !isEnvironment(each));
  return `"environments[${index}]" of "${file}" is ${described(environments[index])}, not an environment`;
}

/** A value in a few words; what is in an object is not shown. */
function described(value: unknown): string {
  if (value instanceof Promise) return "a promise";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  return hasProperties(value) ? "an object" : inspect(value);
}
