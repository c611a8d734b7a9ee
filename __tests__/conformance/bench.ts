import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Workspace } from "../e2e/terraform";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { ScriptedFaults } from "./scripted-faults";

/** A provider, and the embedded Genesys Cloud that it is tried on. */
export interface Bench {
  readonly genesys: Genesys;
  readonly faults: ScriptedFaults;
  /** A folder where Terraform uses the provider. */
  workspace(): Workspace;
  close(): Promise<void>;
}

/** The sandbox's own provider, in this process, with waits that a test can sit out. */
export async function sandboxBench(): Promise<Bench> {
  const faults = new ScriptedFaults();
  const genesys = await Genesys.start({ api: { before: faults.middleware } });
  return { genesys, faults, workspace: () => new Workspace(genesys.provider.reattach), close: () => genesys.close() };
}

/**
 * A provider that Terraform starts itself from a file: by a development override, which asks no registry and needs no
 * `terraform init`. It is led to the sandbox by its environment and the `gateway` block of every scenario.
 *
 * @param binary the path of the executable
 * @param environment further variables for it
 */
export async function binaryBench(binary: string, environment: NodeJS.ProcessEnv = {}): Promise<Bench> {
  const executable = resolve(binary);
  if (!statSync(executable, { throwIfNoEntry: false })?.isFile()) {
    throw new Error(`"${binary}" is not a file.\n\nName the provider's executable in ${binaryVariable}, or unset it.`);
  }
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "conformance-")));
  const override = join(folder, "provider");
  mkdirSync(override);
  // Terraform looks for a file of this name, whatever the one that we were given is called.
  symlinkSync(executable, join(override, "terraform-provider-genesyscloud"));
  const configFile = join(folder, "terraform.rc");
  writeFileSync(configFile, developmentOverride(override));
  const faults = new ScriptedFaults();
  const genesys = await Genesys.start({ api: { before: faults.middleware } });
  const { hostname, port } = new URL(genesys.api.url);
  const { clientId, clientSecret } = genesys.api.credentials;
  const leading = {
    TF_CLI_CONFIG_FILE: configFile,
    GENESYSCLOUD_OAUTHCLIENT_ID: clientId,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: clientSecret,
    GENESYSCLOUD_ACCESS_TOKEN: "",
    GENESYSCLOUD_REGION: "us-east-1",
    GENESYSCLOUD_GATEWAY_HOST: hostname,
    GENESYSCLOUD_GATEWAY_PORT: port,
    GENESYSCLOUD_GATEWAY_PROTOCOL: "http",
    GENESYSCLOUD_TOKEN_POOL_SIZE: "1", // several clients and a gateway can crash the provider: concurrent map writes
    ...environment,
  };
  return {
    genesys,
    faults,
    workspace: () => new Workspace("", leading, true),
    async close() {
      await genesys.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The variable that names the genuine provider's executable. */
export const binaryVariable = "GENESYSCLOUD_PROVIDER_BINARY";

function developmentOverride(folder: string): string {
  const override = `dev_overrides {\n    "mypurecloud/genesyscloud" = ${JSON.stringify(folder)}\n  }`;
  return `provider_installation {\n  ${override}\n  direct {}\n}\n`;
}
