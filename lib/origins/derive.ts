import { flag, mapOf, object, oneOf, required, text } from "../base/shape";
import { checkGiven } from "../base/shape-check";
import { readAcknowledgements, unusedAcknowledgements } from "./acknowledgements";
import { type Address, parsedAddress } from "./address";
import { AllowList, distinct } from "./allow-list";
import { type AllowedDomain } from "./listed-domains";
import { type Acknowledgements, type AddressRule, type EnvironmentKind, environmentKinds, type Rule } from "./rule";
import {
  comparePlaces,
  type Finding,
  type InvalidAddress,
  invalidAddressesShape,
  isInvalid,
  refuses,
  type WrittenAddress,
  writtenShape,
} from "./finding";
import { addressRules, environmentRules, refusedAddress, refusedBySource } from "./rules";

/** What an allow-list is derived from. */
export interface AllowListInput {
  readonly kind: EnvironmentKind;
  /** The addresses as they were written. Order and repetition mean nothing. */
  readonly written: readonly WrittenAddress[];
  /**
   * What sources found in the place of addresses although it is not one.
   * @default none
   */
  readonly invalid?: readonly InvalidAddress[];
  /**
   * What is called the addresses that only Terraform knows: the list is not empty on account of them, and what an
   * acknowledgement is for may be among them.
   * @default none
   */
  readonly late?: readonly WrittenAddress[];
  /**
   * Rules that the environment breaks on purpose, each with the reason.
   * @default none
   */
  readonly acknowledge?: Acknowledgements;
  /**
   * Admit every page of the web.
   * @default false
   */
  readonly allowAllDomains?: boolean;
}

/** The allow-list of an environment, and everything the rules have to say. */
export interface DerivedAllowList {
  /** Holds the addresses that no rule refuses; where a finding refuses something, it is not complete. */
  readonly allowList: AllowList;
  /** By place, the ones about the environment as a whole last; acknowledged ones are marked. */
  readonly findings: readonly Finding[];
}

/**
 * Derives the allow-list of one environment from its page addresses, and judges them by the rules of its kind. An address
 * that a rule refuses stays out of the list, unless another address of the same host is in order.
 *
 * @throws when the input is of the wrong form; all such mistakes at once
 * @example
 * ```ts
 * const { allowList, findings } = deriveAllowList({
 *   kind: "production",
 *   written: [{ value: "https://www.example.com/shop", place: { file: "environments.ts", line: 7 } }],
 * });
 * allowList.domains; // ["www.example.com"]
 * findings.some(refuses); // false
 * ```
 */
export function deriveAllowList(input: AllowListInput): DerivedAllowList {
  checkGiven("deriveAllowList", [["input", inputShape, input]]);
  const { kind, invalid = [], late = [], allowAllDomains = false } = input;
  const written = distinct(input.written);
  const { reasons, findings: problems } = readAcknowledgements(input.acknowledge);
  const report = (rule: Rule, about: About): Finding[] => reportOf(rule, kind, reasons, about);

  const entries: AllowedDomain[] = [];
  const findings: Finding[] = [];
  const sources = invalid.length === 0 ? written : [...written, ...invalid].sort(comparePlaces);
  for (const source of sources) {
    if (isInvalid(source)) {
      findings.push(refusedBySource(source));
      continue;
    }
    const parsed = parsedAddress(source);
    const found = parsed.ok
      ? brokenRules(parsed.address).flatMap((rule) => report(rule, aboutAddress(rule, parsed.address, source)))
      : [refusedAddress(source.value, source.place, parsed.problem)];
    findings.push(...found);
    if (parsed.ok && !found.some(refuses)) entries.push({ host: parsed.address.host, sources: [source] });
  }
  for (const rule of environmentRules) {
    if (rule.breaks({ allowAllDomains, addresses: written.length + late.length }))
      findings.push(...report(rule, { ...rule, value: "" }));
  }
  return {
    allowList: new AllowList(entries, { allowAllDomains, late }),
    findings: [...findings, ...problems, ...unusedAcknowledgements(reasons, findings, kind, late.length > 0)],
  };
}

const inputShape = object<AllowListInput>({
  kind: required(oneOf(environmentKinds)),
  written: required(writtenShape),
  invalid: invalidAddressesShape,
  late: writtenShape,
  acknowledge: mapOf(text, '{ "plain-http": "the reason" }'),
  allowAllDomains: flag,
});

/** The rules that an address breaks and about which no stronger broken rule says it all. */
function brokenRules(address: Address): AddressRule[] {
  const broken = addressRules.filter((rule) => rule.breaks(address));
  return broken.length < 2 ? broken : broken.filter(({ yieldsTo }) => !broken.some(({ id }) => yieldsTo.includes(id)));
}

type About = Pick<Finding, "value" | "place" | "message" | "remedy">;

function aboutAddress(rule: AddressRule, address: Address, { place }: WrittenAddress): About {
  return { value: address.written, place, message: rule.message(address), remedy: rule.remedy(address) };
}

/** The finding of a broken rule; none where the rule does not look at this kind of environment. */
export function reportOf(
  rule: Rule,
  kind: EnvironmentKind,
  reasons: ReadonlyMap<string, string>,
  { value, place, message, remedy }: About,
): Finding[] {
  const severity = rule.severity[kind];
  if (severity === "none") return [];
  const acknowledged = reasons.get(rule.id);
  return [
    {
      rule: rule.id,
      severity,
      value,
      ...(place !== undefined && { place }),
      message,
      remedy,
      ...(acknowledged !== undefined && { acknowledged }),
    },
  ];
}
