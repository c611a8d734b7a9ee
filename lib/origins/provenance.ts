import { parseRecord } from "../base/json";
import { quote } from "../base/problem";
import { flag, listOf, mapOf, number, object, oneOf, open, required, text, texts } from "../base/shape";
import { problemsOf } from "../base/shape-check";
import { type DomainPolicy } from "../genesys/host-check";
import { parseAddress } from "./address";
import { AllowList } from "./allow-list";
import {
  compareText,
  type Finding,
  findingShape,
  type Place,
  placeShape,
  type WrittenAddress,
  writtenShape,
} from "./finding";
import { type AllowedDomain } from "./listed-domains";
import { type Acknowledgements, type EnvironmentKind, environmentKinds } from "./rule";

/** The file that a synthesis writes beside the `cdk.tf.json` of a stack with a `WebMessenger`. */
export const provenanceFile = "allowed-domains.json";

const currentVersion = 1;

/** An environment as a deployment has it: what it declares, and what the rules say about it. */
export interface RecordedEnvironment {
  readonly name: string;
  readonly kind: EnvironmentKind;
  /** Where the program declares it; undefined where that cannot be told. */
  readonly place: Place | undefined;
  readonly acknowledge: Acknowledgements;
  readonly allowAllDomains: boolean;
  readonly allowList: AllowList;
  readonly findings: readonly Finding[];
}

/** Where the allowed domains of one deployment come from. */
export interface RecordedDomains {
  /** Terraform's address of the deployment. */
  readonly address: string;
  /** The environment, with every address that the program added. */
  readonly environment: RecordedEnvironment;
  /** What the stack declares where an aspect or an override has replaced the environment's list. @default the environment's list */
  readonly overridden?: DomainPolicy;
}

/** Where the allowed domains of a stack come from. */
export interface Provenance {
  /** The path from the project's folder to the repository's root, such as `../..`; absent outside of a Git repository. */
  readonly repository?: string;
  readonly deployments: readonly RecordedDomains[];
}

/**
 * The content of `allowed-domains.json`. Readers of a synthesised stack (audit, plan, a report) learn there where each allowed
 * domain comes from, without running the program or its sources again.
 *
 * The same files give the same bytes on every machine. Every `file` is relative to the project's folder, the one with `cdktf.json`, with
 * forward slashes; `repository` leads from there to the repository's root. Values are masked as in every report (see `redact`).
 *
 * A new field does not change `version`: readers ignore what they do not know. A field with another meaning does.
 */
interface ProvenanceJson {
  readonly version: number;
  /** Absent where the project is not in a Git repository. */
  readonly repository?: string | undefined;
  /** In the order of their addresses. */
  readonly deployments: readonly DeploymentJson[];
}

interface DeploymentJson {
  /** Such as `genesyscloud_webdeployments_deployment.Messenger_Deployment_C232A245`. */
  readonly address: string;
  readonly environment: {
    readonly name: string;
    readonly kind: EnvironmentKind;
    /** Where the program declares it; absent where that cannot be told. */
    readonly place?: Place | undefined;
    /** The acknowledged rules, each with its reason; absent for none. */
    readonly acknowledge?: Acknowledgements;
  };
  readonly allowAllDomains: boolean;
  /** In the order of the deployment's list, each with at least one source. */
  readonly allowedDomains: readonly { readonly domain: string; readonly sources: readonly WrittenAddress[] }[];
  /** What the addresses are called whose values only Terraform knows, at apply; absent for none. */
  readonly knownAtApply?: readonly WrittenAddress[];
  /** The list that the stack declares instead, where an aspect or an override has replaced it; absent where none has. */
  readonly overridden?: DomainPolicy | undefined;
  /** What the rules and sources say: warnings, and what was acknowledged. */
  readonly findings: readonly Finding[];
}

