import { randomUUID } from "node:crypto";
import { sandboxIdEnding } from "../../../../lib/genesys/sandbox-state";
import { type JsonObject } from "./json";

/**
 * The permissions that the sandbox's routes ask for. Those of web deployments are documented; the other four are the
 * ones that the platform's permission pages name for reading, which were not measured for these routes.
 */
export const permissions = [
  "webDeployments:deployment:view",
  "webDeployments:deployment:add",
  "webDeployments:deployment:edit",
  "webDeployments:deployment:delete",
  "webDeployments:configuration:view",
  "webDeployments:configuration:add",
  "webDeployments:configuration:edit",
  "webDeployments:configuration:delete",
  "architect:flow:view",
  "integrations:integration:view",
  "knowledge:knowledgebase:view",
  "messaging:supportedContent:view",
] as const;

/** One permission of the platform, `domain:entity:action`. */
export type Permission = (typeof permissions)[number];

/** Whether a text names a permission that some route of the sandbox asks for. */
export function isPermission(text: unknown): text is Permission {
  return permissions.some((permission) => permission === text);
}

/** Everything the embedded Genesys Cloud remembers. Records are never edited in place: a change puts a new one there. */
export interface OrganizationState {
  readonly organization: Organization;
  readonly clients: Map<string, OAuthClient>;
  readonly flows: Map<string, Flow>;
  readonly integrations: Map<string, Integration>;
  readonly knowledgeBases: Map<string, KnowledgeBase>;
  readonly supportedContent: Map<string, SupportedContent>;
  readonly configurations: Map<string, Configuration>;
  readonly deployments: Map<string, Deployment>;
  /** The number that the newest record got. Numbers only grow, so a page's cursor outlives deletions. */
  sequence: number;
}

/** The answer of `GET /api/v2/organizations/me`, whose keys are the platform's. */
interface Organization {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly defaultLanguage: string;
  readonly defaultCountryCode: string;
  readonly defaultSiteId?: string;
  readonly productPlatform: string;
  readonly supportURI?: string;
  readonly thirdPartyOrgName?: string;
  readonly voicemailEnabled: boolean;
  readonly state: string;
  readonly version: number;
}

/** An OAuth client of the grant type client credentials. */
export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
  /** The user that changes made with it are ascribed to (`lastModifiedUser`). */
  readonly userId: string;
  /** `"all"` includes what a later version of the sandbox asks for. */
  readonly permissions: "all" | readonly Permission[];
}

/** An Architect flow; only inbound messages (`inboundshortmessage`) can be put behind a deployment by the platform's page. */
interface Flow {
  readonly id: string;
  readonly name: string;
  /** The platform's word in lower case, such as `inboundshortmessage`. */
  readonly type: string;
}

/** An integration, such as one of the type "OpenID Connect Messenger Configuration" or a push provider. */
interface Integration {
  readonly id: string;
  readonly name: string;
}

/** A knowledge base. */
interface KnowledgeBase {
  readonly id: string;
  readonly name: string;
  /** Such as `en-US`. */
  readonly coreLanguage: string;
}

/** A supported content profile: which kinds of files a messaging channel takes. */
interface SupportedContent {
  readonly id: string;
  readonly name: string;
}

/** The id of a new deployment or configuration. */
function newId(): string {
  return `${randomUUID().slice(0, -sandboxIdEnding.length)}${sandboxIdEnding}`;
}

/** The states of a deployment and of a configuration version. */
export const statuses = ["Pending", "Active", "Inactive", "Error", "Deleting"] as const;

/** One of the states of a deployment or of a configuration version. */
type Status = (typeof statuses)[number];

/** Who changed what, and when (ISO 8601, UTC). */
interface Authorship {
  readonly dateCreated: string;
  readonly dateModified: string;
  readonly createdUser: string;
  readonly lastModifiedUser: string;
}

/** A state that may still be on its way: `Pending` until `activeAt`, then `Active`. */
export interface Activation {
  readonly status: Status;
  /** ISO 8601, UTC. Only with `Pending`. */
  readonly activeAt?: string;
  /** What becomes of it at that time instead of `Active`. Only with `Pending`. */
  readonly endsIn?: "Error";
}

/** One version of a configuration: the draft, or what was published from it. */
export interface ConfigurationVersion extends Authorship, Activation {
  /** `"DRAFT"`, or an integer that grows by one with every publication. */
  readonly version: string;
  /** Name, languages and all the rest, as the client sent it. */
  readonly content: JsonObject;
  readonly datePublished?: string;
  readonly publishedUser?: string;
}

/** A Messenger configuration: one draft, and the versions published so far, oldest first. */
export interface Configuration {
  readonly id: string;
  readonly sequence: number;
  readonly draft: ConfigurationVersion;
  readonly published: readonly ConfigurationVersion[];
}

/** A Messenger deployment: what a page's snippet names. */
export interface Deployment extends Authorship, Activation {
  readonly id: string;
  readonly sequence: number;
  readonly name: string;
  readonly description?: string;
  readonly allowAllDomains: boolean;
  readonly allowedDomains: readonly string[];
  readonly configuration: { readonly id: string; readonly version: string };
  readonly flowId?: string;
  readonly supportedContentId?: string;
  readonly pushIntegrations?: readonly PushIntegration[];
}

