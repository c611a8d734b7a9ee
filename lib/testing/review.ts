import { TerraformStack } from "cdktf";
import { domainLines, findingLine, type TextOptions } from "./allow-lists";
import { outline } from "./outline";
import { resources } from "./resources";
import { type Served, servedBy } from "./served";
import { asSubject, isConstruct, type Subject } from "./subject";

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
  const one = asSubject(subject);
  const sections = servedBy(one).flatMap((served) => sectionsOf(served, options));
  const scopes = scopesOf(one);
  return [...sections, ...scopes.flatMap((scope) => resourceSections(scope, scopes.length > 1))].join("\n\n");
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

/** An address is unique within its stack only: an app shows its stacks one after the other. */
function scopesOf(subject: Subject): readonly Subject[] {
  if (!isConstruct(subject)) return [subject];
  const stacks = subject.node.findAll().filter((construct) => TerraformStack.isStack(construct));
  return stacks.length === 0 ? [subject] : stacks;
}

function resourceSections(subject: Subject, several: boolean): readonly string[] {
  const stack = several && isConstruct(subject) ? `${subject.node.path}: ` : "";
  return Object.entries(resources(subject)).map(([address, block]) => section(`${stack}${address}`, outline(block)));
}
