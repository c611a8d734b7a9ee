import { adopt, type Adoption, type AdoptionInput, environmentText, messengerText } from "../../lib/adoption";
import { type ApiObject } from "../../lib/genesys/api-path";
import { type DomainPolicy } from "../../lib/genesys/host-check";
import { resourceSchema } from "../../lib/genesys/provider-schema";
import { isJsonObject } from "../../lib/sandbox/json";
import { conform } from "../../lib/sandbox/provider/conform";
import { expand } from "../../lib/sandbox/provider/expand";

export const configurationSchema = resourceSchema("genesyscloud_webdeployments_configuration");
export const deploymentSchema = resourceSchema("genesyscloud_webdeployments_deployment");

export const deploymentId = "0c48e588-1958-4d33-b899-ed382b250022";
export const configurationId = "a2a56bff-e1ab-4dfe-a2df-d7281ef39f6a";

/** A configuration with nothing special about it, as the platform's own pages make one. */
export const plainConfiguration: ApiObject = {
  id: configurationId,
  version: "1",
  name: "Shop look",
  description: "How it looks",
  status: "Active",
  languages: ["en-us"],
  defaultLanguage: "en-us",
  messenger: {
    enabled: true,
    launcherButton: { visibility: "On" },
    apps: {
      conversations: {
        enabled: true,
        showAgentTypingIndicator: true,
        showUserTypingIndicator: true,
        autoStart: { enabled: false },
        conversationClear: { enabled: false },
        markdown: { enabled: true },
      },
    },
  },
  dateCreated: "2026-01-01T00:00:00.000Z",
  createdUser: { id: "5a9db0c5-0000-4000-8000-000000000003", selfUri: "/api/v2/users/5a9db0c5" },
};

export const plainDeployment: ApiObject = {
  id: deploymentId,
  name: "Shop",
  description: "The shop's",
  status: "Active",
  configuration: { id: configurationId, version: "1" },
  dateCreated: "2026-01-01T00:00:00.000Z",
};

/** What is special about a deployment that a test adopts. */
export interface Special {
  readonly deployment?: ApiObject;
  readonly configuration?: ApiObject;
  readonly newest?: ApiObject;
  readonly draft?: ApiObject;
  readonly domains?: Partial<DomainPolicy>;
  readonly environment?: Partial<AdoptionInput["environment"]>;
  readonly sharing?: AdoptionInput["sharing"];
  readonly region?: string;
}

/** A deployment that is plain but for what is special about it, adopted. */
export function adopted({ region, draft, ...special }: Special = {}): Adoption {
  const reproduced = special.configuration ?? plainConfiguration;
  return adopt({
    deployment: { ...plainDeployment, ...special.deployment },
    domains: { allowAllDomains: false, allowedDomains: ["shop.example.com", "www.example.com"], ...special.domains },
    configuration: { reproduced, newest: special.newest ?? reproduced, ...(draft && { draft }) },
    sharing: special.sharing ?? [],
    environment: { name: "production", kind: "production", ...special.environment },
    ...(region !== undefined && { region }),
  });
}

/** The program's two pieces. */
export function programOf(adoption: Adoption): { readonly environment: string; readonly messenger: string } {
  const { environment } = adoption;
  return {
    environment: environment === undefined ? "" : environmentText(environment),
    messenger: messengerText(adoption, 2),
  };
}

/** A resource with these arguments, as the API answers it. */
export function answerOf(schema: typeof configurationSchema, values: object): ApiObject {
  const answer: unknown = expand(schema, conform(schema, values), [
    "journey_events.excluded_query_parameters",
    "journey_events.search_query_parameters",
  ]);
  return isJsonObject(answer) ? answer : {};
}
