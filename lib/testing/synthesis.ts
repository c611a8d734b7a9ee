import { Aspects, TerraformStack, Testing } from "cdktf";
import { type IConstruct } from "constructs";
import { type JsonRecord, parseRecord } from "../terraform/json";

/** How many constructs and aspects each stack had when its aspects were last run. */
const visited = new WeakMap<TerraformStack, number>();

/**
 * What Terraform is given of the stack that a construct is in.
 *
 * Aspects run once for each state of the tree: one that appends to a description would otherwise append again at every
 * expectation.
 */
export function synthesised(construct: IConstruct): JsonRecord {
  const stack = TerraformStack.of(construct);
  const size = stack.node.findAll().reduce((sum, one) => sum + 1 + Aspects.of(one).all.length, 0);
  if (visited.get(stack) === size) return record(JSON.stringify(stack.toTerraform()));
  visited.set(stack, size);
  return record(Testing.synth(stack));
}

/**
 * @throws when the text is none that Testing.synth returned
 */
export function record(text: string): JsonRecord {
  const parsed = parseRecord(text);
  if (parsed !== undefined) return parsed;
  throw new Error(
    `"${text.slice(0, 40)}" is no synthesised stack.\n\nWrite the stack itself, or what Testing.synth returned.`,
  );
}
