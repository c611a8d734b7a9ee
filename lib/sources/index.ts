/** Where a Next.js application keeps the addresses of its pages, and the environment that they make. */
export { type AddressSource, type SourceContext, type SourceReading } from "./address-source";
export { appHosting, type AppHostingOptions } from "./platforms/app-hosting";
export { envCmdrc, type EnvCmdrcOptions } from "./env/env-cmdrc";
export { type ConfigEvaluation } from "./next-config/config-evaluation-options";
export { envFile, envFiles, type EnvFileOptions, type EnvFilesOptions } from "./env/env-file";
export { type LateAddress } from "./late-address";
export { lockFile } from "./pulled/lock-file";
export { netlifySite, type NetlifySiteOptions } from "./pulled/netlify-site";
export { netlifyToml, type NetlifyTomlOptions } from "./platforms/netlify-toml";
export { nextConfig, nextConfigKeys, type NextConfigKey, type NextConfigOptions } from "./next-config/next-config";
export { nextIntlRouting, type NextIntlRoutingOptions } from "./next-config/next-intl";
export { nextEnvironment, type NextEnvironment, type NextEnvironmentProps } from "./next-environment";
export { pageAddressVariables } from "./variables/page-address-variables";
export { type HostingPlatform, type Pull, type PullTarget } from "./pulled/pull";
export { sourceRules } from "./source-rules";
export { type VariableOptions } from "./variables/variable-selection";
export { vercelProject, type VercelProjectOptions } from "./pulled/vercel-project";
export { wrangler, type WranglerOptions } from "./platforms/wrangler";
