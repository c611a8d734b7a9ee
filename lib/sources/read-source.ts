import { sep } from "node:path";
import { hasProperties } from "../base/errors";
import { quote } from "../base/problem";
import { either, instance, listOf, type Shape, text, textWhere } from "../base/shape";
import { problemsOf, refuseProblems } from "../base/shape-check";
import { unused } from "../origins/acknowledgements";
import { type Finding } from "../origins/finding";
import { type Acknowledgements } from "../origins/rule";
import { type AddressSource, type SourceContext, type SourceReading } from "./address-source";

/**
 * What is wrong with what a source answered, which no compiler may have looked at; undefined where all is in order.
 *
 * @returns the end of a sentence whose subject is the answer, and what to write instead
 */
function problemOfReading(reading: unknown): readonly [problem: string, remedy: string] | undefined {
  if (hasProperties(reading) && typeof reading["then"] === "function") {
    return ["is a promise", "read synchronously: what comes from a network is pulled into a committed file first"];
  }
  if (!hasProperties(reading) || !Array.isArray(reading["addresses"]) || !Array.isArray(reading["findings"])) {
    return ["is not a reading", "return { addresses: [{ value, place: { file, line } }], findings: [] }"];
  }
  const { addresses, findings, late = [] } = reading;
  const index = addresses.findIndex((address) => !isWritten(address));
  if (index !== -1) {
    return [
      `contains an invalid address (addresses[${index}])`,
      'return each as { value: "www.example.com", place: { file, line } }',
    ];
  }
  if (!findings.every(isFinding))
    return ["contains an invalid finding", "return each as { rule, severity, value, message, remedy }"];
  return Array.isArray(late) ? undefined : ["has late addresses that are not a list", "leave them to terraformValue"];
}

function isWritten(address: unknown): boolean {
  return (
    hasProperties(address) &&
    typeof address["value"] === "string" &&
    hasProperties(address["place"]) &&
    typeof address["place"]["file"] === "string" &&
    (address["problem"] === undefined || isProblem(address["problem"]))
  );
}

function isProblem(problem: unknown): boolean {
  return hasProperties(problem) && ["message", "remedy"].every((key) => typeof problem[key] === "string");
}

function isFinding(finding: unknown): boolean {
  return (
    hasProperties(finding) &&
    ["rule", "severity", "value", "message", "remedy"].every((key) => typeof finding[key] === "string")
  );
}

const nameShape = textWhere('letters, digits, "-" and "_", such as "production"', (name) =>
  /^[A-Za-z0-9_-]+$/.test(name),
);

const source = instance<AddressSource>(
  "a source",
  (value) => hasProperties(value) && !Array.isArray(value) && typeof value["read"] === "function",
);

/** Page addresses, written out or read from a source. */
export const addressesShape = listOf(
  either<string | AddressSource>([text, source], 'a page address or a source, such as envFile(".env")'),
);

/**
 * Checks a declaration.
 *
 * @param shape what its properties must be
 * @throws one error that names every mistake, quotes it and says what to write
 */
export function checkDeclaration(name: unknown, props: unknown, shape: Shape): void {
  refuse(name, [...problemsOf(nameShape, name, { root: "name" }), ...problemsOf(shape, props)]);
}

/**
 * Checks addresses that are added.
 * @throws one error that names every mistake
 */
export function checkAddresses(name: unknown, addresses: unknown): void {
  refuse(name, problemsOf(addressesShape, addresses, { path: "addresses" }));
}

function refuse(name: unknown, problems: ReturnType<typeof problemsOf>): void {
  const told = problems.map((problem) => ({ ...problem, message: `${problem.message}${ofTerraform(problem.value)}` }));
  refuseProblems(`nextEnvironment(${quote(name)}) has invalid arguments`, told);
}

/** What the cores make of a list, and of an attribute that is not a string. */
function ofTerraform(address: unknown): string {
  return hasProperties(address) && (typeof address["resolve"] === "function" || isTokenList(address))
    ? ", and wrap what only Terraform knows in terraformValue(…)"
    : "";
}

