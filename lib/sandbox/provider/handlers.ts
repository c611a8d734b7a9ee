import { ApiClient, type Credentials } from "./api-client";
import { configurationResource } from "./configuration";
import { dataSources } from "./data-source";
import { deploymentResource } from "./deployment";
import { diagnosticOf, ProviderError, UnsettledError } from "./diagnostic";
import { plan } from "./plan";
import { type Resource } from "./resource";
import { type Block, readSchema } from "./schema";
import { schemaMessage } from "./schema-message";
import { parseDuration, type Timing } from "./timing";
import { validate } from "./validate";
import { decodeObject, type DynamicValue, encodeValue, UnknownValue, type Value, type Values } from "./value";

/** What the handlers need to know of the world. */
export interface HandlerOptions {
  /** Where the platform API answers. */
  readonly apiUrl: string;
  /** Who asks, where the provider's configuration names nobody. */
  readonly credentials: Credentials;
  readonly timing: Timing;
  /** See `RunningProvider`. */
  readonly legacyTypeSystem: boolean;
}

/** A request of the protocol; each call has only some of the fields. */
export interface Request {
  readonly type_name?: string;
  readonly config?: DynamicValue;
  readonly prior_state?: DynamicValue;
  readonly proposed_new_state?: DynamicValue;
  readonly planned_state?: DynamicValue;
  readonly current_state?: DynamicValue;
  readonly raw_state?: { readonly json?: Uint8Array };
  readonly id?: string;
}

/** Answers one call of the protocol. An error becomes a diagnostic, so the connection survives it. */
export type Handler = (request: Request) => Promise<object>;

/** The provider's side of the protocol, call by call. */
export function createHandlers(options: HandlerOptions): Readonly<Record<string, Handler>> {
  const schema = readSchema();
  const schemaAnswer = schemaMessage(schema);
  const { legacyTypeSystem } = options;
  let connected: ApiClient | undefined;

  const client = (): ApiClient => {
    if (connected === undefined) throw new ProviderError("The provider was not configured");
    return connected;
  };
  const blockOf = (type: string | undefined): Block => known(schema.resources, type, "resource");
  const resourceOf = (type: string | undefined): Resource => {
    const block = blockOf(type);
    return type === "genesyscloud_webdeployments_configuration"
      ? configurationResource(block)
      : deploymentResource(block);
  };

  const handlers: Record<string, Handler> = {
    GetMetadata: () =>
      Promise.resolve({
        server_capabilities: { get_provider_schema_optional: true },
        data_sources: Object.keys(schema.dataSources).map((type_name) => ({ type_name })),
        resources: Object.keys(schema.resources).map((type_name) => ({ type_name })),
      }),

    GetSchema: () => Promise.resolve(schemaAnswer),

    PrepareProviderConfig: ({ config }) => {
      const diagnostics = validate(schema.provider, decodeObject(config)).map(diagnosticOf);
      return Promise.resolve({ prepared_config: config, diagnostics });
    },

    ValidateResourceTypeConfig: ({ type_name: type, config }) =>
      Promise.resolve({ diagnostics: validate(blockOf(type), decodeObject(config)).map(diagnosticOf) }),

    ValidateDataSourceConfig: ({ type_name: type, config }) => {
      const block = known(schema.dataSources, type, "data source");
      return Promise.resolve({ diagnostics: validate(block, decodeObject(config)).map(diagnosticOf) });
    },

    UpgradeResourceState: ({ type_name: type, raw_state: raw }) => {
      const state = decodeObject({ ...(raw?.json !== undefined && { json: raw.json }) });
      return Promise.resolve({ upgraded_state: encodeValue(state === null ? null : complete(blockOf(type), state)) });
    },

    Configure: async ({ config }) => {
      const given = decodeObject(config) ?? {};
      const timing = { ...options.timing, ...customRetryTimeout(given["custom_retry_timeout"]) };
      const poolSize = typeof given["token_pool_size"] === "number" ? given["token_pool_size"] : defaultPoolSize;
      connected = await ApiClient.connect(options.apiUrl, credentialsOf(given, options.credentials), poolSize, timing);
      const { defaultCountryCode } = await connected.get("/api/v2/organizations/me");
      if (typeof defaultCountryCode !== "string")
        throw new ProviderError("The organisation has no default country code");
      await connected.get("/api/v2/authorization/products");
      return {};
    },

    ReadResource: async ({ type_name: type, current_state: current }) => {
      const state = decodeObject(current);
      const read = state === null ? undefined : await resourceOf(type).read(client(), state);
      return { new_state: encodeValue(read ?? null) };
    },

    PlanResourceChange: ({ type_name: type, prior_state: prior, proposed_new_state: proposed }) => {
      const input = { prior: decodeObject(prior), proposed: decodeObject(proposed), legacy: legacyTypeSystem };
      const planned = plan(blockOf(type), input, resourceOf(type).changesWithEveryUpdate);
      return Promise.resolve({ planned_state: encodeValue(planned), legacy_type_system: legacyTypeSystem });
    },

    ApplyResourceChange: async ({ type_name: type, prior_state: before, planned_state: after }) => {
      const prior = decodeObject(before);
      try {
        const state = await apply(resourceOf(type), client(), prior, decodeObject(after));
        return { new_state: encodeValue(state), legacy_type_system: legacyTypeSystem };
      } catch (error) {
        const state = error instanceof UnsettledError ? error.state : prior;
        return {
          new_state: encodeValue(state),
          diagnostics: [diagnosticOf(error)],
          legacy_type_system: legacyTypeSystem,
        };
      }
    },

    ImportResourceState: ({ type_name: type, id }) => {
      const state = encodeValue(complete(blockOf(type), { id: id ?? "" }));
      return Promise.resolve({ imported_resources: [{ type_name: type, state }] });
    },

    ReadDataSource: async ({ type_name: type, config }) => {
      const block = known(schema.dataSources, type, "data source");
      const given = decodeObject(config) ?? {};
      const found = await known(dataSources, type, "data source")(client(), given);
      return { state: encodeValue({ ...complete(block, given), ...found }) };
    },

    Stop: () => Promise.resolve({ Error: "" }),
  };
  return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, withDiagnostics(handler)]));
}

