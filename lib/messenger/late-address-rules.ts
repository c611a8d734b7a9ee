import { readAcknowledgements } from "../origins/acknowledgements";
import { commonSuffixes } from "../origins/public-suffix";
import { type Acknowledgements, type EnvironmentKind, type RuleId } from "../origins/rule";
import { platforms } from "../origins/platforms";
import { addressRules } from "../origins/rules";
import { loopbackNames } from "../origins/rules/loopback";
import { privateNames } from "../origins/rules/private-name";

/** A rule of addresses as Terraform judges it. */
interface LateRule {
  /** Matches what breaks the rule in `<scheme> <* or -> <host>`, such as `https - www.example.com`. */
  readonly pattern: string;
  /** The hosts that break it, beside those that the pattern tells. */
  readonly hosts: readonly string[];
  /** The rules whose word makes this one superfluous, as in `lib/origins/rules`. */
  readonly yields_to: readonly string[];
  /** The end of a sentence that starts with the address. */
  readonly says: string;
}

type Wording = Pick<LateRule, "pattern" | "says"> & Partial<LateRule>;

const oneOf = (names: readonly string[]): string => `(?:${names.map(escaped).join("|")})`;

/** A name or any subdomain of it: the host follows a space. */
const underOneOf = (names: readonly string[]): string => `[ .]${oneOf(names)}$`;

/**
 * What Terraform can express of the rules of addresses; `platform-host` and `shared-host` only ever warn, which Terraform
 * cannot, and it does not have the list for `unknown-suffix`. `public-suffix` knows the commonest names of the list, `preview-host` all forms but Vercel's nine characters.
 */
const wordings: Readonly<Partial<Record<RuleId, Wording>>> = {
  "public-suffix": {
    pattern: ` (?:${commonSuffixes.flatMap(suffixPatterns).join("|")})$`,
    hosts: commonSuffixes.map(({ name }) => name),
    says: "would admit every site under it: pass your own host",
  },
  "unset-variable": {
    pattern: "[ .](?:none|nil|false)(?:[.]|$)|[ .-](?:undefined|null)(?:[.-]|$)|[.]-| -[^ ]|-[.]|[^ ]-$",
    says: "looks as if a variable in it had no value: set the variable",
  },
  loopback: {
    pattern: `${underOneOf(loopbackNames)}| (?:127(?:[.][0-9]+){3}|0[.]0[.]0[.]0)$`,
    says: "is the visitor's own machine: move it to the development environment",
  },
  "ip-address": {
    pattern: "[.][0-9]+$",
    says: "is an IP address: pass the host, or move it to the development environment",
  },
  "private-name": {
    pattern: ` [^. ]+$|${underOneOf(privateNames)}`,
    says: "is a name that exists only in private networks: pass the host that visitors open",
  },
  "plain-http": {
    pattern: "^http ",
    says: "is an unencrypted page: serve it over https and pass https://",
  },
  wildcard: {
    pattern: " [*] ",
    says: "admits every subdomain, no matter who runs it: pass the hosts of the pages",
  },
  "preview-host": {
    pattern: ` (?:${[...platforms.flatMap(previewPatterns), "[^. ]+-git-[^. ]+-[^. ]+[.]vercel[.]app"].join("|")})$`,
    says: "is the host of one deploy preview: move it to the preview environment, or pass a stable host",
  },
};

/**
 * The rules that refuse an address in an environment of that kind, by their ids; with them come those that they yield to,
 * which add nothing where the environment allows what they are about.
 */
export function lateRules(kind: EnvironmentKind, acknowledge: Acknowledgements): Readonly<Record<string, LateRule>> {
  const { reasons } = readAcknowledgements(acknowledge);
  const refusing = addressRules.filter(({ id, severity }) => severity[kind] === "error" && !reasons.has(id));
  const needed = new Set(refusing.flatMap(({ id, yieldsTo }) => [id, ...yieldsTo]));
  const rows = addressRules.flatMap((rule): readonly (readonly [string, LateRule])[] => {
    const wording = wordings[rule.id];
    if (wording === undefined || !needed.has(rule.id)) return [];
    const says = refusing.includes(rule) ? withId(rule.id, wording.says) : "";
    return [[rule.id, { hosts: [], ...wording, yields_to: rule.yieldsTo, says }]];
  });
  return Object.fromEntries(rows);
}

/** `is an IP address (ip-address): pass the host` */
function withId(id: string, says: string): string {
  return says.replace(":", ` (${id}):`);
}

function suffixPatterns({ name, below }: { readonly name: string; readonly below?: RegExp }): readonly string[] {
  return below === undefined ? [] : [`${sourceOf(below)}[.]${escaped(name)}`];
}

/** Terraform's regular expressions have no look-ahead. */
function previewPatterns({
  preview,
  suffix,
}: {
  readonly preview: RegExp;
  readonly suffix: string;
}): readonly string[] {
  return /\(\?[=!]/.test(preview.source) ? [] : [`${sourceOf(preview)}[.]${escaped(suffix)}`];
}

/** Between spaces, "no dot" would reach over them. */
function sourceOf(pattern: RegExp): string {
  return `(?:${pattern.source
    .replace(/^\^|\$$/g, "")
    .replaceAll("[^.]", "[^. ]")
    .replaceAll("\\d", "[0-9]")
    .replaceAll("\\.", "[.]")})`;
}

function escaped(name: string): string {
  return name.replaceAll(".", "[.]");
}
