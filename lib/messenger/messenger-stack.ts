import { GenesyscloudProvider } from "@cdktf/provider-genesyscloud/lib/provider";
import { LocalBackend, TerraformBackend, TerraformOutput, TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { lateListReference } from "./late-reference";
import { WebMessenger } from "./web-messenger";
import { type WebMessengerProps } from "./web-messenger-props";

/** A Messenger, and how its stack reaches Genesys Cloud. */
export interface MessengerStackProps extends WebMessengerProps {
  /**
   * Reaches Genesys Cloud's API through a gateway: its host, port and protocol come from `GENESYSCLOUD_GATEWAY_HOST`,
   * `_PORT` and `_PROTOCOL` when Terraform runs.
   * @default false
   */
  readonly gateway?: boolean;
}

/**
 * One environment's Messenger as a stack of its own, with provider, state and outputs.
 *
 * - Provider: an empty block. Credentials come from the environment when Terraform runs
 *   (`GENESYSCLOUD_OAUTHCLIENT_ID`, `GENESYSCLOUD_OAUTHCLIENT_SECRET`, `GENESYSCLOUD_REGION`), never from the program. A
 *   `region` that is given is written into it, so that Terraform and the snippet cannot mean different ones.
 * - State: `terraform.<stack>.tfstate` in the folder that holds `cdktf.out`, unless a backend is made in the stack.
 * - Outputs: `deployment_id`, `configuration_id`, `environment`, `allowed_domains`, `environment_variables`, `snippet` and
 *   `content_security_policy`.
 *
 * @example
 * ```ts
 * const app = new App();
 * new MessengerStack(app, environment.name, { environment, defaultLanguage: "en-us" });
 * app.synth();
 * ```
 */
export class MessengerStack extends TerraformStack {
  /** The Messenger; its resources are children of it. */
  readonly messenger: WebMessenger;

  constructor(scope: Construct, id: string, { gateway = false, ...props }: MessengerStackProps) {
    super(scope, id);
    const { region, environment } = props;
    new GenesyscloudProvider(this, "Genesys", {
      ...(region !== undefined && { awsRegion: region }),
      ...(gateway && { gateway: [{}] }),
    });
    const messenger = new WebMessenger(this, "Messenger", props);
    this.messenger = messenger;

    this.output("deployment_id", messenger.deploymentId, "The id that a page's snippet names");
    this.output("configuration_id", messenger.configurationId, "The id of the deployment's configuration");
    this.output("environment", environment.name, "The environment of the application");
    this.output(
      "allowed_domains",
      environment.allowAllDomains ? [] : lateListReference(() => messenger.deployment.allowedDomains),
      "The hosts that the Messenger shows on, each with its subdomains; none where all are allowed",
    );
    this.output("environment_variables", messenger.environmentVariables, "For the build of the application");
    this.output("snippet", messenger.snippet, "The script element that starts the Messenger on a page");
    this.output(
      "content_security_policy",
      messenger.contentSecurityPolicy.header,
      "What a page's Content-Security-Policy must admit",
    );
  }

  /**
   * The stack's backend: the one that was made in it, otherwise local state. Terraform runs in `cdktf.out/stacks/<stack>`;
   * the path starts there, because the absolute one that cdktf would write differs from checkout to checkout.
   */
  override ensureBackendExists(): TerraformBackend {
    const made = this.node.findAll().find((child) => TerraformBackend.isBackend(child));
    return made ?? new LocalBackend(this, { path: `../../../terraform.${this.node.id}.tfstate` });
  }

  private output(name: string, value: unknown, description: string): void {
    new TerraformOutput(this, name, { value, description, staticId: true });
  }
}
