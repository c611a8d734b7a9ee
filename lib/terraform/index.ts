export { findTerraform, howToGetTerraform, oldestTerraform, type NoTerraform, type TerraformBinary } from "./binary";
export { terraformEnvironment } from "./environment";
export { readPlan, type PlannedAction, type ResourceChange } from "./plan";
export { planRefusals } from "./plan-guard";
export { StackError } from "./stack-error";
export { StackTerraform, type Plan, type StackOutput, type StackTerraformOptions } from "./stack-terraform";
export { readStacks, type DeclaredMessenger, type StackBackend, type SynthesizedStack } from "./stacks";
export {
  editState,
  parseState,
  rememberedDeployment,
  type RememberedDeployment,
  type State,
  type StateEdit,
} from "./state";
export { synthesise, type Synthesis, type SynthesisOptions } from "./synthesise";
export { TerraformError, type TerraformFailure } from "./terraform-error";
