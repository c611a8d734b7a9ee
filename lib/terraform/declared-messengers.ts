import { type DomainPolicy } from "../genesys/host-check";
import { type RecordedDomains } from "../origins/provenance";
import { type Acknowledgements, type EnvironmentKind, environmentKinds } from "../origins/rule";
import { blocksOf, isRecord, type JsonRecord, recordAt } from "../base/json";

/** The rules that the addresses of a Messenger are judged by where Terraform decides them. */
interface LateRules {
  readonly kind: EnvironmentKind;
  readonly acknowledge: Acknowledgements;
}

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
  /** Whether the configuration is made outside of the Messenger: by another one, by another stack, or outside of the program. */
  readonly sharesConfiguration?: boolean;
  /** The stack of the same app that makes the configuration, where it is another one. */
  readonly configurationStack?: string;
  readonly name: string;
  /** Empty where none is declared; absent where a Terraform expression decides it. */
  readonly description?: string;
  /** The id of the deployment that the next apply imports instead of making one (an `import` block). */
  readonly importId?: string;
  /** The same of its configuration. */
  readonly configurationImportId?: string;
  /** The addresses that it had before (`moved` blocks), the last one first. */
  readonly formerAddresses?: readonly string[];
  /** The same of its configuration. */
  readonly formerConfigurationAddresses?: readonly string[];
  readonly status?: string;
  /** The domains that it declares; absent where a Terraform expression decides them. */
  readonly policy?: DomainPolicy;
  /** What judges the domains that a Terraform expression decides; absent where the expression is not a WebMessenger's. */
  readonly lateRules?: LateRules;
  /** Where the domains come from; absent where no WebMessenger made the deployment, and where there is no record. */
  readonly recorded?: RecordedDomains;
}

/** The deployments of a stack, in the order of their addresses. */
export function declaredMessengers(stack: JsonRecord): readonly DeclaredMessenger[] {
  return Object.entries(recordAt(stack, "resource", deploymentType))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, blocks]) => (isRecord(blocks) ? [readMessenger(stack, name, blocks)] : []));
}

function readMessenger(stack: JsonRecord, resourceName: string, block: JsonRecord): DeclaredMessenger {
  const { name, description, status } = block;
  const hasDescription = description !== undefined && description !== null && description !== "";
  const address = `${deploymentType}.${resourceName}`;
  const importId = readImport(stack, address);
  const configurationId = blocksOf(block, "configuration")[0]?.["id"];
  const configurationAddress = readReference(configurationId);
  const configurationStack = readOtherStack(configurationId);
  const configurationImportId = readImport(stack, configurationAddress);
  const formerAddresses = readMoves(stack, address);
  const formerConfigurationAddresses = readMoves(stack, configurationAddress);
  const policy = readPolicy(block);
  const lateRules = readLateRules(stack, block["allowed_domains"]);
  return {
    address,
    name: String(name),
    ...(hasDescription ? isLiteralText(description) && { description } : { description: "" }),
    ...(importId !== undefined && { importId }),
    ...(configurationAddress !== undefined && { configurationAddress }),
    ...(!makesConfiguration(stack, address, configurationAddress) && { sharesConfiguration: true }),
    ...(configurationStack !== undefined && { configurationStack }),
    ...(configurationImportId !== undefined && { configurationImportId }),
    ...(formerAddresses.length > 0 && { formerAddresses }),
    ...(formerConfigurationAddresses.length > 0 && { formerConfigurationAddresses }),
    ...(isLiteralText(status) && { status }),
    ...(policy !== undefined && { policy }),
    ...(lateRules !== undefined && { lateRules }),
  };
}

/** A Messenger makes both resources in itself. */
function makesConfiguration(stack: JsonRecord, address: string, configurationAddress: string | undefined): boolean {
  if (configurationAddress === undefined) return false;
  const [own, other] = [address, configurationAddress].map((each) =>
    constructPath(stack, each)?.replace(/\/[^/]*$/, ""),
  );
  return own === other;
}

/** The path of the construct that made a resource: the cores write it beside the resource. */
export function constructPath(stack: JsonRecord, address: string): string | undefined {
  const path = recordAt(stack, "resource", ...address.split("."), "//", "metadata")["path"];
  return typeof path === "string" ? path : undefined;
}

/** The id of what the next apply imports to that address; none where Terraform alone knows it. */
function readImport(stack: JsonRecord, address: string | undefined): string | undefined {
  const id = blocksOf(stack, "import").find(({ to }) => to === address)?.["id"];
  return isLiteralText(id) ? id : undefined;
}

/** Moves are followed from one to the next, as Terraform does. */
function readMoves(stack: JsonRecord, address: string | undefined): readonly string[] {
  const moves = new Map(blocksOf(stack, "moved").map(({ from, to }) => [to, from]));
  const addresses: string[] = [];
  let from = moves.get(address);
  while (typeof from === "string" && from !== address && !addresses.includes(from)) {
    addresses.push(from);
    from = moves.get(from);
  }
  return addresses;
}

/** The configuration whose id is meant; none where the id is written out or comes from elsewhere. */
function readReference(id: unknown): string | undefined {
  const reference = new RegExp(String.raw`^\$\{(${configurationType}\.[\w-]+)\.id\}$`);
  return typeof id === "string" ? reference.exec(id)?.[1] : undefined;
}

/** The cores read what another stack of the app makes from its state, under a name that ends in the stack's. */
function readOtherStack(id: unknown): string | undefined {
  return typeof id === "string" ? /\.cross-stack-reference-input-([\w-]+)\.outputs\b/.exec(id)?.[1] : undefined;
}

function readPolicy(block: JsonRecord): DomainPolicy | undefined {
  const { allow_all_domains: all = false, allowed_domains: domains = [] } = block;
  if (all === true) return { allowAllDomains: true, allowedDomains: [] };
  return all === false && isLiteralList(domains) ? { allowAllDomains: false, allowedDomains: domains } : undefined;
}

/** What `terraformValue` leaves beside the expression, in the local value that the expression reads. */
function readLateRules(stack: JsonRecord, domains: unknown): LateRules | undefined {
  const id = typeof domains === "string" ? /\blocal\.([\w-]+)/.exec(domains)?.[1] : undefined;
  if (id === undefined) return undefined;
  const { kind: name, acknowledged } = recordAt(stack, "locals", `${id}_environment`);
  const kind = environmentKinds.find((known) => known === name);
  const ids: readonly unknown[] = Array.isArray(acknowledged) ? acknowledged : [];
  const acknowledge = Object.fromEntries(ids.map((rule) => [String(rule), "acknowledged by the environment"]));
  return kind && { kind, acknowledge };
}

function isLiteralList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string" && isLiteral(entry));
}

function isLiteralText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && isLiteral(value);
}

/** Whether a text means itself: `${…}` and `%{…}` are expressions in Terraform's JSON syntax too. */
export function isLiteral(text: string): boolean {
  return !/[$%]\{/.test(text);
}
