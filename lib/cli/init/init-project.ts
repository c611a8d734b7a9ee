import { spawnSync } from "node:child_process";
import { lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, posix, relative, resolve } from "node:path";
import { applyEdits, modify, parse, type ParseError } from "jsonc-parser";
import { errorCode, errorMessage, UserError } from "../../base/errors";
import { replaceFile } from "../../base/files";
import { isRecord } from "../../base/json";
import { printable } from "../../base/printable";
import { type DiscoveredEnvironment, discoverEnvironments, type Discovery } from "../../codegen/discovery";
import { applicationName, readRepository, type Repository } from "../../codegen/next-applications";
import { type NewProject, type ProjectCore, projectFiles } from "../../codegen/project-files";
import { findRegion, regions } from "../../genesys/regions";
import { formatFinding } from "../../origins/finding";
import { ownVersion } from "../../programs/packages";
import { type AddressSource } from "../../sources/address-source";
import { isOutside, real, toPosix } from "../../sources/call-site";
import { type NextEnvironment, nextEnvironment } from "../../sources/next-environment";
import { renderReport, reportOn } from "../report/environment-report";
import { askOnTerminal, checkTerminal, type TextQuestion } from "../terminal/confirm";
import { colors, printAside, printReport } from "../terminal/output";
import { terminalWidth } from "../terminal/table";

/** What the command can be told. */
export interface InitFlags {
  readonly folder?: string;
  readonly region?: string;
  readonly core?: ProjectCore;
  readonly yes?: boolean;
}

const usualFolder = "infra/messenger";

/** The kinds that an application usually has. */
const usualKinds = ["production", "staging", "preview"];

/**
 * Finds the Next.js applications of the repository in the working directory, shows what their pages are, and writes a project that
 * declares them. A file that is there stays as it is.
 *
 * @returns the exit code
 */
export async function initProject(flags: InitFlags, interruption: AbortSignal): Promise<number> {
  const root = process.cwd();
  const folder = checkedFolder(root, flags.folder ?? usualFolder);
  const region = flags.region === undefined ? undefined : checkedRegion(flags.region);
  if (flags.yes !== true) checkTerminal(process.stdin, "Use --yes to accept what is found.");
  const repository = readRepository(root);
  const { applications } = repository;
  const unreadable = repository.unreadable.map((file) => `"${printable(file)}" is not valid JSON`).join(", ");
  if (applications.length === 0) {
    if (unreadable !== "") throw new UserError(`No Next.js application found: ${unreadable}. Correct the file.`);
    throw new UserError(
      `No Next.js application found in "${root}": no package.json in it, or in a package of its workspaces, depends on next.\n\n` +
        "Run the command in the folder of the repository.",
    );
  }
  const discovery = discoverEnvironments(root, applications);
  const project: NewProject = {
    folder,
    core: flags.core ?? (usesCdktf(repository) ? "cdktf" : "cdktn"),
    testRunner: repository.dependencies.has("jest") && !repository.dependencies.has("vitest") ? "jest" : "vitest",
    version: ownVersion(),
    environments: discovery.environments,
    missing: usualKinds.filter((kind) => !discovery.environments.some((environment) => environment.kind === kind)),
    hosted: discovery.hosted,
    ...(region !== undefined && { region }),
  };
  printReport(
    applications.map((application) => `Next.js application: ${applicationName(application, root)}`).join("\n"),
  );
  if (unreadable !== "") printReport(`${colors.yellow("!")} Not searched for an application: ${unreadable}.`);
  showEnvironments(root, project);
  showNotDeclared(discovery, project);
  const chosen = flags.yes === true ? withUsualRegion(project) : await ask(project, flags, interruption);
  if (chosen === undefined) {
    printAside("Nothing was written.");
    return 1;
  }
  // The lines of the addresses that are written out are those of the file that is written.
  if (environmentsText(chosen) !== environmentsText(project) || chosen.folder !== project.folder)
    showEnvironments(root, chosen);
  write(root, chosen, repository);
  return 0;
}

