export { sandboxWorkspace } from "./environment";
export { startSandbox, type Sandbox, type SandboxOptions } from "./sandbox";
