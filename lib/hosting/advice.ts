import { type Pull, targetSection } from "../sources/pulled/pull";

const previews = ["preview", "deploy-preview", "branch-deploy"];

/** Whether the pages of previews are pulled, which come and go with every branch. */
export function pullsPreviews({ target, newest }: Pull): boolean {
  return newest !== undefined || ("environment" in target && previews.includes(target.environment));
}

/**
 * What to do about previews, the least work first; none where one entry admits them all already.
 *
 * @param found how many hosts were pulled
 */
export function previewAdvice(pull: Pull, found: number): readonly string[] {
  const isVercel = pull.platform === "vercel";
  const parent = isVercel
    ? "a parent domain of your own (Preview Deployment Suffix, or aliases that the pipeline sets)"
    : "a parent domain of your own (Domain management, automatic deploy subdomains)";
  const team = pull.team === undefined ? "" : `team: "${pull.team}", `;
  const branch = `${isVercel ? "vercelProject" : "netlifySite"}("${pull.project}", { ${team}branch: "staging" })`;
  const shared = isVercel ? "vercel.app" : "netlify.app";
  return [
    `the hosts of previews come and go; the least work first (docs/previews.md):`,
    `1. ${parent}: one entry admits every preview`,
    `2. one stable host for what has to be tried with the Messenger: ${branch}`,
    `3. exact hosts, as pulled here for ${targetSection(pull.target)} (${found}): each pull adds and drops some`,
    `never ${shared} itself: it would admit every site there`,
  ];
}
