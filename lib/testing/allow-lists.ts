import { flag, object } from "../base/shape";
import { checkGiven } from "../base/shape-check";
import { type Finding, formatFinding, formatPlace, type Place } from "../origins";
import { type Served, servedBy } from "./served";
import { asSubject, type Subject } from "./subject";

/** How much a text says of where something was written. */
export interface TextOptions {
  /**
   * Whether places have lines. Without them, a line that is added to a file above an address changes nothing.
   * @default true
   */
  readonly lines?: boolean;
}

const optionsShape = object<TextOptions>({ lines: flag });

/** @throws when an option is of the wrong form */
export function checkTextOptions(call: string, options: TextOptions): void {
  checkGiven(call, [["options", optionsShape, options]]);
}

/**
 * The allowed domains, a line each: the host and the places that wrote an address of it. Where the subject holds several
 * Messengers, each has a heading.
 *
 * @throws when the subject holds no Messenger
 * @example
 * ```ts
 * expect(allowLists(environment)).toMatchSnapshot();
 * // shop.example.com ← apps/shop/.env.production:5 NEXT_PUBLIC_SHOP_URL
 * // www.example.com ← environments.ts:7
 * ```
 */
export function allowLists(subject: Subject, options: TextOptions = {}): string {
  checkTextOptions("allowLists", options);
  return withHeadings(servedBy(asSubject(subject)), (served) => domainLines(served, options)).join("\n");
}

/**
 * What the rules and the sources have to say, a line each: the severity, or that it is acknowledged and why, what is wrong,
 * and what to write instead. Where the subject holds several Messengers, each that has findings has a heading.
 *
 * @throws when the subject holds no Messenger
 */
export function findings(subject: Subject, options: TextOptions = {}): string {
  checkTextOptions("findings", options);
  const found = servedBy(asSubject(subject));
  return withHeadings(found, (served) => served.findings.map((finding) => findingLine(finding, options))).join("\n");
}

export function domainLines(served: Served, options: TextOptions): readonly string[] {
  const { allowList, malformed } = served;
  if (allowList.allowAllDomains) return ["every page of the web"];
  return [
    ...allowList.entries.map(({ host, sources }) => {
      const places = new Set(sources.map(({ place }) => formatPlace(without(place, options))));
      return `${host} ← ${[...places].join(", ")}`;
    }),
    ...malformed.map((entry) => `${entry} ← never matches a page`),
    ...allowList.late.map(({ value, place }) => `${value} ← ${formatPlace(without(place, options))}, known at apply`),
  ];
}

export function findingLine(finding: Finding, options: TextOptions): string {
  const { severity, acknowledged, place } = finding;
  const judgement = acknowledged === undefined ? severity : `acknowledged (${acknowledged})`;
  return `${judgement}: ${formatFinding({ ...finding, ...(place && { place: without(place, options) }) })}`;
}

/** The lines of each; under its name where there are several, and then only where there are lines. */
function withHeadings(all: readonly Served[], linesOf: (served: Served) => readonly string[]): readonly string[] {
  if (all.length < 2) return all.flatMap(linesOf);
  return all.flatMap((served) => {
    const lines = linesOf(served);
    return lines.length === 0 ? [] : [`${served.name}:`, ...lines.map((line) => `  ${line}`)];
  });
}

function without({ line, ...place }: Place, { lines = true }: TextOptions): Place {
  return lines && line !== undefined ? { ...place, line } : place;
}
