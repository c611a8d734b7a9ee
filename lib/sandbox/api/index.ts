/** The embedded Genesys Cloud's HTTP server: platform API, public files, loader, control plane. */
export { CallLog, type RecordedCall } from "./call-log";
export { type ApiOptions, type RunningApi, startApi } from "./start";
