export { sandboxWorkspace } from "./sandbox";
export { faultText, parseFault } from "./faults/fault-text";
export { type Fault } from "./faults/fault";
export { isOwnId } from "./cloud/state";
export { startSandbox, type Sandbox, type SandboxOptions } from "./sandbox";
