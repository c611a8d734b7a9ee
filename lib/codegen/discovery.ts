import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { isRecord, type JsonRecord, parseRecord } from "../base/json";
import { type Finding, formatPlace, refuses } from "../origins/finding";
import { type EnvironmentKind } from "../origins/rule";
import { type AddressSource } from "../sources/address-source";
import { envCmdrc } from "../sources/env/env-cmdrc";
import { envFiles } from "../sources/env/env-file";
import { parseEnvText } from "../sources/env/env-expansion";
import { mayHoldPageAddress, pageAddressVariables } from "../sources/env/variable-selection";
import { parseJson } from "../sources/formats/json-text";
import { type LinedTable, type ParsedText, tableAt } from "../sources/formats/lined-value";
import { parseToml } from "../sources/formats/toml-text";
import { nextConfig } from "../sources/next-config/next-config";
import { nextIntlRouting } from "../sources/next-config/next-intl";
import { nextEnvironment } from "../sources/next-environment";
import { appHosting } from "../sources/platforms/app-hosting";
import { netlifyToml } from "../sources/platforms/netlify-toml";
import { wrangler } from "../sources/platforms/wrangler";
import { kindOf } from "./environment";
import { type Literal } from "./literal";
import { type NextApplication } from "./next-applications";

/** The call of a source, as a program writes it. */
export interface WrittenCall {
  /** The function, which is imported. */
  readonly name: string;
  /** Its arguments, such as `"apps/shop"` and `{ variables: "SITE_URL" }`; options that are empty stay away. */
  readonly parameters: readonly Literal[];
}

/** The call of a source, and what it does. */
export interface SourceCall extends WrittenCall {
  readonly source: AddressSource;
}

/** An environment that the files of a repository tell of. */
export interface DiscoveredEnvironment {
  readonly name: string;
  readonly kind: EnvironmentKind;
  /** The addresses of its pages: sources, and such as are written out. */
  readonly addresses: readonly (SourceCall | string)[];
}

/** What a repository tells of its pages. */
export interface Discovery {
  /** Environments with at least one address that their rules admit. */
  readonly environments: readonly DiscoveredEnvironment[];
  /** What was found and left out, because a rule refuses it, with the environment that it was meant for. */
  readonly leftOut: readonly { readonly environment: string; readonly finding: Finding }[];
  /** Projects of platforms that keep their domains to themselves: `origins pull` asks for them. */
  readonly hosted: readonly (WrittenCall & { readonly environment: string })[];
  /** Variables that are not read, whose names alone suggest page addresses, with the places that define each. */
  readonly suspected: readonly { readonly name: string; readonly places: readonly string[] }[];
}

/** A source that may have addresses of an environment. */
interface Candidate {
  readonly environment: string;
  /** The folder of the file that it reads. */
  readonly folder: string;
  readonly name: string;
  /** The source that reads these variables, or, without any, what it reads besides variables. */
  readonly call: (variables: readonly string[]) => SourceCall;
  /** Whether it reads variables. */
  readonly hasVariables: boolean;
  /** Whether an address in that file is meant for this environment. @default each is */
  readonly isOwn?: (file: string) => boolean;
  /** The variables that are set for this environment alone, where it also has those of all. @default each counts */
  readonly own?: LinedTable | undefined;
  /** Whether what it sets wins over the application's env files. @default false */
  readonly overridesFiles?: boolean;
}

/**
 * Reads where a repository's applications have their pages, from what their own files say. No host is guessed: an environment is
 * there only if a file has an address for it, and `development`, whose server is on this machine. Of variables only those are read that
 * hold page addresses by their names.
 *
 * @param root the repository's folder, absolute
 */
