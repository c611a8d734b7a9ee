import { posix, win32 } from "node:path";
import { App, TerraformOutput, type TerraformProvider, type TerraformRemoteState, type TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { type Fields, nonEmpty, object, required } from "../base/shape";
import { type MessengerEnvironmentVariables } from "../genesys/deployment";
import { type AwsRegion } from "../genesys/regions";
import { type ContentSecurityPolicy, contentSecurityPolicy } from "./content-security-policy";
import { inOwnCore, refuseOtherCoreIn } from "./core";
import { providerShape } from "./meta-arguments";
import { defaultRegion, regionOf, regionShape } from "./provider";
import { messengerEnvironmentVariables, messengerSnippet } from "./snippet";

const watched = new WeakSet<App>();
const complete = new WeakSet<TerraformRemoteState>();

/**
 * Completes the remote states through which the stacks of an app refer to each other, whichever construct of cdktf made them.
 *
 * A local state of another workspace than `default` (the sandbox's, for one) lies in the folder that its stack runs in. cdktf
 * says nothing of that folder, so that Terraform would look for it in the folder of the stack that reads. In the workspace
 * `default` the argument has no effect.
 */
export function findLocalStates(construct: IConstruct): void {
  const app = construct.node.root;
  if (!App.isApp(app) || watched.has(app)) return;
  watched.add(app);
  const refer = app.crossStackReference.bind(app);
  app.crossStackReference = (from, to, identifier) => {
    const reference = refer(from, to, identifier);
    completeLocalState(to.registerIncomingCrossStackReference(from), from);
    return reference;
  };
}

function completeLocalState(state: TerraformRemoteState, { node }: TerraformStack): void {
  if (complete.has(state)) return;
  complete.add(state);
  const { backend, config } = argumentsOf(state);
  if (backend !== "local") return;
  /** Seen from the folder of the stack that reads: the two lie side by side. */
  const fromHere = (path: string): string => (win32.isAbsolute(path) ? path : posix.join("..", node.id, path));
  const { path, workspace_dir: workspaces = "terraform.tfstate.d" } = config;
  state.addOverride("config.workspace_dir", fromHere(workspaces));
  // A path that leads out of the stacks' folder is the same from everywhere; one into the stack's own folder is not.
  if (path !== undefined && fromHere(path) !== path) state.addOverride("config.path", fromHere(path));
}

interface RemoteStateArguments {
  readonly backend: string;
  readonly config: { readonly path?: string; readonly workspace_dir?: string };
}

function argumentsOf(state: TerraformRemoteState): RemoteStateArguments {
  const { data } = state.toTerraform() as {
    readonly data: { readonly terraform_remote_state: Readonly<Record<string, RemoteStateArguments>> };
  };
  const [found = { backend: "", config: {} }] = Object.values(data.terraform_remote_state);
  return found;
}

const check = "isITerraformAddressable";

/**
 * Spares the user Node.js's warning DEP0044, which every synthesis with an output that is an object prints from version 22 on:
 * cdktf 0.21, its last release, asks by `util.isArray` whether the object is a list. Only that method is replaced, and only
 * where it does so (cdktn no longer does), by one that answers the same. Whatever else the program does wrong is still warned of.
 */
function quietenOutputs(): void {
  const own: unknown = Object.getOwnPropertyDescriptor(TerraformOutput.prototype, check)?.value;
  if (typeof own !== "function" || !/\butil\w*\.isArray\b/.test(String(own))) return;
  Object.defineProperty(TerraformOutput.prototype, check, {
    value: (object: unknown) =>
      typeof object === "object" && object !== null && !Array.isArray(object) && "fqn" in object,
    configurable: true,
    writable: true,
  });
}

/** A Messenger's deployment, whether this app makes it or only refers to it. */
export interface IWebMessenger extends IConstruct {
  /** The deployment's id, a Terraform token unless it was given. */
  readonly deploymentId: string;
  /** The AWS name of the organisation's region. */
  readonly region: AwsRegion;
  /** The script element that starts the Messenger on a page. See `messengerSnippet` for a nonce. */
  readonly snippet: string;
  /** What a Next.js application needs to know of its Messenger. */
  readonly environmentVariables: MessengerEnvironmentVariables;
  /** What a page's Content-Security-Policy must admit, host by host. See `contentSecurityPolicy` for the wide form. */
  readonly contentSecurityPolicy: ContentSecurityPolicy;
}

/** What follows from a deployment's id and the region that it is in. */
export abstract class WebMessengerBase extends Construct implements IWebMessenger {
  abstract readonly deploymentId: string;
  readonly region: AwsRegion;

  /** @throws when the region is not one of Genesys Cloud's, or the app is made with the other core */
  constructor(scope: Construct, id: string, region: AwsRegion = defaultRegion) {
    super(inOwnCore(scope, "WebMessenger", id), id);
    regionOf(region);
    this.region = region;
    findLocalStates(this);
    quietenOutputs();
  }

  get snippet(): string {
    return messengerSnippet(this);
  }

  get environmentVariables(): MessengerEnvironmentVariables {
    return messengerEnvironmentVariables(this);
  }

  get contentSecurityPolicy(): ContentSecurityPolicy {
    return contentSecurityPolicy(this);
  }
}

/** Where a deployment is that is managed elsewhere. */
export interface ImportOptions {
  /**
   * The AWS name of the region that the organisation is in.
   * @default "us-east-1"
   */
  readonly region?: AwsRegion;
}

/** Where a deployment is that is looked up by its name. */
export interface LookUpOptions extends ImportOptions {
  /**
   * The provider that looks.
   * @default - the stack's provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/** What is known of a deployment that is managed elsewhere. */
export interface DeploymentAttributes extends ImportOptions {
  /** The deployment's id. */
  readonly deploymentId: string;
}

const importFields: Fields<ImportOptions> = { region: regionShape };

export const importOptionsShape = object<ImportOptions>(importFields);
export const lookUpOptionsShape = object<LookUpOptions>({ ...importFields, provider: providerShape });
export const deploymentAttributesShape = object<DeploymentAttributes>({
  ...importFields,
  deploymentId: required(nonEmpty("the deployment's id")),
});

/** A Messenger that this app refers to and does not manage. */
export class ImportedMessenger extends WebMessengerBase {
  readonly deploymentId: string;

  constructor(scope: Construct, id: string, attributes: DeploymentAttributes & Pick<LookUpOptions, "provider">) {
    refuseOtherCoreIn(attributes, "WebMessenger", id);
    super(scope, id, attributes.region);
    this.deploymentId = attributes.deploymentId;
  }
}
