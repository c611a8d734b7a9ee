import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { type Fields, flag } from "../../base/shape";
import { type EnvironmentKind } from "../../origins/environment-kind";
import { type AddressSource } from "../address-source";
import { shownFile } from "../formats/text-file";
import { lockFile, lockPath, usualLockFile } from "./lock-file";

/** The options of a source that may be read from the lock file. */
interface PulledOptions {
  readonly pulled?: boolean;
  readonly lock?: string;
}

/** What those options must be. */
export const pulledFields: Fields<PulledOptions> = { pulled: flag, lock: lockPath };

/** The environment that a configuration is evaluated in, as far as it decides the hosts. */
interface EvaluatedIn {
  readonly mode?: string;
  readonly recursive?: boolean;
  readonly envFiles?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** What a source that evaluates a configuration is told, as far as its hosts depend on it. */
export interface LockedConfig {
  /** The call as the lock file names it: `nextConfig`. */
  readonly call: string;
  /** The file or the folder, as it was written. */
  readonly path: string;
  readonly lock?: string | undefined;
  readonly evaluate?: boolean | EvaluatedIn | undefined;
  /** What of the configuration is read, where that is not the usual. */
  readonly selected?: readonly string[];
}

/** A source that reads from the lock file what `origins pull` has evaluated, and that evaluates nothing itself. */
export function lockedConfig(config: LockedConfig, evaluated: AddressSource): AddressSource {
  const { call, path, lock = usualLockFile } = config;
  const projectOf = (root: string): string => `${call} ${shownFile(root, path)}`;
  return {
    read: (context) => lockFile(lock, projectOf(context.root), sectionOf(config, context.kind)).read(context),
    evaluation: (context) => ({
      project: projectOf(context.root),
      section: sectionOf(config, context.kind),
      lock: resolve(context.root, lock),
      evaluate: () => evaluated.read(context),
    }),
  };
}

/** What the hosts depend on besides the files: two environments that are told the same share a section. */
function sectionOf({ evaluate, selected = [] }: LockedConfig, kind: EnvironmentKind): string {
  const { mode, recursive, envFiles, variables } = typeof evaluate === "object" ? evaluate : {};
  const parts = [
    kind,
    ...(mode === undefined ? [] : [`mode ${mode}`]),
    ...(recursive === true ? ["recursive"] : []),
    ...(envFiles === undefined ? [] : [`files ${envFiles.join(" ")}`]),
    ...(variables === undefined ? [] : [`variables ${Object.keys(variables).sort().join(" ")} ${digest(variables)}`]),
    ...(selected.length === 0 ? [] : [`of ${selected.join(" ")}`]),
  ];
  return parts.join(", ");
}

/** The values may be secrets, and the lock file is committed. */
function digest(variables: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(variables).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 8);
}
