/**
 * Page addresses, the rules that judge them, the allow-list that they come to, and how Genesys checks a page against it. It loads no
 * core and reads no files: for tools that judge addresses themselves.
 */
export { type AddressProblem } from "./origins/address-problem";
export { type Address, parseAddress, type ParsedAddress } from "./origins/address";
export { AllowList, type AllowListOptions } from "./origins/allow-list";
export { type AllowListInput, deriveAllowList, type DerivedAllowList } from "./origins/derive";
export { type AllowListDifference, type Difference } from "./origins/difference";
export { type Explanation, type NearestEntry } from "./origins/explanation";
export {
  type Finding,
  formatFinding,
  formatPlace,
  type InvalidAddress,
  type Place,
  refuses,
  type Severity,
  type WrittenAddress,
} from "./origins/finding";
export { type Host } from "./origins/hostname";
export { type AllowedDomain } from "./origins/listed-domains";
export {
  type Acknowledgements,
  type AddressRule,
  type EnvironmentKind,
  environmentKinds,
  type Rule,
  type RuleId,
} from "./origins/rule";
export { rules } from "./origins/rules";
export { type NamedAllowList, sharedHosts } from "./origins/shared-hosts";
export { type DomainPolicy, entryAdmits, policyAdmits } from "./genesys/host-check";
export { type WebOrigin, type WebOrigins } from "./origins/web-origins";
