import { type ApiClient } from "./api-client";
import { type ApiObject, isApiObject } from "./api-path";
import { ProviderError } from "./diagnostic";
import { newestVersion } from "./newest-version";
import { listAll } from "./paging";
import { type Values } from "./value";

/** Looks up one object; answers the attributes that it found, beside those of the configuration. */
export type DataSource = (client: ApiClient, config: Values) => Promise<Values>;

/** Every data source of the schema, by its type. */
export const dataSources: Readonly<Record<string, DataSource>> = {
  genesyscloud_webdeployments_deployment: async (client, { name }) => ({
    id: idOf(named(await listAll(client, "/api/v2/webdeployments/deployments"), "deployment", name)),
  }),

  genesyscloud_webdeployments_configuration: async (client, { name }) => {
    const all = await listAll(client, "/api/v2/webdeployments/configurations?showOnlyPublished=false");
    const id = idOf(named(all, "configuration", name));
    return { id, version: (await newestVersion(client, id)) ?? null };
  },

  genesyscloud_flow: async (client, { name, type }) => {
    const query = { includeSchemas: "true", name: text(name), pageNumber: "1", pageSize: "100", type: text(type) };
    return { id: idOf(named(await page(client, "/api/v2/flows", query), "flow", name)) };
  },

  genesyscloud_integration: async (client, { name }) => {
    const query = { pageNumber: "1", pageSize: "100" };
    return { id: idOf(named(await page(client, "/api/v2/integrations", query), "integration", name)) };
  },

  genesyscloud_knowledge_knowledgebase: async (client, { name, core_language: coreLanguage }) => {
    const query = new URLSearchParams({ name: text(name), coreLanguage: text(coreLanguage) });
    const found = await listAll(client, `/api/v2/knowledge/knowledgebases?${query.toString()}`);
    return { id: idOf(named(found, "knowledge base", name)) };
  },

  genesyscloud_conversations_messaging_supportedcontent: async (client, { name }) => {
    const query = { pageNumber: "1", pageSize: "100" };
    const found = await page(client, "/api/v2/conversations/messaging/supportedcontent", query);
    return { id: idOf(named(found, "supported content profile", name)) };
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

/** The first page of a list that pages by number, which the query makes long enough. */
async function page(client: ApiClient, path: string, query: Record<string, string>): Promise<readonly ApiObject[]> {
  const { entities } = await client.get(`${path}?${new URLSearchParams(query).toString()}`);
  return Array.isArray(entities) ? entities.filter(isApiObject) : [];
}

/** The first of exactly that name, as the provider takes it: the platform allows several. */
function named(entities: readonly ApiObject[], what: string, name: unknown): ApiObject {
  const found = entities.find((entity) => entity["name"] === name);
  if (found === undefined) throw new ProviderError(`No ${what} found with name ${JSON.stringify(name)}`, "", ["name"]);
  return found;
}

function idOf(entity: ApiObject): string {
  return text(entity["id"]);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
