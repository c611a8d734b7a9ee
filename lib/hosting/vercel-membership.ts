import { type PullTarget } from "../sources/pulled/pull";
import { type VercelDeployment, type VercelDomain } from "./vercel-api";

/** Whether something of the project is a page of the target. */
export type Membership = (
  page: { readonly isProduction: boolean } & Pick<VercelDomain, "customEnvironmentId" | "gitBranch">,
) => boolean;

/** Whether a project has to have made that environment. */
export function isCustom(environment: string): boolean {
  return environment !== "production" && environment !== "preview";
}

/** A custom environment's before a branch's, and a branch's before production's: that is how Vercel itself marks them. */
export function membership(
  target: PullTarget,
  ids: ReadonlyMap<string, string>,
  claimed: ReadonlySet<string>,
): Membership {
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
export function pageOf({ isProduction, customEnvironmentId, branch }: VercelDeployment): Parameters<Membership>[0] {
  return { isProduction, customEnvironmentId, gitBranch: branch };
}
