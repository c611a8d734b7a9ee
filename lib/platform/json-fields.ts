import { type Deployment } from "../genesys/deployment";
import { type DomainPolicy } from "../genesys/host-check";

/** A JSON object, of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(json: unknown): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** A text that is not empty; a number counts as its digits, for versions are written either way. */
export function textIn(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * The host check in a public file or in the API's deployment. Only a list that is left out where the flag is not counts as
 * an empty one: a missing policy must not be taken for one that blocks every page.
 */
export function policyIn(json: unknown): DomainPolicy | undefined {
  if (!isObject(json)) return undefined;
  const { allowAllDomains, allowedDomains = [] } = json;
  if (typeof allowAllDomains !== "boolean" || !isTexts(allowedDomains)) return undefined;
  return { allowAllDomains, allowedDomains };
}

/** The deployment in an answer of the API; undefined where something is missing that every deployment has. */
export function deploymentIn(json: unknown): Deployment | undefined {
  if (!isObject(json)) return undefined;
  const policy = policyIn(json);
  const [id, name, status] = [textIn(json, "id"), textIn(json, "name"), textIn(json, "status")];
  const configuration = objectIn(json, "configuration");
  const [configurationId, version] = [textIn(configuration, "id"), textIn(configuration, "version")];
  if (id === undefined || name === undefined || status === undefined) return undefined;
  if (policy === undefined || configurationId === undefined || version === undefined) return undefined;
  const description = textIn(json, "description");
  const flowId = textIn(objectIn(json, "flow"), "id");
  const supportedContentId = textIn(objectIn(json, "supportedContent"), "id");
  const push: unknown = json["pushIntegrations"];
  const pushIntegrations = (Array.isArray(push) ? push : [])
    .filter(isObject)
    .map((each) => `${textIn(each, "provider") ?? ""} ${textIn(each, "id") ?? ""}`);
  return {
    id,
    name,
    status,
    ...policy,
    configuration: { id: configurationId, version },
    ...(description !== undefined && { description }),
    ...(flowId !== undefined && { flowId }),
    ...(supportedContentId !== undefined && { supportedContentId }),
    ...(pushIntegrations.length > 0 && { pushIntegrations }),
  };
}

function objectIn(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : {};
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