function usesCdktf({ dependencies }: Repository): boolean {
  return dependencies.has("cdktf") && !dependencies.has("cdktn");
}

function checkedFolder(root: string, written: string): string {
  const problem = folderProblem(root, written);
  if (problem !== undefined) throw new UserError(problem);
  return toPosix(relative(root, resolve(root, written)));
}

function folderProblem(root: string, given: string): string | undefined {
  const invalid = (why: string): string => `Invalid folder "${printable(given)}": ${why}.`;
  const way = relative(root, resolve(root, given));
  if (given.trim() === "" || way === "" || isOutside(way) || isAbsolute(way))
    return invalid(`expected a folder inside this one, such as ${usualFolder}`);
  const names = toPosix(way).split("/");
  if (names.some((name) => /[\p{Cc}\\]/u.test(name)))
    return invalid(`use "/" between folders, and no control characters`);
  const special = names.find((name) => ["node_modules", ".git", ".next", "pages", "public"].includes(name));
  if (special !== undefined) return invalid(`"${special}" is reserved for Next.js and other tools`);
  const paths = names.map((_, index) => join(root, ...names.slice(0, index + 1)));
  const other = paths.find((path) => kindOfFile(path) === "other");
  if (other !== undefined) return invalid(`"${toPosix(relative(root, other))}" is not a folder`);
  const link = paths.find((path) => kindOfFile(path) === "link");
  if (link !== undefined)
    return invalid(
      `"${toPosix(relative(root, link))}" is a symbolic link, so the paths in the project would start elsewhere`,
    );
  const manifest = textOf(join(root, way, "package.json"));
  // A project that this command has written, or one like it, is completed.
  if (manifest === undefined || manifest.includes('"cdktf-genesys-messenger"')) return undefined;
  return invalid("it belongs to another package. Name a folder for the project alone");
}

function kindOfFile(path: string): "folder" | "link" | "other" | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory()) return found && "folder";
  return found.isSymbolicLink() ? "link" : "other";
}

/** The text of a file; undefined where it is missing or cannot be read. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function checkedRegion(written: string): string {
  const problem = regionProblem(written);
  if (problem !== undefined) throw new UserError(problem);
  return findRegion(written.toLowerCase())?.awsRegion ?? written;
}

function regionProblem(written: string): string | undefined {
  if (findRegion(written.toLowerCase()) !== undefined) return undefined;
  return `Unknown region "${written}": expected one of ${regions.map(({ awsRegion }) => awsRegion).join(", ")}.`;
}

/** The region that the shell's variable names, where it does. */
function withUsualRegion(project: NewProject): NewProject {
  const region = project.region ?? findRegion((process.env["GENESYSCLOUD_REGION"] ?? "").toLowerCase())?.awsRegion;
  return { ...project, ...(region !== undefined && { region }) };
}

/** Asks what a repository does not tell; undefined after an interruption. */
async function ask(project: NewProject, flags: InitFlags, interruption: AbortSignal): Promise<NewProject | undefined> {
  const root = process.cwd();
  const line = (question: TextQuestion): Promise<string | undefined> => askOnTerminal(question, interruption);
  const folder =
    flags.folder === undefined
      ? await line({
          question: "Folder of the project",
          usual: project.folder,
          problemOf: (answer) => folderProblem(root, answer),
        })
      : project.folder;
  if (folder === undefined) return undefined;
  const region =
    flags.region === undefined
      ? await line({
          question: "Region of your Genesys Cloud organisation",
          usual: withUsualRegion(project).region ?? "us-east-1",
          problemOf: regionProblem,
        })
      : project.region;
  if (region === undefined) return undefined;
  const found = project.environments.map(({ name }) => name);
  const names = await line({
    question: "Environments",
    usual: found.join(", "),
    problemOf: (answer) => {
      const unknown = namesIn(answer).filter((name) => !found.includes(name));
      if (namesIn(answer).length === 0) return `Expected at least one of ${found.join(", ")}.`;
      return unknown.length === 0
        ? undefined
        : `Unknown environment "${unknown.join('", "')}": expected names among ${found.join(", ")}.`;
    },
  });
  if (names === undefined) return undefined;
  const environments = project.environments.filter(({ name }) => namesIn(names).includes(name));
  return { ...project, folder: checkedFolder(root, folder), region: checkedRegion(region), environments };
}

