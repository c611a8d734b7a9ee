import { type Deployment } from "../../lib/genesys/deployment";
import { type AuditSubject } from "../../lib/audit/audit";
import { type LiveReading } from "../../lib/platform/public-files";
import { listOf } from "./lists";

/** A deployment as Terraform made it and no one touched it. */
export const deployment: Deployment = {
  id: "d-1",
  name: "Shop",
  status: "Active",
  allowAllDomains: false,
  allowedDomains: ["example.com", "www.example.com"],
  configuration: { id: "c-1", version: "2" },
};

/** What is audited: the program, the state and Genesys agree. */
export const subject: AuditSubject = {
  name: "production",
  derived: listOf("example.com", "www.example.com"),
  state: deployment,
  stateConfigurationVersion: "2",
  status: "Active",
  endpoints: { login: "", api: "", publicFiles: "", credentials: undefined },
};

export const notAsked = { outcome: "not-asked", reason: "there are no credentials" } as const;

/** What Genesys says of a deployment: the same everywhere, and nothing newer was published. */
export function reading(live: Partial<Deployment> = {}, changes: Partial<LiveReading> = {}): LiveReading {
  const api = { ...deployment, ...live };
  const { allowAllDomains, allowedDomains, status } = api;
  return {
    api: { outcome: "served", deployment: api },
    publicFiles: {
      domains: { outcome: "served", content: { allowAllDomains, allowedDomains } },
      configuration: { outcome: "served", content: { version: api.configuration.version, status } },
    },
    versions: { outcome: "served", newest: "2" },
    namesakes: { outcome: "served", deployments: [] },
    ...changes,
  };
}
