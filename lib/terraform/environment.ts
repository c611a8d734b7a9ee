import { existsSync } from "node:fs";

/**
 * The environment for the Terraform processes that this project starts: no calls home, and no `TF_CLI_CONFIG_FILE` that
 * names a file that does not exist (Terraform would warn on every command).
 */
export function terraformEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: configFile, ...rest } = environment;
  const kept = configFile !== undefined && existsSync(configFile) ? { TF_CLI_CONFIG_FILE: configFile } : {};
  return { ...rest, ...kept, CHECKPOINT_DISABLE: environment["CHECKPOINT_DISABLE"] ?? "1" };
}
