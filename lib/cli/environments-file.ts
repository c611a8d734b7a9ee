import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { type NextEnvironment } from "../sources";
import { UserError } from "./user-error";

/** The file that declares the environments, unless `--environments` names another one. */
export const usualNames = ["environments.ts", "environments.js", "environments.cjs"] as const;

/**
 * Loads the environments that a project declares: the export `environments` of its environments file.
 *
 * @throws UserError when there is no such file, or when it exports something else
 */
export function loadEnvironments(named: string | undefined): readonly NextEnvironment[] {
  const file = named ?? usualNames.find((name) => existsSync(name));
  if (file === undefined || !existsSync(file)) {
    throw new UserError(
      `${file === undefined ? `There is no ${usualNames[0]} in this folder` : `"${file}" does not exist`}.\n\n` +
        "Run the command in the folder of cdktf.json, or name the file with --environments.",
    );
  }
  const path = resolve(file);
  const load = createRequire(path);
  if (path.endsWith(".ts")) readTypeScript(load, file);
  const environments = exportedEnvironments(loaded(load, path, file));
  if (environments === undefined) {
    throw new UserError(
      `"${file}" does not export its environments.\n\n` +
        'Write: export const environments = [nextEnvironment("production", { … }), …];',
    );
  }
  return environments;
}

/** The same for a command that can do without: no environments where there is no such file and none was named. */
export function declaredEnvironments(named: string | undefined): readonly NextEnvironment[] {
  return named === undefined && !usualNames.some((name) => existsSync(name)) ? [] : loadEnvironments(named);
}

/** What the file exports. What it throws is the user's to mend: the message and the line of the file are enough. */
function loaded(load: NodeJS.Require, path: string, file: string): unknown {
  try {
    return load(path);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const frame = error.stack?.split("\n").find((line) => line.includes(path));
    const line = frame === undefined ? undefined : /:(\d+):\d+\)?$/.exec(frame)?.[1];
    const where = line === undefined ? file : `${file}:${line}`;
    throw new UserError(`"${where}" cannot be loaded: ${error.message}`, { cause: error });
  }
}

/** TypeScript is loaded as the project's own app is: by the project's ts-node, with the settings of its tsconfig.json. */
function readTypeScript(load: NodeJS.Require, file: string): void {
  if (Symbol.for("ts-node.register.instance") in process) return;
  let tsNode: { register(options: { readonly cwd: string; readonly transpileOnly: boolean }): unknown };
  try {
    tsNode = load("ts-node") as typeof tsNode;
  } catch (error) {
    const remedy = "Run: npm install --save-dev ts-node typescript";
    throw new UserError(`"${file}" is TypeScript, and there is no ts-node to load it.\n\n${remedy}`, { cause: error });
  }
  tsNode.register({ cwd: dirname(resolve(file)), transpileOnly: true });
}

function exportedEnvironments(loaded: unknown): readonly NextEnvironment[] | undefined {
  if (typeof loaded !== "object" || loaded === null || !("environments" in loaded)) return undefined;
  const { environments } = loaded;
  const declared = Array.isArray(environments) && environments.length > 0 && environments.every(isEnvironment);
  return declared ? environments : undefined;
}

function isEnvironment(value: unknown): value is NextEnvironment {
  return typeof value === "object" && value !== null && "name" in value && "kind" in value && "allowList" in value;
}
