import { deploymentsSection, type Pull, lockSections, targetSection } from "../sources/address-source";
import {
  type AnswerFields,
  PulledHosts,
  type HostingApi,
  HostingFailure,
  type HostingQuestion,
  type Reply,
} from "./hosting-api";

/** The addresses of a site. */
interface NetlifySite {
  readonly id: string;
  /** With a scheme. */
  readonly url: string;
  readonly customDomain: string | undefined;
  readonly domainAliases: readonly string[];
  readonly branchDeployDomain: string | undefined;
  readonly deployPreviewDomain: string | undefined;
  /** The host that Netlify gave the site. */
  readonly defaultDomain: string | undefined;
}

/** A branch that is deployed, or a deploy. */
interface NetlifyDeploy {
  readonly branch: string;
  /** With a scheme. */
  readonly url: string;
}

/** One deploy of a site that has come to its end: others may have no address yet. */
interface NetlifyNumberedDeploy extends NetlifyDeploy {
  readonly context: string;
  readonly createdAt: string;
}

const pageSize = 100;

/** The API of Netlify, for one site. What it does not get is a {@link HostingFailure}. */
export class NetlifyApi {
  constructor(
    private readonly api: HostingApi,
    private readonly site: string,
  ) {}

  async read(): Promise<NetlifySite> {
    // The API takes an id or a domain; the name of a site is the first label of the domain that every site has.
    const isIdOrDomain = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(this.site) || this.site.includes(".");
    const key = isIdOrDomain ? this.site : `${this.site}.netlify.app`;
    const { fields } = await this.get(`/sites/${encodeURIComponent(key)}`, {}, `the site "${this.site}"`);
    return {
      id: fields.text("id"),
      url: fields.optionalText("ssl_url") ?? fields.text("url"),
      customDomain: fields.optionalText("custom_domain"),
      domainAliases: fields.texts("domain_aliases"),
      branchDeployDomain: fields.optionalText("branch_deploy_custom_domain"),
      deployPreviewDomain: fields.optionalText("deploy_preview_custom_domain"),
      defaultDomain: fields.optionalText("default_domain"),
    };
  }

  async deployedBranches(id: string): Promise<readonly NetlifyDeploy[]> {
    const found: NetlifyDeploy[] = [];
    for await (const page of this.pages(`/sites/${id}/deployed-branches`, `the deployed branches of "${this.site}"`))
      found.push(...page.map((branch) => ({ branch: branch.text("name"), url: branch.text("ssl_url") })));
    return found;
  }

  /** The newest first, page by page: a caller that has found its item stops asking. */
  async *deploys(id: string): AsyncGenerator<readonly NetlifyNumberedDeploy[], void> {
    for await (const page of this.pages(`/sites/${id}/deploys`, `the deploys of "${this.site}"`)) {
      yield page.filter((deploy) => deploy.text("state") === "ready").map(deployOf);
    }
  }

  private async *pages(path: string, what: string): AsyncGenerator<readonly AnswerFields[]> {
    const count = this.api.pages();
    for (let page = 1; ; page++) {
      const { fields, link, length } = await this.get(path, { page: String(page), per_page: String(pageSize) }, what);
      const members = fields.members();
      yield members;
      // Only the number goes up, so that no link can lead elsewhere.
      const isLast = link === null ? members.length < pageSize : !/\brel="?next\b/.test(link);
      if (isLast || members.length === 0) return;
      const endless = count.add(length);
      if (endless !== undefined) throw new HostingFailure(`The pages of ${what} do not end: ${endless}`);
    }
  }

  private async get(path: string, query: Readonly<Record<string, string>>, what: string): Promise<Reply> {
    const question: HostingQuestion = {
      what,
      refused: "NETLIFY_AUTH_TOKEN has expired or was revoked, or its user is not a member of the site's team",
      missing:
        `check "${this.site}", which is the site's name, its id or one of its domains; ` +
        "Netlify gives the same answer for a site that the user of NETLIFY_AUTH_TOKEN cannot access",
    };
    const reply = await this.api.get(path, query, question);
    if (reply === undefined) throw new HostingFailure(`No answer for ${what}`);
    return reply;
  }
}

