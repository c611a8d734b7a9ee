import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { isRecord, type JsonRecord, parseRecord, recordAt } from "../base/json";
import { entryAt } from "../sources/formats/lined-value";
import { parseYaml } from "../sources/formats/yaml-text";

/** A Next.js application of a repository. */
export interface NextApplication {
  /** Its folder, from the repository's, with forward slashes; `.` for the repository's own. */
  readonly folder: string;
  /** The port of its development server, as its scripts say it. Next.js takes 3000 by default. */
  readonly port: number;
}

/** What else of a repository decides what a new package in it looks like. */
export interface Repository {
  readonly applications: readonly NextApplication[];
  /** Every package that one of its packages depends on. */
  readonly dependencies: ReadonlySet<string>;
  readonly manager: "npm" | "pnpm" | "yarn" | "bun";
}

/** The package.json files that belong to the repository, and the applications among them. */
export function readRepository(root: string): Repository {
  const members = workspacesOf(root);
  const packages = packageFolders(root).filter((folder) => folder === "." || members?.(folder) !== false);
  const manifests = packages.map((folder) => ({ folder, manifest: readManifest(join(root, folder)) ?? {} }));
  return {
    applications: manifests.flatMap(({ folder, manifest }) =>
      isApplication(join(root, folder), manifest) ? [{ folder, port: portOf(manifest) }] : [],
    ),
    dependencies: new Set(manifests.flatMap(({ manifest }) => dependenciesOf(manifest))),
    manager: managerOf(root),
  };
}

/** Deeper than this no repository keeps its applications. */
const mostLevels = 5;

/** What is installed or built, and what looks like an application and is not deployed. */
const notSearched =
  /^(?:\..*|node_modules|dist|build|out|coverage|examples?|templates?|fixtures?|__\w+__|tests?|e2e|cypress|playwright)$/;

/** The folders with a package.json, in the order of their paths, the repository's own first. */
function packageFolders(root: string, folder = ".", level = 0): readonly string[] {
  const own = existsSync(join(root, folder, "package.json")) ? [folder] : [];
  if (level === mostLevels) return own;
  const inside = subfolders(join(root, folder)).filter((name) => !notSearched.test(name));
  return [...own, ...inside.flatMap((name) => packageFolders(root, posix.join(folder, name), level + 1))];
}

/** Links are not followed: they lead to what is found elsewhere, or outside. */
function subfolders(path: string): readonly string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  } catch {
    return [];
  }
}

/** Whether a folder is a package of the workspace; undefined where the repository declares none. */
function workspacesOf(root: string): ((folder: string) => boolean) | undefined {
  const patterns = pnpmWorkspaces(root) ?? npmWorkspaces(readManifest(root) ?? {});
  if (patterns === undefined) return undefined;
  const [excluded, included] = [true, false].map((isNegated) =>
    patterns
      .filter((pattern) => pattern.startsWith("!") === isNegated)
      .map((pattern) => asExpression(pattern.replace(/^!/, ""))),
  );
  return (folder) =>
    included?.some((pattern) => pattern.test(folder)) === true &&
    excluded?.some((pattern) => pattern.test(folder)) !== true;
}

function npmWorkspaces(manifest: JsonRecord): readonly string[] | undefined {
  const { workspaces } = manifest;
  const listed = isRecord(workspaces) ? workspaces["packages"] : workspaces;
  return Array.isArray(listed) ? listed.filter((each) => typeof each === "string") : undefined;
}

function pnpmWorkspaces(root: string): readonly string[] | undefined {
  const text = readText(join(root, "pnpm-workspace.yaml"));
  const parsed = text === undefined ? undefined : parseYaml(text);
  const packages = parsed?.ok === true ? entryAt(parsed.value, "packages") : undefined;
  // Without the list it holds settings alone.
  return packages?.kind === "list"
    ? packages.items.flatMap((item) => (item.kind === "text" ? item.text : []))
    : undefined;
}

/** A pattern of folders: `*` is within one name, `**` any number of names. */
function asExpression(pattern: string): RegExp {
  const names = posix.normalize(pattern).replace(/\/$/, "").split("/");
  const source = names.map((name) => (name === "**" ? "(?:[^/]+/)*[^/]+" : name.split("*").map(escaped).join("[^/]*")));
  return new RegExp(`^${source.join("/").replaceAll("(?:[^/]+/)*[^/]+/", "(?:[^/]+/)*")}$`);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

/** A package that depends on Next.js may also be a library of components: an application has pages, a configuration or its scripts. */
function isApplication(path: string, manifest: JsonRecord): boolean {
  const declared = [recordAt(manifest, "dependencies"), recordAt(manifest, "devDependencies")];
  if (!declared.some((names) => Object.hasOwn(names, "next"))) return false;
  const marks = [
    "app",
    "pages",
    "src/app",
    "src/pages",
    ...["js", "mjs", "ts", "mts"].map((type) => `next.config.${type}`),
  ];
  return scriptsOf(manifest).some((script) => /\bnext\s+(?:dev|build|start)\b/.test(script)) || hasAny(path, marks);
}

function hasAny(path: string, names: readonly string[]): boolean {
  return names.some((name) => existsSync(join(path, name)));
}

function portOf(manifest: JsonRecord): number {
  for (const script of scriptsOf(manifest)) {
    const port =
      /\bnext\s+dev\b[^&|;]*?\s(?:-p|--port)[\s=]+(\d+)/.exec(script) ?? /\bPORT=(\d+)\s.*\bnext\s+dev\b/.exec(script);
    if (port?.[1] !== undefined) return Number(port[1]);
  }
  return 3000;
}

function scriptsOf(manifest: JsonRecord): readonly string[] {
  return Object.values(recordAt(manifest, "scripts")).filter((script) => typeof script === "string");
}

function dependenciesOf(manifest: JsonRecord): readonly string[] {
  return ["dependencies", "devDependencies"].flatMap((name) => Object.keys(recordAt(manifest, name)));
}

function managerOf(root: string): Repository["manager"] {
  if (hasAny(root, ["pnpm-lock.yaml", "pnpm-workspace.yaml"])) return "pnpm";
  if (hasAny(root, ["yarn.lock"])) return "yarn";
  if (hasAny(root, ["bun.lock", "bun.lockb"])) return "bun";
  const { packageManager } = readManifest(root) ?? {};
  const named = typeof packageManager === "string" ? /^(pnpm|yarn|bun)@/.exec(packageManager)?.[1] : undefined;
  return named === "pnpm" || named === "yarn" || named === "bun" ? named : "npm";
}

function readManifest(folder: string): JsonRecord | undefined {
  return parseRecord(readText(join(folder, "package.json")) ?? "");
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
}

/** What an application is called where it is listed: its folder, or the repository's name. */
export function applicationName({ folder }: NextApplication, root: string): string {
  return folder === "." ? basename(root) : folder;
}
