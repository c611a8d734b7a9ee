import { texts } from "../base/shape";
import { checkGiven } from "../base/shape-check";
import { type Explanation } from "../origins/explanation";
import { formatFinding, formatPlace, refuses } from "../origins/finding";
import { type Host } from "../origins/hostname";
import { parseAddress } from "../origins/address";
import { type Served, servedBy } from "./served";
import { asSubject } from "./subject";

/** What `expect.extend` of jest and of vitest takes from a matcher. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
  readonly actual?: unknown;
  readonly expected?: unknown;
}

/** What both of them tell a matcher. */
export interface MatcherContext {
  readonly isNot?: boolean;
}

/**
 * For `expect.extend(matchers)`, in jest and in vitest; `MessengerMatchers` says what each of them holds. Import it from `…/testing/jest`, `…/testing/jest-globals` or
 * `…/testing/vitest`, so that the compiler knows them as well.
 */
export const matchers = {
  toAdmit(this: MatcherContext, received: unknown, page: string): MatcherResult {
    pageHost(page);
    const all = servedBy(asSubject(received));
    const explained = all.map((served) => ({ served, explanation: served.allowList.explain(page) }));
    const admitting = explained.filter(({ explanation }) => explanation.admitted);
    const unknown = admitting.length === 0 && all.some(({ allowList }) => allowList.late.length > 0);
    return {
      pass: unknown ? this.isNot === true : admitting.length > 0,
      message: () =>
        [
          `expect(…)${this.isNot === true ? ".not" : ""}.toAdmit(${JSON.stringify(page)})`,
          ...(admitting.length > 0 ? admitting : explained).map(({ served, explanation }) =>
            explain(served, explanation),
          ),
          ...(unknown ? [undecided] : []),
        ].join("\n\n"),
    };
  },

  toServeExactly(this: MatcherContext, received: unknown, pages: readonly string[]): MatcherResult {
    checkGiven("toServeExactly", [["pages", texts, pages]]);
    const expected = [...new Set(pages.map(pageHost))].sort();
    const served = only(servedBy(asSubject(received)));
    const { allowList, malformed } = served;
    const unknown = allowList.late.length > 0;
    const lines = allowList.allowAllDomains ? ["every page of the web is admitted"] : differences(served, expected);
    return {
      pass: unknown ? this.isNot === true : lines.length === 0,
      actual: [...allowList.domains, ...malformed],
      expected,
      message: () =>
        [
          `expect(…)${this.isNot === true ? ".not" : ""}.toServeExactly(${JSON.stringify(pages)})`,
          [`${served.name}:`, ...(lines.length === 0 ? ["these, and no others"] : lines)].join("\n  "),
          ...(unknown ? [undecided] : []),
        ].join("\n\n"),
    };
  },
};

/** @throws if it is not a page address: `not.toAdmit` would hold for any nonsense */
function pageHost(page: string): Host {
  const parsed = parseAddress(page);
  if (parsed.ok) return parsed.address.host;
  throw new Error(`${parsed.problem.message}: ${parsed.problem.remedy}`);
}

function explain({ name, allowList, findings }: Served, explanation: Explanation): string {
  if (explanation.admitted) return `${name}: ${explanation.message}`;
  const lines = [`${name}: ${explanation.message}`, explanation.remedy];
  if (explanation.nearest === undefined && allowList.entries.length > 0) {
    const places = allowList.entries.flatMap(({ sources }) => sources.map(({ place }) => formatPlace(place)));
    lines.push(`its addresses are written in ${[...new Set(places)].sort().join(", ")}`);
  }
  return [...lines, ...findings.filter(refuses).map((finding) => `refused: ${formatFinding(finding)}`)].join("\n  ");
}

function differences({ allowList, malformed }: Served, expected: readonly Host[]): readonly string[] {
  const missing = expected.filter((host) => !allowList.domains.includes(host));
  const unexpected = allowList.entries.filter(({ host }) => !expected.includes(host));
  return [
    ...missing.map((host) => `missing: ${describeMissing(host, allowList.explain(host))}`),
    ...unexpected.map(({ host, sources }) => {
      return `unexpected: "${host}", which ${sources.map(({ place }) => formatPlace(place)).join(" and ")} wrote`;
    }),
    ...malformed.map((entry) => `unexpected: "${entry}", which never matches a page`),
    ...allowList.late.map(
      ({ value, place }) => `unexpected: ${value} (${formatPlace(place)}), which is known at apply`,
    ),
  ];
}

function describeMissing(host: Host, explanation: Explanation): string {
  if (!explanation.admitted) return `${explanation.message}; ${explanation.remedy}`;
  return `"${host}" has no separate entry; ${explanation.message}`;
}

/** @throws when there are several: which of them is meant? */
function only(all: readonly Served[]): Served {
  const [first, ...others] = all;
  if (first !== undefined && others.length === 0) return first;
  const names = all.map(({ name }) => `"${name}"`).join(", ");
  throw new Error(`There are ${all.length} Messengers (${names}), each with its own list.\n\nWrite expect(messenger).`);
}

const undecided = "This is not known before Terraform runs.";
