export { type Adoptable, type AdoptableReading, readAdoptable } from "./adoptable";
export { type Audit, type AuditSubject, type DeclaredDeployment } from "./audit";
export { auditAll, type AuditOptions, type ManagedElsewhere } from "./audit-all";
export { driftKinds, type Drift, type DriftKind, type LiveFact, type Mender } from "./drift";
export { liveEndpoints, type Credentials, type LiveEndpoints, type StackProvider } from "./endpoints";
export { Http, type HttpOptions } from "../http/http";
export { compareStatus } from "./compare-status";
export { LiveStates, liveStateOf, type LiveState } from "./visitors";
export { PublicFiles } from "./public-files";
export {
  type ApiReading,
  type NoReading,
  type PublicFile,
  type PublicReading,
  type PublishedConfiguration,
} from "./reading";
