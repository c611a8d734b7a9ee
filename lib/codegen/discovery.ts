import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseRecord } from "../base/json";
import { type Finding, refuses } from "../origins/finding";
import { type EnvironmentKind } from "../origins/rule";
import { type AddressSource } from "../sources/address-source";
import { envCmdrc } from "../sources/env/env-cmdrc";
import { envFiles } from "../sources/env/env-file";
import { pageAddressVariables } from "../sources/env/variable-selection";
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
import { type Literal, printLiteral } from "./literal";
import { type NextApplication } from "./next-applications";

/** The call of a source, as a program writes it, and what it does. */
export interface SourceCall {
  /** The function, which is imported. */
  readonly name: string;
  /** The call, such as `envFiles("apps/shop", { variables: "SITE_URL" })`. */
  readonly text: string;
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
  readonly hosted: readonly { readonly environment: string; readonly name: string; readonly text: string }[];
}

/** A source that may have addresses of an environment. */
interface Candidate {
  readonly environment: string;
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
    const { environment } = candidate;
    const { call, refused, variables } = judge(root, candidate, taken);
    leftOut.push(...refused.map((finding) => ({ environment, finding })));
    if (candidate.overridesFiles === true) for (const variable of variables) taken.add(`${environment} ${variable}`);
    if (call !== undefined) found.set(environment, [...(found.get(environment) ?? []), call]);
  }
  const local = [...new Set(applications.map(({ port }) => `http://localhost:${port}`))];
  found.set("development", [...local, ...(found.get("development") ?? [])]);
  const order = ["production", "staging", "preview", "development"];
  const environments = [...found].map(([name, addresses]) => ({ name, kind: kindOf(name), addresses }));
  environments.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  return { environments, leftOut, hosted: folders.flatMap((folder) => hostedProjects(root, folder)) };
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
    refused.push(...errors.filter(({ rule }) => !isAbsence(rule)));
    return errors.length === 0 && places.some(isOwn);
  };
  const isOwn = candidate.isOwn ?? ((): boolean => true);
  if (!hasVariables) {
    const only = call([]);
    return { call: admits(only.source, isOwn) ? only : undefined, refused, variables };
  }
  const admitted = pageAddressVariables.filter((variable) => {
    if ("own" in candidate && candidate.own?.entries.has(variable) !== true) return false;
    if (!overridesFiles && taken.has(`${environment} ${variable}`)) return false;
    const { source } = call([variable]);
    const { findings } = source.read({ root, kind: kindOf(environment) });
    if (findings.some(({ rule }) => isAbsence(rule))) return false;
    variables.push(variable);
    return admits(source, isOwn);
  });
  return { call: admitted.length === 0 ? undefined : call(admitted), refused, variables };
}

/** The rules that report something missing: no one has asked for it. */
function isAbsence(rule: string): boolean {
  return ["missing-variable", "missing-key", "missing-file", "missing-environment"].includes(rule);
}

/** A call with options, which stay away where there are none. */
function callText(name: string, parameters: readonly Literal[], options: Readonly<Record<string, Literal>>): string {
  const given = [
    ...parameters.map((each) => printLiteral(each)),
    ...(Object.keys(options).length > 0 ? [printLiteral(options)] : []),
  ];
  return `${name}(${given.join(", ")})`;
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
    return [envFilesCandidate(folder, mode, (file) => posix.basename(file) === name)];
  });
  // A file for every build is that of production where there is none of its own.
  const ofBuild =
    names.includes(".env.production") || !names.includes(".env") ? [] : [envFilesCandidate(folder, "production")];
  const production = ofFiles.map((candidate) =>
    candidate.environment === "production" && names.includes(".env.production")
      ? envFilesCandidate(folder, "production")
      : candidate,
  );
  const config = names.find((name) => /^next\.config\.m?[jt]s$/.test(name));
  const text = config === undefined ? "" : textOf(join(root, folder, config));
  const ofConfig = (["production", "development"] as const).flatMap((environment): readonly Candidate[] => {
    const keys = environment === "development" ? /\ballowedDevOrigins\b/ : /\bi18n\b|\ballowedOrigins\b/;
    return keys.test(text) ? [plainCandidate(environment, "nextConfig", [folder], () => nextConfig(folder))] : [];
  });
  const routing = ["src/i18n/routing.ts", "i18n/routing.ts", "src/i18n/routing.js", "i18n/routing.js"].find((path) =>
    /\bdomains\b/.test(textOf(join(root, folder, path))),
  );
  const ofRouting =
    routing === undefined
      ? []
      : [plainCandidate("production", "nextIntlRouting", [folder], () => nextIntlRouting(folder))];
  return [...production, ...ofBuild, ...ofConfig, ...ofRouting];
}

