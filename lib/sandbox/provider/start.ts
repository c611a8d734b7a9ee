import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type handleUnaryCall, Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { createHandlers, type Handler, type Request } from "./handlers";
import { providerService } from "./protocol";
import { genuineTiming, type Timing } from "./timing";

/** How the provider runs. */
export interface ProviderOptions {
  /** Where the platform API answers, such as `http://127.0.0.1:41234`. */
  readonly apiUrl: string;
  /** The OAuth client that the provider uses where its configuration names none. */
  readonly clientId: string;
  readonly clientSecret: string;
  /**
   * How long it waits for what.
   * @default the genuine provider's times, but without the 10 s after a create
   */
  readonly timing?: Partial<Timing>;
  /**
   * Answers as the SDK of the genuine provider does, which makes Terraform tolerate what it would otherwise report as the
   * provider's mistakes. The tests of the plan logic switch it off, so that Terraform checks it.
   * @default true
   */
  readonly legacyTypeSystem?: boolean;
}

/** A provider that Terraform and OpenTofu processes can use. */
export interface RunningProvider {
  /** The value of `TF_REATTACH_PROVIDERS`, for both registries. */
  readonly reattach: string;
  close(): Promise<void>;
}

/**
 * Serves the provider in this process, on a socket that only this user can open. Any number of Terraform processes may use
 * it at once.
 *
 * Terraform kills the process that `TF_REATTACH_PROVIDERS` names when its socket does not answer, and it is this one: the
 * value must not be used after {@link RunningProvider.close}.
 */
export async function startProvider(options: ProviderOptions): Promise<RunningProvider> {
  const { apiUrl, clientId, clientSecret, legacyTypeSystem = true } = options;
  const handlers = createHandlers({
    apiUrl,
    credentials: { clientId, clientSecret },
    timing: { ...genuineTiming, ...options.timing },
    legacyTypeSystem,
  });
  const server = new Server();
  server.addService(providerService(), unaryCalls(handlers));
  const folder = mkdtempSync(join(tmpdir(), "genesys-sandbox-")); // 0700
  const address = await listen(server, folder);
  const reattach = {
    Protocol: "grpc",
    ProtocolVersion: 5,
    Pid: process.pid,
    Test: true, // Terraform neither shuts the provider down nor kills it when it is done
    Addr: address,
  };
  return {
    reattach: JSON.stringify({
      "registry.terraform.io/mypurecloud/genesyscloud": reattach,
      "registry.opentofu.org/mypurecloud/genesyscloud": reattach,
    }),
    close() {
      server.forceShutdown();
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

interface Address {
  readonly Network: "unix" | "tcp";
  readonly String: string;
}

/** A Unix socket in a folder of its own; on Windows, where Node's gRPC has none, a port of 127.0.0.1. */
async function listen(server: Server, folder: string): Promise<Address> {
  const socket = join(folder, "provider.sock");
  const isWindows = process.platform === "win32";
  const port = await new Promise<number>((resolve, reject) => {
    const target = isWindows ? "127.0.0.1:0" : `unix:${socket}`;
    server.bindAsync(target, ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return isWindows ? { Network: "tcp", String: `127.0.0.1:${port}` } : { Network: "unix", String: socket };
}

function unaryCalls(handlers: Readonly<Record<string, Handler>>): UntypedServiceImplementation {
  const calls: Record<string, handleUnaryCall<Request, object>> = {};
  for (const [name, handler] of Object.entries(handlers)) {
    calls[name] = ({ request }, callback) => {
      handler(request).then(
        (answer) => {
          callback(null, answer);
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : new Error(String(error)));
        },
      );
    };
  }
  return calls;
}
