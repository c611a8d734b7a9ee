import { type Deployment } from "../../genesys/deployment";
import { rememberedDeploymentIds, type SynthesizedStack } from "../../terraform";
import { adoptProperty } from "../../live/compare-namesakes";
import { recordAt } from "../../terraform/json";
import { type Examination, type ExaminedMessenger, type ExaminedStack } from "./examine";

/** Which stacks have a deployment in their states, by its id. */
export type Holders = ReadonlyMap<string, readonly string[]>;

/** The deployments that the states of stacks have and their programs declare, without those that a program adopts. */
export function holdersOf(examinations: readonly Examination[]): Holders {
  const holders = new Map<string, readonly string[]>();
  for (const each of examinations) {
    if ("problem" in each || each.state === undefined) continue;
    const { stack, state } = each;
    const adopted = new Set(stack.messengers.map(({ importId }) => importId));
    for (const id of new Set(rememberedDeploymentIds(state, stack.messengers))) {
      if (adopted.has(id)) continue;
      holders.set(id, [...(holders.get(id) ?? []), stack.name]);
    }
  }
  return holders;
}

/**
 * Why a state is not this stack's: a deploy would rewrite the deployment of another stack, or of another application. Empty where nothing
 * speaks for that, and where the program says that it takes a deployment over (`adopt`, `renamedFrom`).
 *
 * @param project all stacks of the project, also those that are not deployed now
 */
export function foreignStateRefusals(
  { stack, state, messengers }: Pick<ExaminedStack, "stack" | "state" | "messengers">,
  holders: Holders,
  project: readonly SynthesizedStack[],
): readonly string[] {
  if (state === undefined) return [];
  const saved = recordAt(state.content, "outputs", "environment")["value"];
  const isOfOtherEnvironment =
    typeof saved === "string" && stack.environment !== undefined && saved !== stack.environment;
  return messengers.flatMap((messenger): string | readonly string[] => {
    const { declared, remembered } = messenger;
    if (remembered === undefined || isTakenOver(messenger)) return [];
    const { id, name } = remembered.deployment;
    const others = (holders.get(id) ?? []).filter((holder) => holder !== stack.name);
    if (others.length > 0) {
      const both = [stack.name, ...others].map((each) => `"${each}"`).join(" and ");
      return `the states of the stacks ${both} have the same deployment "${id}": one of them is a copy. ${remedy}`;
    }
    if (!isOfOtherEnvironment && name === declared.name) return [];
    const owner = project.find(
      (other) =>
        other.name !== stack.name &&
        (other.environment === undefined || typeof saved !== "string" || other.environment === saved) &&
        isRatherOf(other, messenger, remembered.deployment),
    );
    if (owner !== undefined) {
      return (
        `the state has the deployment "${name}" ("${id}"), which has the name that the stack "${owner.name}" declares: it is a copy of ` +
        `that stack's state. ${remedy}${orAdopt(messenger)}`
      );
    }
    if (isForOtherDomains(messenger)) {
      const whose = isOfOtherEnvironment ? ` of the environment "${saved}"` : "";
      return (
        `the state has the deployment "${name}"${whose} ("${id}"), for none of the domains of this stack: it belongs to something ` +
        `else. ${remedy}${orAdopt(messenger)}`
      );
    }
    return [];
  });
}

const remedy = "Nothing was changed. Give each stack the state that is its own: by its backend, its path or its key";

function orAdopt({ declared, remembered }: ExaminedMessenger): string {
  return remembered === undefined
    ? ""
    : `. If it is this stack's: ${adoptProperty(remembered.deployment, declared)} in the program says so`;
}

/**
 * Whether another stack declares a deployment of that name and has at least as many of its domains as this one: more of them stay with a
 * Messenger that is renamed while another one takes its name.
 */
function isRatherOf(other: SynthesizedStack, { derived }: ExaminedMessenger, deployment: Deployment): boolean {
  const inCommon = (entries: readonly string[] = []): number =>
    entries.filter((entry) => deployment.allowedDomains.includes(entry)).length;
  const own = inCommon(derived?.policy.allowedDomains);
  return other.messengers.some(
    ({ name, policy }) => name === deployment.name && (policy === undefined || inCommon(policy.allowedDomains) >= own),
  );
}

/** Whether the program says that the deployment comes from elsewhere. */
function isTakenOver({ declared, remembered }: ExaminedMessenger): boolean {
  return declared.importId === remembered?.deployment.id || remembered?.formerly !== undefined;
}

function isForOtherDomains({ derived, remembered }: ExaminedMessenger): boolean {
  const wanted = derived?.policy.allowedDomains ?? [];
  const deployed = remembered?.deployment.allowedDomains ?? [];
  if (wanted.length === 0 || deployed.length === 0) return false;
  return !wanted.some((domain) => deployed.includes(domain) && domain.includes("."));
}
