export {
  addSandboxOptions,
  defaultStateFile,
  sandboxOptions,
  runOnTerminal,
  type SandboxFlags,
  waitForInterrupt,
} from "./command";
export { faultText, parseFault } from "./faults/fault-text";
export { type Fault } from "./faults/fault";
export { startSandbox, type Sandbox, type SandboxOptions } from "./sandbox";
