import { unused } from "../origins/acknowledgements";
import { type Finding } from "../origins/finding";
import { type Acknowledgements } from "../origins/rule";

/** What sources report, by rule id, and whether an environment may break it on purpose, with a reason. */
export const sourceRules = {
  "missing-file": { summary: "a file that is not there", acknowledgeable: false },
  "unreadable-file": { summary: "a file that cannot be read as text", acknowledgeable: false },
  "local-file": { summary: "an env file that differs between machines", acknowledgeable: true },
  "missing-variable": { summary: "a variable that its env files do not define", acknowledgeable: false },
  "empty-value": { summary: "a variable without a value", acknowledgeable: true },
  "several-addresses": { summary: "a variable that may hold one address or several", acknowledgeable: false },
  "undefined-reference": { summary: "a reference to what Next.js does not see there", acknowledgeable: true },
  "overruled-reference": { summary: "a default that beats the same file's definition", acknowledgeable: true },
  "env-cmd-reading": { summary: "a variable that env-cmd reads otherwise than Next.js", acknowledgeable: true },
  "circular-reference": { summary: "a variable that refers to itself: the file is dropped", acknowledgeable: false },
  "invalid-config": { summary: "a configuration that is not well-formed", acknowledgeable: false },
  "unsupported-config": { summary: "a configuration of a kind that is not read", acknowledgeable: false },
  "computed-value": { summary: "a configuration that only executing it would tell", acknowledgeable: true },
  "unset-variable": { summary: "a variable that the configuration reads and that is not set", acknowledgeable: true },
  "assumed-version": { summary: "a configuration whose version of Next.js is not installed", acknowledgeable: true },
  "failed-config": { summary: "a configuration that cannot be evaluated", acknowledgeable: true },
  "unusable-value": { summary: "something else than a host where a host belongs", acknowledgeable: true },
  "unsupported-pattern": { summary: "an entry that an allowed domain cannot express", acknowledgeable: true },
  "missing-key": { summary: "a configuration without the keys", acknowledgeable: true },
  "missing-environment": { summary: "an environment that its file does not have", acknowledgeable: false },
  "secret-value": { summary: "a variable that holds a secret, whose value is elsewhere", acknowledgeable: true },
  "overruled-route": { summary: "a `route` that does not count beside `routes`", acknowledgeable: true },
  "invalid-lock": { summary: "a lock file that `origins pull` did not write so", acknowledgeable: false },
  "not-locked": { summary: "a project that the lock file does not have yet", acknowledgeable: false },
  "nothing-locked": { summary: "a project without a host in its part of the lock file", acknowledgeable: true },
  "unused-addresses": { summary: "addresses beside `allowAllDomains`, which needs none", acknowledgeable: false },
  "unusable-token": { summary: "a Terraform value in a form that holds no addresses", acknowledgeable: false },
  "leave-out": { summary: "an entry left out for nothing, or without a reason", acknowledgeable: false },
  "source-failed": { summary: "a source that threw an error", acknowledgeable: false },
} as const satisfies Readonly<Record<string, { readonly summary: string; readonly acknowledgeable: boolean }>>;

/** What the sources found, with the acknowledgements that are theirs; the others are for the rules of addresses. */
export interface JudgedFindings {
  readonly findings: readonly Finding[];
  readonly others: Acknowledgements;
}

/** Marks the findings of sources for which a reason is given. A reason without a finding is a finding itself. */
export function acknowledgeSources(found: readonly Finding[], acknowledge: Acknowledgements): JudgedFindings {
  const reasons = new Map(Object.entries(acknowledge).filter(([id, reason]) => isOurs(id) && reason.trim() !== ""));
  const findings = found.map((finding) => {
    const acknowledged = reasons.get(finding.rule)?.trim();
    return acknowledged === undefined ? finding : { ...finding, acknowledged };
  });
  const idle = [...reasons.keys()].filter((id) => !found.some(({ rule }) => rule === id));
  return {
    findings: [...findings, ...idle.map((id) => unused(id, "no source of this environment reports it"))],
    others: Object.fromEntries(Object.entries(acknowledge).filter(([id]) => !reasons.has(id))),
  };
}

function isOurs(id: string): boolean {
  return Object.entries(sourceRules).some(([known, { acknowledgeable }]) => known === id && acknowledgeable);
}
