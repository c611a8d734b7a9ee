import { type AllowList } from "./allow-list";
import { type EnvironmentKind } from "./environment-kind";
import { type Finding } from "./finding";
import { type Acknowledgements } from "./rule";

/** What the cross-environment rule needs to know of an environment; a `NextEnvironment` is one. */
export interface NamedAllowList {
  readonly name: string;
  readonly kind: EnvironmentKind;
  readonly allowList: AllowList;
  readonly acknowledge?: Acknowledgements;
}

/** Placeholder. */
export function sharedHosts(environments: readonly NamedAllowList[]): Map<string, Finding[]> {
  throw new Error(`not yet ${environments.length}`);
}
