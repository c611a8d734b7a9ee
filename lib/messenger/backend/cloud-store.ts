import { DataTerraformRemoteState, getHostNameType, type TerraformRemoteState, type TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { type BackendArguments, StateStore } from "./state-store";

interface CloudArguments extends BackendArguments {
  readonly organization: string;
  readonly hostname?: string;
  readonly workspaces: { readonly name: string; readonly project: string | undefined };
}

/**
 * A `cloud` block. The core's own class runs `terraform version` at every synthesis, and fails where there is no Terraform; to
 * synthesise needs none otherwise.
 */
export class CloudStore extends StateStore {
  constructor(
    stack: TerraformStack,
    private readonly cloud: CloudArguments,
  ) {
    super(stack, "cloud", cloud);
  }

  override toTerraform(): object {
    const { terraform } = super.toTerraform() as { readonly terraform: { readonly backend: object } };
    return { terraform: terraform.backend };
  }

  override toMetadata(): object {
    return { ...(super.toMetadata() as object), cloud: getHostNameType(this.cloud.hostname) };
  }

  /** The block itself cannot be read from; the backend `remote` reads the same workspaces. */
  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    const { organization, hostname, workspaces } = this.cloud;
    return new DataTerraformRemoteState(scope, name, {
      organization,
      ...(hostname !== undefined && { hostname }),
      workspaces: { name: workspaces.name },
    });
  }
}
