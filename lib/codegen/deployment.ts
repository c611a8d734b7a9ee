import { type Arguments, argumentsIn, type ArgumentValue, isArguments } from "../genesys/arguments";
import {
  type ApiObject,
  type Block,
  isApiObject,
  platformFields,
  resourceSchema,
  schemaValueAt,
} from "../genesys/provider-schema";
import { deploymentName, managedAsCode, pushProviders } from "../messenger/deployment-props";
import { type Properties } from "./property-names";

/** What Genesys knows inside a field: nothing further, or the fields of an object or of each object of a list. */
interface Fields {
  readonly [name: string]: Fields;
}

/** What everything has that an answer refers to, beside what the platform decides of it. */
const ofReferences = new Set(["name", "status"]);

/** The fields of an answer that the provider does not manage, such as `messenger.apps.survey`; those without a value do not count. */
export function unmanagedFields(block: Block, answer: ApiObject): readonly string[] {
  return [...unknownIn(answer, fieldsOf(block), "")];
}

function* unknownIn(value: unknown, fields: Fields, way: string): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* unknownIn(item, fields, way);
  } else if (isApiObject(value) && Object.keys(fields).length > 0) {
    for (const [name, inner] of Object.entries(value)) {
      const path = way === "" ? name : `${way}.${name}`;
      const known = fields[name];
      if (known !== undefined) yield* unknownIn(inner, known, path);
      else if (!platformFields.has(name) && !ofReferences.has(name) && !isNothing(inner)) yield path;
    }
  }
}

function fieldsOf(block: Block): Fields {
  const attributes = Object.values(block.attributes).map(({ api }) => branch(api, {}));
  const blocks = Object.values(block.blocks).map((nested) => branch(nested.api, fieldsOf(nested)));
  return [...attributes, ...blocks].reduce<Fields>(merged, {});
}

/** `labels[].id` is the field `id` inside `labels`. */
function branch(api: string | undefined, end: Fields): Fields {
  if (api === undefined) return {};
  return api
    .split(".")
    .reverse()
    .reduce<Fields>((inner, name) => ({ [name.replace("[]", "")]: inner }), end);
}

function merged(one: Fields, other: Fields): Fields {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, merged(one[name] ?? {}, other[name] ?? {})]));
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.every(isNothing);
  return isApiObject(value) && Object.values(value).every(isNothing);
}

/** What a program says of a deployment beside its domains and its configuration. */
interface ReproducedDeployment {
  readonly properties: Properties;
  readonly overrides: Arguments;
  readonly reasons: readonly string[];
  /** What Genesys calls the things whose ids are written out, by property. */
  readonly called: Readonly<Record<string, string>>;
  /** What the construct calls the configuration and says of it where no property does. */
  readonly texts: { readonly name: string; readonly description: string };
}

/**
 * The properties and overrides that declare a deployment exactly as Genesys has it.
 *
 * @param environment the name of the environment that it is for
 */
export function reproduceDeployment(answer: ApiObject, environment: string): ReproducedDeployment {
  const live = argumentsIn(resourceSchema("genesyscloud_webdeployments_deployment"), answer);
  const usual = { name: deploymentName({ environment: { name: environment } }), description: managed(environment) };
  const [name, description] = [textOf(live["name"]), textOf(live["description"])];
  const { flow_id: flowId, supported_content_id: contentId, push_integrations: push } = live;
  const isNameAllowed = name.length <= 100;
  const isPushKnown = integrationsOf(push).every(({ provider }) => pushProviders.some((known) => known === provider));
  const properties: Properties = {
    ...(name !== usual.name && isNameAllowed && { name }),
    ...(description !== usual.description && { description }),
    ...(flowId !== undefined && { flow: { id: textOf(flowId) } }),
    ...(contentId !== undefined && { supportedContent: { id: textOf(contentId) } }),
    ...(push !== undefined && isPushKnown && { pushIntegrations: integrationsOf(push) }),
  };
  const special = [
    ...(isNameAllowed ? [] : [overridden("name", name, "is longer than 100 characters")]),
    ...(isPushKnown ? [] : [overridden("push_integrations", push ?? null, "has a provider that no property supports")]),
    ...statusOf(live),
  ];
  const flowName = schemaValueAt(answer, "flow.name");
  return {
    properties,
    overrides: Object.fromEntries(special.map(({ argument, value }) => [argument, value])),
    reasons: special.map(({ argument, reason }) => `${argument}: ${reason}`),
    called: typeof flowName === "string" ? { flow: flowName } : {},
    texts: { name: isNameAllowed ? name : usual.name, description: usual.description },
  };
}

interface Overridden {
  readonly argument: string;
  readonly value: ArgumentValue;
  readonly reason: string;
}

function overridden(argument: string, value: ArgumentValue, reason: string): Overridden {
  return { argument, value, reason };
}

/** The construct asks for an active one; asked for nothing, the provider leaves the status alone. */
function statusOf({ status }: Arguments): readonly Overridden[] {
  if (status === undefined || status === "Active") return [];
  const reason = `it is ${textOf(status)}; without this line the next deploy makes it Active`;
  return [overridden("status", null, reason)];
}

function managed(name: string): string {
  return managedAsCode({ environment: { name } });
}

function integrationsOf(
  value: ArgumentValue | undefined,
): readonly { readonly id: string; readonly provider: string }[] {
  const list = Array.isArray(value) ? (value as readonly ArgumentValue[]).filter(isArguments) : [];
  return list.map(({ id, provider }) => ({ id: textOf(id), provider: textOf(provider) }));
}

function textOf(value: ArgumentValue | undefined): string {
  return typeof value === "string" ? value : "";
}
