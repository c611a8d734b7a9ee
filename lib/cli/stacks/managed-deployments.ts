import { rememberedDeploymentIds, type StackTerraform, type State, type SynthesizedStack } from "../../terraform";
import { type ManagedElsewhere } from "../../live";
import { type Project } from "./project";

/** Where the states of other stacks are read. */
interface States extends Pick<Project, "stacks" | "each"> {
  terraform(stack: SynthesizedStack): Pick<StackTerraform, "pullState">;
}

/** The ids of the deployments that are in a stack's state, or that its program imports into it. */
export function managedDeployments({ messengers }: SynthesizedStack, state: State | undefined): readonly string[] {
  const imported = messengers.flatMap(({ importId }) => importId ?? []);
  return state === undefined ? imported : [...imported, ...rememberedDeploymentIds(state, messengers)];
}

/**
 * The same of the other stacks of the project: of those that declare a deployment of the same name as one of these, because a brand's
 * production may be called like another brand's, or of all, because Messengers of one environment may have the same domains. A state that cannot be read has none: it may be another pipeline's business.
 */
export async function managedElsewhere(
  project: States,
  stacks: readonly SynthesizedStack[],
  which: ManagedElsewhere,
): Promise<ReadonlySet<string>> {
  const names = new Set(stacks.flatMap(namesIn));
  const others = project.stacks.filter(
    (other) => !stacks.includes(other) && namesIn(other).some((name) => which === "all" || names.has(name)),
  );
  const ids = await project.each(others, async (other) => {
    const state = await project
      .terraform(other)
      .pullState()
      .catch(() => undefined);
    return managedDeployments(other, state);
  });
  return new Set(ids.flat());
}

function namesIn({ messengers }: SynthesizedStack): readonly string[] {
  return messengers.map(({ name }) => name);
}
