/** Where a stack keeps its Terraform state. */
export { type AzurermState } from "./azurerm";
export { type SharedState } from "./backend-kind";
export { claimState } from "./claimed-states";
export { type CloudState } from "./cloud";
export { type GcsState } from "./gcs";
export { type HttpState } from "./http";
export { type LocalState } from "./local";
export { type PgState } from "./pg";
export { type S3State } from "./s3";
export { backendShape, deriveBackend, type DerivedBackend, type StateBackend } from "./state-backend";
