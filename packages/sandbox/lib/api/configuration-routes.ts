import {
  type Configuration,
  type ConfigurationVersion,
  createConfiguration,
  deploymentsOf,
  findVersion,
  newestPublished,
  pending,
  publishDraft,
  replaceDraft,
  statusAt,
} from "../cloud/state";
import { ApiError, type ApiRequest, notFound, type Route } from "../cloud/context";
import { activationFrom, bodyReader } from "./body-shape";
import { cursorPage } from "./cursor-page";

const list = "/api/v2/webdeployments/configurations";
const one = `${list}/:id`;
const draft = `${one}/versions/draft`;
const readBody = bodyReader("genesyscloud_webdeployments_configuration");

/** What a configuration cannot be without. Unknown of the platform: whether it insists on the languages, too. */
const required = ["name", "languages", "defaultLanguage"];

/** Messenger configurations: a draft that is edited, and versions that are published from it. */
export const configurationRoutes: readonly Route[] = [
  { method: "GET", path: list, permission: "webDeployments:configuration:view", handle: listed },
  { method: "POST", path: list, permission: "webDeployments:configuration:add", handle: created },
  { method: "DELETE", path: one, permission: "webDeployments:configuration:delete", handle: deleted },
  { method: "GET", path: `${one}/versions`, permission: "webDeployments:configuration:view", handle: versions },
  // "draft" is one of the versions; it has no separate route for reading.
  { method: "GET", path: `${one}/versions/:version`, permission: "webDeployments:configuration:view", handle: shown },
  { method: "PUT", path: draft, permission: "webDeployments:configuration:edit", handle: draftReplaced },
  { method: "POST", path: `${draft}/publish`, permission: "webDeployments:configuration:edit", handle: published },
];

/** Unknown of the platform: which version stands for a configuration. Here the draft, which every one has. */
function listed(request: ApiRequest): object {
  const onlyPublished = request.query.get("showOnlyPublished") === "true";
  const shown = [...request.state.configurations.values()].flatMap((configuration) => {
    const standing = onlyPublished ? newestPublished(configuration) : configuration.draft;
    return standing === undefined ? [] : [{ configuration, standing }];
  });
  return cursorPage(
    shown,
    ({ configuration }) => configuration.sequence,
    ({ configuration, standing }) => present(configuration, standing, request),
    request,
  );
}

function created(request: ApiRequest): object {
  const { status, ...content } = readBody(request.body, required);
  const activation = activationFrom(status, pending(request.stamp), request.stamp);
  const configuration = request.store.change((state) => createConfiguration(state, content, activation, request.stamp));
  return present(configuration, configuration.draft, request, activation.status);
}

/** Unknown of the platform: whether a configuration can go that pages still show. Here it cannot. */
function deleted(request: ApiRequest): void {
  const { id } = find(request);
  const users = deploymentsOf(request.state, id);
  if (users.length > 0) {
    const names = users.map(({ name }) => `"${name}"`).join(", ");
    throw new ApiError(409, "conflict", `configuration "${id}" is used by ${names}: delete or repoint them first`);
  }
  request.store.change((state) => state.configurations.delete(id));
}

/** Published versions, oldest first, then the draft. Unknown of the platform: the order, and whether the draft is there. */
function versions(request: ApiRequest): object {
  const configuration = find(request);
  const all = [...configuration.published, configuration.draft];
  return cursorPage(
    all.entries(),
    ([index]) => index,
    ([, each]) => present(configuration, each, request),
    request,
  );
}

function shown(request: ApiRequest): object {
  const configuration = find(request);
  const name = request.param("version");
  const found = findVersion(configuration, name);
  if (found === undefined) throw notFound(`configuration "${configuration.id}" has no version "${name}"`);
  return present(configuration, found, request);
}

function draftReplaced(request: ApiRequest): object {
  const configuration = find(request);
  const { status, ...content } = readBody(request.body, required);
  const activation = activationFrom(status, configuration.draft, request.stamp);
  return present(
    configuration,
    request.store.change((state) => replaceDraft(state, configuration, content, activation, request.stamp)),
    request,
  );
}

/** Unknown of the platform: what it says to a draft that is still Pending; the Terraform provider never tries. */
function published(request: ApiRequest): object {
  const configuration = find(request);
  if (statusAt(configuration.draft, request.stamp.now) === "Pending") {
    throw new ApiError(409, "conflict", `the draft of configuration "${configuration.id}" is still Pending`);
  }
  return present(
    configuration,
    request.store.change((state) => publishDraft(state, configuration, request.stamp)),
    request,
  );
}

function find({ state, param }: ApiRequest): Configuration {
  const id = param("id");
  const configuration = state.configurations.get(id);
  if (configuration === undefined) throw notFound(`web deployment configuration "${id}" not found`);
  return configuration;
}

function present(
  { id }: Configuration,
  shown: ConfigurationVersion,
  { stamp }: ApiRequest,
  status = statusAt(shown, stamp.now),
): object {
  const { version, content, dateCreated, dateModified, datePublished, publishedUser } = shown;
  const user = (userId: string): object => ({ id: userId, selfUri: `/api/v2/users/${userId}` });
  return {
    id,
    ...content,
    version,
    status,
    dateCreated,
    dateModified,
    createdUser: user(shown.createdUser),
    lastModifiedUser: user(shown.lastModifiedUser),
    ...(datePublished !== undefined && { datePublished }),
    ...(publishedUser !== undefined && { publishedUser: user(publishedUser) }),
    selfUri: `${list}/${id}/versions/${version.toLowerCase()}`,
  };
}
