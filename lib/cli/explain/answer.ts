import { UserError } from "../../base/errors";
import { parseAddress } from "../../origins/address";
import { AllowList } from "../../origins/allow-list";
import { deriveAllowList } from "../../origins/derive";
import { type Explanation, keepsFinalDot } from "../../origins/explanation";
import { type Finding, formatFinding, type Place, refuses } from "../../origins/finding";
import { type Host, readableHost } from "../../origins/hostname";
import { type RecordedEnvironment } from "../../origins/provenance";
import { refusedAddress } from "../../origins/rules";
import { sharedHosts } from "../../origins/shared-hosts";
import { type LiveAnswer, type Verdict } from "./live";

/** The page that is asked about. */
export interface Page {
  /** As it was given; a query or fragment is masked. */
  readonly written: string;
  readonly host: Host;
  /** The host with its letters instead of punycode. */
  readonly name: string;
  /** What was given and means nothing to the allow-list, in words. */
  readonly dropped: readonly string[];
  /** Whether it was given with a final dot, which the browser keeps: no entry equals such a host. */
  readonly hasFinalDot: boolean;
  /** How an environment would name the page, the likeliest way first. */
  readonly addresses: readonly string[];
}

/** @throws UserError if it is not a page address, in the words of the rule `invalid-address` */
export function readPage(value: string): Page {
  const parsed = parseAddress(value);
  if (!parsed.ok) throw new UserError(formatFinding(refusedAddress(value, undefined, parsed.problem)));
  const { host, written, dropped, scheme, port } = parsed.address;
  const name = readableHost(host);
  const withPort = port === undefined ? name : `${name}:${port}`;
  const addresses = scheme === undefined ? [withPort] : [`${scheme}://${withPort}`];
  if (scheme === "http") addresses.push(`https://${name}`);
  const hasFinalDot = keepsFinalDot(parsed.address);
  return {
    written,
    host,
    name,
    dropped: hasFinalDot ? dropped.filter((part) => part !== "the final dot") : dropped,
    hasFinalDot,
    addresses,
  };
}

/** What to add to an environment so that it admits a page, and what the rules would say of it. */
export interface Addition {
  /** Ready to paste into the environment's `addresses`. */
  readonly address: string;
  /** Where the environment is declared; undefined where that cannot be told. */
  readonly place: Place | undefined;
  /** Empty where the rules have nothing against it; the acknowledged ones are left out. */
  readonly findings: readonly Finding[];
}

/** Of the ways to write the page, the one that the rules of the environment mind least. */
function additionTo(environment: RecordedEnvironment, page: Page, all: readonly RecordedEnvironment[]): Addition {
  const { place } = environment;
  const judged = page.addresses.map((address) => ({ address, place, findings: judge(environment, address, all) }));
  const best = judged.reduce((one, other) => (weight(other.findings) < weight(one.findings) ? other : one));
  return best;
}

function judge(
  environment: RecordedEnvironment,
  value: string,
  all: readonly RecordedEnvironment[],
): readonly Finding[] {
  const { name, kind, acknowledge, allowList } = environment;
  const place = environment.place ?? { file: name };
  const added = deriveAllowList({ kind, written: [{ value, place }], acknowledge });
  const entries = [...allowList.entries, ...added.allowList.entries];
  const others = all.filter((each) => each !== environment);
  const shared = sharedHosts([...others, { name, kind, acknowledge, allowList: new AllowList(entries) }]);
  const isNew = (finding: Finding): boolean => finding.value === value && finding.acknowledged === undefined;
  return [...added.findings, ...(shared.get(name) ?? [])].filter(isNew);
}

/** One refusal is worse than any number of warnings. */
function weight(findings: readonly Finding[]): number {
  return findings.reduce((sum, finding) => sum + (refuses(finding) ? 1000 : 1), 0);
}

/** What an environment says of a page. */
export interface PageAnswer {
  /** As the program declares it, or as a synthesised stack has it. */
  readonly environment: RecordedEnvironment;
  readonly explanation: Explanation;
  /** Why addresses of the environment that name the page are not in its list. */
  readonly refused: readonly Finding[];
  /** How many errors stop a deploy of the environment, beside those. */
  readonly otherErrors: number;
  /** The names of other environments that admit the page. */
  readonly elsewhere: readonly string[];
  /** Absent where it is admitted, where a rule refuses it already, and where no entry could admit it. */
  readonly addition?: Addition;
  /** What Genesys serves of it, an element for each Messenger of the environment; absent if it was not requested. */
  readonly live?: readonly LiveAnswer[];
}

/** What each of the chosen environments says of a page, by its declaration. */
export function answers(
  page: Page,
  chosen: readonly RecordedEnvironment[],
  all: readonly RecordedEnvironment[],
): readonly PageAnswer[] {
  const admitting = all.filter((environment) => explain(environment, page).admitted);
  return chosen.map((environment) => {
    const explanation = explain(environment, page);
    const errors = environment.findings.filter(refuses);
    const keptOut = environment.findings.filter((finding) => refuses(finding) || isLeftOut(finding));
    const refused = explanation.admitted ? [] : keptOut.filter((finding) => names(finding, page));
    const needsEntry = !explanation.admitted && explanation.missing !== undefined && refused.length === 0;
    return {
      environment,
      explanation,
      refused,
      otherErrors: errors.filter((error) => !refused.includes(error)).length,
      elsewhere: admitting.flatMap((other) => (other === environment ? [] : other.name)),
      ...(needsEntry && { addition: additionTo(environment, page, all) }),
    };
  });
}

/** What an environment's declaration and, if it was read, Genesys say about the page. */
export function verdictOf({ explanation, live = [] }: PageAnswer): Verdict {
  const declared = declaredVerdict(explanation);
  if (live.length === 0) return declared;
  if (live.some(({ served }) => served === "unknown")) return "unknown";
  const isServed = live.every(({ declared: own, served }) => served === "admitted" && (own ?? declared) !== "refused");
  return isServed ? "admitted" : "refused";
}

/** What the declaration alone makes of it. */
function declaredVerdict(explanation: Explanation): Verdict {
  if (explanation.admitted) return "admitted";
  return explanation.late.length > 0 ? "unknown" : "refused";
}

function explain({ allowList }: RecordedEnvironment, { written }: Page): Explanation {
  return allowList.explain(written);
}

/** An entry of a source that the environment leaves out on purpose. */
function isLeftOut({ rule, acknowledged }: Finding): boolean {
  return rule === "leave-out" && acknowledged !== undefined;
}

/** Whether a finding is about an address whose entry would admit the page. */
function names({ value }: Finding, { host }: Page): boolean {
  const parsed = parseAddress(value);
  return parsed.ok && (parsed.address.host === host || host.endsWith(`.${parsed.address.host}`));
}
