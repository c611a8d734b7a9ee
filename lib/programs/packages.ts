import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join, relative } from "node:path";
import { hasProperties } from "../base/errors";

/** The package.json that a folder belongs to. */
interface Manifest {
  readonly folder: string;
  readonly name: string;
  readonly scripts: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The nearest package.json, from a folder upwards. */
export function manifestOf(folder: string): Manifest | undefined {
  for (const each of upwards(folder)) {
    const content = readJson(join(each, "package.json"));
    if (content === undefined) continue;
    const { name, scripts } = content;
    return {
      folder: each,
      name: typeof name === "string" ? name : each,
      scripts: hasProperties(scripts) ? scripts : {},
      content,
    };
  }
  return undefined;
}

/** The folder of a package that is installed for the modules of a folder. */
export function packageFolder(name: string, folder: string): string | undefined {
  const found = upwards(folder)
    .map((each) => join(each, "node_modules", name))
    .find((each) => existsSync(each));
  return found === undefined ? undefined : realpathSync(found);
}

/** The version of a package that is installed for the modules of a folder. */
export function installedVersion(name: string, folder: string): string | undefined {
  const installed = packageFolder(name, folder);
  const version = installed === undefined ? undefined : readJson(join(installed, "package.json"))?.["version"];
  return typeof version === "string" ? version : undefined;
}

const managers = [
  { lock: "pnpm-lock.yaml", install: "pnpm install", add: "pnpm add" },
  { lock: "yarn.lock", install: "yarn install", add: "yarn add" },
  { lock: "bun.lock", install: "bun install", add: "bun add" },
  { lock: "bun.lockb", install: "bun install", add: "bun add" },
] as const;

/** The command that installs a package in a project: the project's own dependencies where it is one of them. */
export function installCommand(name: string, folder: string, { dev = false }: { readonly dev?: boolean } = {}): string {
  const manager = managers.find(({ lock }) => upwards(folder).some((each) => existsSync(join(each, lock)))) ?? {
    install: "npm install",
    add: "npm install",
  };
  const content = manifestOf(folder)?.content ?? {};
  const isDeclared = [content["dependencies"], content["devDependencies"]].some(
    (declared) => hasProperties(declared) && Object.hasOwn(declared, name),
  );
  if (isDeclared) return manager.install;
  return [manager.add, ...(dev ? [manager.add === "npm install" ? "--save-dev" : "-D"] : []), name].join(" ");
}

/** An environment in which the programs of a project's packages are found by their names, as npm finds them for a script. */
export function withInstalledPrograms(environment: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const name = Object.keys(environment).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const folders = upwards(folder)
    .map((each) => join(each, "node_modules", ".bin"))
    .filter((each) => existsSync(each));
  return { ...environment, [name]: [...folders, ...(environment[name] ? [environment[name]] : [])].join(delimiter) };
}

/** A folder and all that it is in, from the inside out. */
export function upwards(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwards(parent)];
}

/** The version of this package. The same relative path leads to its package.json from the sources and from the compiled files. */
export function ownVersion(): string {
  const version = readJson(join(__dirname, "..", "..", "package.json"))?.["version"];
  return typeof version === "string" ? version : "unknown";
}

/** A page of the documentation, which is a part of the package, as a path from the working directory. */
export function documentationPath(page: string): string {
  const path = join(__dirname, "..", "..", "docs", page);
  const way = relative("", path);
  return way.startsWith("..") ? path : way;
}

function readJson(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    return hasProperties(content) ? content : undefined;
  } catch {
    return undefined;
  }
}
