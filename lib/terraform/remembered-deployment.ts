import { type Deployment } from "../genesys/deployment";
import { type DeclaredMessenger, deploymentType } from "./declared-messengers";
import { blocksOf, type JsonRecord, recordAt } from "../base/json";
import { instanceAt, resourceRefusal, type State } from "./state";

/** What the state remembers of a deployment. */
export interface RememberedDeployment {
  readonly deployment: Deployment;
  /** The `version` of the configuration resource that the deployment is wired to. */
  readonly configurationVersion?: string;
  /** What {@link taintedAddresses} answers for it. */
  readonly tainted: readonly string[];
  /** Where the state has it, as long as the next apply is to move it to where it is declared. */
  readonly formerly?: Pick<DeclaredMessenger, "address" | "configurationAddress">;
}

/** What the state has of a configuration whose deployment it does not have. */
export interface RememberedConfiguration {
  /** Where the state has it. */
  readonly address: string;
  /** Absent where the state does not say it; `DRAFT` where nothing was published when its creation was cut short. */
  readonly version?: string;
  /** Whether Terraform did not see its creation come to its end. */
  readonly isTainted: boolean;
}

/**
 * What the state remembers of a declared deployment; undefined where it has none.
 *
 * @throws StackError where the state has it in a shape that this version does not understand
 */
export function rememberedDeployment(state: State, messenger: DeclaredMessenger): RememberedDeployment | undefined {
  const there = asRemembered(state, messenger);
  const { address, configurationAddress } = there;
  const isMoved = address !== messenger.address || configurationAddress !== messenger.configurationAddress;
  const remembered = instanceAt(state, address);
  if (remembered === undefined) return undefined;
  const configuration = configurationAddress === undefined ? undefined : instanceAt(state, configurationAddress);
  const version = configuration?.attributes["version"];
  const configurationVersion =
    configurationAddress === undefined ? undefined : optionalText(configurationAddress, "version", version);
  return {
    deployment: readDeployment(address, remembered.attributes),
    ...(configurationVersion !== undefined && { configurationVersion }),
    tainted: taintedAddresses(state, there),
    ...(isMoved && { formerly: { address, ...(configurationAddress !== undefined && { configurationAddress }) } }),
  };
}

/**
 * The addresses of a deployment and its configuration, as far as Terraform did not see their creation come to its end: a
 * deploy that was cancelled while Genesys Cloud was creating them leaves them so. Terraform would replace them, and the
 * deployment's id with them; where they exist and are in order, an edit of the state says so.
 *
 * @throws StackError where the state has them in a shape that this version does not understand
 */
export function taintedAddresses(state: State, messenger: DeclaredMessenger): readonly string[] {
  return [messenger.configurationAddress, messenger.address].filter(
    (address): address is string => address !== undefined && instanceAt(state, address)?.isTainted === true,
  );
}

/** What the state remembers of the configuration that a deployment is wired to; undefined where it has none. */
export function rememberedConfiguration(
  state: State,
  messenger: DeclaredMessenger,
): RememberedConfiguration | undefined {
  const { configurationAddress: address } = asRemembered(state, messenger);
  const instance = address === undefined ? undefined : instanceAt(state, address);
  if (address === undefined || instance === undefined) return undefined;
  const version = optionalText(address, "version", instance.attributes["version"]);
  return { address, isTainted: instance.isTainted, ...(version !== undefined && { version }) };
}

/** The id of the configuration that a deployment is wired to, as the state has it; undefined where it has none. */
export function rememberedConfigurationId(state: State, messenger: DeclaredMessenger): string | undefined {
  const { configurationAddress } = asRemembered(state, messenger);
  const instance = configurationAddress === undefined ? undefined : instanceAt(state, configurationAddress);
  if (configurationAddress === undefined || instance === undefined) return undefined;
  return needed(configurationAddress, "id", optionalText(configurationAddress, "id", instance.attributes["id"]));
}

/**
 * The ids of the deployments that a state has, in whatever shape.
 *
 * @param messengers leaves out those whose resource is none of these any more: they wait to be let go of, and for another stack
 *   to adopt them
 */
export function rememberedDeploymentIds(state: State, messengers?: readonly DeclaredMessenger[]): readonly string[] {
  const declared = new Set(messengers?.flatMap(({ address, formerAddresses = [] }) => [address, ...formerAddresses]));
  return blocksOf(state.content, "resources")
    .filter(({ mode, type }) => mode === "managed" && type === deploymentType)
    .filter(
      ({ module, name }) =>
        messengers === undefined || module !== undefined || declared.has(`${deploymentType}.${String(name)}`),
    )
    .flatMap((resource) => blocksOf(resource, "instances"))
    .flatMap((instance) => {
      const { id } = recordAt(instance, "attributes");
      return typeof id === "string" ? id : [];
    });
}

/** The Messenger with the addresses that the state has for it: moved resources keep their old ones until the next apply. */
export function asRemembered(state: State, messenger: DeclaredMessenger): DeclaredMessenger {
  const { address, configurationAddress, formerAddresses = [], formerConfigurationAddresses = [] } = messenger;
  const found = (addresses: readonly string[]) => addresses.find((each) => instanceAt(state, each) !== undefined);
  const configuration =
    configurationAddress && (found([configurationAddress, ...formerConfigurationAddresses]) ?? configurationAddress);
  return {
    ...messenger,
    address: found([address, ...formerAddresses]) ?? address,
    ...(configuration !== undefined && { configurationAddress: configuration }),
  };
}

function readDeployment(address: string, attributes: JsonRecord): Deployment {
  const text = (name: string): string | undefined => optionalText(address, name, attributes[name]);
  const [configuration = {}] = blocksOf(attributes, "configuration");
  const [description, flowId, supportedContentId] = [
    text("description"),
    text("flow_id"),
    text("supported_content_id"),
  ];
  const pushIntegrations = blocksOf(attributes, "push_integrations").map(
    ({ provider, id }) => `${String(provider)} ${String(id)}`,
  );
  return {
    id: needed(address, "id", text("id")),
    name: needed(address, "name", text("name")),
    status: text("status") ?? "",
    allowAllDomains: attributes["allow_all_domains"] === true,
    allowedDomains: readDomains(address, attributes["allowed_domains"]),
    configuration: {
      id: needed(address, "configuration.id", optionalText(address, "configuration.id", configuration["id"])),
      version: optionalText(address, "configuration.version", configuration["version"]) ?? "",
    },
    ...(description !== undefined && { description }),
    ...(flowId !== undefined && { flowId }),
    ...(supportedContentId !== undefined && { supportedContentId }),
    ...(pushIntegrations.length > 0 && { pushIntegrations }),
  };
}

function readDomains(address: string, value: unknown): readonly string[] {
  const domains = value ?? [];
  if (Array.isArray(domains) && domains.every((domain) => typeof domain === "string")) return domains;
  throw unexpected(address, "allowed_domains");
}

/** An empty text is what the provider writes for none. */
function optionalText(address: string, attribute: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") throw unexpected(address, attribute);
  return value;
}

function needed(address: string, attribute: string, value: string | undefined): string {
  if (value === undefined) throw resourceRefusal(address, `has no ${attribute}`);
  return value;
}

function unexpected(address: string, attribute: string): Error {
  return resourceRefusal(address, `has an attribute ${attribute} of an unexpected type`);
}
