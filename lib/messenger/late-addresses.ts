import { type IResolveContext, Lazy, TerraformElement, Token } from "cdktf";
import { type Construct } from "constructs";
import { errorMessage } from "../base/errors";
import { readAcknowledgements } from "../origins/acknowledgements";
import { formatPlace } from "../origins/finding";
import { invalidAddress } from "../origins/rules";
import { type LateAddress } from "../sources/address-source";
import { type NextEnvironment } from "../sources/next-environment";
import { entryFor, type Mixture, mixtureIn, withoutCapturedTraces } from "./core";
import { lateRules } from "./late-address-rules";
import { unnamed } from "./terraform-value";

/**
 * The local values that turn what only Terraform knows into hosts, each made from the one before, so that a person can follow
 * them in `terraform console`: the values as they are declared, their texts taken apart, their hosts, the rules that those
 * break, and what is refused.
 */
interface LateExpressions {
  readonly texts: string;
  readonly hosts: string;
  readonly addresses: string;
  readonly refusals: string;
}

/** @param id the name of the local value that holds the addresses in the end; the names of the others begin with it */
function lateExpressions(id: string): LateExpressions {
  const local = `local.${id}`;
  const syntax = `${local}_syntax`;
  const host = "each.parts.host";
  return {
    // What is not text becomes one that no pattern accepts.
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

/**
 * What `parseAddress` accepts, as far as Terraform can tell: the same scheme, wildcard, host, port and rest, of a host that is
 * written in ASCII. Terraform has no URL parser and no punycode, so what only those could decide is refused here: other
 * characters, percent escapes, IPv6, and IPv4 in any notation but the usual one. Terraform's regular expressions are RE2,
 * which knows no look-ahead. Lower case comes after them: Terraform's makes an ASCII "i" of "İ", and a browser does not.
 */
const anAddress = "pass a host or an http(s) URL, such as https://www.example.com";
const front = "^(?:[hH][tT][tT][pP][sS]?://)?(?:[*]{1,2}[.])?";
const label = "[0-9A-Za-z_-]+";
const byte = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

/** The patterns that the expressions look up, and what to say of a text that they do not accept. */
const addressSyntax = {
  address:
    "^(?:(?P<scheme>[hH][tT][tT][pP][sS]?)://)?(?P<wildcard>[*]{1,2}[.])?" +
    `(?P<host>${label}(?:[.]${label})*)[.]?(?::(?P<port>[0-9]*))?` +
    "(?:[\\\\/?#][!-;=?-~]*)?$",
  ip_address: `^(?:${byte}[.]){3}${byte}$`,
  ends_in_number: "(?:^|[.])(?:[0-9]+|0x[0-9a-f]*)$",
  env_file: "(?:^|[\\\\/])[.]env(?:[.][0-9A-Za-z_.-]+)?$",
  refused_hosts: [
    "^(?:undefined|null|nan|none|nil|false|https?)$",
    // Most of the punycode that no browser decodes; the rest is an entry that no page ever matches.
    "(?:^|[.])xn--(?:[^.]*[^0-9a-z.])?(?:[.]|$)|(?:^|[.])xn--[^.]*_",
  ],
  refused_texts: [
    "[$#][{]|[{][{]",
    // The text of a program, as `isProgramText` tells it, and a backslash behind the host, as a regular expression has it.
    `${front}[^/?#\\\\]*(?:\\\\|[?][.])`,
    `${front}[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+[.]?(?:[:/?#]|$)`,
    `${front}(?:[^/?#]*[.:-])?__[A-Za-z][0-9A-Za-z_]*__(?:[.:/?#-]|$)`,
    `${front}(?:[^/?#]*[.-])?(?:(?:process|Deno|Bun)[.]env|import[.]meta)(?:[^0-9A-Za-z_-]|$)`,
    `${front}(?:(?:window|document|globalThis|self)[.]|location[.](?:host|hostname|href|origin)(?:[.:/?#]|$))`,
    `${front}(?:req(?:uest)?[.](?:headers|nextUrl)[.]|(?:env|vars|secrets|inputs)[.][A-Z][A-Z0-9_]*(?:[.:/?#]|$))`,
  ],
  /** The most telling first; the last one is true of all. */
  problems: [
    ["^$", "is empty", "let it have a value, or leave it out (compact() leaves out empty ones)"],
    ["^[(]no text[)]$", "is not a string", "pass the attribute that holds the address"],
    ["[<>]|[$%][{]|[{][{]", "contains a placeholder, which was not filled in", "pass the value that it stands for"],
    [
      "^(?:https?://)?(?:[*]{1,2}[.])?[.]|^(?:https?://)?[^/?#]*[.][.]",
      "has an empty label in front of a dot",
      'set the value that was empty, or pass "*." and the host for every subdomain',
    ],
    [
      "^[^/?#]*[^\\x00-\\x7f]|://[^/?#]*[^\\x00-\\x7f]",
      "has characters beyond ASCII, which Terraform cannot translate",
      'write the host as punycode, such as "xn--mnchen-3ya.example.com" for "münchen.example.com"',
    ],
    ["[^!-~]", "contains white space or another invalid character", "pass several addresses as a list"],
    ["^(?:[^/?#]*://)?[^/?#]*@", "contains a user name or password", "remove everything up to the @"],
    [
      "^(?:https?://)?[*.]*(?:\\[|[^/?#]*:[^/?#]*:)",
      "is an IPv6 address, which Terraform cannot normalize",
      "write it out in the environment",
    ],
    ["^[0-9A-Za-z+.-]+://", "is not an http(s) URL of a page", anAddress],
    ["", "is not a valid page address", anAddress],
  ].map(([pattern = "", problem = "", remedy = ""]) => ({
    pattern,
    says: `${problem} (${invalidAddress.id}): ${remedy}`,
  })),
};

/** Longer expressions are cut where they only name something. */
const longestName = 120;

/** The deployment that the addresses are for. */
interface Deployment {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
}

/**
 * The addresses of an environment that only Terraform knows: the local values that make hosts of them, and the preconditions of the
 * deployment that refuse what the rules of the environment refuse. It writes nothing where they are missing.
 */
export class LateAddresses extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly environment: () => NextEnvironment,
    private readonly deployment: Deployment,
  ) {
    super(scope, id);
  }

  /**
   * The allowed domains of an environment that has such addresses: an expression that adds their hosts to those that are known.
   *
   * @param known the domains of the allow-list, which is derived without the addresses here
   */
  addedTo(known: readonly string[]): string[] {
    const later = `[for each in local.${this.friendlyUniqueId} : each.host if each.host != null]`;
    const expression = `\${sort(distinct(concat(${JSON.stringify(known)}, ${later})))}`;
    return withoutCapturedTraces(() => Token.asList(expression));
  }

  override toTerraform(): object {
    const { late, allowAllDomains } = this.environment();
    if (late.length === 0 || allowAllDomains) return {};
    const { terraformResourceType: type, friendlyUniqueId: resource } = this.deployment;
    return {
      locals: this.locals(),
      resource: { [type]: { [resource]: { lifecycle: { precondition: this.preconditions() } } } },
    };
  }

  /** @throws where there are such addresses: nothing would judge them */
  override toHclTerraform(): object {
    const [late] = this.environment().late;
    if (late === undefined) return {};
    throw new Error(
      `"${late.value}" (${formatPlace(late.place)}) is known only to Terraform, and its checks can only be written as JSON: ` +
        "synthesise without --hcl (and without hclOutput in the app)",
    );
  }

  private locals(): object {
    const id = this.friendlyUniqueId;
    const { late, kind, acknowledge } = this.environment();
    const { texts, hosts, addresses, refusals } = lateExpressions(id);
    return {
      [`${id}_values`]: late.map((address) => ({
        from: address.value === unnamed ? resolved(address, nameOf) : literally(address.value),
        value: resolved(address, (value) => value),
      })),
      [`${id}_environment`]: { kind, acknowledged: [...readAcknowledgements(acknowledge).reasons.keys()].sort() },
      [`${id}_syntax`]: addressSyntax,
      [`${id}_rules`]: lateRules(kind, acknowledge),
      [`${id}_texts`]: texts,
      [`${id}_hosts`]: hosts,
      [id]: addresses,
      [`${id}_refusals`]: refusals,
    };
  }

  private preconditions(): readonly object[] {
    const id = this.friendlyUniqueId;
    const { name, allowList } = this.environment();
    const environment = `the environment "${name}"`;
    const refused = {
      condition: `\${length(local.${id}_refusals) == 0}`,
      error_message: `Page addresses of ${environment} are not allowed:\n\${join("\\n", local.${id}_refusals)}`,
    };
    if (allowList.domains.length > 0) return [refused];
    const empty = {
      condition: `\${length(local.${id}) > 0}`,
      error_message:
        `Terraform found no page address for ${environment}, and an empty list blocks the Messenger on every page without an ` +
        "error (empty-list): add the address of a page, or give one of these a value: " +
        `\${join(", ", local.${id}_values[*].from)}`,
    };
    return [refused, empty];
  }
}

