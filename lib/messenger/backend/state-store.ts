import { TerraformBackend, TerraformRemoteState, type TerraformStack } from "cdktf";
import { type Construct } from "constructs";

/** The arguments of a backend, in camel case. Undefined ones are left out. */
export type BackendArguments = Readonly<Record<string, unknown>>;

/**
 * A `backend` block with exactly these arguments. The core's own classes want a connection string for `pg`, which would be
 * written to the output folder with its password, and do not know the lock file of `s3`.
 */
export class StateStore extends TerraformBackend {
  private readonly arguments: BackendArguments;

  constructor(
    stack: TerraformStack,
    private readonly type: string,
    inCamelCase: BackendArguments,
  ) {
    super(stack, "backend", type);
    this.arguments = inSnakeCase(inCamelCase);
  }

  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    return new StoredState(scope, name, this.type, { ...this.arguments, workspace: "${terraform.workspace}" });
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

function inSnakeCase(values: BackendArguments): BackendArguments {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name, value]) => value !== undefined && name !== "type" && name !== "application")
      .map(([name, value]) => [
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        isArguments(value) ? inSnakeCase(value) : value,
      ]),
  );
}

function isArguments(value: unknown): value is BackendArguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
