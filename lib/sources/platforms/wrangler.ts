import { redact } from "../../base/redact";
import { nonEmpty, object } from "../../base/shape";
import { checkGiven } from "../../base/shape-check";
import { alreadyParsed, parseAddress, type ParsedAddress } from "../../origins/address";
import { type Finding, type WrittenAddress } from "../../origins/finding";
import { type AddressSource, type SourceContext, type SourceReading } from "../address-source";
import { callOf, pathTo } from "../call-site";
import { addressesInLayers, plainLayer } from "../env/env-variables";
import { selectionOf, variableFields, type VariableOptions, type VariableSelection } from "../env/variable-selection";
import { parseJson } from "../formats/json-text";
import { type LinedTable, type LinedValue, tableAt, entryAt } from "../formats/lined-value";
import { fileIn, type Format, readParsedFile } from "../formats/text-file";
import { parseToml } from "../formats/toml-text";
import { leavingOut } from "../leave-out";

/** The routes that Wrangler deploys. */
interface FoundRoutes {
  readonly counting: LinedValue;
  readonly key: "routes" | "route";
  /** A `route` beside `routes`, for which Wrangler has no use. */
  readonly inVain: LinedValue | undefined;
}

/** The hosts of routes. */
function addressesOfRoutes(file: string, { counting, key, inVain }: FoundRoutes): SourceReading {
  const addresses: WrittenAddress[] = [];
  const findings: Finding[] = [];
  if (inVain !== undefined) findings.push(routeInVain(file, inVain));
  const routes = key === "routes" && counting.kind === "list" ? counting.items : [counting];
  for (const route of routes) {
    const pattern = route.kind === "table" ? entryAt(route, "pattern") : route;
    const place = { file, line: (pattern ?? route).line, key };
    if (pattern?.kind !== "text" || (key === "routes" && counting.kind !== "list")) {
      const remedy = `write ${key === "routes" ? "a list of patterns" : "a pattern"}, such as "www.example.com/*"`;
      const message = `"${key}" contains an invalid route`;
      findings.push({ rule: "invalid-config", severity: "error", value: key, place, message, remedy });
      continue;
    }
    const value = pattern.text.trim();
    const isCustomDomain = route.kind === "table" && isTrue(entryAt(route, "custom_domain"));
    const parsed = parseAddress(value);
    const problem = whyNoAddress(value, parsed, isCustomDomain);
    if (problem === undefined) addresses.push(alreadyParsed({ value, place }, parsed));
    else findings.push({ rule: "unsupported-pattern", severity: "error", value: redact(value), place, ...problem });
  }
  return { addresses, findings };
}

/** Why a pattern stands for no host that an allowed domain can express; undefined where it does. */
function whyNoAddress(
  pattern: string,
  parsed: ParsedAddress,
  isCustomDomain: boolean,
): Pick<Finding, "message" | "remedy"> | undefined {
  const shown = redact(pattern);
  const [, scheme = "", host = "", path = ""] = /^([a-z]+:\/\/)?([^/]*)(.*)$/is.exec(pattern) ?? [];
  if (isCustomDomain && (host.includes("*") || path !== "" || scheme !== ""))
    return {
      message: `"${shown}" is not a valid custom domain: Wrangler expects only a host`,
      remedy: "write the host alone",
    };
  // A user and a password: refused here, so that the pattern itself goes no further.
  if (!parsed.ok && pattern.includes("@")) return parsed.problem;
  if (/^\*+$/.test(host))
    return { message: `"${shown}" matches every host of the zone`, remedy: "write the hosts of the pages out" };
  const name = host.replace(/^\*\.?/, "");
  if (name.includes("*"))
    return { message: `"${shown}" has a wildcard inside, which Cloudflare refuses`, remedy: "write the hosts out" };
  if (/^\*[^.]/.test(host)) {
    const message = `"${shown}" matches every host that ends in "${name}", including one such as "my${name}"`;
    return { message, remedy: `write what is meant: "${name}/*" and, for its subdomains, "*.${name}/*"` };
  }
  return undefined;
}

function isTrue(value: LinedValue | undefined): boolean {
  return value?.kind === "literal" && value.text === "true";
}

function routeInVain(file: string, { line }: LinedValue): Finding {
  return {
    rule: "overruled-route",
    severity: "warning",
    value: "route",
    place: { file, line, key: "route" },
    message: `"route" is ignored, because Wrangler uses "routes", even an inherited one`,
    remedy: 'write it as "routes"',
  };
}

/** That there are no routes, and where the pages are then. */
function noRoutes(file: string, top: LinedValue, own: LinedTable | undefined): Finding {
  const isPages = entryAt(top, "pages_build_output_dir") !== undefined;
  const setting = entryAt(own, "workers_dev") ?? entryAt(top, "workers_dev");
  const isSwitchedOff = setting?.kind === "literal" && setting.text === "false";
  const elsewhere = isPages
    ? ": the domains of a Pages project are not in it"
    : isSwitchedOff
      ? ", and workers_dev is false"
      : ", so the Worker is at its *.workers.dev host, which is not in it";
  return {
    rule: "missing-key",
    severity: "warning",
    value: file,
    place: { file, line: own?.line ?? 1 },
    message: `"${file}" names no route${elsewhere}`,
    remedy: "write the host out in the list of addresses, or name a variable that holds it",
  };
}

