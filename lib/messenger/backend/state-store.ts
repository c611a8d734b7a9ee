import {
  DataTerraformRemoteState,
  getHostNameType,
  LocalBackend,
  TerraformBackend,
  TerraformRemoteState,
  type TerraformStack,
} from "cdktf";
import { type Construct } from "constructs";
import { type BackendArguments } from "./table";

/** The backend of that type with these arguments: `undefined` ones are left out. */
export function makeBackend(stack: TerraformStack, type: string, given: BackendArguments): TerraformBackend {
  if (type === "local") return new LocalBackend(stack, given);
  return type === "cloud" ? new CloudStore(stack, type, given) : new StateStore(stack, type, given);
}

/**
 * A `backend` block with exactly these arguments. The core's own classes want a connection string for `pg`, which would be
 * written to the output folder with its password, and do not know the lock file of `s3`.
 */
class StateStore extends TerraformBackend {
  protected readonly arguments: BackendArguments;

  constructor(
    stack: TerraformStack,
    private readonly type: string,
    given: BackendArguments,
  ) {
    super(stack, "backend", type);
    this.arguments = inSnakeCase(given);
  }

  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    // Named workspaces of HCP Terraform have no workspaces themselves.
    const workspace = this.type === "remote" ? {} : { workspace: "${terraform.workspace}" };
    return new StoredState(scope, name, this.type, { ...this.arguments, ...workspace });
  }

  protected override synthesizeAttributes(): BackendArguments {
    return this.arguments;
  }

  protected override synthesizeHclAttributes(): BackendArguments {
    return this.arguments;
  }
}

/** The outputs of a stack, for the other stacks of the app. */
class StoredState extends TerraformRemoteState {}

/**
 * A `cloud` block. The core's own class runs `terraform version` at every synthesis, and fails without Terraform, which synthesis
 * does not need otherwise.
 */
class CloudStore extends StateStore {
  override toTerraform(): object {
    const { terraform } = super.toTerraform() as { readonly terraform: { readonly backend: object } };
    return { terraform: terraform.backend };
  }

  override toMetadata(): object {
    return { ...(super.toMetadata() as object), cloud: getHostNameType(this.read().hostname) };
  }

  /** The block itself cannot be read from; the backend `remote` reads the same workspaces. */
  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    const { organization, hostname, workspaces } = this.read();
    return new DataTerraformRemoteState(scope, name, {
      organization,
      ...(hostname !== undefined && { hostname }),
      workspaces: { name: workspaces.name },
    });
  }

  private read() {
    return this.arguments as {
      readonly organization: string;
      readonly hostname?: string;
      readonly workspaces: { readonly name: string };
    };
  }
}

function inSnakeCase(values: BackendArguments): BackendArguments {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        isArguments(value) ? inSnakeCase(value) : value,
      ]),
  );
}

function isArguments(value: unknown): value is BackendArguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
