import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, posix, relative } from "node:path";
import { isRecord, type JsonRecord, parseRecord, recordAt } from "../base/json";
import { isOutside, real } from "../sources/call-site";
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
  /** The package.json files that are not JSON: whether one is an application cannot be told. */
  readonly unreadable: readonly string[];
}

/** A folder that may be an application: it has a package.json, or a configuration of Next.js. */
interface Package {
  readonly folder: string;
  /** Empty where there is no package.json, or no JSON in it. */
  readonly manifest: JsonRecord;
  readonly isReadable: boolean;
}

/**
 * The packages that belong to the repository, and the applications among them. Where none of the workspaces is an application, those
 * beside them count: a website with a lock file of its own next to a workspace of libraries.
 */
export function readRepository(root: string): Repository {
  const workspaces = workspacesOf(root);
  const { isMember, isExcluded } = workspaces;
  const found = distinct(root, packageFolders(root), workspaces).map((folder) => readPackage(root, folder));
  const packages = found.filter(({ folder }) => folder === "." || !isExcluded(folder));
  const members = packages.filter(({ folder }) => folder === "." || isMember(folder));
  const applicationsIn = (some: readonly Package[]): readonly NextApplication[] =>
    some
      .filter((each) => isApplication(root, each, found))
      .map(({ folder, manifest }) => ({ folder, port: portOf(manifest) }));
  const ofMembers = applicationsIn(members);
  return {
    applications: ofMembers.length > 0 ? ofMembers : applicationsIn(packages),
    dependencies: new Set(members.flatMap(({ manifest }) => dependenciesOf(manifest))),
    manager: managerOf(root),
    unreadable: packages.flatMap(({ folder, isReadable }) => (isReadable ? [] : posix.join(folder, "package.json"))),
  };
}

function readPackage(root: string, folder: string): Package {
  const path = join(root, folder);
  const manifest = readManifest(path);
  return { folder, manifest: manifest ?? {}, isReadable: manifest !== undefined || !hasAny(path, ["package.json"]) };
}

/** Deeper than this no repository keeps its applications. */
const mostLevels = 5;

/** What is installed or built, and what looks like an application and is not deployed. */
const notSearched =
  /^(?:\..*|node_modules|dist|build|out|coverage|examples?|templates?|fixtures?|__\w+__|tests?|e2e|cypress|playwright)$/;

const configurations = ["js", "mjs", "ts", "mts"].map((type) => `next.config.${type}`);

/** The folders of packages, in the order of their paths, the repository's own first; those behind links as well. */
function packageFolders(
  root: string,
  folder = ".",
  level = 0,
  followed = new Set<string>([real(root)]),
): readonly string[] {
  const own = hasAny(join(root, folder), ["package.json", ...configurations]) ? [folder] : [];
  if (level === mostLevels) return own;
  const inside = subfolders(join(root, folder), root, followed).filter((name) => !notSearched.test(name));
  return [...own, ...inside.flatMap((name) => packageFolders(root, posix.join(folder, name), level + 1, followed))];
}

/** Of links, those to a folder of the repository that no other link has led to: the others lead in circles, or outside. */
function subfolders(path: string, root: string, followed: Set<string>): readonly string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries
      .flatMap((entry) => {
        if (!entry.isSymbolicLink()) return entry.isDirectory() ? [entry.name] : [];
        const target = real(join(path, entry.name));
        const isNew = statSync(target, { throwIfNoEntry: false })?.isDirectory() === true && !followed.has(target);
        if (!isNew || !isIn(real(root), target) || isIn(target, real(path))) return [];
        followed.add(target);
        return [entry.name];
      })
      .sort();
  } catch {
    return [];
  }
}

/** Each folder once: under the name that the workspaces have for it, and without links where both will do. */
function distinct(root: string, folders: readonly string[], { isMember }: Workspaces): readonly string[] {
  const best = new Map<string, { readonly folder: string; readonly rank: number }>();
  for (const folder of folders) {
    const path = real(join(root, folder));
    const rank = (isMember(folder) ? 2 : 0) + (path === join(real(root), folder) ? 1 : 0);
    if (rank > (best.get(path)?.rank ?? -1)) best.set(path, { folder, rank });
  }
  const kept = new Set([...best.values()].map(({ folder }) => folder));
  return folders.filter((folder) => kept.has(folder));
}

function isIn(outer: string, path: string): boolean {
  return !isOutside(relative(outer, path));
}

/** Which folders are packages of the workspace, as its patterns say. */
interface Workspaces {
  /** Everything belongs to a repository that declares none. */
  readonly isMember: (folder: string) => boolean;
  readonly isExcluded: (folder: string) => boolean;
}

