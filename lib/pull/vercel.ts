import { isUnder } from "../origins/hostname";
import { deploymentsSection, type Pull, type PullTarget, lockSections, targetSection } from "../sources/address-source";
import {
  type AnswerFields,
  PulledHosts,
  type HostingApi,
  HostingFailure,
  type HostingQuestion,
  type Reply,
} from "./hosting-api";

/** A domain of a project. It says for which branch or custom environment it is; one that says nothing is for production. */
interface VercelDomain {
  readonly name: string;
  readonly redirect: string | undefined;
  readonly gitBranch: string | undefined;
  readonly customEnvironmentId: string | undefined;
  readonly verified: boolean;
}

/** A name that leads to a deployment, and goes over to later ones. */
interface VercelAlias {
  readonly alias: string;
  readonly deploymentId: string | undefined;
  readonly redirect: string | undefined;
}

interface VercelDeployment {
  readonly id: string;
  /** A host, without a scheme. */
  readonly url: string;
  readonly created: number;
  readonly isReady: boolean;
  readonly isProduction: boolean;
  readonly customEnvironmentId: string | undefined;
  readonly branch: string | undefined;
}

interface VercelCustomEnvironment {
  readonly id: string;
  readonly slug: string;
  readonly domains: readonly VercelDomain[];
  readonly aliases: readonly string[];
}

interface VercelProject {
  readonly id: string;
  readonly accountId: string | undefined;
  readonly previewDeploymentSuffix: string | undefined;
}

/** As many as an answer can hold. */
const pageSize = "100";

/** The REST API of Vercel, for one project. What it does not get is a {@link HostingFailure}. */
export class VercelApi {
  private readonly path: string;
  private readonly owner: Readonly<Record<string, string>>;
  private readonly shown: string;

  constructor(
    private readonly api: HostingApi,
    private readonly project: string,
    private readonly team: string | undefined,
  ) {
    this.path = `/v9/projects/${encodeURIComponent(project)}`;
    this.owner = team === undefined ? {} : { [team.startsWith("team_") ? "teamId" : "slug"]: team };
    this.shown = `"${project}"${team === undefined ? "" : ` of team "${team}"`}`;
  }

  async read(): Promise<VercelProject> {
    const { fields } = await this.get(this.path, {}, `the project ${this.shown}`);
    const suffix = fields.optionalText("previewDeploymentSuffix");
    return { id: fields.text("id"), accountId: fields.optionalText("accountId"), previewDeploymentSuffix: suffix };
  }

  async domains(): Promise<readonly VercelDomain[]> {
    const found: VercelDomain[] = [];
    const pages = this.pages(`${this.path}/domains`, {}, `the domains of ${this.shown}`);
    for await (const page of pages) found.push(...page.list("domains").map(domainOf));
    return found;
  }

  async customEnvironments(): Promise<readonly VercelCustomEnvironment[]> {
    const { fields } = await this.get(
      `${this.path}/custom-environments`,
      {},
      `the custom environments of ${this.shown}`,
    );
    return fields.list("environments").map((environment) => ({
      id: environment.text("id"),
      slug: environment.text("slug"),
      domains: environment.has("domains") ? environment.list("domains").map(domainOf) : [],
      aliases: environment.texts("currentDeploymentAliases"),
    }));
  }

  async aliases(projectId: string): Promise<readonly VercelAlias[]> {
    const found: VercelAlias[] = [];
    const pages = this.pages("/v4/aliases", { projectId }, `the aliases of ${this.shown}`);
    for await (const page of pages) {
      const aliases = page.list("aliases").map((alias) => ({
        alias: alias.text("alias"),
        deploymentId: alias.optionalText("deploymentId"),
        redirect: alias.optionalText("redirect"),
      }));
      found.push(...aliases);
    }
    return found;
  }

  /** The newest first, page by page: a caller that has found its item stops asking. */
  async *deployments(projectId: string): AsyncGenerator<readonly VercelDeployment[], void> {
    const pages = this.pages("/v7/deployments", { projectId }, `the deployments of ${this.shown}`);
    for await (const page of pages) yield page.list("deployments").map(deploymentOf);
  }

  /** The suffix that the previews of a team have, if any; undefined where the token may not ask. */
  async previewSuffix(teamId: string): Promise<{ readonly suffix: string | undefined } | undefined> {
    const question = this.question(`the team of ${this.shown}`);
    const reply = await this.api.get(`/v2/teams/${encodeURIComponent(teamId)}`, {}, { ...question, optional: true });
    return reply && { suffix: reply.fields.optionalText("previewDeploymentSuffix") };
  }

