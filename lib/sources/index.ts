/** Where a Next.js application keeps the addresses of its pages, and the environment that they make. */
export { type AddressSource, type SourceContext, type SourceReading } from "./address-source";
export { appHosting, type AppHostingOptions } from "./app-hosting";
export { envCmdrc, type EnvCmdrcOptions } from "./env-cmdrc";
export { type ConfigEvaluation } from "./config-run";
export { envFile, envFiles, type EnvFileOptions, type EnvFilesOptions } from "./env-file";
export { type LateAddress } from "./late-address";
export { lockFile } from "./lock-file";
export { netlifySite, type NetlifySiteOptions } from "./netlify-site";
export { netlifyToml, type NetlifyTomlOptions } from "./netlify-toml";
export { nextConfig, nextConfigKeys, type NextConfigKey, type NextConfigOptions } from "./next-config";
export { nextIntlRouting, type NextIntlRoutingOptions } from "./next-intl";
export { nextEnvironment, type NextEnvironment, type NextEnvironmentProps } from "./next-environment";
export { pageAddressVariables } from "./page-address-variables";
export { type HostingPlatform, type Pull, type PullTarget } from "./pull";
export { sourceRules } from "./source-rules";
export { type VariableOptions } from "./variable-selection";
export { vercelProject, type VercelProjectOptions } from "./vercel-project";
export { wrangler, type WranglerOptions } from "./wrangler";
