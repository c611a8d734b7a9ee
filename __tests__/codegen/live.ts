import { adopt, type AdoptionProgram, type AdoptionInput } from "../../lib/codegen/adoption";
import { environmentText, messengerText } from "../../lib/codegen/program";
import { type ApiObject, type Block, resourceSchema, withValueAt } from "../../lib/genesys/provider-schema";
import { isOne } from "../../lib/genesys/arguments";
import { type DomainPolicy } from "../../lib/genesys/host-check";
import { isJsonObject } from "../../packages/sandbox/lib/cloud/json";
import { toSchema } from "../../packages/sandbox/lib/provider/codec";
import { expand, ofConfiguration } from "../../packages/sandbox/lib/provider/body";
import { blocksIn, isEmpty, type Values } from "../../packages/sandbox/lib/provider/value";

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
export function adopted({ region, draft, ...special }: Special = {}): AdoptionProgram {
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
export function programOf(adoption: AdoptionProgram): { readonly environment: string; readonly messenger: string } {
  const { environment } = adoption;
  return {
    environment: environment === undefined ? "" : environmentText(environment),
    messenger: messengerText(adoption, 2),
  };
}

/**
 * A configuration as the platform's own pages may have made it: fields that have no value are missing, also where the provider
 * would send "" or 0, and a block may have nothing in it.
 */
export function liveOf(values: Values): ApiObject {
  return liveBlock(configurationSchema, values);
}

function liveBlock(block: Block, values: Values, isInside = false): ApiObject {
  let answer: ApiObject = {};
  for (const [name, { api, mode, type }] of Object.entries(block.attributes)) {
    const value = values[name] ?? (type === "bool" && isInside ? false : null);
    const isLeftOut = type === "bool" ? !isInside && value !== true : value === null || isEmpty(value);
    const isDecided = mode === "computed" || (!isInside && (name === "id" || name === "status"));
    if (api !== undefined && !isLeftOut && !isDecided) answer = withValueAt(answer, api, value);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const items = blocksIn(values, name).map((item) => liveBlock(nested, item, true));
    if (nested.api === undefined || items.length === 0) continue;
    answer = withValueAt(answer, nested.api, isOne(nested) ? items[0] : items);
  }
  return answer;
}

/** A resource with these arguments, as the API answers it. */
export function answerOf(schema: typeof configurationSchema, values: object): ApiObject {
  const answer: unknown = expand(schema, toSchema(schema, values), { peculiarities: ofConfiguration });
  return isJsonObject(answer) ? answer : {};
}