/** Which environment of a Worker is meant, and which of its variables hold page addresses beside its routes. */
export interface WranglerOptions extends VariableOptions {
  /**
   * The environment's name, as in `wrangler deploy --env staging`; it must be there.
   * @default none: what stands at the top level
   */
  readonly environment?: string;
  /**
   * The variables in `vars` to read as well. Each must be there: an environment inherits none from the top level.
   * @default none: the routes alone
   */
  readonly variables?: string | readonly string[];
}

/**
 * The hosts of a Cloudflare Worker's routes and custom domains in a `wrangler.toml`, `.json` or `.jsonc`, as
 * `wrangler deploy` takes them: an environment without routes inherits those of the top level, and `routes` wins over
 * `route`, even an inherited one. Where a route covers a part of a host, its host is a host of pages all the same. The
 * `*.workers.dev` host, which a Worker without routes has, is not in the file.
 *
 * @param path the file, or the folder that holds it
 * @throws when an argument is of the wrong form; all such mistakes at once
 * @example
 * ```ts
 * wrangler("wrangler.jsonc");
 * wrangler("apps/shop", { environment: "staging", variables: "NEXT_PUBLIC_SITE_URL" });
 * ```
 */
export function wrangler(path: string, options: WranglerOptions = {}): AddressSource {
  checkGiven(callOf("wrangler", path), [
    ["path", pathTo('a file, such as "wrangler.jsonc"'), path],
    ["options", optionsShape, options],
  ]);
  const { environment } = options;
  const selection = selectionOf(options);
  return leavingOut(options.leaveOut, {
    read: (context) => readWrangler({ path, environment, selection }, context),
  });
}

const optionsShape = object<WranglerOptions>({
  environment: nonEmpty('the name of an environment, such as "staging"'),
  ...variableFields,
});

interface Call {
  readonly path: string;
  readonly environment: string | undefined;
  readonly selection: VariableSelection;
}

/** In wrangler's order. */
const fileNames = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];
const toml: Format = { name: "TOML", parse: parseToml };
/** Wrangler takes comments in a `.json` too. */
const jsonc: Format = { name: "JSONC", parse: (text) => parseJson(text.replace(/^\uFEFF/, ""), "JSONC") };

function readWrangler({ path, environment, selection }: Call, { root }: SourceContext): SourceReading {
  const chosen = fileIn(root, path, fileNames);
  if ("finding" in chosen) return { addresses: [], findings: [chosen.finding] };
  const read = readParsedFile(root, chosen.path, chosen.path.endsWith(".toml") ? toml : jsonc);
  if (!read.ok) return { addresses: [], findings: [read.finding] };
  const { file, value } = read;
  const own = environment === undefined ? undefined : tableAt(value, "env", environment);
  if (environment !== undefined && own === undefined) return noEnvironment(file, value, environment);

  const found = routesOf(value, own);
  const named = selection.variables !== undefined;
  const readings = [
    found === undefined ? none : addressesOfRoutes(file, found),
    named ? variablesOf(file, path, environment, own ?? value, selection) : none,
  ];
  const addresses = readings.flatMap((reading) => reading.addresses);
  const findings = readings.flatMap((reading) => reading.findings);
  const isBare = !named && addresses.length === 0 && findings.length === 0;
  return { addresses, findings: isBare ? [noRoutes(file, value, own)] : findings };
}

const none: SourceReading = { addresses: [], findings: [] };

/** The routes that count, and those that are there in vain. */
function routesOf(top: LinedValue, own: LinedTable | undefined): FoundRoutes | undefined {
  const routes = present(own, "routes") ?? present(top, "routes");
  const route = present(own, "route") ?? present(top, "route");
  const inVain = routes === undefined ? undefined : route;
  const counting = routes ?? route;
  return counting === undefined ? undefined : { counting, key: routes === undefined ? "route" : "routes", inVain };
}

/** What is null, or an empty route, counts as not being there. */
function present(table: LinedValue | undefined, key: string): LinedValue | undefined {
  const value = entryAt(table, key);
  const isEmpty = value?.kind === "null" || (key === "route" && value?.kind === "text" && value.text.trim() === "");
  return isEmpty ? undefined : value;
}

function variablesOf(
  file: string,
  path: string,
  environment: string | undefined,
  table: LinedValue,
  selection: VariableSelection,
): SourceReading {
  const section = environment === undefined ? "vars" : `env.${environment}.vars`;
  const vars = tableAt(table, "vars");
  const home = {
    place: { file, line: vars?.line ?? table.line },
    shown: `${section} of ${file}`,
    add: (name: string) =>
      `add ${name} to ${section}${environment === undefined ? "" : ", which inherits nothing from the top level"}`,
    call: `wrangler("${path}", { variables: "NEXT_PUBLIC_…" })`,
  };
  return addressesInLayers([plainLayer(file, vars)], home, selection);
}

function noEnvironment(file: string, value: LinedValue, name: string): SourceReading {
  const there = tableAt(value, "env");
  const names = [...(there?.entries.keys() ?? [])].join(", ");
  const finding = {
    rule: "missing-environment",
    severity: "error" as const,
    value: name,
    place: { file, ...(there === undefined ? {} : { line: there.line }) },
    message: `"${name}" is not an environment of ${file}, so Wrangler would deploy the top level`,
    remedy: names === "" ? `add it as env.${name}` : `add it as env.${name}, or use one of ${names}`,
  };
  return { addresses: [], findings: [finding] };
}
