import { randomUUID } from "node:crypto";
import { sandboxCredentials } from "../../../../lib/genesys/sandbox-state";
import { type OrganizationState } from "./state";

/**
 * A fresh organisation, with an id that no other has: Terraform's states are kept apart by it. What is in it has fixed ids,
 * so that a flow's can be written into an example and still be there tomorrow.
 */
export function seedState(): OrganizationState {
  return {
    organization: {
      id: randomUUID(),
      name: "Sandbox",
      domain: "sandbox",
      defaultLanguage: "en-us",
      defaultCountryCode: "US",
      defaultSiteId: "5a9db0c5-0000-4000-8000-000000000002",
      productPlatform: "PureCloud",
      supportURI: "https://support.example.com",
      thirdPartyOrgName: "sandbox",
      voicemailEnabled: false,
      state: "active",
      version: 1,
    },
    clients: byId([
      {
        id: sandboxCredentials.clientId,
        secret: sandboxCredentials.clientSecret,
        userId: "5a9db0c5-0000-4000-8000-000000000003",
        permissions: "all" as const,
      },
    ]),
    flows: byId([
      { id: "5a9db0c5-0000-4000-8000-000000000011", name: "Inbound Messages", type: "inboundshortmessage" },
      { id: "5a9db0c5-0000-4000-8000-000000000012", name: "Inbound Messages (Test)", type: "inboundshortmessage" },
    ]),
    integrations: byId([{ id: "5a9db0c5-0000-4000-8000-000000000021", name: "Messenger Sign-in" }]),
    knowledgeBases: byId([{ id: "5a9db0c5-0000-4000-8000-000000000031", name: "Help Centre", coreLanguage: "en-US" }]),
    supportedContent: byId([{ id: "5a9db0c5-0000-4000-8000-000000000041", name: "Default" }]),
    configurations: new Map(),
    deployments: new Map(),
    sequence: 0,
  };
}

function byId<Entity extends { readonly id: string }>(entities: readonly Entity[]): Map<string, Entity> {
  return new Map(entities.map((entity) => [entity.id, entity]));
}
