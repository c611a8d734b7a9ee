import { TerraformElement, TerraformStack } from "cdktf";
import { Construct, type IConstruct, RootConstruct } from "constructs";
import { nonEmpty, object, required } from "../base/shape";
import { isKnownToTerraformOnly, type PropertyCheck } from "./property-check";

/** A deployment and its configuration that were made by hand: `origins adopt` prints the ids. */
export interface Adoption {
  /** The id that a page's snippet names. */
  readonly deploymentId: string;
  /** The id of the configuration that the deployment shows. */
  readonly configurationId: string;
}

/** A deployment that was made by hand. Its configuration is adopted where it is made. */
export type DeploymentAdoption = Pick<Adoption, "deploymentId">;

/** A configuration that was made by hand. */
export type ConfigurationAdoption = Pick<Adoption, "configurationId">;

const configurationId = nonEmpty("the configuration's id, which origins adopt prints");

/** The id of the configuration is required where it is made: `checkConfigurationSource`. */
export const adoptionShape = object<DeploymentAdoption & Partial<Adoption>>({
  deploymentId: required(nonEmpty("the deployment's id, which origins adopt prints")),
  configurationId,
});

export const configurationAdoptionShape = object<ConfigurationAdoption>({ configurationId: required(configurationId) });

/** Who adopts what, by id; an app that is gone takes it along. */
const adoptions = new WeakMap<IConstruct, Map<string, string[]>>();

/** Says that a construct adopts what has these ids. Two that did would each believe it theirs, in two states or in one. */
export function claimAdoption(messenger: IConstruct, adopt: Partial<Adoption>): void {
  const adopters = adoptersIn(messenger);
  for (const id of new Set(idsOf(adopt).map(([, id]) => id))) {
    adopters.set(id, [...(adopters.get(id) ?? []), messenger.node.path]);
  }
}

/** What is wrong with the ids, and with those that something else of the app adopts too. */
export function checkAdoption(messenger: IConstruct, adopt: Partial<Adoption>, check: PropertyCheck): void {
  const { node } = messenger;
  const at = check.in("adopt");
  for (const [property, id] of idsOf(adopt)) {
    at.expect(property, id, isId, `expected ${idFor(id)}`);
    const others =
      adoptersIn(messenger)
        .get(id)
        ?.filter((path) => path !== node.path) ?? [];
    const names = others.map((path) => `"${path}"`).join(" and ");
    at.expect(property, id, () => others.length === 0, `it is also adopted by ${names}; ${remedies[property]}`);
  }
  const { deploymentId, configurationId } = adopt;
  at.expect(
    "configurationId",
    configurationId,
    (id) => id !== deploymentId,
    "it is the deployment's id; write the id of the configuration that it shows",
  );
}

/** Ids of Genesys Cloud are UUIDs, which it writes in lower case. */
function isId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

function idFor(id: string): string {
  const meant = id.trim().toLowerCase();
  return isId(meant)
    ? `"${meant}"`
    : `an id of Genesys Cloud, such as "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10"; origins adopt prints it for a deployment's name`;
}

const remedies: Readonly<Record<keyof Adoption, string>> = {
  deploymentId: "adopt it in one place, and refer to it from others by WebMessenger.fromDeploymentId",
  configurationId: "adopt it in one place, and share it with others: configuration: thatMessenger.configuration",
};

/** The ids that are there; a program that is not type-checked may have left one out. */
function idsOf(adopt: Partial<Adoption>): readonly (readonly [keyof Adoption, string])[] {
  return (["deploymentId", "configurationId"] as const).flatMap((property) => {
    const id = adopt[property];
    return id === undefined || id === "" || isKnownToTerraformOnly(id) ? [] : [[property, id] as const];
  });
}

function adoptersIn({ node: { root } }: IConstruct): Map<string, string[]> {
  const adopters = adoptions.get(root) ?? new Map<string, string[]>();
  adoptions.set(root, adopters);
  return adopters;
}

/** A resource, as far as its address goes. */
interface Addressed {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
}

/** A resource that Terraform imports instead of making it, and the id of what is there. */
interface Imported {
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
function addressOf({ terraformResourceType, friendlyUniqueId }: Addressed): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

/**
 * `moved` blocks from the names that a Messenger's resources had: Terraform gives what its state has the new names, instead of
 * destroying the one and making the other.
 */
export class FormerNames extends TerraformElement {
  private readonly names: string[][] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly renamed: Construct,
    /** The class of what was renamed, for messages. */
    private readonly made: "WebMessenger" | "MessengerConfiguration",
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
    const path = former.includes("/") ? former.split("/") : [...pathInStack(this.renamed).slice(0, -1), former];
    this.names.push(
      this.resources.map(({ node }) => {
        const resource = node.id === hiddenId ? path : [...path, node.id];
        if (isTaken(this.renamed, resource)) throw taken(this.made, this.renamed, path.join("/"));
        return logicalIdAt(this.renamed, resource);
      }),
    );
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

/** The id of a child that the cores leave out of logical ids: the resource of a construct that makes one. */
export const hiddenId = "Default";

/** Whether something stands there. */
function isTaken(construct: Construct, path: readonly string[]): boolean {
  const stack = TerraformStack.of(construct);
  return path.reduce<IConstruct | undefined>((found, id) => found?.node.tryFindChild(id), stack) !== undefined;
}

/** The name that the core gives a resource there: by a path alone, so that nothing need stand there. */
function logicalIdAt(construct: Construct, path: readonly string[]): string {
  const [first, ...others] = path;
  const there = others.reduce<Construct>((scope, id) => new Construct(scope, id), new RootConstruct(first));
  return TerraformStack.of(construct).getLogicalId(there.node);
}

function taken(made: string, { node }: Construct, path: string): Error {
  const other = made === "WebMessenger" ? "Messenger" : "construct";
  const state = made === "WebMessenger" ? "deployment" : "configuration";
  return new Error(
    `${made} "${node.path}" cannot have been renamed from "${path}": another ${other} now has that name, and each would ` +
      `take the ${state} of the other.\n\nGive that one a name that nothing had before.`,
  );
}
