import { deriveAllowList, formatFinding, refuses } from "../origins";
import { type DeclaredMessenger } from "./declared-messengers";
import { type ResourceChange } from "./plan";

/**
 * Why a plan must not be applied on account of hosts that only Terraform knew before: its own expressions decode no punycode and
 * know little of the Public Suffix List, so all rules look at what came of them. A list that is known at apply alone is not in the
 * plan.
 */
export function plannedAddressRefusals(
  changes: readonly ResourceChange[],
  messengers: readonly DeclaredMessenger[],
): readonly string[] {
  return messengers.flatMap(({ address, lateRules }) => {
    const change = changes.find((one) => one.address === address);
    const domains = change?.after?.["allowed_domains"];
    if (lateRules === undefined || change?.action === "no-op" || !isTexts(domains)) return [];
    const place = { file: address, key: "allowed_domains" };
    const { findings } = deriveAllowList({ ...lateRules, written: domains.map((value) => ({ value, place })) });
    return findings
      .filter(refuses)
      .map((finding) => `The plan has an address that is refused: ${formatFinding(finding)}`);
  });
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
