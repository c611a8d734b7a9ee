import { DataGenesyscloudWebdeploymentsDeployment } from "@cdktf/provider-genesyscloud/lib/data-genesyscloud-webdeployments-deployment";
import { WebdeploymentsDeployment } from "@cdktf/provider-genesyscloud/lib/webdeployments-deployment";
import { AnnotationMetadataEntryType, Aspects, type ITerraformDependable, Lazy } from "cdktf";
import { type Construct, type IConstruct } from "constructs";
import { nonEmpty, object, text } from "../base/shape";
import { type Finding, formatFinding, refuses } from "../origins/finding";
import { sharedHosts } from "../origins/shared-hosts";
import { type AddressSource } from "../sources/address-source";
import { callSite } from "../sources/call-site";
import { type NextEnvironment } from "../sources/next-environment";
import { writtenOut } from "../sources/written-out";
import { type Adoption, checkAdoption, claimAdoption, FormerNames, ImportBlocks } from "./adoption";
import { checkTogether } from "./configuration/configuration";
import {
  lateReference,
  neighboursOf,
  refuseOtherCore,
  refuseOtherCoreIn,
  refuseOtherStacks,
  withoutCapturedTraces,
} from "./core";
import { checkDeploymentName, deploymentOf } from "./deployment";
import { deploymentName, managedAsCode } from "./deployment-props";
import {
  type DeploymentAttributes,
  deploymentAttributesShape,
  ImportedMessenger,
  type ImportOptions,
  importOptionsShape,
  type IWebMessenger,
  type LookUpOptions,
  lookUpOptionsShape,
  WebMessengerBase,
} from "./imported-messenger";
import { LateAddresses } from "./late-addresses";
import {
  configurationOfResource,
  configurationResource,
  type IMessengerConfiguration,
} from "./messenger-configuration";
import { checkOverrides, override } from "./overrides";
import { dataSourceMetaArguments, metaArguments, type MetaArgumentProps, providerShape } from "./meta-arguments";
import { checkCall, checkConstruct, constructShape, PropertyCheck } from "./property-check";
import { recordProvenance } from "./provenance";
import { mustExist } from "./id-or-name";
import {
  type AnyMessengerProps,
  checkConfigurationSource,
  elsewhere,
  messengerFields,
  sharesConfiguration,
  type SharingMessengerProps,
  type WebMessengerProps,
  type WithOwnConfiguration,
} from "./web-messenger-props";

/** A Messenger of an app, as its siblings see it. */
interface Member {
  /** The way to the construct, which tells two environments of one name apart. */
  readonly path: string;
  /** The environment as it was declared: two Messengers of the same one share its hosts on purpose. */
  readonly declared: NextEnvironment;
  /** The environment as it is now, with the addresses that were added since. */
  readonly current: () => NextEnvironment;
}

/** The Messengers of each app, by the root of its tree; an app that is gone takes them along. */
const messengers = new WeakMap<IConstruct, Siblings>();

/** The Messengers of the app that a construct belongs to. */
function siblingsOf({ node: { root } }: IConstruct): Siblings {
  const siblings = messengers.get(root) ?? new Siblings();
  messengers.set(root, siblings);
  return siblings;
}

/** The Messengers of one app: what the rule `shared-host` has to say of hosts that are in the lists of several. */
class Siblings {
  private readonly members: Member[] = [];
  private compared: readonly NextEnvironment[] = [];
  private findings: ReadonlyMap<NextEnvironment, readonly Finding[]> = new Map();

  add(member: Member): void {
    this.members.push(member);
  }

  /** Compares all of them the first time it is asked, and again only when one of them has changed. */
  findingsOf(declared: NextEnvironment): readonly Finding[] {
    const current = this.members.map((member) => member.current());
    if (current.length !== this.compared.length || current.some((one, index) => one !== this.compared[index])) {
      this.compared = current;
      this.findings = compare(this.members);
    }
    return this.findings.get(declared) ?? [];
  }
}

function compare(members: readonly Member[]): ReadonlyMap<NextEnvironment, readonly Finding[]> {
  const distinct = [...new Map(members.map((member) => [member.declared, member])).values()];
  const namesakes = new Map<string, number>();
  for (const { declared } of distinct) namesakes.set(declared.name, (namesakes.get(declared.name) ?? 0) + 1);
  const lists = distinct.map(({ path, declared, current }) => {
    const { name, kind, allowList, acknowledge } = current();
    return { declared, list: { name: namesakes.get(name) === 1 ? name : path, kind, allowList, acknowledge } };
  });
  const byName = sharedHosts(lists.map(({ list }) => list));
  return new Map(lists.map(({ declared, list }) => [declared, byName.get(list.name) ?? []]));
}

/**
 * A Messenger of Genesys Cloud whose allowed domains are the page hosts of an environment of a Next.js application: its
 * configuration and its deployment.
 *
 * What is wrong with the addresses or the properties is reported at synthesis, all of it at once.
 *
 * @example
 * ```ts
 * const environment = nextEnvironment("production", {
 *   kind: "production",
 *   addresses: [envFile(".env.production"), "https://www.example.com"],
 * });
 * const messenger = new WebMessenger(stack, "Messenger", { environment, defaultLanguage: "en-us" });
 * new TerraformOutput(stack, "snippet", { value: messenger.snippet });
 * ```
 */
