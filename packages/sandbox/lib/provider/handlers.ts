import { ApiClient } from "./api-client";
import { type Catalog, type Kind } from "./catalog";
import { decodeObject, type DynamicValue, encodeObject } from "./codec";
import { type ConnectionDefaults, connectionFrom, connectionProblems, withoutEffect } from "./connection";
import { CrashError, diagnosticOf, ProviderError, UnsettledError } from "./diagnostic";
import { respelled, stateOfPlan } from "./body";
import { plan, validate } from "./plan";
import { type Resource } from "./configuration";
import { schemaMessage } from "./schema-message";
import { type Block } from "../../../../lib/genesys/provider-schema";
import { type Values } from "./value";

/** What the handlers of every connection share. */
interface HandlerOptions extends ConnectionDefaults {
  readonly catalog: Catalog;
  /** See `ProviderOptions`. */
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

/**
 * The provider's side of the protocol, call by call, for one connection of one Terraform process: what that configures is
 * its own, and what it stops is its own.
 *
 * @param stopped ends the waits of this connection
 */
export function createHandlers(options: HandlerOptions, stopped: AbortController): Readonly<Record<string, Handler>> {
  const { catalog, legacyTypeSystem } = options;
  const { schema } = catalog;
  let configured: ApiClient | undefined;

  const spelled = (block: Block, state: Values | null, before: Values | null): Values | null =>
    legacyTypeSystem || state === null || before === null ? state : respelled(block, state, before);

  const client = (): ApiClient => {
    if (configured === undefined) throw new ProviderError("The provider was not configured");
    return configured;
  };

  const handlers: Record<string, (request: Request) => object | Promise<object>> = {
    GetSchema: () => schemaMessage(schema),

    PrepareProviderConfig: ({ config }) => {
      const given = decodeObject(schema.provider, config) ?? {};
      return { diagnostics: [...validate(schema.provider, given), ...connectionProblems(given)].map(asError) };
    },

    ValidateResourceTypeConfig: ({ type_name: type, config }) => {
      const { block } = catalog.resource(type);
      return { diagnostics: validate(block, decodeObject(block, config)).map(asError) };
    },

    ValidateDataSourceConfig: ({ type_name: type, config }) => {
      const { block } = catalog.dataSource(type);
      return { diagnostics: validate(block, decodeObject(block, config)).map(asError) };
    },

    UpgradeResourceState: ({ type_name: type, raw_state: raw }) => {
      const { block } = catalog.resource(type);
      if (raw?.json === undefined) throw new ProviderError("The state was written by a Terraform before 0.12");
      return { upgraded_state: encodeObject(block, decodeObject(block, { json: raw.json })) };
    },

    Configure: async ({ config }) => {
      const given = decodeObject(schema.provider, config) ?? {};
      const connected = await ApiClient.connect(connectionFrom(given, options, stopped.signal));
      const { defaultCountryCode } = await connected.get("/api/v2/organizations/me");
      if (typeof defaultCountryCode !== "string") {
        throw new ProviderError("The organization has no default country code");
      }
      await connected.get("/api/v2/authorization/products");
      configured = connected;
      return { diagnostics: withoutEffect(given).map(asWarning) };
    },

    ReadResource: async ({ type_name: type, current_state: current }) => {
      const { block, behaviour } = catalog.resource(type);
      const state = decodeObject(block, current);
      const read = state === null ? undefined : await behaviour.read(client(), state);
      return { new_state: encodeObject(block, spelled(block, read ?? null, state)) };
    },

    PlanResourceChange: ({ type_name: type, prior_state: prior, proposed_new_state: proposed }) => {
      const { block, behaviour } = catalog.resource(type);
      const input = {
        prior: decodeObject(block, prior),
        proposed: decodeObject(block, proposed),
        legacy: legacyTypeSystem,
      };
      const planned = plan(block, input, behaviour.changesWithEveryUpdate);
      return { planned_state: encodeObject(block, planned), legacy_type_system: legacyTypeSystem };
    },

    ApplyResourceChange: async ({ type_name: type, prior_state: before, planned_state: after }) => {
      const { block } = catalog.resource(type);
      const prior = decodeObject(block, before);
      const planned = decodeObject(block, after);
      const { state, errors } = await apply(catalog.resource(type), client(), prior, planned);
      return {
        new_state: encodeObject(block, spelled(block, state, planned)),
        diagnostics: errors.map(asError),
        legacy_type_system: legacyTypeSystem,
      };
    },

    ImportResourceState: ({ type_name: type, id = "" }) => {
      const { block } = catalog.resource(type);
      return { imported_resources: [{ type_name: type, state: encodeObject(block, { id }) }] };
    },

    ReadDataSource: async ({ type_name: type, config }) => {
      const { block, behaviour } = catalog.dataSource(type);
      const given = decodeObject(block, config) ?? {};
      return { state: encodeObject(block, { ...given, ...(await behaviour(client(), given)) }) };
    },

    Stop: () => {
      stopped.abort();
      return {};
    },
  };
  return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, withDiagnostics(handler)]));
}

interface Applied {
  readonly state: Values | null;
  readonly errors: readonly unknown[];
}

/**
 * Null stands for "not there", before and after. What fails half-way leaves the state that says what is there, and an update that
 * is refused leaves what was planned.
 */
async function apply(
  { block, behaviour: resource }: Kind<Resource>,
  client: ApiClient,
  prior: Values | null,
  planned: Values | null,
): Promise<Applied> {
  try {
    if (planned === null) {
      if (prior !== null) await resource.delete(client, prior);
      return { state: null, errors: [] };
    }
    const state = await (prior === null ? resource.create(client, planned) : resource.update(client, prior, planned));
    return { state, errors: [] };
  } catch (error) {
    if (error instanceof UnsettledError) return { state: error.state, errors: [error] };
    const isUpdate = prior !== null && planned !== null && !(error instanceof CrashError);
    return { state: isUpdate ? stateOfPlan(block, planned) : prior, errors: [error] };
  }
}

function withDiagnostics(handler: (request: Request) => object | Promise<object>): Handler {
  return async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      return { diagnostics: [asError(error)] };
    }
  };
}

function asError(error: unknown): object {
  return diagnosticOf(error, "ERROR");
}

function asWarning(attribute: string): object {
  const error = new ProviderError(`${attribute} has no effect in the sandbox`, "", [attribute]);
  return diagnosticOf(error, "WARNING");
}
