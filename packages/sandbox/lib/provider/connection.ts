import { parseDuration } from "../../../../lib/base/duration";
import { findRegion } from "../../../../lib/genesys/regions";
import { type Connection, type Credentials } from "./api-client";
import { type PathStep, ProviderError } from "./diagnostic";
import { type Timing } from "./timing";
import { blocksIn, isEmpty, type Value, type Values } from "./value";

/** What counts where the provider's configuration says nothing. */
export interface ConnectionDefaults {
  readonly apiUrl: string;
  readonly credentials: Credentials;
  readonly timing: Timing;
  /** What a `gateway` block falls back on: `GENESYSCLOUD_GATEWAY_HOST`, `_PORT` and `_PROTOCOL`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The provider pools this many clients unless `token_pool_size` says otherwise. */
const defaultPoolSize = 10;

/**
 * How the platform API is reached with a provider configuration: `access_token` before `oauthclient_id` and
 * `oauthclient_secret`, a `gateway` before the sandbox's own address.
 *
 * @throws {@link ProviderError} for what the sandbox cannot carry
 */
export function connectionFrom(config: Values, defaults: ConnectionDefaults, stopped: AbortSignal): Connection {
  const { token_pool_size: poolSize, custom_retry_timeout: notFound } = config;
  return {
    baseUrl: gatewayUrl(config, defaults) ?? defaults.apiUrl,
    credentials: credentialsFrom(config, defaults.credentials),
    poolSize: typeof poolSize === "number" ? poolSize : defaultPoolSize,
    timing: { ...defaults.timing, ...(typeof notFound === "string" && { notFound: durationFrom(notFound) }) },
    stopped,
  };
}

/** What the provider's own configuration gets wrong, or asks of the sandbox in vain. */
export function connectionProblems(config: Values): readonly ProviderError[] {
  const { aws_region: region, custom_retry_timeout: notFound, token_pool_size: poolSize } = config;
  const problems: ProviderError[] = [];
  const refuse = (path: readonly PathStep[], summary: string, detail: string): void => {
    problems.push(new ProviderError(summary, detail, path));
  };
  if (typeof region === "string" && findRegion(region) === undefined) {
    refuse(["aws_region"], `Invalid region "${region}"`, `Expected a Genesys Cloud region such as "eu-central-1".`);
  }
  if (typeof notFound === "string" && parseDuration(notFound) === undefined) {
    refuse(["custom_retry_timeout"], `Invalid duration "${notFound}"`, `Expected a duration such as "5m" or "30s".`);
  }
  if (typeof poolSize === "number" && (!Number.isInteger(poolSize) || poolSize < 0 || poolSize > 20)) {
    refuse(["token_pool_size"], `Invalid token_pool_size ${poolSize}`, "Expected an integer from 0 to 20.");
  }
  if (blocksIn(config, "proxy").length > 0) {
    refuse(["proxy"], "The sandbox does not support a proxy", "Remove the proxy block.");
  }
  for (const gateway of blocksIn(config, "gateway")) {
    for (const name of ["auth", "path_params"]) {
      if (blocksIn(gateway, name).length === 0) continue;
      refuse(["gateway"], `The sandbox does not support a gateway with ${name}`, `Remove ${name}.`);
    }
  }
  return problems;
}

/** The attributes that are set and change nothing here; a warning says so. */
export function withoutEffect(config: Values): readonly string[] {
  const debugging = ["log_stack_traces", "log_stack_traces_file_path", "sdk_client_pool_debug", "sdk_debug"];
  return [
    ...debugging,
    "max_concurrent_pages",
    "sdk_debug_file_path",
    "sdk_debug_format",
    "token_acquire_timeout",
    "token_init_timeout",
  ].filter((name) => !isEmpty(config[name]) && config[name] !== false);
}

function credentialsFrom(config: Values, otherwise: Credentials): Credentials {
  const { access_token: accessToken, oauthclient_id: clientId, oauthclient_secret: clientSecret } = config;
  if (isText(accessToken)) return { accessToken };
  return isText(clientId) && isText(clientSecret) ? { clientId, clientSecret } : otherwise;
}

/** The environment counts only when there is a block; a sandbox calls no other machine, whatever either says. */
function gatewayUrl(config: Values, { environment, apiUrl }: ConnectionDefaults): string | undefined {
  const gateway = blocksIn(config, "gateway")[0];
  if (gateway === undefined) return undefined;
  const setting = (name: string): string => {
    const value = gateway[name];
    return isText(value) ? value : (environment[`GENESYSCLOUD_GATEWAY_${name.toUpperCase()}`] ?? "");
  };
  const host = setting("host");
  if (host === "") return undefined;
  if (!["127.0.0.1", "localhost", "[::1]", new URL(apiUrl).hostname].includes(host)) {
    throw new ProviderError(
      `Unsupported gateway "${host}"`,
      "The sandbox's provider only calls the sandbox on this machine. Leave the gateway block empty, or run the command " +
        "without the sandbox.",
      ["gateway"],
    );
  }
  const port = setting("port");
  return `${setting("protocol") || "https"}://${host}${port === "" ? "" : `:${port}`}`;
}

function durationFrom(text: string): number {
  const duration = parseDuration(text);
  if (duration === undefined) throw new ProviderError(`Invalid duration "${text}"`, "", ["custom_retry_timeout"]);
  return duration;
}

function isText(value: Value | undefined): value is string {
  return typeof value === "string" && value !== "";
}