function namesIn(answer: string): readonly string[] {
  return answer.split(/[\s,]+/).filter((name) => name !== "");
}

function environmentsText(project: NewProject): string {
  return projectFiles(project)["environments.ts"] ?? "";
}

/** What `origins list` is going to show. */
function showEnvironments(root: string, project: NewProject): void {
  const file = posix.join(project.folder, "environments.ts");
  const lines = environmentsText(project).split("\n");
  const environments = project.environments.map((environment) => declared(root, environment, { file, lines }));
  const width = terminalWidth();
  printReport(
    `\n${reportOn(environments)
      .map((report) => renderReport(report, { width }))
      .join("\n\n")}`,
  );
}

/** The environment as the new file declares it. */
function declared(
  root: string,
  { name, kind, addresses }: DiscoveredEnvironment,
  { file, lines }: { readonly file: string; readonly lines: readonly string[] },
): NextEnvironment {
  const start = lines.findIndex((line) => line.startsWith(`  nextEnvironment(${JSON.stringify(name)}`));
  const lineOf = (value: string): number =>
    lines.findIndex((line, index) => index > start && line.includes(JSON.stringify(value))) + 1;
  const written = (value: string): AddressSource => ({
    read: () => ({ addresses: [{ value, place: { file, line: lineOf(value) } }], findings: [] }),
  });
  return nextEnvironment(name, {
    kind,
    root,
    addresses: addresses.map((address) => (typeof address === "string" ? written(address) : address.source)),
  });
}

/** More names than this help no reader. */
const mostNames = 8;

/** What a reader may want to add by hand. */
function showNotDeclared({ leftOut, suspected, hosted }: Discovery, { folder }: NewProject): void {
  if (leftOut.length > 0) {
    const lines = leftOut.map(({ environment, finding }) => `  ${environment}: ${formatFinding(finding)}`);
    printReport(`\nLeft out, because a rule refuses it:\n${[...new Set(lines)].join("\n")}`);
  }
  if (suspected.length > 0) {
    const lines = suspected
      .slice(0, mostNames)
      .map(({ name, places }) => `  ${printable(name)} (${places.join(", ")})`);
    const more = suspected.length > mostNames ? [`  and ${suspected.length - mostNames} more`] : [];
    printReport(
      "\nNot read, because only the name suggests a page address. If it holds one, add it to the variables of its source in " +
        `environments.ts:\n${[...lines, ...more].join("\n")}`,
    );
  }
  if (hosted.length > 0) {
    const names = [...new Set(hosted.map(({ name }) => (name === "netlifySite" ? "Netlify" : "Vercel")))].join(" and ");
    printReport(
      `\n${names} may have more domains than these files. The last lines of ${printable(posix.join(folder, "environments.ts"))} say how to add them.`,
    );
  }
}

/** What makes a folder a project apart from the workspace, with the programs where `npx` finds them. Yarn 1 reads the first alone. */
const ofYarn = { "yarn.lock": "", ".yarnrc.yml": "nodeLinker: node-modules\n" };

