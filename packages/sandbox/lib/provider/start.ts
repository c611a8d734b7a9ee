import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server as SocketServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Catalog } from "./catalog";
import { serveConnection, type ServedConnection } from "./connection-server";
import { createHandlers } from "./handlers";
import { readSchema } from "../../../../lib/genesys/provider-schema";
import { genuineTiming, type Timing } from "./timing";

/** How the provider runs. */
export interface ProviderOptions {
  /** Where the platform API answers, such as `http://127.0.0.1:41234`. */
  readonly apiUrl: string;
  /** The OAuth client that the provider uses where its configuration names none. */
  readonly clientId: string;
  readonly clientSecret: string;
  /**
   * Milliseconds between the creation of a deployment and the first look at it. The genuine provider waits 10 s.
   * @default 0
   */
  readonly createDelayMs?: number;
  /**
   * How long it waits for what else.
   * @default the genuine provider's times
   */
  readonly timing?: Partial<Omit<Timing, "afterCreate">>;
  /**
   * What a `gateway` block of the provider's configuration falls back on: `GENESYSCLOUD_GATEWAY_HOST`, `_PORT` and
   * `_PROTOCOL`. A gateway on another machine is refused.
   * @default nothing, so that an empty block means `apiUrl`
   */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /**
   * Answers as the SDK of the genuine provider does, which makes Terraform tolerate what it would otherwise report as the
   * provider's mistakes. The tests of the plan logic switch it off, so that Terraform checks it; attributes then have no
   * default values, which Terraform tolerates only with it.
   * @default true
   */
  readonly legacyTypeSystem?: boolean;
}

/** A provider that Terraform and OpenTofu processes can use. */
export interface RunningProvider {
  /** The value of `TF_REATTACH_PROVIDERS`, for both registries. */
  readonly reattach: string;
  /** Takes no more connections, ends all waits and resolves when everything under way has come to its end. */
  close(): Promise<void>;
}

/**
 * Serves the provider in this process, on a socket that only this user can open. Any number of Terraform processes may use
 * it at once; each connection is a separate provider, as if Terraform had started one.
 *
 * Terraform kills the process that `TF_REATTACH_PROVIDERS` names when its socket does not answer, and it is this one: the
 * value must not be used after {@link RunningProvider.close}.
 *
 * @throws when there can be no socket in the folder for temporary files
 */
export async function startProvider(options: ProviderOptions): Promise<RunningProvider> {
  const { apiUrl, clientId, clientSecret, createDelayMs = 0, environment = {}, legacyTypeSystem = true } = options;
  const shared = {
    catalog: new Catalog(readSchema()),
    apiUrl,
    credentials: { clientId, clientSecret },
    timing: { ...genuineTiming, ...options.timing, afterCreate: createDelayMs },
    environment,
    legacyTypeSystem,
  };
  const connections = new Set<ServedConnection>();
  const server = createServer((socket: Socket) => {
    const stopped = new AbortController();
    const connection = serveConnection(socket, createHandlers(shared, stopped), stopped);
    connections.add(connection);
    void connection.ended.then(() => connections.delete(connection));
  });
  const folder = mkdtempSync(join(tmpdir(), "genesys-sandbox-")); // 0700
  let address: Address;
  try {
    address = await listen(server, folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  let closed: Promise<void> | undefined;
  return { reattach: reattachTo(address), close: () => (closed ??= close()) };

  async function close(): Promise<void> {
    server.close();
    for (const connection of connections) connection.hangUp();
    await Promise.all([...connections].map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Address {
  readonly Network: "unix" | "tcp";
  readonly String: string;
}

function reattachTo(address: Address): string {
  const reattach = {
    Protocol: "grpc",
    ProtocolVersion: 5,
    Pid: process.pid, // of a living process: Terraform looks after it
    Test: true, // Terraform neither shuts the provider down nor kills it when it is done
    Addr: address,
  };
  return JSON.stringify({
    "registry.terraform.io/mypurecloud/genesyscloud": reattach,
    "registry.opentofu.org/mypurecloud/genesyscloud": reattach,
  });
}

/** A Unix socket in a separate folder; on Windows, where Terraform knows no pipes, a port of 127.0.0.1. */
async function listen(server: SocketServer, folder: string): Promise<Address> {
  const socket = join(folder, "provider.sock");
  const isWindows = process.platform === "win32";
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      reject(
        new Error(
          `The provider cannot listen on "${socket}": ${error.message}\n\n` +
            "A socket path can have about 100 characters: set TMPDIR to a shorter folder.",
          { cause: error },
        ),
      );
    });
    if (isWindows) server.listen(0, "127.0.0.1", resolve);
    else server.listen(socket, resolve);
  });
  const bound = server.address();
  return typeof bound === "object" && bound !== null
    ? { Network: "tcp", String: `127.0.0.1:${bound.port}` }
    : { Network: "unix", String: socket };
}
