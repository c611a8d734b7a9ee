import { TerraformElement } from "cdktf";
import { type Construct } from "constructs";

/** A resource, as far as its address goes. */
export interface Addressed {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
}

/** A resource that Terraform imports instead of making it, and the id of what is there. */
export interface Imported {
  readonly resource: Addressed;
  readonly id: string;
}

/**
 * `import` blocks. The core's own `importFrom` writes the same, and runs `terraform version` once a resource at each synthesis, which
 * then depends on the machine.
 */
export class ImportBlocks extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly imported: readonly Imported[],
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    return { import: this.imported.map(({ resource, id }) => ({ id, to: addressOf(resource) })) };
  }

  override toHclTerraform(): object {
    const blocks = this.imported.map(({ resource, id }) => ({
      id: { value: id, type: "simple", storageClassType: "string" },
      to: { value: addressOf(resource), type: "simple", storageClassType: "reference" },
    }));
    return { import: blocks };
  }
}

/** The resource's address in its stack. */
export function addressOf({ terraformResourceType, friendlyUniqueId }: Addressed): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
