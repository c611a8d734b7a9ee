import { GenesyscloudProvider } from "@cdktf/provider-genesyscloud/lib/provider";
import { TerraformBackend, TerraformOutput, TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { inOwnCore, lateListReference, refuseOtherCore, refuseOtherStacks } from "./core";
import { type Fields, flag, known, object } from "../base/shape";
import {
  backendShape,
  claimState,
  deriveBackend,
  type DerivedBackend,
  type StateBackend,
} from "./backend/state-backend";
import { remoteStateRefusal } from "../genesys/sandbox-state";
import { checkConstruct } from "./property-check";
import { WebMessenger } from "./web-messenger";
import {
  type AnyMessengerProps,
  checkConfigurationSource,
  elsewhere,
  messengerFields,
  type SharingMessengerProps,
  type WebMessengerProps,
  type WithOwnConfiguration,
} from "./web-messenger-props";

/** How a stack reaches Genesys Cloud, and where its state is. */
interface StackProps {
  /**
   * Reaches Genesys Cloud's API through a gateway: its host, port and protocol come from `GENESYSCLOUD_GATEWAY_HOST`,
   * `_PORT` and `_PROTOCOL` when Terraform runs.
   * @default false
   */
  readonly gateway?: boolean;
  /**
   * Where Terraform keeps the state: one value for all stacks of an app, the state's name follows from stack and environment.
   * Pipelines need one that they share; docs/state.md helps to choose.
   * @default - `terraform.<stack>.tfstate` in the folder that holds `cdktf.out`
   */
  readonly backend?: StateBackend;
}

/** A Messenger, and how its stack reaches Genesys Cloud. */
export interface MessengerStackProps extends Omit<WebMessengerProps, "provider">, StackProps {}

/** A Messenger that is given its configuration, and how its stack reaches Genesys Cloud. */
export interface SharingMessengerStackProps extends Omit<SharingMessengerProps, "provider">, StackProps {}

/**
 * One environment's Messenger as a separate stack, with provider, state and outputs.
 *
 * - Provider: an empty block. Credentials come from the environment when Terraform runs
 *   (`GENESYSCLOUD_OAUTHCLIENT_ID`, `GENESYSCLOUD_OAUTHCLIENT_SECRET`, `GENESYSCLOUD_REGION`), never from the program. A
 *   `region` that is given is written into it, so that Terraform and the snippet cannot mean different ones.
 * - State: where `backend` says, or a backend that is made in the stack; `terraform.<stack>.tfstate` in the folder that holds
 *   `cdktf.out` otherwise. Its credentials come from the environment as well.
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

  private readonly declaredBackend: DerivedBackend | undefined;
  private ownBackend: TerraformBackend | undefined;

  /**
   * @throws when a property is of the wrong type, unknown or missing (all such mistakes at once), the app is made with the other core,
   * or the backend cannot be used: a value of it is wrong, or another stack of the app keeps its state in the same place
   */
  constructor(
    scope: Construct,
    id: string,
    properties: SharingMessengerStackProps | WithOwnConfiguration<MessengerStackProps>,
  ) {
    checkConstruct("MessengerStack", scope, id, (check) => {
      check.shape(stackShape, properties);
      checkConfigurationSource(properties, check);
    });
    super(inOwnCore(scope, "MessengerStack", id), id);
    const { gateway = false, backend, ...props } = properties;
    const { region, environment } = props;
    new GenesyscloudProvider(this, "Genesys", {
      ...(region !== undefined && { awsRegion: region }),
      ...(gateway && { gateway: [{}] }),
    });
    const messenger = new WebMessenger(this, "Messenger", props);
    this.messenger = messenger;
    this.declaredBackend = backend && deriveBackend(this, environment.name, backend);
    if (this.declaredBackend) claimState(this, this.declaredBackend.place);

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
   * The stack's backend: the one that was made in it or the one of the property, otherwise local state. Terraform runs in
   * `cdktf.out/stacks/<stack>`; the path starts there, because the absolute one that the core would write differs from checkout
   * to checkout.
   *
   * @throws when a backend was made in the stack although the property says where the state is, or something in the stack, or another
   * stack of the app, is made with the other core; in the sandbox, where the state is not local
   */
  override ensureBackendExists(): TerraformBackend {
    const constructs = this.node.findAll();
    refuseOtherStacks(this);
    refuseOtherCore(constructs);
    const made = constructs.find((child) => TerraformBackend.isBackend(child));
    // Terraform would write to it before a command of this package could look.
    const type = made === undefined ? (this.declaredBackend?.type ?? "local") : typeOf(made);
    const refusal = remoteStateRefusal(process.env, this.node.id, type);
    if (refusal !== undefined) throw new Error(refusal);
    if (made === undefined) return (this.ownBackend ??= (this.declaredBackend ?? this.localBackend()).make());
    if (this.declaredBackend !== undefined && made !== this.ownBackend) {
      throw twoBackends(this, this.declaredBackend, made);
    }
    return made;
  }

  private localBackend(): DerivedBackend {
    return deriveBackend(this, this.messenger.environment.name, { type: "local" });
  }

  private output(name: string, value: unknown, description: string): void {
    new TerraformOutput(this, name, { value, description, staticId: true });
  }
}

/** Such as `s3`; to Terraform, `cloud` is not a backend. */
function typeOf(backend: TerraformBackend): string {
  const { terraform } = backend.toTerraform() as { readonly terraform: { readonly backend?: object } };
  return Object.keys(terraform.backend ?? { cloud: {} })[0] ?? "local";
}

const stackFields: Fields<StackProps> = { gateway: known(flag), backend: backendShape };
const stackShape = object<AnyMessengerProps & StackProps>(
  { ...messengerFields, ...stackFields },
  { elsewhere: { ...elsewhere, provider: "the stack makes its provider; make a WebMessenger in a stack with yours" } },
);

function twoBackends(stack: TerraformStack, { type, place }: DerivedBackend, made: TerraformBackend): Error {
  return new Error(
    `MessengerStack "${stack.node.path}" has two backends: the property says "${type}" (${place}), and ` +
      `"${made.node.path}" was made in the stack.\n\nKeep one of them.`,
  );
}
