import { join, sep } from "node:path";
import { TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import { blocksOf, isRecord, type JsonRecord, recordAt } from "../base/json";
import { flag, object } from "../base/shape";
import { checkGiven } from "../base/shape-check";
import { type Finding, formatFinding, formatPlace, type Place } from "../origins/finding";
import { type Served, servedBy } from "./served";
import { asSubject, isConstructTree, record, stacksIn, type Subject, synthesised } from "./subject";

/**
 * A value as indented lines, without the brackets and the escaped quotes of JSON: what a snapshot of it shows then, is what
 * changed. A text that could be taken for something else is quoted.
 */
function outline(value: unknown, indent = ""): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => under(`${indent}-`, item, indent));
  if (!isRecord(value)) return [`${indent}${scalar(value)}`];
  return Object.entries(value).flatMap(([name, inner]) => under(`${indent}${name}:`, inner, indent));
}

function under(heading: string, value: unknown, indent: string): readonly string[] {
  const empty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  if (empty || typeof value !== "object" || value === null) return [`${heading} ${scalar(value)}`];
  return [heading, ...outline(value, `${indent}  `)];
}

function scalar(value: unknown): string {
  const plain =
    typeof value === "string" && /^\S(?:.*\S)?$/.test(value) && !/^(?:["'{[-]|\d+$|(?:true|false|null)$)/.test(value);
  return plain ? value : JSON.stringify(value);
}

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
function checkTextOptions(call: string, options: TextOptions): void {
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

function domainLines(served: Served, options: TextOptions): readonly string[] {
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

function findingLine(finding: Finding, options: TextOptions): string {
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

/**
 * What Terraform is given, by address and without noise: resources, data sources, imports and moves; of a whole stack its
 * providers and its backend too, because a state in another place makes everything anew. Names are sorted, the core's metadata and the
 * versions of providers are left out, and paths start in the folder that the program runs in. References read as they do in Terraform:
 * `${genesyscloud_webdeployments_configuration.Messenger_Configuration_1A2B3C4D.id}`.
 *
 * An address is unique within its stack only: where the subject holds several stacks, such as an app, the stack's path stands before it
 * (`production: genesyscloud_webdeployments_deployment.Messenger_Deployment_1A2B3C4D`). An environment alone has none.
 */
export function resources(subject: Subject): JsonRecord {
  const one = asSubject(subject);
  if (typeof one === "string") return blocks(record(one));
  if (!isConstructTree(one)) return {};
  const stacks = stacksIn(one);
  return stacks.length < 2
    ? ofOneStack(stacks[0] ?? one)
    : Object.fromEntries(
        stacks.flatMap((stack) =>
          Object.entries(ofOneStack(stack)).map(([address, block]) => [`${stack.node.path}: ${address}`, block]),
        ),
      );
}

function ofOneStack(one: IConstruct): JsonRecord {
  if (TerraformStack.isStack(one)) {
    one.prepareStack(); // as the app does: it makes the backend, and what reads another stack's state
    return blocks(synthesised(one));
  }
  if (!one.node.scopes.some((scope) => TerraformStack.isStack(scope))) return {};
  const addresses = new Set(addressesIn(one));
  const concerns = (key: string): boolean => addresses.has(key.replace(/^(?:import|moved|removed) /, ""));
  return Object.fromEntries(Object.entries(blocks(synthesised(one))).filter(([key]) => concerns(key)));
}

function addressesIn(construct: IConstruct): readonly string[] {
  return construct.node.findAll().flatMap((one) => {
    if (TerraformResource.isTerraformResource(one)) return [`${one.terraformResourceType}.${one.friendlyUniqueId}`];
    if (!TerraformDataSource.isTerraformDataSource(one)) return [];
    return [`data.${one.terraformResourceType}.${one.friendlyUniqueId}`];
  });
}

function blocks(stack: JsonRecord): JsonRecord {
  const { backend, cloud } = recordAt(stack, "terraform");
  const found = [
    ...addressed("", recordAt(stack, "resource")),
    ...addressed("data.", recordAt(stack, "data")),
    ...["import", "moved", "removed"].flatMap((kind) =>
      blocksOf(stack, kind).map((block) => [`${kind} ${String(block["to"] ?? block["from"])}`, block] as const),
    ),
    ...Object.entries(recordAt(stack, "provider")).map(([name, block]) => [`provider ${name}`, block] as const),
    ...(backend === undefined ? [] : [["backend", backend] as const]),
    ...(cloud === undefined ? [] : [["cloud", cloud] as const]),
  ];
  return stable(Object.fromEntries(found));
}

function addressed(prefix: string, byType: JsonRecord): (readonly [string, unknown])[] {
  return Object.entries(byType).flatMap(([type, byName]) =>
    Object.entries(isRecord(byName) ? byName : {}).map(([name, block]) => [`${prefix}${type}.${name}`, block] as const),
  );
}

function stable(object: JsonRecord): JsonRecord {
  const names = Object.keys(object).filter((name) => name !== "//");
  return Object.fromEntries(names.sort().map((name) => [name, stableValue(object[name])]));
}

function stableValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stableValue);
  if (isRecord(value)) return stable(value);
  return typeof value === "string" ? fromHere(value) : value;
}

/** A path as it is on every machine: the core writes where a local state lies as an absolute one. */
function fromHere(text: string): string {
  const here = join(process.cwd(), sep);
  return text.startsWith(here) ? text.slice(here.length) : text;
}

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
