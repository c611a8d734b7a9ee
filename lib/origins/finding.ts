import { printable } from "../base/printable";
import { flag, listOf, number, object, oneOf, open, required, text } from "../base/shape";
import { checkGiven } from "../base/shape-check";

/** Where an address was written: the answer to "which file said so". */
export interface Place {
  /** The file, relative to the project's folder, with forward slashes. */
  readonly file: string;
  /** The line, counted from 1. Absent where the whole file is meant. */
  readonly line?: number;
  /** What held the value there: a variable of an env file, a key of a configuration. */
  readonly key?: string;
  /**
   * Whether a program computed the value there, so that it is not written like this.
   * @default false
   */
  readonly computed?: boolean;
}

/** An address as it is written, before any rule judges it. */
export interface WrittenAddress {
  readonly value: string;
  readonly place: Place;
}

export const placeShape = open(object<Place>({ file: required(text), line: number, key: text, computed: flag }));

/** What a source found in the place of an address although it is not one, and why: where only the source can tell. */
export interface InvalidAddress extends WrittenAddress {
  /** As a report may show it: it is not parsed. */
  readonly value: string;
  readonly problem: {
    /** What is wrong, without a final full stop; it quotes the value. */
    readonly message: string;
    /** In the imperative, without a final full stop. */
    readonly remedy: string;
  };
  /**
   * Whether an address is only supposed to be there, because of a name: then it is a warning.
   * @default false
   */
  readonly isSupposed?: boolean;
}

export const writtenAddressShape = open(object<WrittenAddress>({ value: required(text), place: required(placeShape) }));

/** Lists of thousands are common. */
export const writtenShape = listOf(writtenAddressShape, { isSurelyRight: (items) => items.every(isWritten) });

/** What {@link writtenAddressShape} says, by hand. */
export function isWritten(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("value" in value) || !("place" in value)) return false;
  const { place } = value;
  if (typeof value.value !== "string" || typeof place !== "object" || place === null || !("file" in place))
    return false;
  const { file, line, key, computed }: Partial<Record<keyof Place, unknown>> = place;
  return (
    typeof file === "string" &&
    (line === undefined || Number.isFinite(line)) &&
    (key === undefined || typeof key === "string") &&
    (computed === undefined || typeof computed === "boolean")
  );
}

/** What must be true of a list of them. */
export const invalidAddressesShape = listOf(
  object<InvalidAddress>({
    value: required(text),
    place: required(placeShape),
    problem: required(object<InvalidAddress["problem"]>({ message: required(text), remedy: required(text) })),
    isSupposed: flag,
  }),
);

/** Whether a source says that what it found is not an address. */
export function isInvalid(address: WrittenAddress): address is InvalidAddress {
  return "problem" in address && address.problem !== undefined;
}

/** Orders addresses by where they were written: file by file, from the top down. */
export function comparePlaces(one: WrittenAddress, other: WrittenAddress): number {
  return (
    compareText(one.place.file, other.place.file) ||
    (one.place.line ?? 0) - (other.place.line ?? 0) ||
    compareText(one.place.key ?? "", other.place.key ?? "") ||
    compareText(one.value, other.value)
  );
}

/** By code unit, so that the order is the same under every locale. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * A place as a line of a report names it, fit for a terminal.
 *
 * @throws when it is of the wrong form
 * @example formatPlace({ file: ".env.production", line: 3, key: "SITE_URL" }) // ".env.production:3 SITE_URL"
 */
export function formatPlace(place: Place): string {
  checkGiven("formatPlace", [["place", placeShape, place]]);
  const { file, line, key, computed } = place;
  const position = line === undefined ? file : `${file}:${line}`;
  const named = key === undefined ? position : `${position} ${key}`;
  return printable(computed === true ? `${named}, computed` : named);
}

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

export const findingShape = open(
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
