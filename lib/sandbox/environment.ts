import { sandboxStateVariable } from "../genesys/sandbox-state";

/** What the commands need to know of a running sandbox. */
export interface SandboxAddress {
  /** The API's address, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The value of `TF_REATTACH_PROVIDERS`. */
  readonly reattach: string;
}

/** The Terraform workspace of every command against a sandbox. A team may well have one of its own that is called `sandbox`. */
export const sandboxWorkspace = "origins-sandbox";

/**
 * The environment that turns any Terraform, OpenTofu, cdktf or cdktn command into one against the sandbox.
 *
 * The commands work in a separate Terraform workspace, so that the state of the real organisation is neither read nor written, whatever
 * backend holds it. Backends that are not local are refused.
 *
 * @param options `remoteState`: whether the backends of the stacks may be used
 */
export function sandboxEnvironment(
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
    // cdktf and cdktn (their variables have the same names) would ask the registry for the provider's checksums, and there is none to ask.
    CDKTF_SKIP_PROVIDER_LOCK: "true",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CHECKPOINT_DISABLE: "1",
  };
}