export function discoverEnvironments(root: string, applications: readonly NextApplication[]): Discovery {
  const folders = [...new Set([...applications.map(({ folder }) => folder), "."])];
  const files = new Map(folders.map((folder) => [folder, namesIn(join(root, folder))]));
  const namesOf = (folder: string): readonly string[] => files.get(folder) ?? [];
  const candidates = [
    ...folders.flatMap((folder) => platformCandidates(root, folder, namesOf(folder))),
    ...applications.flatMap(({ folder }) => applicationCandidates(root, folder, namesOf(folder))),
  ];
  const found = new Map<string, (SourceCall | string)[]>();
  const leftOut: Discovery["leftOut"][number][] = [];
  const taken = new Set<string>();
  for (const candidate of candidates) {
    const { environment, folder } = candidate;
    const { call, refused, variables } = judge(root, candidate, taken);
    leftOut.push(...refused.map((finding) => ({ environment, finding })));
    // A platform's file beside several applications may be that of any of them.
    const overridden = folder === "." && applications.length === 1 ? (applications[0]?.folder ?? folder) : folder;
    if (candidate.overridesFiles === true)
      for (const variable of variables) taken.add(takenKey({ environment, folder: overridden }, variable));
    if (call !== undefined) found.set(environment, [...(found.get(environment) ?? []), call]);
  }
  const local = [...new Set(applications.map(({ port }) => `http://localhost:${port}`))];
  found.set("development", [...local, ...(found.get("development") ?? [])]);
  const order = ["production", "staging", "preview", "development"];
  const environments = [...found].map(([name, addresses]) => ({ name, kind: kindOf(name), addresses }));
  const rank = ({ name, kind }: DiscoveredEnvironment): number => 2 * order.indexOf(kind) + (name === kind ? 0 : 1);
  environments.sort((one, other) => rank(one) - rank(other));
  return {
    environments,
    leftOut,
    hosted: folders.flatMap((folder) => hostedProjects(root, folder)),
    suspected: suspectedVariables(folders.flatMap((folder) => definitionsIn(root, folder, namesOf(folder)))),
  };
}

function takenKey({ environment, folder }: Pick<Candidate, "environment" | "folder">, variable: string): string {
  return JSON.stringify([environment, folder, variable]);
}

interface Judgement {
  /** The source with everything of it that is admitted; undefined where nothing is. */
  readonly call: SourceCall | undefined;
  readonly refused: readonly Finding[];
  /** The variables that it has, admitted or not. */
  readonly variables: readonly string[];
}

/** Tries a source as the environment's only one, variable by variable. */
function judge(root: string, candidate: Candidate, taken: ReadonlySet<string>): Judgement {
  const { environment, call, hasVariables, overridesFiles = false } = candidate;
  const refused: Finding[] = [];
  const variables: string[] = [];
  const admits = (source: AddressSource, isOwn: (file: string) => boolean): boolean => {
    const { allowList, findings } = nextEnvironment(environment, {
      kind: kindOf(environment),
      root,
      addresses: [source],
    });
    const places = allowList.entries.flatMap(({ sources }) => sources.map(({ place }) => place.file));
    const errors = findings.filter((finding) => refuses(finding) && isOwn(finding.place?.file ?? ""));
    // That nothing is left of it needs no saying beside the reason.
    refused.push(...errors.filter(({ rule }) => !isAbsence(rule) && rule !== "empty-list"));
    return errors.length === 0 && places.some(isOwn);
  };
  const isOwn = candidate.isOwn ?? ((): boolean => true);
  if (!hasVariables) {
    const only = call([]);
    return { call: admits(only.source, isOwn) ? only : undefined, refused, variables };
  }
  const admitted = pageAddressVariables.filter((variable) => {
    if ("own" in candidate && candidate.own?.entries.has(variable) !== true) return false;
    if (!overridesFiles && taken.has(takenKey(candidate, variable))) return false;
    const { source } = call([variable]);
    const { addresses, findings } = source.read({ root, kind: kindOf(environment) });
    if (findings.some(({ rule }) => isAbsence(rule))) return false;
    // A file that cannot be read has none of them.
    if (addresses.length > 0 || findings.some(({ place }) => place?.key === variable)) variables.push(variable);
    return admits(source, isOwn);
  });
  return { call: admitted.length === 0 ? undefined : call(admitted), refused, variables };
}

/** The rules that report something missing: no one has asked for it. */
function isAbsence(rule: string): boolean {
  return ["missing-variable", "missing-key", "missing-file", "missing-environment"].includes(rule);
}

/** A call with options, which stay away where there are none. */
function written(
  name: string,
  parameters: readonly Literal[],
  options: Readonly<Record<string, Literal>> = {},
): WrittenCall {
  return { name, parameters: Object.keys(options).length > 0 ? [...parameters, options] : parameters };
}