function workspacesOf(root: string): Workspaces {
  const patterns = pnpmWorkspaces(root) ?? npmWorkspaces(readManifest(root) ?? {});
  const matching = (some: readonly string[]) => {
    const expressions = some.flatMap(alternatives).map(asExpression);
    return (folder: string): boolean => expressions.some((pattern) => pattern.test(folder));
  };
  const negated = (patterns ?? []).filter((pattern) => pattern.startsWith("!"));
  const isExcluded = matching(negated.map((pattern) => pattern.slice(1)));
  const isIncluded = matching((patterns ?? []).filter((pattern) => !pattern.startsWith("!")));
  return {
    isExcluded,
    isMember: (folder) => patterns === undefined || (isIncluded(folder) && !isExcluded(folder)),
  };
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

/** A pattern of folders: `*` and `?` are within one name, `**` is any number of names. */
function asExpression(pattern: string): RegExp {
  const names = posix.normalize(pattern).replace(/\/$/, "").split("/");
  const source = names.map((name) => (name === "**" ? "(?:[^/]+/)*[^/]+" : partOf(name)));
  return new RegExp(`^${source.join("/").replaceAll("(?:[^/]+/)*[^/]+/", "(?:[^/]+/)*")}$`);
}

function partOf(name: string): string {
  const wildcards: Readonly<Record<string, string>> = { "*": "[^/]*", "?": "[^/]" };
  return name.replace(/[\\^$.*+?()[\]{}|]/g, (found) => wildcards[found] ?? `\\${found}`);
}

/** `{apps,sites}/*` is short for two patterns. */
function alternatives(pattern: string): readonly string[] {
  const [whole, before = "", inside = "", after = ""] = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/.exec(pattern) ?? [];
  if (whole === undefined) return [pattern];
  return inside.split(",").flatMap((each) => alternatives(`${before}${each}${after}`));
}

/**
 * A package that depends on Next.js may also be a library of components: an application has pages, a configuration or its scripts.
 * Where one package.json has the dependencies of all, an application is where its configuration is.
 */
function isApplication(root: string, { folder, manifest }: Package, all: readonly Package[]): boolean {
  const path = join(root, folder);
  if (!dependsOnNext(manifest)) {
    return hasAny(path, configurations) && all.some((other) => other.folder !== folder && isAbove(other, folder));
  }
  const runs = scriptsOf(manifest).some((script) => /\bnext(?:\s+(?:dev|build|start)\b|\s+-|\s*$)/.test(script));
  return runs || hasAny(path, ["app", "pages", "src/app", "src/pages", ...configurations]);
}

/** Whether a package above a folder has Next.js for it. */
function isAbove({ folder, manifest }: Package, inner: string): boolean {
  return dependsOnNext(manifest) && (folder === "." || inner.startsWith(`${folder}/`));
}

function dependsOnNext(manifest: JsonRecord): boolean {
  return dependenciesOf(manifest).includes("next");
}

function hasAny(path: string, names: readonly string[]): boolean {
  return names.some((name) => existsSync(join(path, name)));
}

/** `next` alone is `next dev`, as older versions are started. */
function portOf(manifest: JsonRecord): number {
  for (const script of scriptsOf(manifest)) {
    const written =
      /\bnext\s+(?:dev\b[^&|;]*?\s)?(?:-p|--port)[\s=]+(\d+)/.exec(script)?.[1] ??
      /\bPORT=(\d+)\s.*\bnext\s+dev\b/.exec(script)?.[1];
    const port = Number(written);
    if (port >= 1 && port <= 65_535) return port;
  }
  return 3000;
}

function scriptsOf(manifest: JsonRecord): readonly string[] {
  return Object.values(recordAt(manifest, "scripts")).filter((script) => typeof script === "string");
}

function dependenciesOf(manifest: JsonRecord): readonly string[] {
  return ["dependencies", "devDependencies"].flatMap((name) => Object.keys(recordAt(manifest, name)));
}

/** The nearest lock file decides: an application of a monorepo has that of the folder above. */
function managerOf(folder: string): Repository["manager"] {
  if (hasAny(folder, ["pnpm-lock.yaml", "pnpm-workspace.yaml"])) return "pnpm";
  if (hasAny(folder, ["yarn.lock"])) return "yarn";
  if (hasAny(folder, ["bun.lock", "bun.lockb"])) return "bun";
  if (hasAny(folder, ["package-lock.json"])) return "npm";
  const { packageManager } = readManifest(folder) ?? {};
  const named = typeof packageManager === "string" ? /^(npm|pnpm|yarn|bun)@/.exec(packageManager)?.[1] : undefined;
  if (named === "npm" || named === "pnpm" || named === "yarn" || named === "bun") return named;
  const above = dirname(folder);
  return above === folder ? "npm" : managerOf(above);
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