/** Files that no build reads, or that differ between machines; `test` is for tests. */
function isNoMode(mode: string): boolean {
  return /(?:^|\.)(?:local|example|sample|template|defaults?|dist|schema|vault|keys|me|bak|backup|old|orig|test)$/.test(
    mode,
  );
}

function envFilesCandidate(folder: string, mode: string, isOwn?: (file: string) => boolean): Candidate {
  const of = mode === "production" ? {} : { mode };
  return {
    environment: environmentOf(mode),
    name: "envFiles",
    hasVariables: true,
    ...(isOwn !== undefined && { isOwn }),
    call: (variables) => ({
      name: "envFiles",
      text: callText("envFiles", [folder], { ...of, ...named(variables) }),
      source: envFiles(folder, { ...of, ...named(variables) }),
    }),
  };
}

function plainCandidate(
  environment: string,
  name: string,
  parameters: readonly Literal[],
  source: () => AddressSource,
  options: Readonly<Record<string, Literal>> = {},
): Candidate {
  return {
    environment,
    name,
    hasVariables: false,
    call: () => ({ name, text: callText(name, parameters, options), source: source() }),
  };
}

/** What the files of platforms and of env-cmd say, which set variables before Next.js reads its files. */
function platformCandidates(root: string, folder: string, names: readonly string[]): readonly Candidate[] {
  return names.flatMap((name): readonly Candidate[] => {
    const path = posix.join(folder, name);
    if (name === "netlify.toml") return netlifyCandidates(root, path);
    if (name === ".env-cmdrc" || name === ".env-cmdrc.json") return envCmdCandidates(root, path);
    if (/^wrangler\.(?:toml|jsonc?)$/.test(name)) return wranglerCandidates(root, path);
    const backend = /^apphosting(?:\.([\w-]+))?\.yaml$/.exec(name);
    if (backend === null || backend[1] === "emulator") return [];
    const of = backend[1] === undefined ? {} : { environment: backend[1] };
    const isOwn = (file: string): boolean => posix.basename(file) === name;
    return [
      {
        ...variablesCandidate(environmentOf(backend[1] ?? "production"), "appHosting", [folder], of, (options) =>
          appHosting(folder, options),
        ),
        isOwn,
      },
    ];
  });
}

function variablesCandidate<Options extends Readonly<Record<string, Literal>>>(
  environment: string,
  name: string,
  parameters: readonly Literal[],
  own: Options,
  source: (options: Options & { readonly variables?: string | readonly string[] }) => AddressSource,
): Candidate {
  return {
    environment,
    name,
    hasVariables: true,
    overridesFiles: true,
    call: (variables) => {
      const options = { ...own, ...named(variables) };
      return { name, text: callText(name, parameters, options), source: source(options) };
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
  const names = [...(all?.entries ?? [])].flatMap(([name, { kind }]) => (kind === "table" ? name : []));
  return names.map((name) =>
    variablesCandidate(environmentOf(name), "envCmdrc", [path, name], {}, (options) => envCmdrc(path, name, options)),
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
    const read = (options: object): AddressSource => wrangler(path, { ...of, ...options });
    return [
      ...(hasRoutes ? [plainCandidate(environment, "wrangler", [path], () => read({}), of)] : []),
      variablesCandidate(environment, "wrangler", [path], of, read),
    ];
  });
}

/** Projects whose domains only the platform knows. */
function hostedProjects(root: string, folder: string): Discovery["hosted"] {
  const vercel = parseRecord(textOf(join(root, folder, ".vercel", "project.json")));
  const { projectId, orgId, projectName } = vercel ?? {};
  const linked = typeof projectName === "string" ? projectName : projectId;
  const team = typeof orgId === "string" && orgId.startsWith("team_") ? { team: orgId } : {};
  const ofVercel =
    typeof linked !== "string" || linked === ""
      ? []
      : [
          { environment: "production", name: "vercelProject", text: callText("vercelProject", [linked], team) },
          {
            environment: "preview",
            name: "vercelProject",
            text: callText("vercelProject", [linked], { ...team, environment: "preview" }),
          },
        ];
  const { siteId } = parseRecord(textOf(join(root, folder, ".netlify", "state.json"))) ?? {};
  const ofNetlify =
    typeof siteId === "string"
      ? [{ environment: "production", name: "netlifySite", text: callText("netlifySite", [siteId], {}) }]
      : [];
  return [...ofVercel, ...ofNetlify];
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
    return readdirSync(path, { withFileTypes: true })
      .flatMap((entry) => (entry.isFile() ? entry.name : []))
      .sort();
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  } catch {
    return "";
  }
}