/** A push integration that a deployment's mobile applications use. */
export interface PushIntegration {
  readonly id: string;
  readonly provider: string;
}

/** The status at an instant: `Pending` turns `Active` by itself. */
export function statusAt({ status, activeAt, endsIn }: Activation, now: Date): Status {
  return status === "Pending" && activeAt !== undefined && Date.parse(activeAt) <= now.getTime()
    ? (endsIn ?? "Active")
    : status;
}

/** Who makes a change, when, and how long what it makes stays `Pending`. */
export interface Stamp {
  readonly now: Date;
  /** The id of the user that the change is ascribed to. */
  readonly user: string;
  /** Milliseconds until what is created turns from `Pending` to `Active`. */
  readonly activationDelayMs: number;
  /** Decides over the status of what is made or changed, whatever the client asks for. */
  readonly settling?: Settling | undefined;
}

/** A way to a status that a fault decides: `Pending` for a while, and then. */
export interface Settling {
  readonly delayMs: number;
  readonly into: "Active" | "Error";
}

/** The activation of something that was created just now. */
export function pending({ now, activationDelayMs, settling }: Stamp): Activation {
  const { delayMs, into } = settling ?? { delayMs: activationDelayMs, into: "Active" };
  const activeAt = new Date(now.getTime() + delayMs).toISOString();
  return { status: "Pending", activeAt, ...(into === "Error" && { endsIn: into }) };
}

/** Makes a configuration that has a draft and no published version yet. */
export function createConfiguration(
  state: OrganizationState,
  content: JsonObject,
  activation: Activation,
  stamp: Stamp,
): Configuration {
  const at = stamp.now.toISOString();
  const configuration: Configuration = {
    id: newId(),
    sequence: ++state.sequence,
    draft: {
      version: "DRAFT",
      ...activation,
      content,
      dateCreated: at,
      dateModified: at,
      createdUser: stamp.user,
      lastModifiedUser: stamp.user,
    },
    published: [],
  };
  state.configurations.set(configuration.id, configuration);
  return configuration;
}

/** Puts other content into the draft: the whole content, so that what is left out is cleared. */
export function replaceDraft(
  state: OrganizationState,
  configuration: Configuration,
  content: JsonObject,
  activation: Activation,
  stamp: Stamp,
): ConfigurationVersion {
  const { version, dateCreated, createdUser } = configuration.draft;
  const draft: ConfigurationVersion = {
    version,
    ...activation,
    content,
    dateCreated,
    createdUser,
    dateModified: stamp.now.toISOString(),
    lastModifiedUser: stamp.user,
  };
  state.configurations.set(configuration.id, { ...configuration, draft });
  return draft;
}

/** Makes the draft's content the next published version. The draft stays, to be edited further. */
export function publishDraft(
  state: OrganizationState,
  configuration: Configuration,
  stamp: Stamp,
): ConfigurationVersion {
  const at = stamp.now.toISOString();
  const version: ConfigurationVersion = {
    ...configuration.draft,
    version: String(configuration.published.length + 1),
    status: "Active",
    dateModified: at,
    lastModifiedUser: stamp.user,
    datePublished: at,
    publishedUser: stamp.user,
  };
  state.configurations.set(configuration.id, { ...configuration, published: [...configuration.published, version] });
  return version;
}

/** One version by its name: `"DRAFT"` in any case, or a published version's number. */
export function findVersion({ draft, published }: Configuration, version: string): ConfigurationVersion | undefined {
  return version.toUpperCase() === "DRAFT" ? draft : published.find((candidate) => candidate.version === version);
}

/** The version that was published last; undefined while there is only a draft. */
export function newestPublished({ published }: Configuration): ConfigurationVersion | undefined {
  return published.at(-1);
}

/** What a client decides of a deployment; the rest is the platform's. */
export type DeploymentSettings = Omit<Deployment, keyof Activation | keyof Authorship | "id" | "sequence">;

/** Makes a deployment. */
export function createDeployment(
  state: OrganizationState,
  settings: DeploymentSettings,
  activation: Activation,
  stamp: Stamp,
): Deployment {
  const at = stamp.now.toISOString();
  const deployment: Deployment = {
    id: newId(),
    sequence: ++state.sequence,
    ...settings,
    ...activation,
    dateCreated: at,
    dateModified: at,
    createdUser: stamp.user,
    lastModifiedUser: stamp.user,
  };
  state.deployments.set(deployment.id, deployment);
  return deployment;
}

/** Replaces all of a deployment's settings: what is left out is cleared. */
export function replaceDeployment(
  state: OrganizationState,
  { id, sequence, dateCreated, createdUser }: Deployment,
  settings: DeploymentSettings,
  activation: Activation,
  stamp: Stamp,
): Deployment {
  const deployment: Deployment = {
    id,
    sequence,
    ...settings,
    ...activation,
    dateCreated,
    createdUser,
    dateModified: stamp.now.toISOString(),
    lastModifiedUser: stamp.user,
  };
  state.deployments.set(id, deployment);
  return deployment;
}

/** The deployments that show one of a configuration's versions. */
export function deploymentsOf(state: Readonly<OrganizationState>, configurationId: string): readonly Deployment[] {
  return [...state.deployments.values()].filter(({ configuration }) => configuration.id === configurationId);
}