/** The text of the file: JSON leaves out what is undefined. */
export function printProvenance({ repository, deployments }: Provenance): string {
  const content: ProvenanceJson = {
    version: currentVersion,
    repository,
    deployments: [...deployments].sort((one, other) => compareText(one.address, other.address)).map(deploymentJson),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function deploymentJson({ address, environment, overridden }: RecordedDomains): DeploymentJson {
  const { name, kind, place, acknowledge, allowAllDomains, allowList, findings } = environment;
  const reasons = Object.entries(acknowledge).sort(([one], [other]) => compareText(one, other));
  return {
    address,
    environment: {
      name,
      kind,
      place,
      ...(reasons.length > 0 && { acknowledge: Object.fromEntries(reasons) }),
    },
    allowAllDomains,
    allowedDomains: allowList.entries.map(({ host, sources }) => ({ domain: host, sources })),
    ...(allowList.late.length > 0 && { knownAtApply: allowList.late }),
    overridden,
    findings,
  };
}

/** What a file says, or why it cannot be used: the end of a sentence whose subject is the file. */
export type ProvenanceReading =
  { readonly ok: true; readonly provenance: Provenance } | { readonly ok: false; readonly problem: string };

/** Reads what {@link printProvenance} has written. It throws nothing, whatever the text is. */
export function readProvenance(file: string): ProvenanceReading {
  const content = parseRecord(file);
  if (content === undefined) return { ok: false, problem: "is not a JSON object" };
  const { version } = content;
  if (version !== currentVersion) {
    const found = typeof version === "number" ? `version ${version}` : "no version";
    return { ok: false, problem: `has ${found}, but this release of origins reads version ${currentVersion}` };
  }
  if (!isProvenance(content)) {
    const [first] = problemsOf(provenanceShape, content);
    return { ok: false, problem: `is malformed: ${first?.message ?? ""}` };
  }
  const { repository, deployments } = content;
  const read: RecordedDomains[] = [];
  for (const deployment of deployments) {
    const entries = entriesOf(deployment);
    if (typeof entries === "string") return { ok: false, problem: `is malformed: Invalid domain ${quote(entries)}` };
    read.push(recordedDomains(deployment, entries));
  }
  return { ok: true, provenance: { ...(repository !== undefined && { repository }), deployments: read } };
}

function recordedDomains(deployment: DeploymentJson, entries: readonly AllowedDomain[]): RecordedDomains {
  const { address, environment, allowAllDomains, knownAtApply = [], overridden, findings } = deployment;
  const { name, kind, place, acknowledge = {} } = environment;
  const allowList = new AllowList(entries, { allowAllDomains, late: knownAtApply });
  return {
    address,
    environment: { name, kind, place, acknowledge, allowAllDomains, allowList, findings },
    ...(overridden !== undefined && { overridden }),
  };
}

/** The entries of a list; the first domain that is not a host where there is one. */
function entriesOf({ allowedDomains }: DeploymentJson): readonly AllowedDomain[] | string {
  const entries: AllowedDomain[] = [];
  for (const { domain, sources } of allowedDomains) {
    const parsed = parseAddress(domain);
    if (!parsed.ok || parsed.address.host !== domain) return domain;
    entries.push({ host: parsed.address.host, sources });
  }
  return entries;
}

const policyShape = open(object<DomainPolicy>({ allowAllDomains: required(flag), allowedDomains: required(texts) }));
const deploymentShape = open(
  object<DeploymentJson>({
    address: required(text),
    environment: required(
      open(
        object<DeploymentJson["environment"]>({
          name: required(text),
          kind: required(oneOf(environmentKinds)),
          place: placeShape,
          acknowledge: mapOf(text, '{ "plain-http": "the reason" }'),
        }),
      ),
    ),
    allowAllDomains: required(flag),
    allowedDomains: required(
      listOf(
        open(
          object<DeploymentJson["allowedDomains"][number]>({
            domain: required(text),
            sources: required(writtenShape),
          }),
        ),
      ),
    ),
    knownAtApply: writtenShape,
    overridden: policyShape,
    findings: required(listOf(findingShape)),
  }),
);
const provenanceShape = open(
  object<ProvenanceJson>({
    version: required(number),
    repository: text,
    deployments: required(listOf(deploymentShape)),
  }),
);

function isProvenance(content: unknown): content is ProvenanceJson {
  return problemsOf(provenanceShape, content).length === 0;
}
