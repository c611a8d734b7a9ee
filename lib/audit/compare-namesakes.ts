import { type Deployment } from "../genesys/deployment";
import { type LiveReading } from "../platform/public-files";
import { type AuditSubject, type DeclaredDeployment } from "./audit";
import { type Drift } from "./drift";

/** What the other deployments of the same name come to: drifts for copies, and a note for those that may be meant. */
interface NamesakesFound {
  readonly drifts: readonly Drift[];
  readonly notes: readonly string[];
}

/** The names that a copy of the deployment may go by: the one it has, and the one that it is to have. */
export function namesOf({ declared, state }: AuditSubject): readonly string[] {
  return [declared?.name, state?.name].filter((name) => name !== undefined);
}

/**
 * What a deployment of the same name, which is in no state, is to a Messenger.
 *
 * - `copy`: the declared one made another time. A configuration that the stack makes itself decides it. Where the stack has none, or
 *   where the configuration is another stack's and many show it, the domains decide as well: all brands of an organisation may call
XX * - `alike`: it may be one, or another brand's: it is described as the stack describes its own, or has some of its domains
 * - `other`: nothing but the name is the same
 */
export type Likeness = "copy" | "alike" | "other";

/** Decides it, for drifts, for notes, and for whether it is worth reading more states. */
export function likenessOf(subject: AuditSubject, namesake: Deployment): Likeness {
  const { declared, state } = subject;
  if (!isNamesake(subject, namesake)) return isRenamed(subject, namesake) ? "copy" : "other";
  const isAlike = description(subject, namesake) !== "other";
  const hasDomains = sharesDomains(subject, namesake);
  const isShown = (id: string): boolean => namesake.configuration.id === id;
  const isCopy =
    declared?.configurationId !== undefined
      ? isShown(declared.configurationId)
      : state !== undefined
        ? (hasDomains || isEmptied(namesake)) && isShown(state.configuration.id)
        : isAlike && (hasDomains || isEmptied(namesake) || isSilent(subject, namesake));
  if (isCopy) return "copy";
  return isAlike || hasDomains ? "alike" : "other";
}

/**
 * Whether a deployment of another name is the declared one from before it was renamed, where the state does not have it any more: it
 * shows the configuration that the state has, or it has a description that is not empty and some of the domains. All brands of an
 * organisation may have the same description, on other domains.
 */
export function isRenamed(subject: AuditSubject, found: Deployment): boolean {
  const { declared, state } = subject;
  if (state !== undefined || declared === undefined || isNamesake(subject, found)) return false;
  if (declared.configurationId !== undefined) {
    return declared.sharesConfiguration !== true && found.configuration.id === declared.configurationId;
  }
  const { description: text = "" } = declared;
  return text !== "" && found.description === text && sharesDomains(subject, found);
}

function isNamesake(subject: AuditSubject, { name }: Deployment): boolean {
  const names = namesOf(subject);
  return names.length === 0 || names.includes(name); // without a name, no other one can be told
}

/**
 * Whether it has the description that the stack writes, or the one that it wrote last. One that a Terraform expression decides and that
 * no state remembers is not known, and is not evidence against it.
 */
function description({ declared, state }: AuditSubject, found: Deployment): "same" | "unknown" | "other" {
  if (declared === undefined) return "other";
  const own = [declared.description, state && (state.description ?? "")].filter((each) => each !== undefined);
  if (own.length === 0) return "unknown";
  return own.includes(found.description ?? "") ? "same" : "other";
}

/** Whether no page may show it any more. */
function isEmptied({ allowAllDomains, allowedDomains }: Deployment): boolean {
  return !allowAllDomains && allowedDomains.length === 0;
}

/** Whether its list tells nothing about whose deployment it is, while its description is known to be the same. */
function isSilent(subject: AuditSubject, namesake: Deployment): boolean {
  return (
    description(subject, namesake) === "same" && (namesake.allowAllDomains || subject.derived?.policy === undefined)
  );
}

function sharesDomains({ derived, state }: AuditSubject, { allowedDomains }: Deployment): boolean {
  const wanted = [...(derived?.policy.allowedDomains ?? []), ...(state?.allowedDomains ?? [])];
  return wanted.some((entry) => allowedDomains.includes(entry) && !isCommon(entry));
}