/** What an address comes to once the stack is resolved: its expression, in the names of that stack. */
function resolved(address: LateAddress, use: (value: unknown) => unknown): unknown {
  const produce = (context: IResolveContext): unknown => {
    const mixture = mixtureIn(address.expression);
    if (mixture !== undefined) throw ofOtherCore(address, mixture);
    let value: unknown;
    try {
      value = context.resolve(address.expression);
    } catch (error) {
      throw unresolvable(address, error);
    }
    return use(value) ?? null;
  };
  return withoutCapturedTraces(() => Lazy.anyValue({ produce }));
}

/** The expression as a text that Terraform does not evaluate. */
function nameOf(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const name = /^\$\{([^{}]*)\}$/.exec(text)?.[1] ?? text;
  return literally(name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name);
}

function literally(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

function ofOtherCore({ place }: LateAddress, { own, other }: Mixture): Error {
  return new Error(
    `terraformValue (${formatPlace(place)}) is given a value that is made with ${other}, and the stack is made with ${own}: make it with ` +
      `${own}, or everything with ${other} and import from "${entryFor(other)}"`,
  );
}

/**
 * The cores' own words for a list or a map in the place of a text say nothing of where it is. They put "Resolution error:" in front
 * of the message and a full stop behind.
 */
function unresolvable({ place }: LateAddress, error: unknown): Error {
  const reason = errorMessage(error);
  const known = /encoded (?:list|map) token/i.test(reason);
  const problem = known
    ? "a value taken from a list or a map that only Terraform knows"
    : `a value that cannot be resolved: ${reason}`;
  return new Error(
    `terraformValue (${formatPlace(place)}) is given ${problem}.\n\n` +
      "Pass the whole list, Fn.element(resource.list, 0) or Fn.lookup(resource.map, key)",
  );
}
