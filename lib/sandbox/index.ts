export { sandboxWorkspace } from "./environment";
export { type Fault, faultText, parseFault } from "./faults";
export { isOwnId } from "./state";
export { startSandbox, type Sandbox, type SandboxOptions } from "./sandbox";
