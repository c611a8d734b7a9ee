export { auditAll, type Audit, type AuditOptions, type AuditSubject } from "./audit";
export { readDomainPolicy, type LiveDomainPolicy } from "./domain-policy";
export { driftKinds, type Drift, type DriftKind, type LiveFact, type Mender } from "./drift";
export { liveEndpoints, type Credentials, type LiveEndpoints, type StackProvider } from "./endpoints";
export {
  type ApiReading,
  type NoReading,
  type PublicFile,
  type PublicReading,
  type PublishedConfiguration,
} from "./reading";
