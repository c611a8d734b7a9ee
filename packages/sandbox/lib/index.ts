export {
  addSandboxOptions,
  defaultStateFile,
  sandboxOptions,
  runInForeground,
  type SandboxFlags,
  stayInForeground,
} from "./command";
export { faultText, parseFault } from "./faults/fault-text";
export { type Fault } from "./faults/fault";
export { startSandbox, type Sandbox, type SandboxOptions } from "./sandbox";