function write(root: string, project: NewProject, repository: Repository): void {
  const { folder, environments } = project;
  const files = { ...projectFiles(project), ...(repository.manager === "yarn" && ofYarn) };
  const [written, kept]: [string[], string[]] = [[], []];
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, folder, name);
    makeFolder(dirname(path));
    (isWritten(path, text) ? written : kept).push(name);
  }
  const list = (names: readonly string[]): string =>
    names.map((name) => `  ${printable(posix.join(folder, name))}`).join("\n");
  if (written.length > 0) printReport(`\n${colors.bold("Written")}\n${list(written)}`);
  if (kept.length > 0) printReport(`\n${colors.bold("Already there, unchanged")}\n${list(kept)}`);
  for (const line of excludeFromCompilers(root, folder)) printReport(`\n${printable(line)}`);
  for (const line of notesOn(
    root,
    environments,
    written.map((name) => posix.join(folder, name)),
  ))
    printReport(`\n${colors.yellow("!")} ${printable(line)}`);
  printReport(`\n${nextSteps(project, repository)}`);
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UserError(`Cannot create "${path}": ${errorMessage(error)}.`);
  }
}

/** Writes a file that does not exist yet; whether it did. */
function isWritten(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw new UserError(`Cannot write "${path}": ${errorMessage(error)}.`);
  }
}

/**
 * An application whose tsconfig.json includes every folder below it would compile the project along with its pages, in a build
 * that has not installed the project's packages. Such a tsconfig.json gets one more entry in `exclude`; comments in it stay.
 */
function excludeFromCompilers(root: string, folder: string): readonly string[] {
  const above = folder.split("/").map((_, depth, names) => names.slice(0, depth).join("/"));
  return above.flatMap((outer): readonly string[] => {
    const file = posix.join(outer, "tsconfig.json");
    const way = outer === "" ? folder : posix.relative(outer, folder);
    const path = real(join(root, file));
    const text = textOf(path);
    if (text === undefined) return [];
    const said = (verb: string): readonly string[] => [
      `${verb} "${way}" to "exclude" of ${file}, so that the application's build does not compile the project.`,
    ];
    const config = compilerConfig(text);
    if (config === undefined) return said("Add");
    const { extends: bases = [] } = config;
    const inherited = inheritedFrom(dirname(path), Array.isArray(bases) ? bases : [bases]);
    if (inherited === undefined && config["exclude"] === undefined) return said("Add");
    if (!isIncluded({ ...inherited, ...config }, way)) return [];
    try {
      replaceFile(path, withExcluded(text, config["exclude"], inherited?.["exclude"], way));
      return said("Added");
    } catch {
      return said("Add");
    }
  });
}

type CompilerConfig = Readonly<Record<string, unknown>>;

/** A tsconfig.json, with comments and all; undefined where it is broken. */
function compilerConfig(text: string): CompilerConfig | undefined {
  const errors: ParseError[] = [];
  const config: unknown = parse(text.replace(/^\uFEFF/, ""), errors, { allowTrailingComma: true });
  return isRecord(config) && errors.length === 0 ? config : undefined;
}

/** What a tsconfig.json has from others in its folder; undefined where others say it, whose paths start elsewhere. */
function inheritedFrom(folder: string, bases: readonly unknown[], level = 0): CompilerConfig | undefined {
  let found: CompilerConfig = {};
  for (const base of bases) {
    const name =
      typeof base === "string" && /^\.\/[^/]+$/.test(base) ? base.replace(/(?:\.json)?$/, ".json") : undefined;
    const config = name === undefined || level > 8 ? undefined : compilerConfig(textOf(join(folder, name)) ?? "");
    if (config === undefined) return undefined;
    const { extends: further = [], include, exclude, files } = config;
    const above = inheritedFrom(folder, Array.isArray(further) ? further : [further], level + 1);
    if (above === undefined) return undefined;
    const own = Object.entries({ include, exclude, files }).filter(([, value]) => value !== undefined);
    found = { ...found, ...above, ...Object.fromEntries(own) };
  }
  return found;
}

