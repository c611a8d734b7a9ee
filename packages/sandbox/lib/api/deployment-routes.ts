import { type ApiError, type ApiRequest, badRequest, notFound, type Route, type SandboxRegion } from "../cloud/context";
import { isJsonObject, type Json, type JsonObject } from "../cloud/json";
import {
  createDeployment,
  type Deployment,
  type DeploymentSettings,
  findVersion,
  newestPublished,
  pending,
  type PushIntegration,
  replaceDeployment,
  statusAt,
} from "../cloud/state";
import { activationFrom, bodyReader } from "./body-shape";
import { cursorPage } from "./cursor-page";

/**
 * The script that a page of the organisation carries. It names the region's own hosts, as the platform's answer does: the
 * sandbox's address changes from run to run, and a deployment must not look changed because of it.
 */
export function snippet(deploymentId: string, { domain, environment }: SandboxRegion): string {
  const loader = JSON.stringify(`https://apps.${domain}/genesys-bootstrap/genesys.min.js`);
  const settings = JSON.stringify({ environment, deploymentId });
  return [
    `<script type="text/javascript" charset="utf-8">`,
    `(function (page, name, loader, settings) {`,
    `  page._genesysJs = name;`,
    `  page[name] = page[name] || function () { (page[name].q = page[name].q || []).push(arguments); };`,
    `  page[name].t = Date.now();`,
    `  page[name].c = settings;`,
    `  var script = document.createElement("script");`,
    `  script.async = true; script.src = loader; script.charset = "utf-8";`,
    `  document.head.appendChild(script);`,
    `})(window, "Genesys", ${loader}, ${settings});`,
    `</script>`,
  ].join("\n");
}

const list = "/api/v2/webdeployments/deployments";
const readBody = bodyReader("genesyscloud_webdeployments_deployment");
const required = ["name", "configuration"];

/** Messenger deployments. There is no PATCH: a PUT is the whole object. */
export const deploymentRoutes: readonly Route[] = [
  { method: "GET", path: list, permission: "webDeployments:deployment:view", handle: listed },
  { method: "POST", path: list, permission: "webDeployments:deployment:add", handle: created },
  { method: "GET", path: `${list}/:id`, permission: "webDeployments:deployment:view", handle: shown },
  { method: "PUT", path: `${list}/:id`, permission: "webDeployments:deployment:edit", handle: replaced },
  { method: "DELETE", path: `${list}/:id`, permission: "webDeployments:deployment:delete", handle: deleted },
];

function listed(request: ApiRequest): object {
  return cursorPage(
    request.state.deployments.values(),
    ({ sequence }) => sequence,
    (deployment) => present(deployment, request),
    request,
  );
}

function created(request: ApiRequest): object {
  const body = readBody(request.body, required);
  const settings = settingsFrom(body, request);
  const activation = activationFrom(body["status"], pending(request.stamp), request.stamp);
  const deployment = request.store.change((state) => createDeployment(state, settings, activation, request.stamp));
  return present(deployment, request, deployment.status);
}

function shown(request: ApiRequest): object {
  return present(find(request), request);
}

function replaced(request: ApiRequest): object {
  const deployment = find(request);
  const body = readBody(request.body, required);
  const settings = settingsFrom(body, request);
  const activation = activationFrom(body["status"], deployment, request.stamp);
  return present(
    request.store.change((state) => replaceDeployment(state, deployment, settings, activation, request.stamp)),
    request,
  );
}

function deleted(request: ApiRequest): void {
  const { id } = find(request);
  request.store.change((state) => state.deployments.delete(id));
}

function find({ state, param }: ApiRequest): Deployment {
  const id = param("id");
  const deployment = state.deployments.get(id);
  if (deployment === undefined) throw notFound(`web deployment "${id}" not found`);
  return deployment;
}

/**
 * What a body decides, every reference in it resolved. The list's entries are taken as they are: what the platform answers
 * to a malformed one is unknown, and a page is judged by it all the same (it admits nothing). That a deployment cannot
 * refer to what does not exist is likely, and refusing it finds a mistyped id where an error is cheap.
 */
