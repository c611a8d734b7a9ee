/** The OAuth client that a fresh sandbox knows. Not a secret: it opens nothing but a sandbox on this machine. */
export const sandboxCredentials = { clientId: "sandbox-client", clientSecret: "sandbox-secret" } as const;

/** The Terraform workspace of every command against a sandbox. A team may already have one called `sandbox`. */
export const sandboxWorkspace = "origins-sandbox";

/** The end of the id of every deployment and configuration that a sandbox creates: no state of a real organisation has such ids. */
export const sandboxIdEnding = "5a4db0c5";

/** Whether a sandbox gave that id, whichever sandbox it was. */
export function isSandboxId(id: string): boolean {
  return id.endsWith(sandboxIdEnding);
}

/** Set to `local` by `origins sandbox`, unless it was told that the sandbox may use the backend of a stack. */
export const sandboxStateVariable = "ORIGINS_SANDBOX_STATE";

/**
 * Why a stack must not run in the sandbox, in words; undefined where it may.
 *
 * @param type of the backend, such as `s3`
 */
export function remoteStateRefusal(
  environment: NodeJS.ProcessEnv,
  stackName: string,
  type: string,
): string | undefined {
  if (environment[sandboxStateVariable] !== "local" || type === "local") return undefined;
  return (
    `The stack "${stackName}" stores its state in the "${type}" backend, but the sandbox only writes local states.\n\n` +
    'Run "origins sandbox --remote-state -- <command>" to use the workspace "origins-sandbox" of that backend, or give the stack a local ' +
    "backend in the sandbox."
  );
}
