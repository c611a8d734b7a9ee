import { printable } from "../base/printable";
import { object, oneOf, open, required, text } from "../base/shape";
import { checkGiven } from "../base/shape-check";
import { formatPlace, type Place, placeShape } from "./place";

/** How bad it is: an error stops synthesis, a warning is shown. */
export type Severity = "error" | "warning";

/** What a rule or a source has to say of one value: what is wrong, where it stands, what to write instead. */
export interface Finding {
  /** The id of the rule, such as `loopback`; see the rules table. */
  readonly rule: string;
  readonly severity: Severity;
  /** The value as it was written, secrets masked (see `redact`). Empty when the finding is about something that is missing. */
  readonly value: string;
  /** Absent where the finding is about the environment as a whole. */
  readonly place?: Place;
  /** What is wrong, without a final full stop; it quotes the value. */
  readonly message: string;
  /** What to do about it, in the imperative, without a final full stop. */
  readonly remedy: string;
  /** The reason given for accepting it. An acknowledged finding is shown but neither warns nor stops anything. */
  readonly acknowledged?: string;
}

const findingShape = open(
  object<Finding>({
    rule: required(text),
    severity: required(oneOf(["error", "warning"])),
    value: required(text),
    place: placeShape,
    message: required(text),
    remedy: required(text),
    acknowledged: text,
  }),
);

/** One line, fit for a terminal: `"http://localhost:3000" (.env.production:2 SITE_URL) is the visitor's own machine (loopback): move it …` */
export function formatFinding(finding: Finding): string {
  checkGiven("formatFinding", [["finding", findingShape, finding]]);
  const { message, value, place, rule, remedy } = finding;
  const quoted = `"${value}"`;
  const where = place === undefined ? "" : ` (${formatPlace(place)})`;
  const located =
    value !== "" && message.startsWith(quoted)
      ? `${quoted}${where}${message.slice(quoted.length)}`
      : `${message}${where}`;
  return printable(`${located} (${rule}): ${remedy}`);
}

/** Whether the finding stops synthesis. */
export function refuses(finding: Finding): boolean {
  checkGiven("refuses", [["finding", findingShape, finding]]);
  return finding.severity === "error" && finding.acknowledged === undefined;
}
