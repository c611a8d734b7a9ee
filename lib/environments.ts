/** What declares the environments of an application and says where their addresses are written. It loads no core. */
export {
  type AddressSource,
  type ConfigPull,
  type HostingPlatform,
  type LateAddress,
  type Pull,
  type PullTarget,
  type SourceContext,
  type SourceReading,
} from "./sources/address-source";
export { envCmdrc, type EnvCmdrcOptions } from "./sources/env/env-cmdrc";
export { envFile, type EnvFileOptions, envFiles, type EnvFilesOptions } from "./sources/env/env-file";
export { type VariableOptions } from "./sources/env/variable-selection";
export {
  netlifySite,
  type NetlifySiteOptions,
  vercelProject,
  type VercelProjectOptions,
} from "./sources/lock/hosted-project";
export { lockFile } from "./sources/lock/lock-file";
export { type ConfigEvaluation } from "./sources/next-config/config-environment";
export {
  nextConfig,
  type NextConfigKey,
  nextConfigKeys,
  type NextConfigOptions,
} from "./sources/next-config/next-config";
export { nextIntlRouting, type NextIntlRoutingOptions } from "./sources/next-config/next-intl";
export { nextEnvironment, type NextEnvironment, type NextEnvironmentProps } from "./sources/next-environment";
export { appHosting, type AppHostingOptions } from "./sources/platforms/app-hosting";
export { netlifyToml, type NetlifyTomlOptions } from "./sources/platforms/netlify-toml";
export { wrangler, type WranglerOptions } from "./sources/platforms/wrangler";
