import { type DomainPolicy } from "../genesys/host-check";
import { blocksOf, isRecord, type JsonRecord, recordAt } from "./json";

/** The type of the resource that is a Messenger's deployment. */
export const deploymentType = "genesyscloud_webdeployments_deployment";

/** The type of the resource that is a Messenger's configuration. */
export const configurationType = "genesyscloud_webdeployments_configuration";

/** A deployment that a stack declares. */
export interface DeclaredMessenger {
  /** Such as `genesyscloud_webdeployments_deployment.Messenger_Deployment_C232A245`. */
  readonly address: string;
  /** The configuration of the same stack that it names by reference. */
  readonly configurationAddress?: string;
  readonly name: string;
  readonly status?: string;
  /** The domains that it declares; absent where a Terraform expression decides them. */
  readonly policy?: DomainPolicy;
}

/** The deployments of a stack, in the order of their addresses. */
export function declaredMessengers(stack: JsonRecord): readonly DeclaredMessenger[] {
  return Object.entries(recordAt(stack, "resource", deploymentType))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, blocks]) => (isRecord(blocks) ? [readMessenger(name, blocks)] : []));
}

function readMessenger(resourceName: string, block: JsonRecord): DeclaredMessenger {
  const { name, status } = block;
  const configurationAddress = readReference(blocksOf(block, "configuration")[0]?.["id"]);
  const policy = readPolicy(block);
  return {
    address: `${deploymentType}.${resourceName}`,
    name: String(name),
    ...(configurationAddress !== undefined && { configurationAddress }),
    ...(typeof status === "string" && isLiteral(status) && { status }),
    ...(policy !== undefined && { policy }),
  };
}

/** The configuration whose id is meant; none where the id is written out or comes from elsewhere. */
function readReference(id: unknown): string | undefined {
  const reference = new RegExp(String.raw`^\$\{(${configurationType}\.[\w-]+)\.id\}$`);
  return typeof id === "string" ? reference.exec(id)?.[1] : undefined;
}

function readPolicy(block: JsonRecord): DomainPolicy | undefined {
  const { allow_all_domains: all = false, allowed_domains: domains = [] } = block;
  if (all === true) return { allowAllDomains: true, allowedDomains: [] };
  return all === false && isLiteralList(domains) ? { allowAllDomains: false, allowedDomains: domains } : undefined;
}

function isLiteralList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string" && isLiteral(entry));
}

/** Whether a text means itself: `${…}` and `%{…}` are expressions in Terraform's JSON syntax too. */
export function isLiteral(text: string): boolean {
  return !/[$%]\{/.test(text);
}
