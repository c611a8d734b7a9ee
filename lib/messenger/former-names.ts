import { TerraformElement, TerraformStack } from "cdktf";
import { Construct, type IConstruct, RootConstruct } from "constructs";
import { addressOf, type Addressed } from "./import-blocks";

/**
 * `moved` blocks from the names that a Messenger's resources had: Terraform gives what its state has the new names, instead of
 * destroying the one and making the other.
 */
export class FormerNames extends TerraformElement {
  private readonly names: string[][] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly messenger: Construct,
    private readonly resources: readonly (Addressed & { readonly node: Construct["node"] })[],
  ) {
    super(scope, id);
  }

  /**
   * Adds the name before those that were added already.
   *
   * @throws when something else goes by it now
   */
  add(former: string): void {
    const path = former.includes("/") ? former.split("/") : [...pathInStack(this.messenger).slice(0, -1), former];
    this.names.push(this.resources.map(({ node }) => logicalIdAt(this.messenger, [...path, node.id])));
  }

  override toTerraform(): object {
    return { moved: this.moves().map(({ from, to }) => ({ from, to })) };
  }

  override toHclTerraform(): object {
    const reference = (value: string) => ({ value, isBlock: false, type: "simple", storageClassType: "reference" });
    return { moved: this.moves().map(({ from, to }) => ({ from: reference(from), to: reference(to) })) };
  }

  /** From each name to the one after it: Terraform takes no two moves to the same place. */
  private moves(): readonly { readonly from: string; readonly to: string }[] {
    return this.resources.flatMap((resource, index) => {
      const { terraformResourceType: type } = resource;
      const former = this.names.map((ids) => `${type}.${ids[index] ?? ""}`);
      return former.map((from, position) => ({ from, to: former[position - 1] ?? addressOf(resource) }));
    });
  }
}

function pathInStack(construct: Construct): readonly string[] {
  const { scopes } = construct.node;
  return scopes.slice(scopes.indexOf(TerraformStack.of(construct)) + 1).map(({ node }) => node.id);
}

/**
 * The name that the core gives a resource there: by a path alone, so that nothing need stand there.
 *
 * @throws when something stands there
 */
function logicalIdAt(messenger: Construct, path: readonly string[]): string {
  const stack = TerraformStack.of(messenger);
  const standing = path.reduce<IConstruct | undefined>((found, id) => found?.node.tryFindChild(id), stack);
  if (standing !== undefined) throw taken(messenger, path.slice(0, -1).join("/"));
  const [first, ...others] = path;
  const there = others.reduce<Construct>((scope, id) => new Construct(scope, id), new RootConstruct(first));
  return stack.getLogicalId(there.node);
}

function taken({ node }: Construct, path: string): Error {
  return new Error(
    `WebMessenger "${node.path}" cannot have been renamed from "${path}": another Messenger goes by that name now, and each would ` +
      "take the deployment of the other.\n\nGive that one a name that nothing had before.",
  );
}
