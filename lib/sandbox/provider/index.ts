/** The Terraform provider `mypurecloud/genesyscloud`, as far as web deployments go, against the embedded platform API. */
export { type ProviderOptions, type RunningProvider, startProvider } from "./start";
export { genuineTiming, type Timing } from "./timing";
