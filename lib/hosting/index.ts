/** Asks the platforms that host an application for its hosts, and writes them into the lock file that synthesis reads. */
export { type LeftOut } from "./harvest";
export { HostingFailure } from "./hosting-failure";
export { type LockChange } from "./lock-difference";
export { pullLocks, type PulledLock, type PulledProject, type PullOptions } from "./pull-locks";
