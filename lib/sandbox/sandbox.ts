import { startApi } from "./api";
import { sandboxEnvironment } from "./environment";
import { startProvider } from "./provider";
import { Store } from "./store";

export interface SandboxOptions {
  /** The file that holds the organisation, so that it outlives the command. */
  readonly stateFile: string;
  /**
   * The port of the API and the public files on 127.0.0.1.
   * @default a free one
   */
  readonly port?: number;
  /**
   * Start with an empty organisation.
   * @default false
   */
  readonly reset?: boolean;
}

/** An embedded Genesys Cloud: the API, the public files and the Terraform provider, on this machine alone. */
export interface Sandbox {
  /** Where the API and the public files answer, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  /** An OAuth client that may do everything. It opens nothing but this sandbox. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** What a command needs in its environment to use the sandbox instead of Genesys Cloud. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stops the servers; the state file keeps the organisation. */
  close(): Promise<void>;
}

/**
 * Starts the sandbox.
 *
 * @throws when the port is taken, when another sandbox uses the state file, or when the file is not a sandbox's.
 */
export async function startSandbox({ stateFile, port, reset = false }: SandboxOptions): Promise<Sandbox> {
  const store = Store.open({ file: stateFile, reset });
  const running: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of running.splice(0).reverse()) await stop();
    store.close();
  };
  try {
    const api = await startApi({ store, ...(port !== undefined && { port }) });
    running.push(() => api.close());
    const { url, credentials } = api;
    const provider = await startProvider({ apiUrl: url, ...credentials });
    running.push(() => provider.close());
    const { reattach } = provider;
    return {
      url,
      ...credentials,
      environment: sandboxEnvironment({ url, ...credentials, reattach }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
