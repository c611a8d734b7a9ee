import { type AllowListInput, deriveAllowList, type DerivedAllowList } from "../../lib/origins/derive";
import { type WrittenAddress } from "../../lib/origins/finding";

/** Values as if each stood on a separate line in an env file. */
export function written(...values: readonly string[]): WrittenAddress[] {
  return values.map((value, index) => ({ value, place: { file: ".env", line: index + 1, key: "SITE_URL" } }));
}

/** Derives from bare values; a production environment unless something else is asked for. */
export function derived(values: readonly string[], input: Partial<AllowListInput> = {}): DerivedAllowList {
  return deriveAllowList({ kind: "production", written: written(...values), ...input });
}
