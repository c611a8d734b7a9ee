import { type Deployment } from "../genesys/deployment";
import { type AllowList } from "../origins/allow-list";
import { type LiveReading } from "../platform/public-files";
import { type Adoptee, type DeclaredDeployment } from "./audit";
import { compareDomains, wantedDomains } from "./compare-domains";
import { compareStatus, type Drift } from "./drift";

/** What is to be adopted, and what the program declares of it. */
interface AdoptionSides {
  readonly adoptee: Adoptee;
  readonly derived: AllowList | undefined;
  readonly declared: DeclaredDeployment | undefined;
  readonly status: string | undefined;
  /** The ids of the deployments that the state has. */
  readonly stateIds?: readonly string[] | undefined;
}

/**
 * What the next deploy makes of a deployment that it adopts: nothing at all where the program says what is live. It sees every
 * difference, also those to which it is blind later, because no state remembers anything else.
 */
export function compareAdoption(sides: AdoptionSides, reading: LiveReading): readonly Drift[] {
  const { adoptee, derived, declared, status } = sides;
  const { api, versions, publicFiles } = reading;
  if (sides.stateIds?.includes(adoptee.deploymentId)) return [notAdoptable(renamedWords(adoptee))];
  if (isGone(reading)) return [notAdoptable(goneWords(adoptee, reading))];
  if (api.outcome !== "served") {
    if (publicFiles.domains.outcome !== "served") return [];
    const known = publicFiles.domains.content;
    return [toBeAdopted(adoptee), ...compareDomains(wantedDomains(derived, known), known)];
  }
  const { deployment } = api;
  const { configuration } = deployment;
  if (adoptee.configurationId !== undefined && adoptee.configurationId !== configuration.id) {
    return [
      notAdoptable(
        `the deployment shows the configuration "${configuration.id}", but the one to adopt is ` +
          `"${adoptee.configurationId}": visitors would see another Messenger. Use adopt: { deploymentId: ` +
          `"${deployment.id}", configurationId: "${configuration.id}" }`,
      ),
    ];
  }
  const newest = versions.outcome === "served" ? versions.newest : undefined;
  return [
    toBeAdopted(adoptee, deployment.name),
    ...compareDomains(wantedDomains(derived, deployment), deployment),
    ...compareStatus(deployment.status, status),
    ...compareWords(declared, deployment),
    ...(newest === undefined || newest === configuration.version ? [] : [unshown(configuration.version, newest)]),
  ];
}

/** Whether there is nothing to adopt. What is being deleted will be gone before it is adopted. */
export function isGone({ api, publicFiles }: LiveReading): boolean {
  if (api.outcome === "served") return api.deployment.status === "Deleting";
  return api.outcome === "gone" || publicFiles.domains.outcome === "unknown-deployment";
}

function goneWords({ deploymentId: id }: Adoptee, { api }: LiveReading): string {
  const where =
    api.outcome === "gone"
      ? `this organisation of Genesys Cloud has no deployment "${id}" (adopt.deploymentId)`
      : api.outcome === "served"
        ? `the deployment "${id}" (adopt.deploymentId) is being deleted`
        : `the public files of the region have no deployment "${id}" (adopt.deploymentId)`;
  return (
    `${where}: use the id that origins adopt prints, check that credentials and region belong to its organisation, or ` +
    "leave `adopt` out: the next deploy then creates a new deployment"
  );
}

/** Terraform would import it under the new name, and destroy it under the old one. */
function renamedWords({ deploymentId: id }: Adoptee): string {
  return (
    `the state of the same stack has the deployment "${id}" already, under another name: use renamedFrom("<its previous id>") ` +
    "instead of adopt"
  );
}

function toBeAdopted({ deploymentId }: Adoptee, name?: string): Drift {
  const what = name === undefined ? "" : ` ("${name}")`;
  const message = `the deployment "${deploymentId}"${what} is live but in no state: the next deploy adopts it under the same id`;
  return { kind: "to-be-adopted", mendedBy: "deploy", message };
}

function notAdoptable(message: string): Drift {
  return { kind: "not-adoptable", mendedBy: "person", message };
}

/** What people in Genesys read. If Terraform decides the description, it is not known yet. */
function compareWords(declared: DeclaredDeployment | undefined, live: Deployment): readonly Drift[] {
  return (["name", "description"] as const).flatMap((attribute) => {
    const wanted = declared?.[attribute];
    if (wanted === undefined || wanted === (live[attribute] ?? "")) return [];
    const message = `not deployed yet: the ${attribute} "${live[attribute] ?? ""}" becomes "${wanted}": no visitor notices`;
    return [{ kind: "undeployed-change", mendedBy: "deploy", message } as const];
  });
}

/** An update of the deployment shows the newest published version, whichever it showed before. */
function unshown(shown: string, newest: string): Drift {
  const message =
    `not deployed yet: version ${newest} of the configuration is published, and pages show ${shown}: the next deploy ` +
    "shows them what the program declares";
  return { kind: "undeployed-change", mendedBy: "deploy", message };
}
