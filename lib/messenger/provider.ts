import {
  GenesyscloudProvider as Provider,
  type GenesyscloudProviderConfig,
  type GenesyscloudProviderGateway,
  type GenesyscloudProviderGatewayAuth,
  type GenesyscloudProviderGatewayPathParams,
  type GenesyscloudProviderProxy,
} from "@cdktf/provider-genesyscloud/lib/provider";
import { type IResolvable } from "cdktf";
import { type Construct } from "constructs";
import {
  either,
  flag,
  instance,
  known,
  listOf,
  number,
  object,
  oneOf,
  required,
  secretText,
  type Shape,
  text,
} from "../base/shape";
import { type AwsRegion, findRegion, type Region, regions } from "../genesys/regions";
import { inOwnCore } from "./core";
import { checkConstruct, isUnresolved } from "./property-check";

/** The region of an organisation that names none: Genesys's first one, which the provider's examples assume too. */
export const defaultRegion: AwsRegion = "us-east-1";

/** The AWS name of a region; of another name that it goes by, the AWS name is told. */
export const regionShape = known(
  oneOf(
    regions.map(({ awsRegion }) => awsRegion),
    (name) => findRegion(name)?.awsRegion,
  ),
);

/** The region of that name: the name was checked where it was passed. */
export function regionOf(name: AwsRegion): Region {
  const region = regions.find(({ awsRegion }) => awsRegion === name);
  if (region === undefined) throw new Error(`"${name}" is not an AWS region of Genesys Cloud.`);
  return region;
}

/**
 * The provider block of Genesys Cloud, for stacks that write their own. Leave out what is secret: credentials come from the
 * environment when Terraform runs.
 *
 * @example
 * ```ts
 * new GenesyscloudProvider(stack, "Genesys", { awsRegion: "eu-central-1" });
 * ```
 */
export class GenesyscloudProvider extends Provider {
  /** @throws when a property is of the wrong type or unknown (all such mistakes at once), or the app is made with the other core */
  constructor(scope: Construct, id: string, config?: GenesyscloudProviderConfig) {
    checkConstruct("GenesyscloudProvider", scope, id, (check) => {
      if (config !== undefined) check.shape(configShape, config);
    });
    super(inOwnCore(scope, "GenesyscloudProvider", id), id, config);
  }
}

/** A list of blocks, or a Terraform expression that makes one. */
function blocks<T>(of: Shape<T>): Shape<readonly T[] | IResolvable> {
  return either<readonly T[] | IResolvable>([listOf(of), instance("a Terraform value", isUnresolved)]);
}

const authShape = object<GenesyscloudProviderGatewayAuth>({ username: secretText, password: secretText });
const address = { host: text, port: text, protocol: text, auth: authShape };

/** What the arguments of the provider must be. */
const configShape = object<GenesyscloudProviderConfig>({
  accessToken: secretText,
  awsRegion: text,
  customRetryTimeout: text,
  logStackTraces: flag,
  logStackTracesFilePath: text,
  maxConcurrentPages: number,
  oauthclientId: text,
  oauthclientSecret: secretText,
  sdkClientPoolDebug: flag,
  sdkDebug: flag,
  sdkDebugFilePath: text,
  sdkDebugFormat: text,
  tokenAcquireTimeout: text,
  tokenInitTimeout: text,
  tokenPoolSize: number,
  alias: text,
  gateway: blocks(
    object<GenesyscloudProviderGateway>({
      ...address,
      pathParams: blocks(
        object<GenesyscloudProviderGatewayPathParams>({ pathName: required(text), pathValue: required(text) }),
      ),
    }),
  ),
  proxy: object<GenesyscloudProviderProxy>(address),
});