/** The text with one more entry; what it has inherited is written down, because a list of its own replaces it. */
function withExcluded(text: string, own: unknown, inherited: unknown, way: string): string {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const bare = text.slice(mark.length);
  const indent = /^([ \t]+)\S/m.exec(bare)?.[1] ?? "  ";
  const formattingOptions = { insertSpaces: !indent.startsWith("\t"), tabSize: indent.length };
  const edits = Array.isArray(own)
    ? modify(bare, ["exclude", own.length], way, { formattingOptions, isArrayInsertion: true })
    : modify(
        bare,
        ["exclude"],
        [...(Array.isArray(inherited) ? (inherited as readonly unknown[]) : ["node_modules"]), way],
        {
          formattingOptions,
        },
      );
  return `${mark}${applyEdits(bare, edits)}`;
}

function isIncluded({ files, include, exclude }: CompilerConfig, way: string): boolean {
  const names = (value: unknown): readonly string[] | undefined =>
    Array.isArray(value)
      ? value
          .filter((each) => typeof each === "string")
          .map((each) => posix.normalize(each.replace("${configDir}", ".")).replace(/^\.$/, ""))
      : undefined;
  const isExcluded = names(exclude)?.some((each) =>
    `${way}/`.startsWith(`${each.replace(/\/(?:\*\*(?:\/\*)?)?$/, "")}/`),
  );
  if (isExcluded === true) return false;
  const included = names(include);
  if (included === undefined) return files === undefined;
  return included.some((pattern) => {
    const plain = pattern.replace(/[*?].*$/, "");
    return `${way}/`.startsWith(plain) || plain.startsWith(`${way}/`);
  });
}

/** What must happen outside the project, so that every machine derives the same. */
function notesOn(
  root: string,
  environments: readonly DiscoveredEnvironment[],
  made: readonly string[],
): readonly string[] {
  const files = environments.flatMap((environment) => {
    const { written } = declared(root, environment, { file: "", lines: [] });
    return written.map(({ place }) => place.file).filter((file) => file !== "");
  });
  const ofProject = ignoredByGit(root, made);
  const hidden =
    ofProject.length === 0
      ? []
      : [
          `Ignored by git, though a pipeline needs it: ${ofProject.join(", ")}. Add "!${ofProject[0] ?? ""}" to .gitignore.`,
        ];
  const ignored = ignoredByGit(root, [...new Set(files)].sort());
  if (ignored.length === 0) return hidden;
  const paths = ignored.map(inShell).join(" ");
  return [
    ...hidden,
    `Ignored by git, so that a pipeline does not have it: ${ignored.join(", ")}. Commit it with "git add --force ${paths}" if it ` +
      "holds no secret; otherwise keep the page addresses in a file without secrets, such as site.env, and commit that one.",
  ];
}

function inShell(path: string): string {
  if (/^[\p{L}\p{N}_./@+-]+$/u.test(path)) return path;
  return process.platform === "win32" ? `"${path}"` : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** Those of the files that git ignores; none outside a repository or without git. */
function ignoredByGit(root: string, files: readonly string[]): readonly string[] {
  if (files.length === 0) return [];
  const { status, stdout } = spawnSync("git", ["check-ignore", "-z", "--stdin"], {
    cwd: root,
    encoding: "utf8",
    input: files.join("\0"),
  });
  return status === 0 ? stdout.split("\0").filter((file) => file !== "") : [];
}

const installs = {
  npm: "npm install",
  pnpm: "pnpm install --ignore-workspace",
  yarn: "yarn install",
  bun: "bun install",
};

function nextSteps({ folder }: NewProject, { manager }: Repository): string {
  return [
    colors.bold("Next"),
    `  cd ${inShell(folder)} && ${installs[manager]}`,
    "  npx origins sandbox -- npx origins deploy --auto-approve   # try it: offline, without an account",
    "  npx origins deploy                                         # for real, with GENESYSCLOUD_OAUTHCLIENT_ID, GENESYSCLOUD_OAUTHCLIENT_SECRET and GENESYSCLOUD_REGION",
  ].join("\n");
}