  private async *pages(
    path: string,
    query: Readonly<Record<string, string>>,
    what: string,
  ): AsyncGenerator<AnswerFields> {
    const seen = new Set<number>();
    const count = this.api.pages();
    for (let until: number | null = null; ;) {
      const from: Readonly<Record<string, string>> = until === null ? {} : { until: String(until) };
      const { fields: page, length }: Reply = await this.get(path, { ...query, limit: pageSize, ...from }, what);
      yield page;
      until = page.object("pagination").cursor("next");
      if (until === null) return;
      const endless = count.add(length);
      if (endless !== undefined) throw new HostingFailure(`The pages of ${what} do not end: ${endless}`);
      if (seen.has(until)) throw new HostingFailure(`The pages of ${what} form a cycle`);
      seen.add(until);
    }
  }

  private async get(path: string, query: Readonly<Record<string, string>>, what: string): Promise<Reply> {
    const reply = await this.api.get(path, { ...this.owner, ...query }, this.question(what));
    if (reply === undefined) throw new HostingFailure(`No answer for ${what}`);
    return reply;
  }

  private question(what: string): HostingQuestion {
    const team = this.team === undefined ? 'for a project of a team, add { team: "…" }' : `of team "${this.team}"`;
    return {
      what,
      refused:
        `VERCEL_TOKEN has expired, or belongs to another account, team or project; its scope must be the account, the team or ` +
        `this project (${team}), and the plan must have what is asked for`,
      missing: `check the name "${this.project}", and the team: ${
        this.team === undefined ? team : `"${this.team}" is its slug or its id, and VERCEL_TOKEN must belong to it`
      }`,
    };
  }
}

function domainOf(fields: AnswerFields): VercelDomain {
  return {
    name: fields.text("name"),
    redirect: fields.optionalText("redirect"),
    gitBranch: fields.optionalText("gitBranch"),
    customEnvironmentId: fields.optionalText("customEnvironmentId"),
    verified: fields.flag("verified"),
  };
}

/** What the Git providers call the branch. */
const branchKeys = ["githubCommitRef", "gitlabCommitRef", "bitbucketCommitRef"];

function deploymentOf(fields: AnswerFields): VercelDeployment {
  const meta = fields.optionalObject("meta");
  return {
    id: fields.text("uid"),
    url: fields.text("url"),
    created: fields.number("created"),
    isReady: (fields.optionalText("readyState") ?? fields.text("state")) === "READY",
    isProduction: fields.optionalText("target") === "production",
    customEnvironmentId: fields.optionalObject("customEnvironment")?.text("id"),
    branch: branchKeys.flatMap((key) => meta?.optionalText(key) ?? [])[0],
  };
}

/** Whether something of the project is a page of the target. */
type Membership = (
  page: { readonly isProduction: boolean } & Pick<VercelDomain, "customEnvironmentId" | "gitBranch">,
) => boolean;

/** Whether a project has to have made that environment. */
function isCustom(environment: string): boolean {
  return environment !== "production" && environment !== "preview";
}

/** A custom environment's before a branch's, and a branch's before production's: that is how Vercel itself marks them. */
function membership(target: PullTarget, ids: ReadonlyMap<string, string>, claimed: ReadonlySet<string>): Membership {
  if ("branch" in target)
    return (page) => page.customEnvironmentId === undefined && page.gitBranch === target.branch && !page.isProduction;
  if (isCustom(target.environment))
    return ({ customEnvironmentId }) => customEnvironmentId === ids.get(target.environment);
  const isProduction = target.environment === "production";
  return (page) =>
    page.customEnvironmentId === undefined &&
    page.isProduction === isProduction &&
    (isProduction || page.gitBranch === undefined || !claimed.has(page.gitBranch));
}

/** What a deployment is a page of. */
function pageOf({ isProduction, customEnvironmentId, branch }: VercelDeployment): Parameters<Membership>[0] {
  return { isProduction, customEnvironmentId, gitBranch: branch };
}

/** The search for an alias's deployment ends after this many deployments. */
const mostDeployments = 5_000;

