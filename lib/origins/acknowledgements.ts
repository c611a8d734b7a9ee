import { type Acknowledgements, type EnvironmentKind, type Rule } from "./rule";
import { type Finding } from "./finding";
import { redact } from "../base/redact";
import { rules, sharedHost } from "./rules";

/** The acknowledgements that count, by rule id, and what is wrong with the others. */
interface ReadAcknowledgements {
  readonly reasons: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** An acknowledgement needs a rule that allows it, and a reason. */
export function readAcknowledgements(acknowledge: Acknowledgements = {}): ReadAcknowledgements {
  const reasons = new Map<string, string>();
  const findings: Finding[] = [];
  for (const [id, reason] of Object.entries(acknowledge)) {
    const problem = problemOf(id, reason);
    if (problem === undefined) reasons.set(id, reason.trim());
    else findings.push(problem);
  }
  return { reasons, findings };
}

function problemOf(id: string, reason: string): Finding | undefined {
  const rule = rulesById.get(id);
  if (rule === undefined) {
    const known = rules.filter(({ acknowledgeable }) => acknowledgeable).map((each) => each.id);
    return problem(id, `"${redact(id)}" is not a rule that can be acknowledged`, `expected one of ${known.join(", ")}`);
  }
  if (!rule.acknowledgeable) {
    return problem(id, `"${id}" cannot be acknowledged`, "remove the acknowledgement and fix what the rule reports");
  }
  return reason.trim() === ""
    ? problem(id, `"${id}" is acknowledged without a reason`, "state why the environment breaks the rule")
    : undefined;
}

function problem(id: string, message: string, remedy: string): Finding {
  return { rule: "acknowledgement", severity: "error", value: redact(id), message, remedy };
}

/** A reason that outlived what it was given for would silently excuse the next address that breaks the rule. An address that
 * only Terraform knows may be what it is for. */
export function unusedAcknowledgements(
  reasons: ReadonlyMap<string, string>,
  findings: readonly Finding[],
  kind: EnvironmentKind,
  moreLater: boolean,
): Finding[] {
  const used = new Set(findings.map(({ rule }) => rule));
  return [...reasons.keys()]
    .filter((id) => id !== sharedHost.id && !used.has(id))
    .filter((id) => !moreLater || rulesById.get(id)?.severity[kind] === "none")
    .map((id) =>
      unused(
        id,
        rulesById.get(id)?.severity[kind] === "none"
          ? `the rule allows it in a ${kind} environment`
          : "nothing breaks the rule",
      ),
    );
}

/** The warning that an acknowledgement has nothing to acknowledge. */
export function unused(id: string, because: string): Finding {
  return {
    rule: "acknowledgement",
    severity: "warning",
    value: id,
    message: `"${id}" does not need to be acknowledged: ${because}`,
    remedy: "remove the acknowledgement",
  };
}