export class WebMessenger extends WebMessengerBase implements ITerraformDependable {
  /**
   * The deployment of that name that is managed elsewhere; Terraform looks it up, and takes the first of that name.
   *
   * @throws when the name or an option is of the wrong form; all such mistakes at once
   */
  static fromDeploymentName(scope: Construct, id: string, name: string, options: LookUpOptions = {}): IWebMessenger {
    checkCall("WebMessenger.fromDeploymentName", [
      ["scope", constructShape, scope],
      ["id", text, id],
      ["name", nonEmpty("the deployment's name"), name],
      ["options", lookUpOptionsShape, options],
    ]);
    const deploymentId = lateReference(() => found.id);
    const messenger = new ImportedMessenger(scope, id, { ...options, deploymentId });
    const found = new DataGenesyscloudWebdeploymentsDeployment(messenger, "Deployment", {
      name,
      lifecycle: mustExist("web deployment"),
      ...dataSourceMetaArguments(options),
    });
    return messenger;
  }

  /**
   * The deployment of that id that is managed elsewhere.
   *
   * @throws when the id or an option is of the wrong form; all such mistakes at once
   */
  static fromDeploymentId(
    scope: Construct,
    id: string,
    deploymentId: string,
    options: ImportOptions = {},
  ): IWebMessenger {
    checkCall("WebMessenger.fromDeploymentId", [
      ["scope", constructShape, scope],
      ["id", text, id],
      ["deploymentId", nonEmpty("the deployment's id"), deploymentId],
      ["options", importOptionsShape, options],
    ]);
    return new ImportedMessenger(scope, id, { ...options, deploymentId });
  }

  /**
   * A deployment that is managed elsewhere, from what is known of it.
   *
   * @throws when an attribute is of the wrong form; all such mistakes at once
   */
  static fromDeploymentAttributes(scope: Construct, id: string, attributes: DeploymentAttributes): IWebMessenger {
    checkCall("WebMessenger.fromDeploymentAttributes", [
      ["scope", constructShape, scope],
      ["id", text, id],
      ["attributes", deploymentAttributesShape, attributes],
    ]);
    return new ImportedMessenger(scope, id, attributes);
  }

  /** The resource `genesyscloud_webdeployments_deployment`. */
  readonly deployment: WebdeploymentsDeployment;
  /** The configuration that the deployment shows: the Messenger's own, whose `resource` is a child of it, or the one that it was given. */
  readonly configuration: IMessengerConfiguration;
  /** The deployment's id, known to Terraform. No change of the domains ever changes it. */
  readonly deploymentId = lateReference(() => this.deployment.id);
  /** The configuration's id, known to Terraform. */
  readonly configurationId = lateReference(() => this.configuration.id);
  /** The version of the configuration that the deployment shows, known to Terraform. */
  readonly configurationVersion = lateReference(() => this.configuration.version);

  private current: NextEnvironment;
  private readonly lateAddresses: LateAddresses;
  private formerNames: FormerNames | undefined;
  private readonly props: SharingMessengerProps | WebMessengerProps;

  /**
   * @throws when a property is of the wrong type, unknown or missing (all such mistakes at once), or the app or a property is made
   * with the other core
   */
  constructor(scope: Construct, id: string, props: SharingMessengerProps | WithOwnConfiguration<WebMessengerProps>) {
    checkConstruct("WebMessenger", scope, id, (check) => {
      check.shape(messengerShape, props);
      checkConfigurationSource(props, check);
    });
    refuseOtherCoreIn(props, "WebMessenger", id);
    super(scope, id, props.region);
    refuseOtherCore(neighboursOf(this));
    this.props = props;
    this.current = props.environment;
    siblingsOf(this).add({
      path: this.node.path,
      declared: props.environment,
      current: () => this.current,
    });

    this.configuration = sharesConfiguration(props) ? props.configuration : this.makeConfiguration(props);
    this.deployment = withoutCapturedTraces(() => this.makeDeployment());
    this.lateAddresses = withoutCapturedTraces(() => this.makeLateAddresses());
    override(this.deployment, props.overrides?.deployment);
    recordProvenance(this);
    if (props.adopt) this.adopt(props.adopt);

    this.node.addValidation({ validate: () => this.refusals() });
    Aspects.of(this).add({
      visit: (node) => {
        if (node === this) this.warn();
      },
    });
  }

  /** The environment with every address that was added to it. */
  get environment(): NextEnvironment {
    return this.current;
  }

  /** What the sources and the rules have to say of its addresses, and of hosts that another Messenger of the app has too. */
  get findings(): readonly Finding[] {
    return [...this.current.findings, ...siblingsOf(this).findingsOf(this.props.environment)];
  }

  /** The deployment's address: `dependsOn: [messenger]` waits for both resources. */
  get fqn(): string {
    return this.deployment.fqn;
  }

