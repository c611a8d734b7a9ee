/** The public API: page addresses in, a Genesys Cloud Messenger out whose allowed domains follow them. */

// The environments of an application, and where their addresses are written
export {
  type AddressSource,
  appHosting,
  type AppHostingOptions,
  type ConfigEvaluation,
  type ConfigPull,
  envCmdrc,
  type EnvCmdrcOptions,
  envFile,
  type EnvFileOptions,
  envFiles,
  type EnvFilesOptions,
  type HostingPlatform,
  type LateAddress,
  lockFile,
  netlifySite,
  type NetlifySiteOptions,
  netlifyToml,
  type NetlifyTomlOptions,
  nextConfig,
  type NextConfigKey,
  nextConfigKeys,
  type NextConfigOptions,
  nextEnvironment,
  type NextEnvironment,
  type NextEnvironmentProps,
  nextIntlRouting,
  type NextIntlRoutingOptions,
  type Pull,
  type PullTarget,
  type SourceContext,
  type SourceReading,
  type VariableOptions,
  vercelProject,
  type VercelProjectOptions,
  wrangler,
  type WranglerOptions,
} from "./sources";

// Addresses, the rules that judge them, and the allow-list that they come to
export {
  type Acknowledgements,
  type Address,
  type AddressProblem,
  type AddressRule,
  type AllowedDomain,
  AllowList,
  type AllowListDifference,
  type AllowListInput,
  type AllowListOptions,
  deriveAllowList,
  type DerivedAllowList,
  type Difference,
  environmentKinds,
  type EnvironmentKind,
  type Explanation,
  type Finding,
  formatFinding,
  formatPlace,
  type Host,
  type NamedAllowList,
  parseAddress,
  type ParsedAddress,
  type Place,
  refuses,
  type Rule,
  type RuleId,
  rules,
  type Severity,
  sharedHosts,
  type WrittenAddress,
} from "./origins";

// The constructs, and what follows from a deployment
export * from "./messenger";

// The provider block, for stacks that write their own: the bindings travel inside this package
export { GenesyscloudProvider } from "./messenger/provider";

// Facts of Genesys Cloud
export { type DomainPolicy, entryAdmits, policyAdmits } from "./genesys/host-check";
export { type AwsRegion, findRegion, type Region, regions } from "./genesys/regions";
