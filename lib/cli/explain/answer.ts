import { type Explanation, type Finding, parseAddress, refuses } from "../../origins";
import { type NextEnvironment } from "../../sources";
import { type Addition, additionTo } from "./addition";
import { type LiveAnswer, type Verdict } from "./live";
import { type Page } from "./page";

/** What an environment says of a page. */
export interface Answer {
  readonly environment: NextEnvironment;
  readonly explanation: Explanation;
  /** Why addresses of the environment that name the page are not in its list. */
  readonly refused: readonly Finding[];
  /** How many errors stop a deploy of the environment, beside those. */
  readonly otherErrors: number;
  /** The names of other environments that admit the page. */
  readonly elsewhere: readonly string[];
  /** Absent where it is admitted, where a rule refuses it already, and where no entry could admit it. */
  readonly addition?: Addition;
  /** What Genesys serves of it, an element for each Messenger of the environment; absent where nobody asked. */
  readonly live?: readonly LiveAnswer[];
}

/** What each of the chosen environments says of a page, by its declaration. */
export function answers(
  page: Page,
  chosen: readonly NextEnvironment[],
  all: readonly NextEnvironment[],
): readonly Answer[] {
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

/** What an environment's declaration and, where somebody looked, Genesys make of the page together. */
export function verdictOf({ explanation, live = [] }: Answer): Verdict {
  const declared = declaredVerdict(explanation);
  if (live.length === 0) return declared;
  if (live.some(({ served }) => served === "unknown")) return "unknown";
  const isServed = live.every(({ declared: own, served }) => served === "admitted" && (own ?? declared) !== "refused");
  return isServed ? "admitted" : "refused";
}

/** What the declaration alone makes of it. */
export function declaredVerdict(explanation: Explanation): Verdict {
  if (explanation.admitted) return "admitted";
  return explanation.late.length > 0 ? "unknown" : "refused";
}

function explain({ allowList }: NextEnvironment, { written }: Page): Explanation {
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