  /**
   * Adds page addresses to the environment after the Messenger was made: of a page that another part of the app declares.
   * They are judged by the same rules; what only Terraform knows (`terraformValue`) is judged when it runs.
   */
  readonly addAddress = (...addresses: readonly (string | AddressSource)[]): void => {
    const literal = writtenOut(callSite(this.addAddress));
    this.current = this.current.with(
      ...addresses.map((address) => (typeof address === "string" ? literal(address) : address)),
    );
  };

  /**
   * Says which id the construct had before: Terraform then gives what its state has the new name. Without it, a plan would destroy the
   * deployment of the old name and make another one under a new id. It may stay in the program, or go after the next deploy.
   *
   * @param former the id in the same scope, or the path from the stack, such as `"Brand/Messenger"`; of several renamings the
   *   last one first
   * @throws when another Messenger goes by that name now
   * @example
   * ```ts
   * new WebMessenger(stack, "Storefront", { environment, defaultLanguage: "en-us" }).renamedFrom("Shop");
   * ```
   */
  renamedFrom(former: string): this {
    checkCall("renamedFrom", [["former", nonEmpty("the id that the Messenger had"), former]]);
    this.formerNames ??= new FormerNames(this, "FormerNames", this, "WebMessenger", [
      ...this.ownConfiguration(),
      this.deployment,
    ]);
    this.formerNames.add(former);
    return this;
  }

  private makeConfiguration(props: WebMessengerProps): IMessengerConfiguration {
    const texts = { name: deploymentName(props), description: managedAsCode(props) };
    const resource = configurationResource(this, "Configuration", props, texts);
    override(resource, props.overrides?.configuration);
    return configurationOfResource(resource);
  }

  /** The configuration's resource, if this Messenger makes it. */
  private ownConfiguration() {
    const { resource } = this.configuration;
    return resource === undefined || sharesConfiguration(this.props) ? [] : [resource];
  }

  private makeDeployment(): WebdeploymentsDeployment {
    return new WebdeploymentsDeployment(this, "Deployment", {
      ...deploymentOf(this, this.props, dataSourceMetaArguments(this.props)),
      ...metaArguments(this.props),
      ...this.domains(),
      configuration: { id: this.configurationId, version: this.configurationVersion },
    });
  }

  private adopt(adopt: Partial<Adoption>): void {
    claimAdoption(this, adopt);
    const { deploymentId, configurationId } = adopt;
    new ImportBlocks(this, "Imports", [
      ...this.ownConfiguration().flatMap((resource) =>
        configurationId === undefined ? [] : [{ resource, id: configurationId }],
      ),
      ...(deploymentId === undefined ? [] : [{ resource: this.deployment, id: deploymentId }]),
    ]);
  }

  private makeLateAddresses(): LateAddresses {
    const environment = () => this.current;
    return new LateAddresses(this, "Addresses", environment, this.deployment);
  }

  /** Never both a list and the flag, and never neither: the provider refuses those, but at apply only. */
  private domains() {
    if (this.current.allowAllDomains) return { allowAllDomains: true };
    return {
      allowAllDomains: false,
      allowedDomains: Lazy.listValue({ produce: () => this.allowedDomains() }),
    };
  }

  /** The allow-list as its addresses give it, and only where Terraform knows others, what it adds to the list. */
  private allowedDomains(): string[] {
    const { allowList, late } = this.current;
    return late.length === 0 ? [...allowList.domains] : this.lateAddresses.addedTo(allowList.domains);
  }

  private refusals(): string[] {
    refuseOtherStacks(this);
    refuseOtherCore(neighboursOf(this));
    const { props } = this;
    const check = new PropertyCheck();
    check.shape(messengerShape, props);
    checkConfigurationSource(props, check);
    checkDeploymentName(props, check);
    if (!sharesConfiguration(props)) checkTogether(props, check);
    if (props.adopt) checkAdoption(this, props.adopt, check);
    if (props.overrides) checkOverrides(props.overrides, check.in("overrides"));
    const lines = [
      ...this.findings.filter(refuses).map(formatFinding),
      ...check.problems.map(({ message }) => message),
    ];
    return lines.length === 0 ? [] : [initializationFailed(lines)];
  }

  /** As metadata without a stack trace: that would carry the paths of this machine into the output folder. */
  private warn(): void {
    const known = new Set(this.node.metadata.map(({ data }) => data as unknown));
    for (const finding of this.findings) {
      const message = formatFinding(finding);
      if (finding.severity !== "warning" || finding.acknowledged !== undefined || known.has(message)) continue;
      this.node.addMetadata(AnnotationMetadataEntryType.WARN, message);
    }
  }
}

const messengerShape = object<AnyMessengerProps & Pick<MetaArgumentProps, "provider">>(
  { ...messengerFields, provider: providerShape },
  { elsewhere },
);

function initializationFailed(lines: readonly string[]): string {
  return ["WebMessenger initialization failed due to the following validation error(s):", ...lines].join("\n    - ");
}
