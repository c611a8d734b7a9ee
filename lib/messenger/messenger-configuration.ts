import { DataGenesyscloudWebdeploymentsConfiguration } from "@cdktf/provider-genesyscloud/lib/data-genesyscloud-webdeployments-configuration";
import { WebdeploymentsConfiguration } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { either, instance, nonEmpty, object, required, type Shape, text, textWhere } from "../base/shape";
import {
  checkAdoption,
  claimAdoption,
  type ConfigurationAdoption,
  configurationAdoptionShape,
  FormerNames,
  hiddenId,
  ImportBlocks,
} from "./adoption";
import { checkTogether, configurationFields, configurationOf } from "./configuration/configuration";
import { type ConfigurationProps } from "./configuration/configuration-props";
import {
  inOwnCore,
  lateReference,
  neighboursOf,
  refuseOtherCore,
  refuseOtherCoreIn,
  refuseOtherStacks,
  withoutCapturedTraces,
} from "./core";
import { findLocalStates } from "./imported-messenger";
import { override, type RawArguments, rawArgumentsShape } from "./overrides";
import {
  dependenciesShape,
  dataSourceMetaArguments,
  metaArguments,
  type MetaArgumentProps,
  providerShape,
} from "./meta-arguments";
import { checkCall, checkConstruct, constructShape, isConstruct, PropertyCheck } from "./property-check";
import { mustExist } from "./id-or-name";

/**
 * A configuration that deployments show: a `MessengerConfiguration`, that of another Messenger (`messenger.configuration`, in any
 * stack of the app), a resource or data source of the provider, or an id and a version.
 */
export interface IMessengerConfiguration {
  readonly id: string;
  /**
   * The version that a deployment shows: the newest published one, an integer such as `"3"`. The provider always sends the newest
   * version, so that a deploy fails if an older one is written out.
   */
  readonly version: string;
  /** The resource, if this app makes the configuration: for `overrideLogicalId`, `addOverride` and arguments without a property. */
  readonly resource?: WebdeploymentsConfiguration;
}

/** The properties of a configuration that several Messengers can share. */
export interface MessengerConfigurationProps extends ConfigurationProps, MetaArgumentProps {
  /**
   * Arguments of `genesyscloud_webdeployments_configuration` that a later version of the provider adds.
   * @default - none
   */
  readonly overrides?: RawArguments;
  /**
   * Adopts a configuration that was made by hand: the next deploy imports it and changes what differs. After that, the property
   * has no effect and may be removed.
   * @default - a configuration is made
   */
  readonly adopt?: ConfigurationAdoption;
}

const propsShape: Shape<MessengerConfigurationProps> = object<MessengerConfigurationProps>({
  ...configurationFields,
  provider: providerShape,
  dependsOn: dependenciesShape,
  overrides: rawArgumentsShape,
  adopt: configurationAdoptionShape,
});

const lookUpShape = object<Pick<MetaArgumentProps, "provider">>({ provider: providerShape });

/** What the properties do not say. */
interface ConfigurationTexts {
  readonly name: string;
  readonly description: string;
}

/** The resource of a configuration with these properties. */
export function configurationResource(
  scope: Construct,
  id: string,
  props: ConfigurationProps & MetaArgumentProps,
  defaults: ConfigurationTexts,
): WebdeploymentsConfiguration {
  return withoutCapturedTraces(
    () =>
      new WebdeploymentsConfiguration(scope, id, {
        name: props.configurationName ?? defaults.name,
        description: props.configurationDescription ?? defaults.description,
        ...configurationOf(props),
        ...metaArguments(props),
      }),
  );
}

/** A resource as a configuration that deployments show. Its logical id may change until synthesis. */
export function configurationOfResource(resource: WebdeploymentsConfiguration): IMessengerConfiguration {
  return { id: lateReference(() => resource.id), version: lateReference(() => resource.version), resource };
}

const referenceShape = object<IMessengerConfiguration>({
  id: required(nonEmpty("the configuration's id, or another Messenger's configuration")),
  version: required(
    textWhere('the number of the newest published version, such as "3"', (value) => /^[1-9]\d*$/.test(value)),
  ),
  resource: instance<WebdeploymentsConfiguration>("the configuration's resource", isConstruct),
});

/** What a configuration must be that a Messenger shares. */
export const configurationReferenceShape = either<IMessengerConfiguration>(
  [instance<IMessengerConfiguration>("a MessengerConfiguration", isConfigurationConstruct), referenceShape],
  "a MessengerConfiguration, messenger.configuration of another Messenger, or an object with id and version",
);

/** The construct, a resource or a data source. Attributes are not read: `overrideLogicalId` may still change what they refer to. */
function isConfigurationConstruct(value: unknown): boolean {
  return isConstruct(value) && "id" in value && "version" in value;
}

