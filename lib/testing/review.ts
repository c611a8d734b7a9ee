import { checkTextOptions, domainLines, findingLine, type TextOptions } from "./allow-lists";
import { outline } from "./outline";
import { resources } from "./resources";
import { type Served, servedBy } from "./served";
import { asSubject, type Subject } from "./subject";

/**
 * Everything that a pull request's reviewer wants to see of a subject, as one text: the allowed domains with their sources,
 * what the rules say, and the resources.
 *
 * @throws when the subject holds no Messenger
 * @example
 * ```ts
 * test.each(stacks)("$node.id", (stack) => {
 *   expect(review(stack)).toMatchSnapshot();
 * });
 * ```
 */
export function review(subject: Subject, options: TextOptions = {}): string {
  checkTextOptions("review", options);
  const one = asSubject(subject);
  const sections = servedBy(one).flatMap((served) => sectionsOf(served, options));
  const declared = Object.entries(resources(one)).map(([address, block]) => section(address, outline(block)));
  return [...sections, ...declared].join("\n\n");
}

function sectionsOf(served: Served, options: TextOptions): readonly string[] {
  const found = served.findings.map((finding) => findingLine(finding, options));
  return [
    section(`allowed domains of ${served.name}`, domainLines(served, options)),
    ...(found.length === 0 ? [] : [section(`findings of ${served.name}`, found)]),
  ];
}

function section(heading: string, lines: readonly string[]): string {
  return [heading, ...lines.map((line) => `  ${line}`)].join("\n");
}
