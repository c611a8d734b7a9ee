import { invalid } from "../../base/problem";
import { type Fields, nonEmpty, object, oneOf, required, type Shape, textWhere, wholeNumber } from "../../base/shape";
import { checkGiven } from "../../base/shape-check";
import { type AddressSource } from "../address-source";
import { callOf } from "../call-site";
import { leavingOut, sourceFields, type SourceOptions } from "../leave-out";
import { lockedSource, lockPath, usualLockFile } from "./lock-file";

/** More hosts than this are a mistake: each is one that anybody may get whose project is named alike. */
const mostDeployments = 100;

/** What every source of a platform can be told. */
interface PlatformOptions extends SourceOptions {
  readonly branch?: string;
  readonly deployments?: { readonly newest: number };
  readonly lock?: string;
}

const platformFields: Fields<PlatformOptions> = {
  branch: nonEmpty("the name of a branch"),
  deployments: object<{ readonly newest: number }>({
    newest: required(wholeNumber(1, mostDeployments), `how many deployments, from 1 to ${mostDeployments}`),
  }),
  lock: lockPath,
  ...sourceFields,
};

const projectName = textWhere("the name or id of a project", (name) => name !== "" && !/\s/.test(name));

/** Which pages are meant: those of an environment or of a branch. */
interface Target {
  readonly environment?: string;
  readonly context?: string;
  readonly branch?: string;
}

/**
 * Checks what a source of a platform is told.
 *
 * @param shape what its options must be
 * @throws one error that names every mistake
 */
function checkPlatformCall(call: string, project: string, options: Target, shape: Shape): void {
  checkGiven(
    callOf(call, project),
    [
      ["project", projectName, project],
      ["options", shape, options],
    ],
    {
      together() {
        const { environment, context, branch } = options;
        if (branch === undefined || (environment ?? context) === undefined) return [];
        return [
          invalid("branch", branch, "it cannot be combined with an environment; write a separate source for each"),
        ];
      },
    },
  );
}

/** Which pages of a Vercel project are meant. */
export interface VercelProjectOptions extends SourceOptions {
  /**
   * The team that owns the project: its slug, or its id (`team_…`).
   * @default the account of the token
   */
  readonly team?: string;
  /**
   * `production`, `preview`, or the slug of a custom environment. `preview` means every host of a branch: its own domain, its
   * aliases; or the one parent that all previews have (Preview Deployment Suffix).
   * @default "production"
   */
  readonly environment?: string;
  /**
   * The pages of one Git branch, instead of those of an environment: its own domains and its aliases. The environment `preview`
   * then leaves that branch out.
   * @default none
   */
  readonly branch?: string;
  /**
   * Also the hosts of single deployments, the newest first, so many. Each pull drops those that have become too old.
   * @default none: they come with every push, and their aliases stay
   */
  readonly deployments?: { readonly newest: number };
  /**
   * The lock file.
   * @default "origins.lock.json"
   */
  readonly lock?: string;
}

const vercelOptionsShape = object<VercelProjectOptions>({
  team: textWhere("a team's slug or id", (team) => team !== "" && !/[\s/]/.test(team)),
  environment: textWhere(
    "production, preview or the slug of a custom environment; write localhost out for development",
    (name) => /^[\w-]+$/.test(name) && name !== "development",
  ),
  ...platformFields,
});

/**
 * The hosts of a Vercel project, as `npx origins pull` has written them into the lock file: domains that are verified and
 * redirect nowhere, and for branches their aliases. Synthesis reads that file alone; only the command asks Vercel.
 *
 * @param project the project's name or id (`prj_…`)
 * @throws when an option is of the wrong form, or both an environment and a branch are named; all mistakes at once
 * @example
 * ```ts
 * vercelProject("storefront", { team: "acme" }); // production
 * vercelProject("storefront", { team: "acme", environment: "staging" }); // a custom environment
 * vercelProject("storefront", { team: "acme", branch: "staging" });
 * vercelProject("storefront", { team: "acme", environment: "preview", deployments: { newest: 20 } });
 * ```
 */
export function vercelProject(project: string, options: VercelProjectOptions = {}): AddressSource {
  checkPlatformCall("vercelProject", project, options, vercelOptionsShape);
  const { team, environment, branch, deployments, lock = usualLockFile } = options;
  return leavingOut(
    options.leaveOut,
    lockedSource({
      platform: "vercel",
      project,
      ...(team !== undefined && { team }),
      target: branch === undefined ? { environment: environment ?? "production" } : { branch },
      ...(deployments !== undefined && { newest: deployments.newest }),
      lock,
    }),
  );
}

/** Which pages of a Netlify site are meant. */
export interface NetlifySiteOptions extends SourceOptions {
  /**
   * The deploy context. `production` means the site's own domains; the two others mean the one parent domain that their deploys
   * have, where the site has one, and `branch-deploy` without it the host of every branch that is deployed.
   * @default "production"
   */
  readonly context?: "production" | "branch-deploy" | "deploy-preview";
  /**
   * The host of one deployed branch, instead of those of a context.
   * @default none
   */
  readonly branch?: string;
  /**
   * Also the hosts of the newest deploys, so many: on Netlify those of deploy previews. Each pull drops those that have become
   * too old.
   * @default none
   */
  readonly deployments?: { readonly newest: number };
  /**
   * The lock file.
   * @default "origins.lock.json"
   */
  readonly lock?: string;
}

const netlifyOptionsShape = object<NetlifySiteOptions>({
  context: oneOf(["production", "branch-deploy", "deploy-preview"]),
  ...platformFields,
});

/**
 * The hosts of a Netlify site, as `npx origins pull` has written them into the lock file. Synthesis reads that file alone; only
 * the command asks Netlify.
 *
 * @param site the site's name (`storefront` for `storefront.netlify.app`), its id, or one of its domains
 * @throws when an option is of the wrong form, or both a context and a branch are named; all mistakes at once
 * @example
 * ```ts
 * netlifySite("storefront"); // production
 * netlifySite("storefront", { branch: "staging" });
 * netlifySite("storefront", { context: "deploy-preview", deployments: { newest: 20 } });
 * ```
 */
export function netlifySite(site: string, options: NetlifySiteOptions = {}): AddressSource {
  checkPlatformCall("netlifySite", site, options, netlifyOptionsShape);
  const { context, branch, deployments, lock = usualLockFile } = options;
  return leavingOut(
    options.leaveOut,
    lockedSource({
      platform: "netlify",
      project: site,
      target: branch === undefined ? { environment: context ?? "production" } : { branch },
      ...(deployments !== undefined && { newest: deployments.newest }),
      lock,
    }),
  );
}
