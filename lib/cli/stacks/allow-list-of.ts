import { AllowList, parseAddress } from "../../origins";
import { type NextEnvironment } from "../../sources";
import { type DeclaredMessenger, type SynthesizedStack } from "../../terraform";

/**
 * The allow-list that a stack declares for a Messenger. Who asked for each entry is known from the environment, where the stack
 * has one; what a program added itself stands in the stack alone.
 *
 * @returns undefined where a Terraform expression decides the list, or where it holds what no allow-list would: then only
 *   Terraform knows what is wanted
 */
export function allowListOf(
  stack: SynthesizedStack,
  { policy }: DeclaredMessenger,
  environment: NextEnvironment | undefined,
): AllowList | undefined {
  if (policy === undefined) return undefined;
  const sources = new Map<string, AllowList["entries"][number]>();
  for (const entry of environment?.allowList.entries ?? []) sources.set(entry.host, entry);
  const entries = policy.allowedDomains.flatMap((value) => {
    const known = sources.get(value);
    if (known !== undefined) return known;
    const parsed = parseAddress(value);
    const place = { file: `stack ${stack.name}` };
    return parsed.ok ? { host: parsed.address.host, sources: [{ value, place }] } : [];
  });
  const list = new AllowList(entries, { allowAllDomains: policy.allowAllDomains });
  return JSON.stringify(list.policy.allowedDomains) === JSON.stringify(policy.allowedDomains) ? list : undefined;
}
