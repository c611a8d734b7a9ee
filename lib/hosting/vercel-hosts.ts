import { isUnder } from "../origins/host";
import { deploymentsSection, type Pull, sectionsOf, targetSection } from "../sources/pulled/pull";
import { Harvest } from "./harvest";
import { HostingFailure } from "./hosting-failure";
import {
  type VercelAlias,
  type VercelApi,
  type VercelDeployment,
  type VercelDomain,
  type VercelProject,
} from "./vercel-api";
import { isCustom, type Membership, membership, pageOf } from "./vercel-membership";

/** Beyond so many deployments nobody looks for the one that an alias leads to. */
const mostDeployments = 5_000;

/** The hosts of a project for everything that is pulled of it; each list is asked for once. */
export async function harvestVercel(api: VercelApi, pulls: readonly Pull[]): Promise<Harvest> {
  const harvest = new Harvest(pulls.flatMap(sectionsOf));
  const project = await api.read();
  const domains = await api.domains();
  const ids = await customEnvironments(api, pulls, harvest);
  const claimed = new Set(pulls.flatMap(({ target }) => ("branch" in target ? target.branch : [])));
  const memberships = pulls.map((pull) => ({ pull, has: membership(pull.target, ids, claimed) }));

  for (const domain of domains) {
    const found = { ...domain, isProduction: domain.gitBranch === undefined };
    const wanted = memberships.filter(({ has }) => has(found));
    const problem = problemOf(domain);
    if (problem !== undefined && wanted.length > 0) harvest.leaveOut(domain.name, problem);
    else for (const { pull } of wanted) harvest.add(targetSection(pull.target), domain.name);
  }
  const unusable = new Set(domains.flatMap((domain) => (problemOf(domain) === undefined ? [] : domain.name)));
  const parent = await previewParent(api, project, pulls, harvest);
  const isWanted = (host: string, { target }: Pull): boolean =>
    !unusable.has(host) && (parent === undefined || "branch" in target || !isUnder(host, parent));
  await addDeployments(api, project.id, { memberships, isWanted, harvest });
  return harvest;
}

interface Wanted {
  readonly memberships: readonly { readonly pull: Pull; readonly has: Membership }[];
  /** Not what a domain of the project says more about, and not what the parent of all previews admits anyway. */
  readonly isWanted: (host: string, pull: Pull) => boolean;
  readonly harvest: Harvest;
}

/** The ids by slug; what the environments themselves know of their hosts is added at once. */
async function customEnvironments(
  api: VercelApi,
  pulls: readonly Pull[],
  harvest: Harvest,
): Promise<ReadonlyMap<string, string>> {
  const slugs = pulls.flatMap(({ target }) =>
    "environment" in target && isCustom(target.environment) ? target.environment : [],
  );
  const ids = new Map<string, string>();
  if (slugs.length === 0) return ids;
  const known = await api.customEnvironments();
  for (const slug of slugs) {
    const environment = known.find((each) => each.slug === slug);
    if (environment === undefined)
      throw noEnvironment(
        slug,
        known.map((each) => each.slug),
      );
    ids.set(slug, environment.id);
    const problems = new Map(environment.domains.map((domain) => [domain.name, problemOf(domain)]));
    for (const name of [...problems.keys(), ...environment.aliases]) {
      const problem = problems.get(name);
      if (problem === undefined) harvest.add(slug, name);
      else harvest.leaveOut(name, problem);
    }
  }
  return ids;
}

function noEnvironment(slug: string, known: readonly string[]): HostingFailure {
  const others =
    known.length === 0 ? "it has none, and only the plans Pro and Enterprise do" : `it has ${known.join(", ")}`;
  return new HostingFailure(
    `The project has no custom environment "${slug}" (${others}): correct the slug, or name a branch, { branch: "${slug}" }`,
  );
}

function problemOf({ redirect, verified }: VercelDomain): string | undefined {
  if (redirect !== undefined) return `redirects to ${redirect}: no page is shown there`;
  return verified
    ? undefined
    : "is not verified: add the TXT record that the project's domain settings show, then pull again";
}

/** The one parent of all previews, where the project or its team has one; it is the one entry that they need. */
async function previewParent(
  api: VercelApi,
  { accountId, previewDeploymentSuffix }: VercelProject,
  pulls: readonly Pull[],
  harvest: Harvest,
): Promise<string | undefined> {
  const previews = pulls.filter(({ target }) => "environment" in target && target.environment === "preview");
  if (previews.length === 0) return undefined;
  let suffix = previewDeploymentSuffix;
  if (suffix === undefined && accountId?.startsWith("team_") === true) {
    const ofTeam = await api.previewSuffix(accountId);
    if (ofTeam === undefined)
      harvest.notes.add("the token may not read the team's Preview Deployment Suffix: if there is one, write it out");
    else suffix = ofTeam.suffix;
  }
  if (suffix === undefined || suffix === "vercel.app") return undefined;
  harvest.addParent("preview", suffix);
  return suffix;
}

/** What leads to a deployment: the aliases of branches, and single deployments where they are asked for. */
async function addDeployments(
  api: VercelApi,
  projectId: string,
  { memberships, isWanted, harvest }: Wanted,
): Promise<void> {
  const needAliases = memberships.filter(
    ({ pull: { target } }) => "branch" in target || target.environment === "preview",
  );
  const counted = memberships.filter(({ pull }) => pull.newest !== undefined);
  if (needAliases.length === 0 && counted.length === 0) return;
  const aliases = needAliases.length === 0 ? [] : await api.aliases(projectId);
  const leading = aliases.filter(({ redirect }) => redirect === undefined);
  const deployments = new Map<string, VercelDeployment>();
  for await (const page of api.deployments(projectId)) {
    for (const deployment of page) deployments.set(deployment.id, deployment);
    const resolved = leading.every(({ deploymentId }) => deploymentId === undefined || deployments.has(deploymentId));
    const enough = counted.every(({ pull, has }) => newestOf(deployments, has).length >= (pull.newest ?? 0));
    if ((resolved && enough) || deployments.size >= mostDeployments) break;
  }
  for (const alias of leading) {
    const memberships = needAliases.filter(({ pull }) => isWanted(alias.alias, pull));
    addAlias(alias, deployments, memberships, harvest);
  }
  for (const { pull, has } of counted) {
    const newest = pull.newest ?? 0;
    const hosts = newestOf(deployments, has).slice(0, newest);
    for (const { url } of hosts) if (isWanted(url, pull)) harvest.add(deploymentsSection(pull.target, newest), url);
  }
}

function addAlias(
  { alias, deploymentId }: VercelAlias,
  deployments: ReadonlyMap<string, VercelDeployment>,
  memberships: Wanted["memberships"],
  harvest: Harvest,
): void {
  const deployment = deployments.get(deploymentId ?? "");
  if (deployment === undefined) {
    const gone = `leads to no deployment among the newest ${mostDeployments.toLocaleString("en")}`;
    if (deploymentId !== undefined) harvest.leaveOut(alias, gone);
    return;
  }
  for (const { pull, has } of memberships) if (has(pageOf(deployment))) harvest.add(targetSection(pull.target), alias);
}

function newestOf(deployments: ReadonlyMap<string, VercelDeployment>, has: Membership): readonly VercelDeployment[] {
  return [...deployments.values()]
    .filter((deployment) => deployment.isReady && has(pageOf(deployment)))
    .sort((one, other) => other.created - one.created || (one.url < other.url ? -1 : 1));
}
