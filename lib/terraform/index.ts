export { findTerraform, howToGetTerraform, oldestTerraform, type NoTerraform, type TerraformBinary } from "./binary";
export { terraformEnvironment } from "./environment";
export { readPlan, type PlannedAction, type ResourceChange } from "./plan";