/** The hosts of a project for everything that is pulled of it; each list is asked for once. */
export async function pullVercel(api: VercelApi, pulls: readonly Pull[]): Promise<PulledHosts> {
  const hosts = new PulledHosts(pulls.flatMap(lockSections));
  const project = await api.read();
  const domains = await api.domains();
  const ids = await customEnvironments(api, pulls, hosts);
  const claimed = new Set(pulls.flatMap(({ target }) => ("branch" in target ? target.branch : [])));
  const memberships = pulls.map((pull) => ({ pull, has: membership(pull.target, ids, claimed) }));

  for (const domain of domains) {
    const found = { ...domain, isProduction: domain.gitBranch === undefined };
    const wanted = memberships.filter(({ has }) => has(found));
    const problem = problemOf(domain);
    if (problem !== undefined && wanted.length > 0) hosts.leaveOut(domain.name, problem);
    else for (const { pull } of wanted) hosts.add(targetSection(pull.target), domain.name);
  }
  const unusable = new Set(domains.flatMap((domain) => (problemOf(domain) === undefined ? [] : domain.name)));
  const parent = await previewParent(api, project, pulls, hosts);
  const isWanted = (host: string, { target }: Pull): boolean =>
    !unusable.has(host) && (parent === undefined || "branch" in target || !isUnder(host, parent));
  await addDeployments(api, project.id, { memberships, isWanted, hosts });
  return hosts;
}

interface Wanted {
  readonly memberships: readonly { readonly pull: Pull; readonly has: Membership }[];
  /** Not what a domain of the project says more about, and not what the parent of all previews admits anyway. */
  readonly isWanted: (host: string, pull: Pull) => boolean;
  readonly hosts: PulledHosts;
}

/** The ids by slug; what the environments themselves know of their hosts is added at once. */
async function customEnvironments(
  api: VercelApi,
  pulls: readonly Pull[],
  hosts: PulledHosts,
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
      if (problem === undefined) hosts.add(slug, name);
      else hosts.leaveOut(name, problem);
    }
  }
  return ids;
}

function noEnvironment(slug: string, known: readonly string[]): HostingFailure {
  const others =
    known.length === 0 ? "it has none; they need the Pro or Enterprise plan" : `it has ${known.join(", ")}`;
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
  hosts: PulledHosts,
): Promise<string | undefined> {
  const previews = pulls.filter(({ target }) => "environment" in target && target.environment === "preview");
  if (previews.length === 0) return undefined;
  let suffix = previewDeploymentSuffix;
  if (suffix === undefined && accountId?.startsWith("team_") === true) {
    const ofTeam = await api.previewSuffix(accountId);
    if (ofTeam === undefined)
      hosts.notes.add("the token may not read the team's Preview Deployment Suffix: if there is one, declare it");
    else suffix = ofTeam.suffix;
  }
  if (suffix === undefined || suffix === "vercel.app") return undefined;
  hosts.addParent("preview", suffix);
  return suffix;
}

/** What leads to a deployment: the aliases of branches, and single deployments where they are asked for. */
async function addDeployments(
  api: VercelApi,
  projectId: string,
  { memberships, isWanted, hosts }: Wanted,
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
    addAlias(alias, deployments, memberships, hosts);
  }
  for (const { pull, has } of counted) {
    const newest = pull.newest ?? 0;
    const latest = newestOf(deployments, has).slice(0, newest);
    for (const { url } of latest) if (isWanted(url, pull)) hosts.add(deploymentsSection(pull.target, newest), url);
  }
}

function addAlias(
  { alias, deploymentId }: VercelAlias,
  deployments: ReadonlyMap<string, VercelDeployment>,
  memberships: Wanted["memberships"],
  hosts: PulledHosts,
): void {
  const deployment = deployments.get(deploymentId ?? "");
  if (deployment === undefined) {
    const gone = `leads to no deployment among the newest ${mostDeployments.toLocaleString("en")}`;
    if (deploymentId !== undefined) hosts.leaveOut(alias, gone);
    return;
  }
  for (const { pull, has } of memberships) if (has(pageOf(deployment))) hosts.add(targetSection(pull.target), alias);
}

function newestOf(deployments: ReadonlyMap<string, VercelDeployment>, has: Membership): readonly VercelDeployment[] {
  return [...deployments.values()]
    .filter((deployment) => deployment.isReady && has(pageOf(deployment)))
    .sort((one, other) => other.created - one.created || (one.url < other.url ? -1 : 1));
}