function settingsFrom(body: JsonObject, request: ApiRequest): DeploymentSettings {
  const allowAllDomains = body["allowAllDomains"] === true;
  const allowedDomains = texts(body["allowedDomains"]);
  if (allowAllDomains && allowedDomains.length > 0) {
    throw invalid("allowedDomains", `"allowedDomains" must be empty when "allowAllDomains" is true`);
  }
  const description = text(body["description"]);
  const flowId = reference(body, "flow", request.state.flows);
  const supportedContentId = reference(body, "supportedContent", request.state.supportedContent);
  const pushIntegrations = pushIntegrationsFrom(body["pushIntegrations"], request);
  return {
    name: text(body["name"]) ?? "",
    ...(description !== undefined && { description }),
    allowAllDomains,
    allowedDomains,
    configuration: configurationFrom(object(body["configuration"]), request),
    ...(flowId !== undefined && { flowId }),
    ...(supportedContentId !== undefined && { supportedContentId }),
    ...(pushIntegrations.length > 0 && { pushIntegrations }),
  };
}

/** Unknown of the platform: that a version left out means the newest one, and that only a published one can be shown. */
function configurationFrom(given: JsonObject, { state }: ApiRequest): Deployment["configuration"] {
  const id = text(given["id"]);
  if (id === undefined) throw invalid("configuration.id", `"configuration.id" is missing`);
  const configuration = state.configurations.get(id);
  if (configuration === undefined) {
    throw invalid("configuration.id", `web deployment configuration "${id}" not found`);
  }
  const wanted = text(given["version"]);
  const version = wanted === undefined ? newestPublished(configuration) : findVersion(configuration, wanted);
  if (version === undefined || version === configuration.draft) {
    const published = configuration.published.map((each) => each.version).join(", ");
    throw invalid(
      "configuration.version",
      `configuration "${id}" has no published version${wanted === undefined ? "" : ` "${wanted}"`}: ` +
        (published === "" ? "publish its draft first" : `published versions are ${published}`),
    );
  }
  return { id, version: version.version };
}

function pushIntegrationsFrom(given: Json | undefined, { state }: ApiRequest): readonly PushIntegration[] {
  if (!Array.isArray(given)) return [];
  return (given as readonly Json[]).map((each, index) => {
    const id = text(object(each)["id"]);
    const provider = text(object(each)["provider"]);
    const at = `pushIntegrations[${index}]`;
    if (id === undefined) throw invalid(`${at}.id`, `"${at}.id" is missing`);
    if (provider === undefined) throw invalid(`${at}.provider`, `"${at}.provider" is missing`);
    if (!state.integrations.has(id)) throw invalid(`${at}.id`, unknownReference("integration", id));
    return { id, provider };
  });
}

function reference(body: JsonObject, name: string, known: ReadonlyMap<string, unknown>): string | undefined {
  const id = text(object(body[name])["id"]);
  if (id !== undefined && !known.has(id)) throw invalid(`${name}.id`, unknownReference(name, id));
  return id;
}

function unknownReference(what: string, id: string): string {
  return `${what} "${id}" not found in this organization (the sandbox's control plane can create it with that id)`;
}

function invalid(fieldName: string, message: string): ApiError {
  return badRequest(message, [{ errorCode: "invalid.value", fieldName }]);
}

// The shape has been checked by now: these three only tell the compiler.
function text(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function object(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function present(
  deployment: Deployment,
  { state, stamp, region }: ApiRequest,
  status = statusAt(deployment, stamp.now),
): object {
  const { id, name, description, allowAllDomains, allowedDomains, configuration } = deployment;
  const { flowId, supportedContentId, pushIntegrations, dateCreated, dateModified, lastModifiedUser } = deployment;
  return {
    id,
    name,
    ...(description !== undefined && { description }),
    configuration: {
      ...configuration,
      selfUri: `/api/v2/webdeployments/configurations/${configuration.id}/versions/${configuration.version}`,
    },
    allowAllDomains,
    allowedDomains,
    snippet: snippet(id, region),
    ...(flowId !== undefined && {
      flow: { id: flowId, name: state.flows.get(flowId)?.name, selfUri: `/api/v2/flows/${flowId}` },
    }),
    ...(supportedContentId !== undefined && {
      supportedContent: {
        id: supportedContentId,
        selfUri: `/api/v2/conversations/messaging/supportedcontent/${supportedContentId}`,
      },
    }),
    ...(pushIntegrations !== undefined && { pushIntegrations }),
    status,
    dateCreated,
    dateModified,
    lastModifiedUser: { id: lastModifiedUser, selfUri: `/api/v2/users/${lastModifiedUser}` },
    selfUri: `${list}/${id}`,
  };
}
