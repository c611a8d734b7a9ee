import { join, sep } from "node:path";
import { TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import { blocksOf, isRecord, type JsonRecord, recordAt } from "../terraform/json";
import { asSubject, isConstruct, stacksIn, type Subject } from "./subject";
import { record, synthesised } from "./synthesis";

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
  if (!isConstruct(one)) return {};
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