function isTokenList(address: unknown): boolean {
  return Array.isArray(address) && address.some((one) => typeof one === "string" && /[#$]\{TfToken\[/.test(one));
}

/** What sources report, by rule id, and whether an environment may break it on purpose, with a reason. */
const sourceRules = {
  "missing-file": { summary: "a missing file", acknowledgeable: false },
  "unreadable-file": { summary: "a file that cannot be read as text", acknowledgeable: false },
  "local-file": { summary: "an env file that differs between machines", acknowledgeable: true },
  "missing-variable": { summary: "a variable that its env files do not define", acknowledgeable: false },
  "empty-value": { summary: "a variable without a value", acknowledgeable: true },
  "several-addresses": { summary: "a variable that may hold one address or several", acknowledgeable: false },
  "undefined-reference": { summary: "a reference to what Next.js does not see there", acknowledgeable: true },
  "overruled-reference": { summary: "a default that beats the same file's definition", acknowledgeable: true },
  "env-cmd-reading": { summary: "a variable that env-cmd and Next.js read differently", acknowledgeable: true },
  "circular-reference": { summary: "a variable that refers to itself: the file is dropped", acknowledgeable: false },
  "invalid-config": { summary: "a configuration that is not well-formed", acknowledgeable: false },
  "unsupported-config": { summary: "a configuration of a kind that is not read", acknowledgeable: false },
  "computed-value": { summary: "a value known only by executing the configuration", acknowledgeable: true },
  "unset-variable": { summary: "a variable that the configuration reads and that is not set", acknowledgeable: true },
  "assumed-version": { summary: "a configuration whose version of Next.js is not installed", acknowledgeable: true },
  "failed-config": { summary: "a configuration that cannot be evaluated", acknowledgeable: true },
  "unusable-value": { summary: "a value that is not a host", acknowledgeable: true },
  "unsupported-pattern": { summary: "an entry that an allowed domain cannot express", acknowledgeable: true },
  "missing-key": { summary: "a configuration without the keys", acknowledgeable: true },
  "missing-environment": { summary: "an environment that its file does not have", acknowledgeable: false },
  "secret-value": { summary: "a secret variable, whose value is not in the file", acknowledgeable: true },
  "overruled-route": { summary: "a `route` that is ignored because of `routes`", acknowledgeable: true },
  "invalid-lock": { summary: "an invalid lock file", acknowledgeable: false },
  "not-locked": { summary: "a project that the lock file does not have yet", acknowledgeable: false },
  "nothing-locked": { summary: "a project without a host in its part of the lock file", acknowledgeable: true },
  "unused-addresses": { summary: "addresses beside `allowAllDomains`, which needs none", acknowledgeable: false },
  "unusable-token": { summary: "a Terraform value in a form that holds no addresses", acknowledgeable: false },
  "leave-out": { summary: "an entry left out unnecessarily, or without a reason", acknowledgeable: false },
  "source-failed": { summary: "a source that threw an error", acknowledgeable: false },
} as const satisfies Readonly<Record<string, { readonly summary: string; readonly acknowledgeable: boolean }>>;

/** What the sources found, with the acknowledgements that are theirs; the others are for the rules of addresses. */
interface JudgedFindings {
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

/** Reads a source when it is first asked for and keeps what it said. What a source throws becomes a finding. */
export function readOnce(source: AddressSource, context: SourceContext): () => SourceReading {
  return once(() => {
    try {
      const reading = source.read(context);
      const problem = problemOfReading(reading);
      return problem === undefined ? reading : failed(`the result of an address source ${problem[0]}`, problem[1]);
    } catch (error) {
      const remedy = "correct its read function, or return a finding that says what to write instead";
      return failed(`an address source failed: ${reasonOf(error, context)}`, remedy);
    }
  });
}

/**
 * Node's own messages hold absolute paths; a report is the same in every checkout. Asked of the error's form, not of its
 * class: under a test runner Node's own errors are of another realm.
 */
function reasonOf(error: unknown, { root }: SourceContext): string {
  const reason =
    typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
  return reason.replaceAll(root.endsWith(sep) ? root : `${root}${sep}`, "");
}

function failed(message: string, remedy: string): SourceReading {
  return { addresses: [], findings: [{ rule: "source-failed", severity: "error", value: "", message, remedy }] };
}

/** The same answer every time, computed when it is first asked for. */
export function once<T>(compute: () => T): () => T {
  let answer: { readonly value: T } | undefined;
  return () => (answer ??= { value: compute() }).value;
}
