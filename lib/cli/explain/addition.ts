import { AllowList, deriveAllowList, type Finding, type Place, refuses, sharedHosts } from "../../origins";
import { type NextEnvironment } from "../../sources";
import { type Page } from "./page";

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
export function additionTo(environment: NextEnvironment, page: Page, all: readonly NextEnvironment[]): Addition {
  const { place } = environment;
  const judged = page.addresses.map((address) => ({ address, place, findings: judge(environment, address, all) }));
  const best = judged.reduce((one, other) => (weight(other.findings) < weight(one.findings) ? other : one));
  return best;
}

function judge(environment: NextEnvironment, value: string, all: readonly NextEnvironment[]): readonly Finding[] {
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
