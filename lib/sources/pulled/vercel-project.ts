import { object, textWhere } from "../../base/shape";
import { type AddressSource } from "../address-source";
import { leavingOut, type SourceOptions } from "../leave-out";
import { lockedSource, usualLockFile } from "./lock-file";
import { checkPlatformCall, platformFields } from "./platform-call";

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

const optionsShape = object<VercelProjectOptions>({
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
  checkPlatformCall("vercelProject", project, options, optionsShape);
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
