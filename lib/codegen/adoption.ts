import { type Problem } from "../base/problem";
import { type ArgumentDifference, type Arguments } from "../genesys/arguments";
import { type DomainPolicy } from "../genesys/host-check";
import { type ApiObject, resourceSchema, schemaValueAt } from "../genesys/provider-schema";
import { type AllowList } from "../origins/allow-list";
import { type EnvironmentKind } from "../origins/rule";
import { argumentsToChange, configurationBlock, importedConfiguration, reproduceConfiguration } from "./configuration";
import { reproduceDeployment, unmanagedFields } from "./deployment";
import {
  type ComparedDomains,
  compareAdoptedDomains,
  type ReproducedEnvironment,
  reproduceEnvironment,
} from "./environment";
import { type Properties } from "./property-names";

/** What it means that pages show an older version than the newest. */
function versionOn(input: AdoptionInput, { configuration, changes }: Omit<AdoptionProgram, "notes">): readonly Note[] {
  const { version, newest } = configuration;
  if (version === newest) return [];
  const { reproduced } = input.configuration;
  const deployed = String(reproduced["version"]) === version;
  const means = !deployed
    ? `The program is version ${newest}: the deploy shows it on all pages.`
    : changes.configuration.length === 0
      ? `They do not differ in anything that the provider manages: the deploy points the deployment to version ${newest}, and ` +
        "visitors see no difference."
      : `The program is what pages show, version ${version}: the deploy publishes that again as the newest. Version ${newest} ` +
        `differs in ${changes.configuration.join(", ")}; --newest takes that one.`;
  return [
    warning(
      `Pages show version ${version} of the configuration, and version ${newest} was published since. Terraform imports the newest, and ` +
        `always points a deployment to the newest. ${means}`,
    ),
  ];
}

/** What happens to unpublished edits. */
function draftOn({ configuration: { draft, newest } }: AdoptionInput): readonly Note[] {
  if (draft === undefined) return [];
  const edited = argumentsToChange(importedConfiguration(draft), newest);
  return edited.length === 0
    ? []
    : [
        warning(
          `The configuration has an unpublished draft: ${edited.join(", ")}. Terraform reads only published versions; the first ` +
            "change that it deploys replaces the draft. Publish it first, or write it into the program.",
        ),
      ];
}

/** Something to know before the program is deployed. */
export interface Note {
  /** `problem`: the program cannot be deployed as it is; `warning`: a decision is needed; `remark`: for information. */
  readonly level: "problem" | "warning" | "remark";
  /** Sentences. */
  readonly text: string;
}

/** What else was found. */
interface Found {
  /** Fields of Genesys that the provider does not manage. */
  readonly unmanaged: readonly string[];
  /** What synthesis refuses. */
  readonly refusals: readonly Problem[];
  /** What the provider refuses. */
  readonly untaken: readonly ArgumentDifference[];
}

/** What the text of the program does not say. */
function notesOn(input: AdoptionInput, adoption: Omit<AdoptionProgram, "notes">, found: Found): readonly Note[] {
  return [
    ...refusedOn(adoption, found),
    ...listOn(input, adoption),
    ...statusOn(input),
    ...versionOn(input, adoption),
    ...draftOn(input),
    ...sharingOn(input, adoption),
    ...untakenOn(found),
    ...unmanagedOn(found),
    ...deprecatedOn(adoption),
  ];
}

function refusedOn({ environment }: Omit<AdoptionProgram, "notes">, { refusals }: Found): readonly Note[] {
  return [
    ...refusals.map(({ message }) => problemOf(`Synthesis refuses the program. ${message}.`)),
    ...(environment?.refused ?? []).map(({ message, remedy, rule }) =>
      rule === "empty-list"
        ? problemOf(
            "The live list is empty: every page is blocked now. Name the pages in the addresses before you deploy.",
          )
        : warning(`${message}, which no environment may admit (${rule}): the deploy drops it, or ${remedy}.`),
    ),
  ];
}

function listOn(
  { domains: { allowAllDomains } }: AdoptionInput,
  { environment }: Omit<AdoptionProgram, "notes">,
): readonly Note[] {
  const broken = Object.keys(environment?.acknowledge ?? {});
  const rules = broken.join(", ");
  return [
    ...(allowAllDomains ? [warning("Any website can show the Messenger: all domains are allowed.")] : []),
    ...(broken.length > 0 && !allowAllDomains
      ? [
          warning(
            `Live entries break rules of the environment (${rules}): they are acknowledged, so that nothing changes. Decide.`,
          ),
        ]
      : []),
  ];
}