/** The variables as an option: one alone needs no list. */
function named(variables: readonly string[]): { readonly variables?: string | readonly string[] } {
  const [first, ...others] = variables;
  if (first === undefined) return {};
  return { variables: others.length === 0 ? first : variables };
}

/** What the application's own files say: env files, next.config, the routing of next-intl. */
function applicationCandidates(root: string, folder: string, names: readonly string[]): readonly Candidate[] {
  const ofFiles = names.flatMap((name): readonly Candidate[] => {
    const mode = /^\.env\.([\w-][\w.-]*)$/.exec(name)?.[1];
    if (mode === undefined || isNoMode(mode)) return [];
    // The file of production stands over that of every build, which is production's as well.
    if (mode === "production") return [envFilesCandidate(folder, mode)];
    return [envFilesCandidate(folder, mode, (file) => posix.basename(file) === name)];
  });
  // A file for every build is that of production where there is none of its own.
  const ofBuild =
    names.includes(".env.production") || !names.includes(".env") ? [] : [envFilesCandidate(folder, "production")];
  const config = names.find((name) => /^next\.config\.m?[jt]s$/.test(name));
  const text = config === undefined ? "" : textOf(join(root, folder, config));
  const ofConfig = (["production", "development"] as const).flatMap((environment): readonly Candidate[] => {
    const keys = environment === "development" ? /\ballowedDevOrigins\b/ : /\bi18n\b|\ballowedOrigins\b/;
    return keys.test(text)
      ? [plainCandidate(environment, folder, "nextConfig", [folder], () => nextConfig(folder))]
      : [];
  });
  const routing = ["src/i18n/routing.ts", "i18n/routing.ts", "src/i18n/routing.js", "i18n/routing.js"].find((path) =>
    /\bdomains\b/.test(textOf(join(root, folder, path))),
  );
  const ofRouting =
    routing === undefined
      ? []
      : [plainCandidate("production", folder, "nextIntlRouting", [folder], () => nextIntlRouting(folder))];
  return [...ofFiles, ...ofBuild, ...ofConfig, ...ofRouting];
}

/** Files that no build reads, or that differ between machines; `test` is for tests. */
function isNoMode(mode: string): boolean {
  return /(?:^|\.)(?:local|example|sample|template|defaults?|dist|schema|vault|keys|me|bak|backup|old|orig|te?m?pl|enc|encrypted|ci|e2e|test)$/.test(
    mode,
  );
}

function envFilesCandidate(folder: string, mode: string, isOwn?: (file: string) => boolean): Candidate {
  const of = mode === "production" ? {} : { mode };
  return {
    environment: environmentOf(mode),
    folder,
    name: "envFiles",
    hasVariables: true,
    ...(isOwn !== undefined && { isOwn }),
    call: (variables) => ({
      ...written("envFiles", [folder], { ...of, ...named(variables) }),
      source: envFiles(folder, { ...of, ...named(variables) }),
    }),
  };
}

function plainCandidate(
  environment: string,
  folder: string,
  name: string,
  parameters: readonly Literal[],
  source: () => AddressSource,
  options: Readonly<Record<string, Literal>> = {},
): Candidate {
  return {
    environment,
    folder,
    name,
    hasVariables: false,
    call: () => ({ ...written(name, parameters, options), source: source() }),
  };
}

/** What the files of platforms and of env-cmd say, which set variables before Next.js reads its files. */
function platformCandidates(root: string, folder: string, names: readonly string[]): readonly Candidate[] {
  return names.flatMap((name): readonly Candidate[] => {
    const path = posix.join(folder, name);
    if (name === "netlify.toml") return netlifyCandidates(root, path);
    if (/^\.env-cmdrc(?:\.json|\.js)?$/.test(name)) return envCmdCandidates(root, path);
    if (/^wrangler\.(?:toml|jsonc?)$/.test(name)) return wranglerCandidates(root, path);
    const backend = /^apphosting(?:\.([\w-]+))?\.yaml$/.exec(name);
    if (backend === null || backend[1] === "emulator") return [];
    const of = backend[1] === undefined ? {} : { environment: backend[1] };
    const isOwn = (file: string): boolean => posix.basename(file) === name;
    return [
      {
        ...variablesCandidate(
          environmentOf(backend[1] ?? "production"),
          folder,
          "appHosting",
          [folder],
          of,
          (options) => appHosting(folder, options),
        ),
        isOwn,
      },
    ];
  });
}

