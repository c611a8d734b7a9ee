/** What goes wrong on purpose in the embedded Genesys Cloud. */
export { type Fault, type FaultKind } from "./fault";
export { faultRoutes } from "./fault-routes";
export { faultText, parseFault } from "./fault-text";
export { type DeclaredFault, Faults } from "./faults";
export { FaultError, kinds } from "./kinds";
export { readFault } from "./read-fault";
