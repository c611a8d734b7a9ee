import { sandboxStateVariable, sandboxWorkspace } from "../../../lib/genesys/sandbox-state";
import { startApi } from "./api/start";
import { readStateFile, StateFileError } from "./cloud/state-file";
import { Store } from "./cloud/store";
import { type Fault } from "./faults/fault";
import { startProvider } from "./provider/start";

/** What the commands need to know about a running sandbox. */
interface SandboxAddress {
  /** The API's address, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The value of `TF_REATTACH_PROVIDERS`. */
  readonly reattach: string;
}

/**
 * The environment that turns any Terraform, OpenTofu, cdktf or cdktn command into one against the sandbox.
 *
 * The commands work in a separate Terraform workspace, so that the state of the real organisation is neither read nor written, whatever
 * backend holds it. Backends that are not local are refused.
 *
 * @param options `remoteState`: whether the backends of the stacks may be used
 */
function sandboxEnvironment(
  sandbox: SandboxAddress,
  { remoteState = false }: { readonly remoteState?: boolean } = {},
): Record<string, string> {
  const { hostname, port, protocol } = new URL(sandbox.url);
  return {
    TF_REATTACH_PROVIDERS: sandbox.reattach,
    TF_WORKSPACE: sandboxWorkspace,
    [sandboxStateVariable]: remoteState ? "any" : "local",
    GENESYSCLOUD_OAUTHCLIENT_ID: sandbox.clientId,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: sandbox.clientSecret,
    GENESYSCLOUD_ACCESS_TOKEN: "",
    GENESYSCLOUD_GATEWAY_HOST: hostname,
    GENESYSCLOUD_GATEWAY_PORT: port,
    GENESYSCLOUD_GATEWAY_PROTOCOL: protocol.replace(":", ""),
    GENESYS_SANDBOX_URL: sandbox.url,
    // cdktf and cdktn (their variables have the same names) would ask the registry for the provider's checksums, which the sandbox does not have.
    CDKTF_SKIP_PROVIDER_LOCK: "true",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CHECKPOINT_DISABLE: "1",
  };
}

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
  /**
   * Whether commands may keep the sandbox's states in the backends of their stacks, where those are not local.
   * @default false
   */
  readonly remoteState?: boolean;
  /**
   * The faults to inject, each as text such as `503 on POST deployments first=2`.
   * @default nothing
   */
  readonly faults?: readonly (Fault | string)[];
  /**
   * The seed for all random decisions about faults.
   * @default 1
   */
  readonly faultSeed?: number;
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
  /** The ids of what the organisation had that this one has replaced; empty where there was none, or where it goes on. */
  readonly replacedIds: ReadonlySet<string>;
  /** Stops the servers; the state file keeps the organisation. */
  close(): Promise<void>;
}

/**
 * Starts the sandbox.
 *
 * @throws when the port is taken, when another sandbox uses the state file, or when the file is not a sandbox state, or when a fault
 * is invalid.
 */
export async function startSandbox(sandboxOptions: SandboxOptions): Promise<Sandbox> {
  const { stateFile, reset = false, remoteState = false, ...options } = sandboxOptions;
  const replacedIds = reset ? idsIn(stateFile) : new Set<string>();
  const store = Store.open({ file: stateFile, reset });
  const running: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of running.splice(0).reverse()) await stop();
    store.close();
  };
  try {
    const api = await startApi({ store, ...options });
    running.push(() => api.close());
    const { url, credentials } = api;
    const provider = await startProvider({ apiUrl: url, ...credentials });
    running.push(() => provider.close());
    const { reattach } = provider;
    return {
      url,
      ...credentials,
      environment: sandboxEnvironment({ url, ...credentials, reattach }, { remoteState }),
      replacedIds,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A file that cannot be read is replaced, too. */
function idsIn(stateFile: string): ReadonlySet<string> {
  try {
    const state = readStateFile(stateFile);
    return new Set([...(state?.deployments.keys() ?? []), ...(state?.configurations.keys() ?? [])]);
  } catch (error) {
    if (error instanceof StateFileError) return new Set();
    throw error;
  }
}
