import { type Socket } from "node:net";
import { type handleUnaryCall, Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { fromJSON, type ServiceDefinition } from "@grpc/proto-loader";
import { type Handler, type Request } from "./handlers";

/**
 * Terraform's plugin protocol, version 5: the part of it that Terraform and OpenTofu use with a provider of resources and
 * data sources. Written down as field numbers, because they are all that counts on the wire.
 */

type Fields = Readonly<Record<string, readonly [number: number, type: string]>>;

/** `repeated X`, as a type name. */
const list = (type: string): string => `${type}[]`;

const diagnostics = list("Diagnostic");

const messages: Readonly<Record<string, Fields>> = {
  DynamicValue: { msgpack: [1, "bytes"], json: [2, "bytes"] },
  Diagnostic: {
    severity: [1, "Severity"],
    summary: [2, "string"],
    detail: [3, "string"],
    attribute: [4, "AttributePath"],
  },
  AttributePath: { steps: [1, list("Step")] },
  Step: { attribute_name: [1, "string"], element_key_string: [2, "string"], element_key_int: [3, "int64"] },
  RawState: { json: [1, "bytes"] },
  Schema: { version: [1, "int64"], block: [2, "Block"] },
  Block: {
    version: [1, "int64"],
    attributes: [2, list("Attribute")],
    block_types: [3, list("NestedBlock")],
    description: [4, "string"],
    deprecated: [6, "bool"],
  },
  Attribute: {
    name: [1, "string"],
    type: [2, "bytes"],
    description: [3, "string"],
    required: [4, "bool"],
    optional: [5, "bool"],
    computed: [6, "bool"],
    sensitive: [7, "bool"],
    deprecated: [9, "bool"],
  },
  NestedBlock: {
    type_name: [1, "string"],
    block: [2, "Block"],
    nesting: [3, "Nesting"],
    min_items: [4, "int64"],
    max_items: [5, "int64"],
  },
  ServerCapabilities: { plan_destroy: [1, "bool"], get_provider_schema_optional: [2, "bool"] },
  ImportedResource: { type_name: [1, "string"], state: [2, "DynamicValue"] },
};

/** Each call: what it is asked with and what it answers. */
const calls: Readonly<Record<string, { readonly request: Fields; readonly response: Fields }>> = {
  GetSchema: {
    request: {},
    response: {
      provider: [1, "Schema"],
      resource_schemas: [2, "map<Schema>"],
      data_source_schemas: [3, "map<Schema>"],
      diagnostics: [4, diagnostics],
      server_capabilities: [6, "ServerCapabilities"],
    },
  },
  PrepareProviderConfig: {
    request: { config: [1, "DynamicValue"] },
    response: { prepared_config: [1, "DynamicValue"], diagnostics: [2, diagnostics] },
  },
  ValidateResourceTypeConfig: {
    request: { type_name: [1, "string"], config: [2, "DynamicValue"] },
    response: { diagnostics: [1, diagnostics] },
  },
  ValidateDataSourceConfig: {
    request: { type_name: [1, "string"], config: [2, "DynamicValue"] },
    response: { diagnostics: [1, diagnostics] },
  },
  UpgradeResourceState: {
    request: { type_name: [1, "string"], version: [2, "int64"], raw_state: [3, "RawState"] },
    response: { upgraded_state: [1, "DynamicValue"], diagnostics: [2, diagnostics] },
  },
  Configure: {
    request: { terraform_version: [1, "string"], config: [2, "DynamicValue"] },
    response: { diagnostics: [1, diagnostics] },
  },
  ReadResource: {
    request: { type_name: [1, "string"], current_state: [2, "DynamicValue"] },
    response: { new_state: [1, "DynamicValue"], diagnostics: [2, diagnostics] },
  },
  PlanResourceChange: {
    request: {
      type_name: [1, "string"],
      prior_state: [2, "DynamicValue"],
      proposed_new_state: [3, "DynamicValue"],
      config: [4, "DynamicValue"],
    },
    response: {
      planned_state: [1, "DynamicValue"],
      requires_replace: [2, list("AttributePath")],
      diagnostics: [4, diagnostics],
      legacy_type_system: [5, "bool"],
    },
  },
  ApplyResourceChange: {
    request: {
      type_name: [1, "string"],
      prior_state: [2, "DynamicValue"],
      planned_state: [3, "DynamicValue"],
      config: [4, "DynamicValue"],
    },
    response: { new_state: [1, "DynamicValue"], diagnostics: [3, diagnostics], legacy_type_system: [4, "bool"] },
  },
  ImportResourceState: {
    request: { type_name: [1, "string"], id: [2, "string"] },
    response: { imported_resources: [1, list("ImportedResource")], diagnostics: [2, diagnostics] },
  },
  ReadDataSource: {
    request: { type_name: [1, "string"], config: [2, "DynamicValue"] },
    response: { state: [1, "DynamicValue"], diagnostics: [2, diagnostics] },
  },
  Stop: { request: {}, response: { Error: [1, "string"] } },
};

let service: ServiceDefinition | undefined;

/** The gRPC service `tfplugin5.Provider`. */
function providerService(): ServiceDefinition {
  return (service ??= buildService());
}

function buildService(): ServiceDefinition {
  const types: Record<string, MessageDescriptor> = {};
  const methods: Record<string, { requestType: string; responseType: string; comment: string }> = {};
  for (const [name, fields] of Object.entries(messages)) types[name] = message(fields);
  for (const [name, { request, response }] of Object.entries(calls)) {
    types[`${name}Request`] = message(request);
    types[`${name}Response`] = message(response);
    methods[name] = { requestType: `${name}Request`, responseType: `${name}Response`, comment: "" };
  }
  const definition = {
    nested: {
      tfplugin5: {
        nested: {
          Severity: { values: { INVALID: 0, ERROR: 1, WARNING: 2 } },
          Nesting: { values: { INVALID: 0, SINGLE: 1, LIST: 2, SET: 3 } },
          ...types,
          Provider: { methods },
        },
      },
    },
  };
  const options = { keepCase: true, longs: Number, enums: String, defaults: false };
  return fromJSON(definition, options)["tfplugin5.Provider"] as ServiceDefinition;
}

interface FieldDescriptor {
  readonly id: number;
  readonly type: string;
  readonly rule?: "repeated";
  readonly keyType?: "string";
}

interface MessageDescriptor {
  readonly fields: Record<string, FieldDescriptor>;
}

function message(fields: Fields): MessageDescriptor {
  return { fields: Object.fromEntries(Object.entries(fields).map(([name, [id, type]]) => [name, field(id, type)])) };
}

/** A field as the descriptor wants it; the names of the messages are our own, the wire knows only numbers. */
function field(id: number, type: string): FieldDescriptor {
  const value = /^map<(\w+)>$/.exec(type)?.[1];
  if (value !== undefined) return { keyType: "string", type: value, id };
  return type.endsWith("[]") ? { rule: "repeated", type: type.slice(0, -2), id } : { type, id };
}

/** A connection that is being served. */
export interface ServedConnection {
  /** Resolves when it is closed and everything that was asked on it has ended. */
  readonly ended: Promise<void>;
  /** Ends its waits, lets what is under way come to its end, and hangs up. */
  hangUp(): void;
}

/** Terraform itself takes messages of this size; one of a large state is not cut off. */
const largestMessage = 256 * 1024 * 1024;

/**
 * Speaks gRPC on one connection, with a separate server: on a Unix socket nothing else distinguishes one Terraform process from
 * another.
 *
 * A process that vanishes does not take its calls with it: an object that is being created is there afterwards. Terraform
 * also connects and hangs up at once, to check whether the provider answers.
 *
 * @param stopped ends the waits of the handlers
 */
export function serveConnection(
  socket: Socket,
  handlers: Readonly<Record<string, Handler>>,
  stopped: AbortController,
): ServedConnection {
  const running = new Set<Promise<object>>();
  const server = new Server({ "grpc.max_receive_message_length": largestMessage, "grpc.enable_channelz": 0 });
  server.addService(providerService(), unaryCalls(handlers, running));
  socket.on("error", () => undefined); // a probe, or a process that was killed; "close" follows
  const closed = new Promise<void>((resolve) => socket.once("close", resolve));
  server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(socket);
  return {
    ended: closed
      .then(() => settled(running))
      .then(() => {
        server.forceShutdown();
      }),
    hangUp() {
      stopped.abort();
      // Terraform gets its last answers before the connection closes; without pending calls it closes at once.
      if (running.size > 0) server.tryShutdown(() => socket.destroy());
      else socket.destroy();
    },
  };
}

async function settled(running: ReadonlySet<Promise<object>>): Promise<void> {
  while (running.size > 0) await Promise.all(running);
}

function unaryCalls(
  handlers: Readonly<Record<string, Handler>>,
  running: Set<Promise<object>>,
): UntypedServiceImplementation {
  const calls: Record<string, handleUnaryCall<Request, object>> = {};
  for (const [name, handler] of Object.entries(handlers)) {
    calls[name] = ({ request }, callback) => {
      const answer = handler(request);
      running.add(answer);
      void answer.then((message) => {
        running.delete(answer);
        callback(null, message);
      });
    };
  }
  return calls;
}