function variablesCandidate<Options extends Readonly<Record<string, Literal>>>(
  environment: string,
  folder: string,
  name: string,
  parameters: readonly Literal[],
  own: Options,
  source: (options: Options & { readonly variables?: string | readonly string[] }) => AddressSource,
): Candidate {
  return {
    environment,
    folder,
    name,
    hasVariables: true,
    overridesFiles: true,
    call: (variables) => {
      const options = { ...own, ...named(variables) };
      return { ...written(name, parameters, options), source: source(options) };
    },
  };
}

/** Production, and each context with variables that it alone has. */
function netlifyCandidates(root: string, path: string): readonly Candidate[] {
  const contexts = tableIn(parseToml, join(root, path), "context");
  const sections = [...(contexts?.entries.keys() ?? [])].filter((name) => name !== "production" && !name.includes("*"));
  const candidate = (context: string): Candidate =>
    variablesCandidate(
      environmentOf(context === "branch-deploy" ? "preview" : context),
      posix.dirname(path),
      "netlifyToml",
      [path],
      context === "production" ? {} : { context },
      (options) => netlifyToml(path, options),
    );
  const ownOf = (context: string): LinedTable | undefined =>
    tableAt(contexts, context, "environment") ?? tableAt(contexts, context, "build", "environment");
  return [candidate("production"), ...sections.map((context) => ({ ...candidate(context), own: ownOf(context) }))];
}

function envCmdCandidates(root: string, path: string): readonly Candidate[] {
  const all = tableIn((text) => parseJson(text, "JSON"), join(root, path));
  // What cannot be read says why, whichever environment is asked for.
  const names = [...(all?.entries ?? [["production", { kind: "table" }] as const])].flatMap(([name, { kind }]) =>
    kind === "table" && !name.split(",").includes("") ? name : [],
  );
  return names.map((name) =>
    variablesCandidate(environmentOf(name), posix.dirname(path), "envCmdrc", [path, name], {}, (options) =>
      envCmdrc(path, name, options),
    ),
  );
}

/** The routes of each environment, and the variables beside them. */
function wranglerCandidates(root: string, path: string): readonly Candidate[] {
  const parse = path.endsWith(".toml") ? parseToml : (text: string): ParsedText => parseJson(text, "JSONC");
  const sections = tableIn(parse, join(root, path), "env");
  const environments = [...(sections?.entries.keys() ?? [])].map((name) => ({ environment: name }));
  return [{}, ...environments].flatMap((of: { readonly environment?: string }) => {
    const environment = environmentOf(of.environment ?? "production");
    const section = of.environment === undefined ? undefined : tableAt(sections, of.environment);
    // An environment without routes has those of all.
    const hasRoutes = of.environment === undefined || ["route", "routes"].some((key) => section?.entries.has(key));
    const folder = posix.dirname(path);
    const read = (options: object): AddressSource => wrangler(path, { ...of, ...options });
    return [
      ...(hasRoutes ? [plainCandidate(environment, folder, "wrangler", [path], () => read({}), of)] : []),
      variablesCandidate(environment, folder, "wrangler", [path], of, read),
    ];
  });
}

/** Projects whose domains only the platform knows. */
function hostedProjects(root: string, folder: string): Discovery["hosted"] {
  const linked = vercelProjects(root, folder);
  // Without a link the project has a name that only the platform knows.
  const isDeployed = isFile(join(root, folder, "vercel.json"));
  const projects = linked.length === 0 && isDeployed ? [{ project: "the project's name", team: {} }] : linked;
  const ofVercel = projects.flatMap(({ project, team }) => [
    { environment: "production", ...written("vercelProject", [project], team) },
    { environment: "preview", ...written("vercelProject", [project], { ...team, environment: "preview" }) },
  ]);
  const { siteId } = parseRecord(textOf(join(root, folder, ".netlify", "state.json"))) ?? {};
  const ofNetlify =
    typeof siteId === "string" ? [{ environment: "production", ...written("netlifySite", [siteId]) }] : [];
  return [...ofVercel, ...ofNetlify];
}

interface VercelProject {
  readonly project: string;
  readonly team: { readonly team?: string };
}

