import { redact } from "../base/redact";
import { findRegion, type Region, regions } from "../genesys/regions";

/** Where a stack's organisation answers, and who asks. Addresses have no slash at their end. */
export interface LiveEndpoints {
  /** Gives out access tokens, such as `https://login.mypurecloud.de`. */
  readonly login: string;
  /** The platform API, such as `https://api.mypurecloud.de`. */
  readonly api: string;
  /** The files that every visitor's browser loads, such as `https://api-cdn.mypurecloud.de`. */
  readonly publicFiles: string;
  /** Absent where the environment has none: then only the public files can be read. */
  readonly credentials: Credentials | undefined;
}

/** An OAuth client of the grant type client credentials, or an existing token. */
export type Credentials =
  { readonly clientId: string; readonly clientSecret: string } | { readonly accessToken: string };

/** What a stack's provider block says of its organisation. */
interface StackProvider {
  /** The block's `aws_region`; it wins over `GENESYSCLOUD_REGION`. */
  readonly awsRegion?: string;
  /** Where `awsRegion` was written, for messages: by default in that block. */
  readonly place?: string;
  /** Whether the block has a `gateway`, whose fields the environment fills in. */
  readonly gateway?: boolean;
}

/** The region that an environment means that names none. */
const defaultRegion = "us-east-1";

/**
 * Where to ask and as whom, from the same variables as the Terraform provider: `GENESYSCLOUD_REGION`,
 * `GENESYSCLOUD_ACCESS_TOKEN` before `GENESYSCLOUD_OAUTHCLIENT_ID` and `_SECRET`, and `GENESYSCLOUD_GATEWAY_HOST`, `_PORT`,
 * `_PROTOCOL` where the stack has a gateway. `GENESYS_SANDBOX_URL`, which `origins sandbox` sets, takes the place of all hosts.
 *
 * @throws when the region or an address is invalid; the message names where it was written
 */
export function liveEndpoints(environment: NodeJS.ProcessEnv, stack: StackProvider = {}): LiveEndpoints {
  const credentials = credentialsIn(environment);
  const sandbox = textOf(environment["GENESYS_SANDBOX_URL"])?.replace(/\/+$/, "");
  if (sandbox !== undefined && !URL.canParse(sandbox)) {
    throw new Error(
      `Invalid address "${redact(sandbox)}" (GENESYS_SANDBOX_URL): expected a URL such as "http://127.0.0.1:4000"`,
    );
  }
  if (sandbox !== undefined) return { login: sandbox, api: sandbox, publicFiles: sandbox, credentials };
  const { domain } = regionOfStack(environment, stack);
  const gateway = stack.gateway === true ? gatewayIn(environment) : undefined;
  return {
    login: gateway ?? `https://login.${domain}`,
    api: gateway ?? `https://api.${domain}`,
    publicFiles: `https://api-cdn.${domain}`,
    credentials,
  };
}

function credentialsIn(environment: NodeJS.ProcessEnv): Credentials | undefined {
  const accessToken = textOf(environment["GENESYSCLOUD_ACCESS_TOKEN"]);
  if (accessToken !== undefined && !/^[!-~]+$/.test(accessToken)) {
    // Node.js's own complaint about such a header would quote it.
    throw new Error(
      "Invalid GENESYSCLOUD_ACCESS_TOKEN: it contains white space or other characters that no token has, copy it again",
    );
  }
  if (accessToken !== undefined) return { accessToken };
  const clientId = textOf(environment["GENESYSCLOUD_OAUTHCLIENT_ID"]);
  const clientSecret = textOf(environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"]);
  return clientId !== undefined && clientSecret !== undefined ? { clientId, clientSecret } : undefined;
}

/**
 * The region of a stack's organisation: that of its provider block, otherwise `GENESYSCLOUD_REGION`.
 *
 * @throws when the region is invalid; the message names where it was written
 */
export function regionOfStack(
  environment: NodeJS.ProcessEnv,
  { awsRegion, place = "aws_region of the stack's provider" }: StackProvider,
): Region {
  const variable = textOf(environment["GENESYSCLOUD_REGION"]);
  const named = textOf(awsRegion) ?? variable ?? defaultRegion;
  const region = regions.find((each) => each.awsRegion === named.toLowerCase());
  if (region !== undefined) return region;
  const writtenIn = textOf(awsRegion) === undefined ? "GENESYSCLOUD_REGION" : place;
  const meant = findRegion(named)?.awsRegion;
  const remedy =
    meant === undefined
      ? `expected one of ${regions.map((each) => each.awsRegion).join(", ")}`
      : `expected its AWS name, "${meant}"`;
  throw new Error(`Invalid region "${redact(named)}" (${writtenIn}): ${remedy}`);
}

/** The provider asks its gateway for the token, too. */
function gatewayIn(environment: NodeJS.ProcessEnv): string | undefined {
  const host = textOf(environment["GENESYSCLOUD_GATEWAY_HOST"]);
  if (host === undefined) return undefined;
  const port = textOf(environment["GENESYSCLOUD_GATEWAY_PORT"]);
  const protocol = textOf(environment["GENESYSCLOUD_GATEWAY_PROTOCOL"]) ?? "https";
  const address = `${protocol}://${host}${port === undefined ? "" : `:${port}`}`;
  if (/^https?:\/\/[^/]+$/.test(address) && URL.canParse(address)) return address;
  throw new Error(
    `Invalid gateway address "${redact(address)}" (GENESYSCLOUD_GATEWAY_PROTOCOL, _HOST and _PORT): expected a protocol such as "https", ` +
      "a host name, and a port number",
  );
}

/** An empty variable is one that is not set. */
function textOf(value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : value;
}
