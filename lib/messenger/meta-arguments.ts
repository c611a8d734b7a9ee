import { type ITerraformDependable, type TerraformProvider } from "cdktf";
import { instance, listOf } from "../base/shape";

/** Which provider makes a Messenger's resources, and after what. */
export interface MetaArgumentProps {
  /**
   * The provider that makes the Messenger's resources and looks up what is given by name: one with an alias, in a stack that
   * reaches several organisations.
   * @default - the stack's provider without an alias
   */
  readonly provider?: TerraformProvider;
  /**
   * What Terraform makes before the Messenger's resources.
   * @default - what they refer to
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

export const providerShape = instance<TerraformProvider>(
  "a provider, such as new GenesyscloudProvider(…)",
  (value) => typeof value === "object" && value !== null && "terraformProviderSource" in value,
);

export const dependenciesShape = listOf(
  instance<ITerraformDependable>(
    "a resource, a data source or a Messenger",
    (value) => typeof value === "object" && value !== null && "fqn" in value,
  ),
);

/** The meta-arguments of a Messenger's resources. */
export function metaArguments({ provider, dependsOn }: MetaArgumentProps): {
  provider?: TerraformProvider;
  dependsOn?: ITerraformDependable[];
} {
  return { ...dataSourceMetaArguments({ provider }), ...(dependsOn && { dependsOn: [...dependsOn] }) };
}

/** The meta-arguments of a data source. It waits for nothing: Terraform would then read it when it applies, not when it plans. */
export function dataSourceMetaArguments({ provider }: { readonly provider?: TerraformProvider | undefined }): {
  provider?: TerraformProvider;
} {
  return provider === undefined ? {} : { provider };
}
