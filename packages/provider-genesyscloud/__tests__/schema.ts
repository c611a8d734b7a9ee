import { readFileSync } from "node:fs";

/** schema.json as it is written; the tests hold that it has this shape. */
export interface Schema {
  readonly source: string;
  readonly version: string;
  readonly provider: Block;
  readonly resources: Record<string, Block & { readonly schemaVersion: number }>;
  readonly dataSources: Record<string, Block>;
}

export interface Block {
  readonly description: string;
  readonly attributes: Record<string, Attribute>;
  readonly blocks: Record<string, NestedBlock>;
}

export interface NestedBlock extends Block {
  readonly nesting: string;
  readonly min?: number;
  readonly max?: number;
  readonly computed?: true;
  readonly api?: string;
}

export interface Attribute {
  readonly type: string;
  readonly mode: string;
  readonly description: string;
  readonly sensitive?: boolean;
  readonly api?: string;
  readonly deprecated?: string;
  readonly default?: unknown;
  readonly values?: readonly string[];
  readonly valuesIgnoreCase?: boolean;
  readonly length?: readonly [number, number];
  readonly range?: readonly [number, number | null];
  readonly maxItems?: number;
  readonly format?: string;
}

export const schema = JSON.parse(
  readFileSync(require.resolve("@cdktf/provider-genesyscloud/schema.json"), "utf8"),
) as Schema;

/** One block with its place, such as `genesyscloud_webdeployments_configuration.messenger.apps`. */
export interface PlacedBlock {
  readonly path: string;
  readonly block: Block;
}

/** A block and all blocks within it, down to the last. */
export function blocksWithin(path: string, block: Block): readonly PlacedBlock[] {
  const nested = Object.entries(block.blocks).flatMap(([name, child]) => blocksWithin(`${path}.${name}`, child));
  return [{ path, block }, ...nested];
}

/** The names of all attributes and blocks below a block, with their places. */
export function namesWithin(block: Block): readonly string[] {
  return blocksWithin("", block).flatMap(({ path, block: { attributes, blocks } }) =>
    [...Object.keys(attributes), ...Object.keys(blocks)].map((name) => `${path}.${name}`.slice(1)),
  );
}
