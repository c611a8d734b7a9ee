import { type ApiRequest, notFound, type Route } from "../cloud/context";
import { type Permission } from "../cloud/state";
import { cursorPage, positiveInteger } from "./cursor-page";

/** A list as the platform pages it by number. */
interface NumberPage<Entity> {
  readonly entities: readonly Entity[];
  readonly pageSize: number;
  /** Counted from 1. */
  readonly pageNumber: number;
  readonly pageCount: number;
  /** How many there are on all pages together. */
  readonly total: number;
  readonly selfUri: string;
  readonly firstUri: string;
  readonly lastUri: string;
  readonly nextUri?: string;
  readonly previousUri?: string;
}

const defaultPageSize = 25;

/** One page of a list, by `pageSize` and `pageNumber`. A page beyond the last one is empty. */
function numberPage<Entity>(
  all: readonly Entity[],
  { path, query }: { readonly path: string; readonly query: URLSearchParams },
): NumberPage<Entity> {
  const pageSize = positiveInteger(query, "pageSize") ?? defaultPageSize;
  const pageNumber = positiveInteger(query, "pageNumber") ?? 1;
  const pageCount = Math.ceil(all.length / pageSize);
  const link = (page: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.set("pageSize", String(pageSize));
    parameters.set("pageNumber", String(page));
    return `${path}?${parameters.toString()}`;
  };
  return {
    entities: all.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
    pageSize,
    pageNumber,
    pageCount,
    total: all.length,
    selfUri: link(pageNumber),
    firstUri: link(1),
    lastUri: link(Math.max(1, pageCount)),
    ...(pageNumber < pageCount && { nextUri: link(pageNumber + 1) }),
    ...(pageNumber > 1 && { previousUri: link(pageNumber - 1) }),
  };
}

/** What the Terraform provider asks first, with every configure: whose organisation it is and what it has bought. */
export const organizationRoutes: readonly Route[] = [
  { method: "GET", path: "/api/v2/organizations/me", handle: organization },
  { method: "GET", path: "/api/v2/authorization/products", handle: products },
];

function organization({ state, path }: ApiRequest): object {
  return { ...state.organization, selfUri: path };
}

/** Which products a real organisation lists is a matter of its contract; the provider only counts on the form. */
function products(): object {
  const entities = ["engage3", "messagingPlatform"].map((id) => ({ id }));
  return { total: entities.length, entities };
}

const flows = "/api/v2/flows";
const integrations = "/api/v2/integrations";
const knowledgeBases = "/api/v2/knowledge/knowledgebases";
const profiles = "/api/v2/conversations/messaging/supportedcontent";

/**
 * What a deployment refers to by id and a data source finds by name. Read-only here: the control plane adds to it.
 *
 * Unknown of the platform: whether its filter by name ignores case (here it does, and `*` stands for anything).
 */
export const catalogRoutes: readonly Route[] = [
  { method: "GET", path: flows, permission: "architect:flow:view", handle: flowsListed },
  { method: "GET", path: integrations, permission: "integrations:integration:view", handle: integrationsListed },
  { method: "GET", path: knowledgeBases, permission: "knowledge:knowledgebase:view", handle: knowledgeBasesListed },
  { method: "GET", path: profiles, permission: "messaging:supportedContent:view", handle: profilesListed },
  ...[
    single(flows, "architect:flow:view", ({ state }) => state.flows),
    single(integrations, "integrations:integration:view", ({ state }) => state.integrations),
    single(knowledgeBases, "knowledge:knowledgebase:view", ({ state }) => state.knowledgeBases),
    single(profiles, "messaging:supportedContent:view", ({ state }) => state.supportedContent),
  ],
];

function flowsListed(request: ApiRequest): object {
  const types = request.query
    .getAll("type")
    .flatMap((list) => list.toLowerCase().split(","))
    .filter((type) => type !== "");
  const found = named(request, request.state.flows);
  return numberPage(types.length === 0 ? found : found.filter(({ type }) => types.includes(type)), request);
}

function integrationsListed(request: ApiRequest): object {
  return numberPage(named(request, request.state.integrations), request);
}

/** Every knowledge base of the sandbox is published. */
function knowledgeBasesListed(request: ApiRequest): object {
  const language = request.query.get("coreLanguage")?.toLowerCase() ?? "";
  const all = request.query.get("published") === "false" ? [] : named(request, request.state.knowledgeBases);
  const found = all.filter(({ coreLanguage }) => language === "" || coreLanguage.toLowerCase() === language);
  return cursorPage(
    found.entries(),
    ([index]) => index,
    ([, base]) => base,
    request,
  );
}

function profilesListed(request: ApiRequest): object {
  return numberPage(named(request, request.state.supportedContent), request);
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The members whose name the parameter `name` asks for, each with a link to itself. */
function named<Member extends Named>(
  { path, query }: ApiRequest,
  members: ReadonlyMap<string, Member>,
): (Member & { readonly selfUri: string })[] {
  const wanted = query.get("name") ?? "";
  const pattern = new RegExp(`^${wanted.split("*").map(literally).join(".*")}$`, "i");
  return [...members.values()]
    .filter(({ name }) => wanted === "" || pattern.test(name))
    .map((member) => ({ ...member, selfUri: `${path}/${member.id}` }));
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function single(
  list: string,
  permission: Permission,
  members: (request: ApiRequest) => ReadonlyMap<string, Named>,
): Route {
  const handle = (request: ApiRequest): object => {
    const member = members(request).get(request.param("id"));
    if (member === undefined) throw notFound(`${request.path} not found`);
    return { ...member, selfUri: request.path };
  };
  return { method: "GET", path: `${list}/:id`, permission, handle };
}
