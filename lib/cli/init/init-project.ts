import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
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
import { isOutside, toPosix } from "../../sources/call-site";
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
    hosted: discovery.hosted,
    ...(region !== undefined && { region }),
  };
  printReport(
    applications.map((application) => `Next.js application: ${applicationName(application, root)}`).join("\n"),
  );
  if (unreadable !== "") printReport(`${colors.yellow("!")} Not searched for an application: ${unreadable}.`);
  showEnvironments(root, project);
  showLeftOut(discovery);
  const chosen = flags.yes === true ? withUsualRegion(project) : await ask(project, flags, interruption);
  if (chosen === undefined) {
    printAside("Nothing was written.");
    return 1;
  }
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

function folderProblem(root: string, written: string): string | undefined {
  const way = relative(root, resolve(root, written));
  if (written.trim() === "" || way === "" || isOutside(way) || isAbsolute(way)) {
    return `Invalid folder "${written}": expected a folder inside this one, such as ${usualFolder}.`;
  }
  const manifest = join(root, way, "package.json");
  // A project that this command has written, or one like it, is completed.
  if (!existsSync(manifest) || readFileSync(manifest, "utf8").includes('"cdktf-genesys-messenger"')) return undefined;
  return `Invalid folder "${written}": it belongs to another package. Name a folder for the project alone.`;
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

/** What `origins list` is going to show. */
function showEnvironments(root: string, project: NewProject): void {
  const file = posix.join(project.folder, "environments.ts");
  const lines = (projectFiles(project)["environments.ts"] ?? "").split("\n");
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

function showLeftOut({ leftOut }: Discovery): void {
  if (leftOut.length === 0) return;
  const lines = leftOut.map(({ environment, finding }) => `  ${environment}: ${formatFinding(finding)}`);
  printReport(`\nLeft out, because a rule refuses it:\n${[...new Set(lines)].join("\n")}`);
}

function write(root: string, project: NewProject, repository: Repository): void {
  const { folder, environments } = project;
  const files = { ...projectFiles(project), ...(repository.manager === "yarn" && { "yarn.lock": "" }) };
  const [written, kept]: [string[], string[]] = [[], []];
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, folder, name);
    mkdirSync(dirname(path), { recursive: true });
    (isWritten(path, text) ? written : kept).push(name);
  }
  const list = (names: readonly string[]): string => names.map((name) => `  ${posix.join(folder, name)}`).join("\n");
  if (written.length > 0) printReport(`\n${colors.bold("Written")}\n${list(written)}`);
  if (kept.length > 0) printReport(`\n${colors.bold("Already there, unchanged")}\n${list(kept)}`);
  for (const line of excludeFromCompilers(root, folder)) printReport(`\n${printable(line)}`);
  for (const line of notesOn(root, environments)) printReport(`\n${colors.yellow("!")} ${printable(line)}`);
  printReport(`\n${nextSteps(project, repository)}`);
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
    const path = join(root, file);
    if (!existsSync(path)) return [];
    const text = readFileSync(path, "utf8");
    const errors: ParseError[] = [];
    const config: unknown = parse(text, errors, { allowTrailingComma: true });
    const advice = `Add "${way}" to "exclude" of ${file}, so that the application's build does not compile the project.`;
    if (!isRecord(config) || errors.length > 0) return [advice];
    if (!isIncluded(config, way)) return [];
    const excluded = Array.isArray(config["exclude"]) ? (config["exclude"] as readonly unknown[]) : ["node_modules"];
    const format = { formattingOptions: { insertSpaces: true, tabSize: 2 } };
    replaceFile(path, applyEdits(text, modify(text, ["exclude"], [...excluded, way], format)));
    return [`Added "${way}" to "exclude" of ${file}, so that the application's build does not compile the project.`];
  });
}

function isIncluded({ files, include, exclude }: Readonly<Record<string, unknown>>, way: string): boolean {
  const names = (value: unknown): readonly string[] | undefined =>
    Array.isArray(value) ? value.filter((each) => typeof each === "string") : undefined;
  const isExcluded = names(exclude)?.some((each) =>
    `${way}/`.startsWith(`${each.replace(/^\.\/|\/(?:\*\*(?:\/\*)?)?$/g, "")}/`),
  );
  if (isExcluded === true) return false;
  const included = names(include);
  if (included === undefined) return files === undefined;
  return included.some((pattern) => {
    const plain = pattern.replace(/^\.\//, "").replace(/[*?].*$/, "");
    return `${way}/`.startsWith(plain) || plain.startsWith(`${way}/`);
  });
}

/** What must happen outside the project, so that every machine derives the same. */
function notesOn(root: string, environments: readonly DiscoveredEnvironment[]): readonly string[] {
  const files = environments.flatMap((environment) => {
    const { written } = declared(root, environment, { file: "", lines: [] });
    return written.map(({ place }) => place.file).filter((file) => file !== "");
  });
  const ignored = ignoredByGit(root, [...new Set(files)].sort());
  if (ignored.length === 0) return [];
  const paths = ignored.map((file) => (/^[\w./@-]+$/.test(file) ? file : `'${file}'`)).join(" ");
  return [
    `Ignored by git, so that a pipeline does not have it: ${ignored.join(", ")}. Commit it with "git add --force ${paths}" if it ` +
      "holds no secret; otherwise keep the page addresses in a file without secrets, such as site.env, and commit that one.",
  ];
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
    `  cd ${folder} && ${installs[manager]}`,
    "  npx origins sandbox -- npx origins deploy --auto-approve   # try it: offline, without an account",
    "  npx origins deploy                                         # for real, with GENESYSCLOUD_OAUTHCLIENT_ID, GENESYSCLOUD_OAUTHCLIENT_SECRET and GENESYSCLOUD_REGION",
  ].join("\n");
}
