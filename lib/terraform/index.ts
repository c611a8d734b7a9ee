export {
  findTerraform,
  howToGetTerraform,
  oldestTerraform,
  pasted,
  programName,
  type NoTerraform,
  type TerraformBinary,
} from "./binary";
export { type DeclaredMessenger, type LateRules } from "./declared-messengers";
export { parseDuration } from "./duration";
export { killedRun } from "./local-state";
export { terraformEnvironment } from "./environment";
export { readPlan, type PlannedAction, type ResourceChange } from "./plan";
export { keptArguments, pendingChanges, type PendingChange } from "./pending-changes";
export { planRefusals } from "./plan-guard";
export { plannedAddressRefusals } from "./planned-addresses";
export {
  rememberedConfiguration,
  rememberedConfigurationId,
  rememberedDeployment,
  rememberedDeploymentIds,
  taintedAddresses,
  type RememberedConfiguration,
  type RememberedDeployment,
} from "./remembered-deployment";
export { StackTerraform, type Plan, type StackOutput } from "./stack-terraform";
export { readStacks, type StackBackend, type SynthesizedStack } from "./stacks";
export { parseState, type State } from "./state";
export { editState, neverPublishedMark, type StateEdit } from "./state-edit";
export { synthesise, type Synthesis, type SynthesisOptions } from "./synthesise";
export { type StackTerraformOptions } from "./terraform-in-folder";
export { changesBeyondDrift } from "./undone-drift";
export { TerraformError, type TerraformFailure } from "./terraform-error";
