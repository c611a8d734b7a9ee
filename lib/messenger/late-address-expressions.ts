/**
 * The local values that turn what only Terraform knows into hosts, each made from the one before, so that a person can follow
 * them in `terraform console`: the values as they are declared, their texts taken apart, their hosts, the rules that those
 * break, and what is refused.
 */
export interface LateExpressions {
  readonly texts: string;
  readonly hosts: string;
  readonly addresses: string;
  readonly refusals: string;
}

/** @param id the name of the local value that holds the addresses in the end; the names of the others begin with it */
export function lateExpressions(id: string): LateExpressions {
  const local = `local.${id}`;
  const syntax = `${local}_syntax`;
  const host = "each.parts.host";
  return {
    // What is no text becomes one that no pattern accepts.
    texts: list(
      `for each in flatten([for each in ${local}_values : [for value in flatten([each.value]) : { from = each.from, ` +
        `text = replace(value == null ? "" : try(tostring(value), "(no text)"), "/^[[:space:]]+|[[:space:]]+$/", "") }]]) : ` +
        `merge(each, { parts = try({ for name, part in regex(${syntax}.address, each.text) : ` +
        "name => part == null ? null : lower(part) }, null) })",
    ),
    hosts: list(
      `for each in ${local}_texts : merge(each, { host = try(${all(
        `length(${host}) <= 253 && alltrue([for label in split(".", ${host}) : length(label) <= 63])`,
        `!anytrue([for pattern in ${syntax}.refused_hosts : ${matches("pattern", host)}])`,
        `!anytrue([for pattern in ${syntax}.refused_texts : ${matches("pattern", "each.text")}])`,
        `!${matches(`${syntax}.ends_in_number`, host)} || ${matches(`${syntax}.ip_address`, host)} && each.parts.wildcard == null`,
        `each.parts.scheme != null || each.parts.port != "" && !${matches(`${syntax}.env_file`, "each.text")}`,
        "try(tonumber(each.parts.port) <= 65535, true)",
      )}, false) ? ${host} : null })`,
    ),
    addresses: list(
      `for each in ${local}_hosts : merge(each, { broken = each.host == null ? [] : [for id, rule in ${local}_rules : id if ` +
        `contains(rule.hosts, each.host) || ${matches("rule.pattern", page)}] })`,
    ),
    refusals:
      `\${flatten([for each in ${local} : [for says in concat([for index, says in [for problem in ${syntax}.problems : problem.says if ` +
      `each.host == null && ${matches("problem.pattern", "each.text")}] : says if index == 0], ` +
      `[for id, rule in ${local}_rules : rule.says if rule.says != "" && contains(each.broken, id) && ` +
      `!anytrue([for other in rule.yields_to : contains(each.broken, other)])]) : "- ${shown} \${says}"]])}`,
  };
}

/** Secrets are masked as `redact` masks them: what Terraform prints is kept and read by many. */
const shown =
  '\\"${substr(replace(replace(replace(each.text, "/(?s)^.*@/", "***@"), "/(?s)([?#]).+/", "$1…"), ' +
  '"/[\\\\pC\\\\p{Zl}\\\\p{Zp}]/", " "), 0, 120)}\\" (${each.from})';

/** What the patterns of the rules are matched with, such as `https - www.example.com`. */
const page =
  'join(" ", [each.parts.scheme == null ? "https" : each.parts.scheme, each.parts.wildcard == null ? "-" : "*", each.host])';

function list(expression: string): string {
  return `\${[${expression}]}`;
}

function all(...conditions: readonly string[]): string {
  return conditions.map((condition) => `(${condition})`).join(" && ");
}

/** Unlike `can(regex(…))` this does not take a broken pattern for one that does not match. */
function matches(pattern: string, text: string): string {
  return `(length(regexall(${pattern}, ${text})) > 0)`;
}