/** `localhost` and addresses of numbers are in the development list of every application. */
function isCommon(entry: string): boolean {
  return !entry.includes(".") || /^[\d.]+$/.test(entry);
}

/**
 * Names are not unique in Genesys: the same name alone is not drift, and on other domains, with another description, it is not even
 * worth a note.
 */
export function compareNamesakes(
  subject: AuditSubject,
  { namesakes }: LiveReading,
  { gone }: { /** Whether there is no deployment that Terraform manages. */ readonly gone: boolean },
): NamesakesFound {
  if (namesakes.outcome !== "served") return { drifts: [], notes: [] };
  const like = (likeness: Likeness): readonly Deployment[] =>
    namesakes.deployments.filter((namesake) => likenessOf(subject, namesake) === likeness);
  const [copies, others] = [like("copy"), like("alike")];
  return {
    drifts: copies.map((copy) => ({
      kind: gone ? "unclaimed-deployment" : "second-deployment",
      mendedBy: "person",
      message: gone ? unclaimed(subject, copy) : second(subject, copy),
      found: { deploymentId: copy.id, configurationId: copy.configuration.id },
    })),
    notes: others.length === 0 ? [] : [sameName(subject, others)],
  };
}

/** The property that takes over a deployment; a configuration that it shares is adopted where that is made. */
export function adoptProperty(
  { id, configuration }: Pick<Deployment, "id" | "configuration">,
  declared: Pick<DeclaredDeployment, "sharesConfiguration"> | undefined,
): string {
  const own = declared?.sharesConfiguration === true ? "" : `, configurationId: "${configuration.id}"`;
  return `adopt: { deploymentId: "${id}"${own} }`;
}

function second({ state }: AuditSubject, { id, name }: Deployment): string {
  return (
    `there is a second deployment "${name}" that shows the same configuration: Terraform manages "${state?.id ?? ""}", which ` +
    `pages that are built now name, and "${id}" is a leftover, as happens when the answer to a creation is ` +
    `lost and the creation is repeated. When no page uses "${id}", delete it in Genesys Cloud`
  );
}

function unclaimed(subject: AuditSubject, found: Deployment): string {
  const { declared, state } = subject;
  const { id, name, configuration } = found;
  const evidence =
    (state?.configuration.id ?? declared?.configurationId) === configuration.id
      ? "the configuration that Terraform made for it"
      : `the same ${description(subject, found) === "same" ? "description" : "name"}, ` + domainsOf(subject, found);
  const command = declared?.importCommand?.(found);
  const isOther = !isNamesake(subject, found);
  return (
    `Genesys Cloud has a deployment "${name}" with ${evidence}, "${id}", that no stack manages: ` +
    `${isOther ? "the state was lost and the Messenger renamed" : "the answer to its creation was lost"}, or it was moved here from another stack; a deploy would create a second one. Unless a deploy is under way, let ` +
    `Terraform take it over, by ${adoptProperty(found, declared)} in the program` +
    `${command === undefined ? "" : ` or in the state alone (${command})`}, or delete it in Genesys Cloud; if another state manages ` +
    `it, ${isOther ? "" : "give this one another name, or "}create another one with origins deploy --new`
  );
}

function domainsOf(subject: AuditSubject, found: Deployment): string {
  if (isEmptied(found)) return "and no domains";
  if (found.allowAllDomains) return "and for every page";
  return sharesDomains(subject, found) ? "for some of the same domains" : "for domains that cannot be compared";
}

const mostNamed = 3;

function sameName(subject: AuditSubject, others: readonly Deployment[]): string {
  const [name = ""] = others.map((other) => other.name);
  const likeness = [
    ...(others.every((other) => description(subject, other) === "same") ? ["with the same description"] : []),
    ...(others.every(isEmptied) ? ["without domains"] : []),
    ...(others.every((other) => sharesDomains(subject, other)) ? ["for some of the same domains"] : []),
  ];
  const ids = others.slice(0, mostNamed).map(({ id }) => `"${id}"`);
  const more = others.length - ids.length;
  return (
    `Genesys Cloud has ${others.length === 1 ? "another deployment" : `${others.length} other deployments`} of the name ` +
    `"${name}" (${[ids.join(", "), ...(more > 0 ? [`${more} more`] : [])].join(" and ")})${likeness.map((each) => ` ${each}`).join(",")}, ` +
    "which no state of this project has: names are not unique, so this may be intended"
  );
}