/** The projects that `vercel link` has noted: that of a folder, or those of the repository. */
function vercelProjects(root: string, folder: string): readonly VercelProject[] {
  const projectOf = ({ orgId }: JsonRecord, name: unknown, id: unknown): readonly VercelProject[] => {
    const project = [name, id].find((each) => typeof each === "string" && each !== "");
    const team = typeof orgId === "string" && orgId.startsWith("team_") ? { team: orgId } : {};
    return typeof project === "string" ? [{ project, team }] : [];
  };
  const one = parseRecord(textOf(join(root, folder, ".vercel", "project.json"))) ?? {};
  const all = parseRecord(textOf(join(root, folder, ".vercel", "repo.json"))) ?? {};
  const { projects } = all;
  return [
    ...projectOf(one, one["projectName"], one["projectId"]),
    ...(Array.isArray(projects) ? projects : [])
      .filter(isRecord)
      .flatMap((each) => projectOf({ ...all, ...each }, each["name"], each["id"])),
  ];
}

/** A variable that a file defines: its name alone. */
interface Definition {
  readonly name: string;
  readonly place: string;
}

/** The variables that the files of a folder define, wherever a source would look for them. */
function definitionsIn(root: string, folder: string, names: readonly string[]): readonly Definition[] {
  return names.flatMap((name): readonly Definition[] => {
    const file = posix.join(folder, name);
    const path = join(root, file);
    const mode = /^\.env(?:\.([\w-][\w.-]*))?$/.exec(name);
    const variablesOf = (table: LinedTable | undefined): readonly Definition[] =>
      [...(table?.entries ?? [])].map(([key, { line }]) => ({ name: key, place: formatPlace({ file, line }) }));
    if (mode !== null && !isNoMode(mode[1] ?? "")) {
      return [...parseEnvText(textOf(path))].map(([key, { line }]) => ({
        name: key,
        place: formatPlace({ file, line }),
      }));
    }
    if (name === "netlify.toml") {
      const contexts = tableIn(parseToml, path, "context");
      return [
        ...variablesOf(tableIn(parseToml, path, "build", "environment")),
        ...[...(contexts?.entries.keys() ?? [])].flatMap((context) =>
          variablesOf(tableAt(contexts, context, "environment")),
        ),
      ];
    }
    if (/^\.env-cmdrc(?:\.json)?$/.test(name)) {
      const all = tableIn((text) => parseJson(text, "JSON"), path);
      return [...(all?.entries.keys() ?? [])].flatMap((environment) => variablesOf(tableAt(all, environment)));
    }
    return [];
  });
}

/** Those whose names suggest page addresses, and that no source reads unless they are named. */
function suspectedVariables(definitions: readonly Definition[]): Discovery["suspected"] {
  const places = new Map<string, string[]>();
  for (const { name, place } of definitions) {
    if (!mayHoldPageAddress(name) || pageAddressVariables.includes(name)) continue;
    places.set(name, [...(places.get(name) ?? []), place]);
  }
  return [...places].map(([name, all]) => ({ name, places: all }));
}

const aliases: Readonly<Record<string, string>> = {
  prod: "production",
  live: "production",
  main: "production",
  stage: "staging",
  stg: "staging",
  "deploy-preview": "preview",
  dev: "development",
  "dev-server": "development",
  local: "development",
};

/** The name of an environment, of what a file calls it: letters, digits, `-` and `_`. */
function environmentOf(name: string): string {
  const usual = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return (Object.hasOwn(aliases, usual) ? aliases[usual] : undefined) ?? (usual || "production");
}

function tableIn(parse: (text: string) => ParsedText, path: string, ...way: readonly string[]): LinedTable | undefined {
  const parsed = parse(textOf(path));
  if (!parsed.ok) return undefined;
  if (way.length > 0) return tableAt(parsed.value, ...way);
  return parsed.value.kind === "table" ? parsed.value : undefined;
}

function namesIn(path: string): readonly string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || (entry.isSymbolicLink() && isFile(join(path, entry.name))))
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The text of a file; empty where it is missing, unreadable or much larger than one that a person wrote. */
function textOf(path: string): string {
  try {
    return statSync(path).size > 1_000_000 ? "" : readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return "";
  }
}
