/** Where a Next.js application keeps the addresses of its pages, and the environment that they make. */
export { type AddressSource, type SourceContext, type SourceReading } from "./address-source";
export { envFile, envFiles, type EnvFileOptions, type EnvFilesOptions } from "./env-file";
export { type LateAddress } from "./late-address";
export { nextConfig, nextConfigKeys, type NextConfigKey, type NextConfigOptions } from "./next-config";
export { nextEnvironment, type NextEnvironment, type NextEnvironmentProps } from "./next-environment";
export { pageAddressVariables } from "./page-address-variables";
export { sourceRules } from "./source-rules";
