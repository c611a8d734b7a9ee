import { type ApiObject, valueAt } from "../genesys/api-path";
import { type DomainPolicy } from "../genesys/host-check";
import { resourceSchema } from "../genesys/provider-schema";
import { type AllowList, type EnvironmentKind } from "../origins";
import { type Arguments } from "../genesys/arguments";
import { changedArguments, configurationBlock, reproduceConfiguration } from "./configuration";
import { reproduceDeployment } from "./deployment";
import { type ComparedDomains, compareDomains } from "./domains";
import { reproduceEnvironment, type ReproducedEnvironment } from "./environment";
import { type Note, notesOn } from "./notes";
import { type Properties } from "./property-names";
import { unmanagedFields } from "./unmanaged";

/** A version of a configuration, as the API answers it. */
export interface ConfigurationVersions {
  /** The one that is reproduced. */
  readonly reproduced: ApiObject;
  /** The one that was published last, which is what Terraform imports. */
  readonly newest: ApiObject;
  /** What somebody may have edited and not published. */
  readonly draft?: ApiObject;
}

/** A deployment of the same organisation. */
export interface OtherDeployment {
  readonly id: string;
  readonly name: string;
}

/** Everything that an adoption follows from. */
export interface AdoptionInput {
  /** The deployment, as the API answers it. */
  readonly deployment: ApiObject;
  readonly domains: DomainPolicy;
  readonly configuration: ConfigurationVersions;
  /** The deployments that show the same configuration. */
  readonly sharing: readonly OtherDeployment[];
  readonly environment: {
    readonly name: string;
    readonly kind: EnvironmentKind;
    /** What the program derives where it declares the environment already; absent where it does not. */
    readonly allowList?: AllowList;
  };
  /** The AWS name of the organisation's region. @default "us-east-1", of which a program says nothing */
  readonly region?: string;
}

/** The program that declares a deployment as Genesys has it, and what is to be known before it is deployed. */
export interface Adoption {
  readonly deployment: { readonly id: string; readonly name: string };
  readonly configuration: { readonly id: string; readonly version: string; readonly newest: string };
  /** The environment that the live list comes to; absent where the program declares it already. */
  readonly environment?: ReproducedEnvironment;
  readonly environmentName: string;
  /** The properties of the Messenger, the ids to import among them, without its environment. */
  readonly properties: Properties;
  /** Lines of comment above properties, by the way to them. */
  readonly comments: Readonly<Record<string, readonly string[]>>;
  readonly domains: ComparedDomains;
  /** What the first deploy changes beside importing both, by resource; none of either where the plan shows no change. */
  readonly changes: { readonly deployment: readonly string[]; readonly configuration: readonly string[] };
  readonly notes: readonly Note[];
}

/** Turns a deployment and its configuration into the program that declares both. */
export function adopt(input: AdoptionInput): Adoption {
  const { environment, configuration, region } = input;
  const made = reproduceEnvironment(environment, input.domains);
  const domains = compareDomains(environment.allowList ?? made.allowList, input.domains);
  const deployment = reproduceDeployment(input.deployment, environment.name);
  const reproduced = reproduceConfiguration(configuration.reproduced, deployment.texts);
  const [id, name] = [textAt(input.deployment, "id"), textAt(input.deployment, "name")];
  const configurationId = textAt(input.deployment, "configuration.id");
  const version = textAt(input.deployment, "configuration.version");
  const newest = textAt(configuration.newest, "version");
  const changed = changedArguments(reproduced.declared, configuration.newest);
  const changes = {
    configuration: changed,
    deployment: [
      ...(domains.equal ? [] : ["allowed_domains"]),
      ...(version === newest && changed.length === 0 ? [] : ["configuration.version"]),
    ],
  };
  const overrides = overridesOf(reproduced.overrides, deployment.overrides);
  const adoption = {
    deployment: { id, name },
    configuration: { id: configurationId, version, newest },
    ...(environment.allowList === undefined && { environment: made }),
    environmentName: environment.name,
    properties: {
      ...deployment.properties,
      ...reproduced.properties,
      ...(region !== undefined && region !== "us-east-1" && { region }),
      ...(overrides !== undefined && { overrides }),
      adopt: { deploymentId: id, configurationId },
    },
    comments: {
      ...emptyDescriptions(deployment.properties, reproduced.properties),
      ...Object.fromEntries(Object.entries(deployment.called).map(([property, called]) => [property, [called]])),
      ...(reproduced.reasons.length > 0 && { "overrides.configuration": reproduced.reasons }),
      ...(deployment.reasons.length > 0 && { "overrides.deployment": deployment.reasons }),
      adopt: ["What the next deploy imports. After it, this does nothing, and may go."],
    },
    domains,
    changes,
  };
  const unmanaged = [
    ...unmanagedFields(resourceSchema("genesyscloud_webdeployments_deployment"), input.deployment),
    ...unmanagedFields(configurationBlock(), configuration.reproduced),
  ];
  return { ...adoption, notes: notesOn(input, adoption, { ...reproduced, unmanaged }) };
}

/** What a reader would take out, who does not know what the construct says by itself. */
function emptyDescriptions(...properties: readonly Properties[]): Adoption["comments"] {
  const why = ["Genesys has none. Left out, it would say that this is managed as code."];
  const names = ["description", "configurationDescription"];
  return Object.fromEntries(
    names.flatMap((name) => (properties.some((each) => each[name] === "") ? [[name, why]] : [])),
  );
}

function overridesOf(configuration: Arguments, deployment: Arguments): Arguments | undefined {
  const overrides = {
    ...(Object.keys(configuration).length > 0 && { configuration }),
    ...(Object.keys(deployment).length > 0 && { deployment }),
  };
  return Object.keys(overrides).length > 0 ? overrides : undefined;
}

function textAt(answer: ApiObject, path: string): string {
  const value = valueAt(answer, path);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