function statusOn({ deployment: { status } }: AdoptionInput): readonly Note[] {
  if (status === "Active" || status === undefined) return [];
  const doomed =
    status === "Inactive"
      ? "The override leaves that alone. While it lasts a change of the deployment fails, because the provider waits for Active: " +
        "take the override out to have it made Active, and visitors see the Messenger."
      : "Terraform waits for Active with every change: look in Genesys Cloud why it is not.";
  return [warning(`The deployment is ${JSON.stringify(status)}, so no page shows the Messenger. ${doomed}`)];
}

function sharingOn(
  { sharing }: AdoptionInput,
  { configuration: { id } }: Omit<AdoptionProgram, "notes">,
): readonly Note[] {
  if (sharing.length === 0) return [];
  const others = sharing.map((other) => `"${other.name}" (${other.id})`).join(", ");
  return [
    warning(
      `The configuration ${id} is also used by ${others}. Adopt it once: a Messenger in the same stack that is given ` +
        "configuration: thatMessenger.configuration and adopt: { deploymentId } takes the other deployment over, and follows every version.",
    ),
  ];
}

function untakenOn({ untaken }: Found): readonly Note[] {
  return untaken.map(({ path, live }) =>
    warning(
      `The provider refuses ${path.join(".")} = ${JSON.stringify(live)}, which is the live value: the program leaves it out, so the first ` +
        "deploy removes it. Set the property to a valid value.",
    ),
  );
}

function unmanagedOn({ unmanaged }: Found): readonly Note[] {
  const fields = [...new Set(unmanaged)];
  return fields.length === 0
    ? []
    : [
        warning(
          `Genesys has what this version of the provider does not manage: ${fields.join(", ")}. Importing leaves it alone; the first ` +
            "change of the same object is sent without it, which may clear it.",
        ),
      ];
}

function deprecatedOn({ properties: { journeyEvents } }: Omit<AdoptionProgram, "notes">): readonly Note[] {
  const deprecated = ["excludedQueryParameters", "searchQueryParameters", "shouldKeepUrlFragment"];
  const events = typeof journeyEvents === "object" && journeyEvents !== null ? Object.keys(journeyEvents) : [];
  const used = deprecated.filter((name) => events.includes(name));
  return used.length === 0
    ? []
    : [
        remark(
          `Genesys ignores ${used.map((name) => `journeyEvents.${name}`).join(", ")}; they are there so that nothing changes.`,
        ),
      ];
}

function problemOf(text: string): Note {
  return { level: "problem", text };
}

function warning(text: string): Note {
  return { level: "warning", text };
}

function remark(text: string): Note {
  return { level: "remark", text };
}

/** A version of a configuration, as the API answers it. */
interface ConfigurationVersions {
  /** The one that is reproduced. */
  readonly reproduced: ApiObject;
  /** The one that was published last, which is what Terraform imports. */
  readonly newest: ApiObject;
  /** What may have been edited and not published. */
  readonly draft?: ApiObject;
}

/** A deployment of the same organisation. */
interface OtherDeployment {
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
export interface AdoptionProgram {
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
export function adopt(input: AdoptionInput): AdoptionProgram {
  const { environment, configuration, region } = input;
  const made = reproduceEnvironment(environment, input.domains);
  const domains = compareAdoptedDomains(environment.allowList ?? made.allowList, input.domains);
  const deployment = reproduceDeployment(input.deployment, environment.name);
  const reproduced = reproduceConfiguration(configuration.reproduced, deployment.texts);
  const [id, name] = [textAt(input.deployment, "id"), textAt(input.deployment, "name")];
  const configurationId = textAt(input.deployment, "configuration.id");
  const version = textAt(input.deployment, "configuration.version");
  const newest = textAt(configuration.newest, "version");
  const changed = argumentsToChange(reproduced.declared, configuration.newest);
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
      adopt: ["Imported by the next deploy. It has no effect afterwards and can be removed."],
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
function emptyDescriptions(...properties: readonly Properties[]): AdoptionProgram["comments"] {
  const why = ["Empty in Genesys. If left out, the default text is written instead."];
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
  const value = schemaValueAt(answer, path);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
