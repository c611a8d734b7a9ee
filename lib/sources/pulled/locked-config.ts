import { createHash } from "node:crypto";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { type Fields, flag } from "../../base/shape";
import { type EnvironmentKind } from "../../origins/environment-kind";
import { type AddressSource, type SourceContext } from "../address-source";
import { real } from "../call-site";
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
  /** The entries that are left out, each with the reason. */
  readonly leaveOut?: Readonly<Record<string, string>> | undefined;
}

/** A source that reads from the lock file what `origins pull` has evaluated, and that evaluates nothing itself. */
export function lockedConfig(config: LockedConfig, evaluated: AddressSource): AddressSource {
  const { call, path, lock = usualLockFile } = config;
  const projectOf = (root: string): string => `${call} ${pathFromLock(root, lock, path)}`;
  const partOf = ({ root, kind }: SourceContext): string =>
    sectionOf(config, kind, (file) => pathFromLock(root, lock, file));
  return {
    read: (context) => lockFile(lock, projectOf(context.root), partOf(context)).read(context),
    evaluation: (context) => ({
      project: projectOf(context.root),
      section: partOf(context),
      lock: resolve(context.root, lock),
      evaluate: () => evaluated.read(context),
    }),
  };
}

/**
 * A path from the folder of the lock file. Environments whose roots differ may share a lock, and what one calls `web` is not what the
 * other one does. Where the lock is in the root, it is the path as it is written.
 */
function pathFromLock(root: string, lock: string, path: string): string {
  const base = real(root);
  const folder = isAbsolute(lock) ? real(dirname(lock)) : dirname(resolve(base, lock));
  const way = relative(folder, isAbsolute(path) ? real(path) : resolve(base, path));
  return way === "" ? "." : way.split(sep).join("/");
}

/** What the hosts depend on besides the files: two environments that are told the same share a section. */
function sectionOf(
  { evaluate, selected = [], leaveOut = {} }: LockedConfig,
  kind: EnvironmentKind,
  shown: (file: string) => string,
): string {
  const { mode, recursive, envFiles, variables } = typeof evaluate === "object" ? evaluate : {};
  const without = Object.keys(leaveOut).sort();
  const parts = [
    kind,
    ...(mode === undefined ? [] : [`mode ${mode}`]),
    ...(recursive === true ? ["recursive"] : []),
    ...(envFiles === undefined ? [] : [`files ${envFiles.map(shown).join(" ")}`]),
    ...(variables === undefined ? [] : [`variables ${Object.keys(variables).sort().join(" ")} ${digest(variables)}`]),
    ...(selected.length === 0 ? [] : [`of ${selected.join(" ")}`]),
    ...(without.length === 0 ? [] : [`without ${without.join(" ")}`]),
  ];
  return parts.join(", ");
}

/** The values may be secrets, and the lock file is committed. */
function digest(variables: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(variables).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 8);
}
