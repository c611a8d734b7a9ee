import { parseAddress } from "../../origins/address";
import { type Finding } from "../../origins/finding";
import { type WrittenAddress } from "../../origins/place";
import { redact } from "../../base/redact";
import { type SourceReading } from "../address-source";
import { type LinedTable, type LinedValue, valueAt } from "../formats/lined-value";

/** The routes that Wrangler deploys. */
export interface FoundRoutes {
  readonly counting: LinedValue;
  readonly key: "routes" | "route";
  /** A `route` beside `routes`, for which Wrangler has no use. */
  readonly inVain: LinedValue | undefined;
}

/** The hosts of routes. */
export function addressesOfRoutes(file: string, { counting, key, inVain }: FoundRoutes): SourceReading {
  const addresses: WrittenAddress[] = [];
  const findings: Finding[] = [];
  if (inVain !== undefined) findings.push(routeInVain(file, inVain));
  const routes = key === "routes" && counting.kind === "list" ? counting.items : [counting];
  for (const route of routes) {
    const pattern = route.kind === "table" ? valueAt(route, "pattern") : route;
    const place = { file, line: (pattern ?? route).line, key };
    if (pattern?.kind !== "text" || (key === "routes" && counting.kind !== "list")) {
      const remedy = `write ${key === "routes" ? "a list of patterns" : "a pattern"}, such as "www.example.com/*"`;
      const message = `"${key}" holds what is no route`;
      findings.push({ rule: "invalid-config", severity: "error", value: key, place, message, remedy });
      continue;
    }
    const value = pattern.text.trim();
    const isCustomDomain = route.kind === "table" && isTrue(valueAt(route, "custom_domain"));
    const problem = whyNoAddress(value, isCustomDomain);
    if (problem === undefined) addresses.push({ value, place });
    else findings.push({ rule: "unsupported-pattern", severity: "error", value: redact(value), place, ...problem });
  }
  return { addresses, findings };
}

/** Why a pattern stands for no host that an allowed domain can express; undefined where it does. */
function whyNoAddress(pattern: string, isCustomDomain: boolean): Pick<Finding, "message" | "remedy"> | undefined {
  const shown = redact(pattern);
  const [, scheme = "", host = "", path = ""] = /^([a-z]+:\/\/)?([^/]*)(.*)$/is.exec(pattern) ?? [];
  if (isCustomDomain && (host.includes("*") || path !== "" || scheme !== ""))
    return { message: `"${shown}" is no custom domain: Wrangler takes a host alone`, remedy: "write the host alone" };
  // A user and a password: refused here, so that the pattern itself goes no further.
  const parsed = parseAddress(pattern);
  if (!parsed.ok && pattern.includes("@")) return parsed.problem;
  if (/^\*+$/.test(host))
    return { message: `"${shown}" matches every host of the zone`, remedy: "write the hosts of the pages out" };
  const name = host.replace(/^\*\.?/, "");
  if (name.includes("*"))
    return { message: `"${shown}" has a wildcard inside, which Cloudflare refuses`, remedy: "write the hosts out" };
  if (/^\*[^.]/.test(host)) {
    const message = `"${shown}" matches every host that ends in "${name}", also one such as "my${name}"`;
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
    message: `"route" does not count, because Wrangler takes "routes", an inherited one too`,
    remedy: 'write it as "routes"',
  };
}

/** That there are no routes, and where the pages are then. */
export function noRoutes(file: string, top: LinedValue, own: LinedTable | undefined): Finding {
  const isPages = valueAt(top, "pages_build_output_dir") !== undefined;
  const setting = valueAt(own, "workers_dev") ?? valueAt(top, "workers_dev");
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
