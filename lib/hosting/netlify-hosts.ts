import { deploymentsSection, type Pull, sectionsOf, targetSection } from "../sources/pulled/pull";
import { Harvest } from "./harvest";
import { type NetlifyApi, type NetlifyNumberedDeploy, type NetlifySite } from "./netlify-api";

/** The hosts of a site for everything that is pulled of it; each list is asked for once. */
export async function harvestNetlify(api: NetlifyApi, pulls: readonly Pull[]): Promise<Harvest> {
  const harvest = new Harvest(pulls.flatMap(sectionsOf));
  const site = await api.read();
  for (const { target } of pulls) {
    if (!("environment" in target)) continue;
    if (target.environment === "production") addProduction(site, harvest);
    const parent = parentOf(site, pulls, target.environment);
    if (parent !== undefined) harvest.addParent(target.environment, parent);
  }
  await addBranches(api, site, pulls, harvest);
  await addDeploys(api, site, pulls, harvest);
  return harvest;
}

function addProduction({ url, customDomain, domainAliases, defaultDomain }: NetlifySite, harvest: Harvest): void {
  for (const host of [customDomain ?? url, ...domainAliases]) harvest.add("production", host);
  if (customDomain !== undefined && defaultDomain !== undefined)
    harvest.leaveOut(
      defaultDomain,
      "is left to the platform, as the site has a domain of its own: write it out if visitors come there",
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
  harvest: Harvest,
): Promise<void> {
  const allBranches = pulls.some(({ target }) => "environment" in target && target.environment === "branch-deploy");
  const named = pulls.flatMap(({ target }) => ("branch" in target ? target : []));
  const wantsAll = allBranches && site.branchDeployDomain === undefined;
  if (!wantsAll && named.length === 0) return;
  for (const { branch, url } of await api.deployedBranches(site.id)) {
    const own = named.filter((target) => target.branch === branch);
    for (const target of own) harvest.add(targetSection(target), url);
    // The production branch is deployed as well; its host is the site's own.
    if (wantsAll && own.length === 0 && isBranchHost(url)) harvest.add("branch-deploy", url);
  }
}

function isBranchHost(url: string): boolean {
  return /^https?:\/\/[^/]+--[^/]+/.test(url);
}

async function addDeploys(api: NetlifyApi, site: NetlifySite, pulls: readonly Pull[], harvest: Harvest): Promise<void> {
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
      harvest.add(deploymentsSection(pull.target, newest), url);
  }
}

/** Several deploys of one pull request share its host. */
function newestHosts(deploys: readonly NetlifyNumberedDeploy[], { target }: Pull): readonly string[] {
  const found = deploys
    .filter(({ branch, context }) => ("branch" in target ? branch === target.branch : context === target.environment))
    .sort((one, other) => (one.createdAt === other.createdAt ? 0 : one.createdAt > other.createdAt ? -1 : 1));
  return [...new Set(found.map(({ url }) => url))];
}