/** The provider pools this many clients, each with a token of its own, unless `token_pool_size` says otherwise. */
const defaultPoolSize = 10;

async function apply(
  resource: Resource,
  client: ApiClient,
  prior: Values | null,
  planned: Values | null,
): Promise<Values | null> {
  if (planned === null) {
    if (prior !== null) await resource.delete(client, prior);
    return null;
  }
  return prior === null ? resource.create(client, planned) : resource.update(client, prior, planned);
}

function withDiagnostics(handler: Handler): Handler {
  return async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      return { diagnostics: [diagnosticOf(error)] };
    }
  };
}

/** Every attribute and block of the type, and nothing else: Terraform refuses an object that has more or fewer. */
function complete({ attributes, blocks }: Block, values: Values): Values {
  const own = Object.keys(attributes).map((name): [string, Value] => [name, values[name] ?? null]);
  const nested = Object.entries(blocks).map(([name, block]): [string, Value] => {
    const items = values[name];
    if (!Array.isArray(items)) return [name, []];
    return [name, items.map((item: Value) => complete(block, item as Values))];
  });
  return Object.fromEntries([...own, ...nested]);
}

function credentialsOf(given: Values, otherwise: Credentials): Credentials {
  const { access_token: accessToken, oauthclient_id: clientId, oauthclient_secret: clientSecret } = given;
  if (isGiven(accessToken)) return { accessToken };
  return isGiven(clientId) && isGiven(clientSecret) ? { clientId, clientSecret } : otherwise;
}

function isGiven(value: Value | undefined): value is string {
  return typeof value === "string" && value !== "";
}

function customRetryTimeout(given: Value | undefined): Partial<Timing> {
  if (given === null || given === undefined || given instanceof UnknownValue) return {};
  const notFound = typeof given === "string" ? parseDuration(given) : undefined;
  if (notFound === undefined) {
    throw new ProviderError(
      `Invalid custom_retry_timeout ${JSON.stringify(given)}`,
      "Write a duration such as 5m or 30s.",
      ["custom_retry_timeout"],
    );
  }
  return { notFound };
}

function known<Entry>(entries: Readonly<Record<string, Entry>>, type: string | undefined, what: string): Entry {
  const entry = type === undefined ? undefined : entries[type];
  if (entry !== undefined) return entry;
  throw new ProviderError(
    `The sandbox's provider has no ${what} ${JSON.stringify(type)}`,
    `It has: ${Object.keys(entries).join(", ")}.`,
  );
}
