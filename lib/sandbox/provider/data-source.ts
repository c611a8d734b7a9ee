import { type ApiClient } from "./api-client";
import { type ApiObject } from "../../genesys/api-path";
import { ProviderError } from "./diagnostic";
import { findInPages, listAll } from "./paging";
import { publishedVersions } from "./published-versions";
import { type Values } from "./value";

/** Looks up one object; answers the attributes that it found, beside those of the configuration. */
export type DataSource = (client: ApiClient, config: Values) => Promise<Values>;

/** Every data source of the schema, by its type. */
export const dataSources: Readonly<Record<string, DataSource>> = {
  genesyscloud_webdeployments_deployment: async (client, { name }) => {
    const all = await listAll(client, "/api/v2/webdeployments/deployments");
    return { id: idOf(all.find(isNamed(name)), "web deployment", name) };
  },

  genesyscloud_webdeployments_configuration: async (client, { name }) => {
    const all = await listAll(client, "/api/v2/webdeployments/configurations", { showOnlyPublished: "false" });
    const id = idOf(all.find(isNamed(name)), "web deployment configuration", name);
    return { id, version: (await publishedVersions(client, id)).at(-1) ?? null };
  },

  genesyscloud_flow: async (client, { name, type }) => {
    const query = { includeSchemas: "true", name: text(name), ...(type !== null && { type: text(type) }) };
    return { id: idOf(await findInPages(client, "/api/v2/flows", query, isNamed(name)), "flow", name) };
  },

  genesyscloud_integration: async (client, { name }) => ({
    id: idOf(await findInPages(client, "/api/v2/integrations", {}, isNamed(name)), "integration", name),
  }),

  genesyscloud_knowledge_knowledgebase: async (client, { name, core_language: coreLanguage }) => {
    const query = { name: text(name), coreLanguage: text(coreLanguage) };
    const found = await listAll(client, "/api/v2/knowledge/knowledgebases", query);
    return { id: idOf(found.find(isNamed(name)), "knowledge base", name) };
  },

  genesyscloud_conversations_messaging_supportedcontent: async (client, { name }) => {
    const path = "/api/v2/conversations/messaging/supportedcontent";
    return { id: idOf(await findInPages(client, path, {}, isNamed(name)), "supported content profile", name) };
  },

  genesyscloud_organizations_me: async (client) => {
    const me = await client.get("/api/v2/organizations/me");
    return {
      id: text(me["id"]),
      name: text(me["name"]),
      domain: text(me["domain"]),
      default_country_code: text(me["defaultCountryCode"]),
      default_language: text(me["defaultLanguage"]),
      default_site_id: text(me["defaultSiteId"]),
      product_platform: text(me["productPlatform"]),
      support_uri: text(me["supportURI"]),
      third_party_org_name: text(me["thirdPartyOrgName"]),
      voicemail_enabled: me["voicemailEnabled"] === true,
    };
  },
};

/** Of exactly that name: the platform allows several of it, and the first is taken. */
function isNamed(name: unknown): (entity: ApiObject) => boolean {
  return (entity) => entity["name"] === name;
}

function idOf(found: ApiObject | undefined, what: string, name: unknown): string {
  if (found !== undefined) return text(found["id"]);
  throw new ProviderError(`No ${what} found with name ${JSON.stringify(name)}`, "", ["name"]);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
