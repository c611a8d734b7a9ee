import { randomUUID } from "node:crypto";
import { type JsonObject } from "./json";
import { type Permission } from "./permissions";

/** Everything the embedded Genesys Cloud remembers. Records are never edited in place: a change puts a new one there. */
export interface State {
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
export interface Organization {
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
export interface Flow {
  readonly id: string;
  readonly name: string;
  /** The platform's word in lower case, such as `inboundshortmessage`. */
  readonly type: string;
}

/** An integration, such as one of the type "OpenID Connect Messenger Configuration" or a push provider. */
export interface Integration {
  readonly id: string;
  readonly name: string;
}

/** A knowledge base. */
export interface KnowledgeBase {
  readonly id: string;
  readonly name: string;
  /** Such as `en-US`. */
  readonly coreLanguage: string;
}

/** A supported content profile: which kinds of files a messaging channel takes. */
export interface SupportedContent {
  readonly id: string;
  readonly name: string;
}

/** What the ids of all deployments and configurations of the sandbox end in: no state of a real organisation has such ids. */
const mark = "5a4db0c5";

/** The id of a new deployment or configuration. */
export function newId(): string {
  return `${randomUUID().slice(0, -mark.length)}${mark}`;
}

/** Whether a sandbox gave that id, whichever sandbox it was. */
export function isOwnId(id: string): boolean {
  return id.endsWith(mark);
}

/** The states of a deployment and of a configuration version. */
export const statuses = ["Pending", "Active", "Inactive", "Error", "Deleting"] as const;

/** One of the states of a deployment or of a configuration version. */
export type Status = (typeof statuses)[number];

/** Who changed what, and when (ISO 8601, UTC). */
export interface Authorship {
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
