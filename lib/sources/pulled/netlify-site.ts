import { object, oneOf } from "../../base/shape";
import { type AddressSource } from "../address-source";
import { leavingOut, type SourceOptions } from "../leave-out";
import { lockedSource, usualLockFile } from "./lock-file";
import { checkPlatformCall, platformFields } from "./platform-call";

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

const optionsShape = object<NetlifySiteOptions>({
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
  checkPlatformCall("netlifySite", site, options, optionsShape);
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