function deployOf(deploy: AnswerFields): NetlifyNumberedDeploy {
  return {
    branch: deploy.optionalText("branch") ?? "",
    url: deploy.text("deploy_ssl_url"),
    context: deploy.text("context"),
    createdAt: deploy.text("created_at"),
  };
}

/** The hosts of a site for everything that is pulled of it; each list is asked for once. */
export async function pullNetlify(api: NetlifyApi, pulls: readonly Pull[]): Promise<PulledHosts> {
  const hosts = new PulledHosts(pulls.flatMap(lockSections));
  const site = await api.read();
  for (const { target } of pulls) {
    if (!("environment" in target)) continue;
    if (target.environment === "production") addProduction(site, hosts);
    const parent = parentOf(site, pulls, target.environment);
    if (parent !== undefined) hosts.addParent(target.environment, parent);
  }
  await addBranches(api, site, pulls, hosts);
  await addDeploys(api, site, pulls, hosts);
  return hosts;
}

function addProduction({ url, customDomain, domainAliases, defaultDomain }: NetlifySite, hosts: PulledHosts): void {
  for (const host of [customDomain ?? url, ...domainAliases]) hosts.add("production", host);
  if (customDomain !== undefined && defaultDomain !== undefined)
    hosts.leaveOut(
      defaultDomain,
      "is left to the platform, because the site has a custom domain: declare it if visitors use it",
    );
}

/** The one parent that all deploys of a context have. */
function parentOf(site: NetlifySite, pulls: readonly Pull[], context: string): string | undefined {
  if (!pulls.some(({ target }) => "environment" in target && target.environment === context)) return undefined;
  if (context === "deploy-preview") return site.deployPreviewDomain;
  return context === "branch-deploy" ? site.branchDeployDomain : undefined;
}

async function addBranches(
  api: NetlifyApi,
  site: NetlifySite,
  pulls: readonly Pull[],
  hosts: PulledHosts,
): Promise<void> {
  const allBranches = pulls.some(({ target }) => "environment" in target && target.environment === "branch-deploy");
  const named = pulls.flatMap(({ target }) => ("branch" in target ? target : []));
  const wantsAll = allBranches && site.branchDeployDomain === undefined;
  if (!wantsAll && named.length === 0) return;
  for (const { branch, url } of await api.deployedBranches(site.id)) {
    const own = named.filter((target) => target.branch === branch);
    for (const target of own) hosts.add(targetSection(target), url);
    // The production branch is deployed as well; its host is the site's own.
    if (wantsAll && own.length === 0 && isBranchHost(url)) hosts.add("branch-deploy", url);
  }
}

function isBranchHost(url: string): boolean {
  return /^https?:\/\/[^/]+--[^/]+/.test(url);
}

async function addDeploys(
  api: NetlifyApi,
  site: NetlifySite,
  pulls: readonly Pull[],
  hosts: PulledHosts,
): Promise<void> {
  const counted = pulls.filter(({ newest }) => newest !== undefined);
  if (counted.length === 0) return;
  const deploys: NetlifyNumberedDeploy[] = [];
  for await (const page of api.deploys(site.id)) {
    deploys.push(...page);
    if (counted.every((pull) => newestHosts(deploys, pull).length >= (pull.newest ?? 0))) break;
  }
  for (const pull of counted) {
    const newest = pull.newest ?? 0;
    const parent = "environment" in pull.target ? parentOf(site, pulls, pull.target.environment) : undefined;
    if (parent !== undefined) continue;
    for (const url of newestHosts(deploys, pull).slice(0, newest))
      hosts.add(deploymentsSection(pull.target, newest), url);
  }
}

/** Several deploys of one pull request share its host. */
function newestHosts(deploys: readonly NetlifyNumberedDeploy[], { target }: Pull): readonly string[] {
  const found = deploys
    .filter(({ branch, context }) => ("branch" in target ? branch === target.branch : context === target.environment))
    .sort((one, other) => (one.createdAt === other.createdAt ? 0 : one.createdAt > other.createdAt ? -1 : 1));
  return [...new Set(found.map(({ url }) => url))];
}
