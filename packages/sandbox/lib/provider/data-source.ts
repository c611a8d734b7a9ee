import { type ApiObject, isApiObject } from "../../../../lib/genesys/provider-schema";
import { type ApiClient } from "./api-client";
import { ProviderError } from "./diagnostic";
import { untilFound } from "./retry";
import { type Values } from "./value";

/** Every entity of a list that pages by cursor: the next page's is the parameter `after` of `nextUri`. */
async function listAll(
  client: ApiClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly ApiObject[]> {
  const entities: ApiObject[] = [];
  const parameters = new URLSearchParams(query);
  for (;;) {
    const answer = await client.get(parameters.size === 0 ? path : `${path}?${parameters.toString()}`);
    entities.push(...entitiesOf(answer));
    const after = cursorIn(answer["nextUri"]);
    if (after === null) return entities;
    parameters.set("after", after);
  }
}

/** A page of a list that pages by number. */
interface NumberedPage {
  readonly entities: readonly ApiObject[];
  /** Whether the answer says that no page follows. */
  readonly isLast: boolean;
}

/** The pages of a list that pages by number, for as long as the caller asks for another one. */
async function* pagesOf(
  client: ApiClient,
  path: string,
  pageSize: number,
  query: Readonly<Record<string, string>> = {},
): AsyncGenerator<NumberedPage> {
  for (let number = 1; ; number++) {
    const parameters = new URLSearchParams({ ...query, pageNumber: String(number), pageSize: String(pageSize) });
    parameters.sort(); // as the genuine provider's calls are written
    const answer = await client.get(`${path}?${parameters.toString()}`);
    yield { entities: entitiesOf(answer), isLast: number >= Number(answer["pageCount"] ?? 1) };
  }
}

/** Every entity of a list that pages by number, read until the answer says that a page is the last one. */
async function listPages(...list: Parameters<typeof pagesOf>): Promise<readonly ApiObject[]> {
  const all: ApiObject[] = [];
  for await (const { entities, isLast } of pagesOf(...list)) {
    all.push(...entities);
    if (isLast) break;
  }
  return all;
}

function entitiesOf({ entities }: ApiObject): readonly ApiObject[] {
  return Array.isArray(entities) ? entities.filter(isApiObject) : [];
}

/** `nextUri` is a path; only its cursor is taken from it, so that no answer can lead elsewhere. */
function cursorIn(nextUri: unknown): string | null {
  return typeof nextUri === "string" ? new URL(nextUri, "http://localhost").searchParams.get("after") : null;
}

/** The versions of a configuration that were ever published, the newest last. The draft is not included. */
export async function publishedVersions(client: ApiClient, configurationId: string): Promise<readonly string[]> {
  const versions = await listAll(client, `/api/v2/webdeployments/configurations/${configurationId}/versions`);
  const numbers = versions.map(({ version }) => Number(version)).filter(Number.isInteger);
  return numbers.sort((one, other) => one - other).map(String);
}

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
    const version = (await publishedVersions(client, id)).at(-1);
    if (version !== undefined) return { id, version };
    throw new ProviderError(
      `Web deployment configuration ${text(name)} has no published versions and so cannot be used`,
      "",
      ["name"],
    );
  },

  genesyscloud_flow: async (client, { name, type }) => {
    const wanted = text(type).toLowerCase();
    const query = { includeSchemas: "true", name: text(name), ...(wanted !== "" && { type: wanted }) };
    const found = await untilFound(client, client.timing.flowByName, async () => {
      const flows = (await listPages(client, "/api/v2/flows", 500, query)).filter(isNamed(name));
      // Of several with that name, the one of the type; a single one whatever its type is.
      return flows.length === 1 ? flows[0] : flows.find((flow) => flow["type"] === wanted);
    });
    return { id: idOf(found, "flow", name) };
  },

  genesyscloud_integration: async (client, { name }) => ({
    id: idOf(
      await untilFound(client, client.timing.otherByName, async () => {
        // The list ends with a page that has none, so one page more is asked for than there are.
        let isBeyond = false;
        for await (const { entities, isLast } of pagesOf(client, "/api/v2/integrations", 100)) {
          const found = entities.find(isNamed(name));
          if (found !== undefined || entities.length === 0 || isBeyond) return found;
          isBeyond = isLast;
        }
        return undefined;
      }),
      "integration",
      name,
    ),
  }),

  // An unknown name is not an error; the published ones come first.
  genesyscloud_knowledge_knowledgebase: async (client, { name, core_language: coreLanguage }) => {
    const all = await untilFound(client, client.timing.otherByName, async () => {
      const list = (published: string): Promise<readonly ApiObject[]> =>
        listAll(client, "/api/v2/knowledge/knowledgebases", { pageSize: "100", published });
      const bases = [...(await list("true")), ...(await list("false"))];
      return bases.length === 0 ? undefined : bases;
    });
    if (all === undefined) throw notFound("knowledge base", name);
    const found = all.filter(isNamed(name)).find((base) => base["coreLanguage"] === coreLanguage);
    return { id: found === undefined ? null : text(found["id"]) };
  },

  // An unknown name is not an error; it is asked for once more, because it may have been missing in what was remembered.
  genesyscloud_conversations_messaging_supportedcontent: async (client, { name }) => {
    const look = async (): Promise<ApiObject | undefined> =>
      (await listPages(client, "/api/v2/conversations/messaging/supportedcontent", 100)).find(isNamed(name));
    const found = (await look()) ?? (await look());
    return { id: found === undefined ? null : text(found["id"]) };
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
  throw notFound(what, name);
}

function notFound(what: string, name: unknown): ProviderError {
  return new ProviderError(`No ${what} found with name ${JSON.stringify(name)}`, "", ["name"]);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