/**
 * The look and the features of a Messenger, for the deployments of one or several stacks. All of them follow it from version to
 * version; each keeps its own domains, flow and id.
 *
 * @example
 * ```ts
 * const configuration = new MessengerConfiguration(stack, "Look", { defaultLanguage: "en-us", styles: { primaryColor: "#0A6EBD" } });
 * new WebMessenger(stack, "Shop", { environment: shop, configuration });
 * new WebMessenger(stack, "Outlet", { environment: outlet, configuration });
 * ```
 */
export class MessengerConfiguration extends Construct implements IMessengerConfiguration, ITerraformDependable {
  /**
   * A configuration that was made elsewhere. Terraform looks it up by its name, and takes the first match.
   *
   * @throws when the name or an option is invalid; all such mistakes at once
   */
  static fromConfigurationName(
    scope: Construct,
    id: string,
    name: string,
    options: Pick<MetaArgumentProps, "provider"> = {},
  ): IMessengerConfiguration {
    checkCall("MessengerConfiguration.fromConfigurationName", [
      ["scope", constructShape, scope],
      ["id", text, id],
      ["name", nonEmpty("the configuration's name"), name],
      ["options", lookUpShape, options],
    ]);
    refuseOtherCoreIn(options, "MessengerConfiguration", id);
    const found = new DataGenesyscloudWebdeploymentsConfiguration(inOwnCore(scope, "MessengerConfiguration", id), id, {
      name,
      lifecycle: mustExist("Messenger configuration"),
      ...dataSourceMetaArguments(options),
    });
    return { id: lateReference(() => found.id), version: lateReference(() => found.version) };
  }

  /** The resource `genesyscloud_webdeployments_configuration`. */
  readonly resource: WebdeploymentsConfiguration;
  /** The configuration's id, known to Terraform. */
  readonly id = lateReference(() => this.resource.id);
  /** The newest published version, known to Terraform. */
  readonly version = lateReference(() => this.resource.version);

  private formerNames: FormerNames | undefined;

  /**
   * @throws when a property is of the wrong type, unknown or missing (all such mistakes at once), or the app or a property is made
   * with the other core
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: MessengerConfigurationProps,
  ) {
    checkConstruct("MessengerConfiguration", scope, id, (check) => {
      check.shape(propsShape, props);
    });
    refuseOtherCoreIn(props, "MessengerConfiguration", id);
    super(inOwnCore(scope, "MessengerConfiguration", id), id);
    findLocalStates(this);
    // The resource has the logical id that it would have in the place of the construct.
    this.resource = configurationResource(this, hiddenId, props, {
      name: id,
      description: "Managed as code: changes by hand are undone by the next deploy",
    });
    override(this.resource, props.overrides);
    if (props.adopt) this.adopt(props.adopt);
    this.node.addValidation({ validate: () => this.refusals() });
  }

  /** The resource's address: `dependsOn: [configuration]` waits for it. */
  get fqn(): string {
    return this.resource.fqn;
  }

  /**
   * Names the id that the construct had before, so that Terraform's state follows instead of making another configuration. The call may
   * stay in the program, or be removed after the next deploy.
   *
   * @param former the id in the same scope, or the path from the stack: `"Shop/Configuration"` for the configuration that the
   *   Messenger `Shop` made. With several renamings, the last one comes first
   * @throws when another construct has that name now
   */
  renamedFrom(former: string): this {
    checkCall("renamedFrom", [["former", nonEmpty("the id that the configuration had"), former]]);
    this.formerNames ??= new FormerNames(this, "FormerNames", this, "MessengerConfiguration", [this.resource]);
    this.formerNames.add(former);
    return this;
  }

  private adopt(adopt: ConfigurationAdoption): void {
    claimAdoption(this, adopt);
    new ImportBlocks(this, "Imports", [{ resource: this.resource, id: adopt.configurationId }]);
  }

  private refusals(): string[] {
    refuseOtherStacks(this);
    refuseOtherCore(neighboursOf(this));
    const { props } = this;
    const check = new PropertyCheck();
    check.shape(propsShape, props);
    checkTogether(props, check);
    if (props.configurationName === undefined) {
      check.expect("configurationName", this.node.id, ({ length }) => length <= 100, "expected 1 to 100 characters");
    }
    if (props.adopt) checkAdoption(this, props.adopt, check);
    if (check.problems.length === 0) return [];
    const lines = check.problems.map(({ message }) => message);
    return [
      ["MessengerConfiguration initialization failed due to the following validation error(s):", ...lines].join(
        "\n    - ",
      ),
    ];
  }
}
