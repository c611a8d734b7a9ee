import { type SourceReading } from "../address-source";
import { type EnvVariable } from "../env/env-expansion";
import { noTrail } from "../env/env-trail";
import { addressesOfVariables } from "./env-variables";
import { type LinedTable, type LinedValue } from "../formats/lined-value";
import { type VariableHome } from "./variable-home";
import { type VariableSelection } from "./variable-selection";

/** Variables as a platform's file defines them. */
export type VariableLayer = ReadonlyMap<string, EnvVariable>;

/** The addresses in the variables in question. The first layer that defines a variable counts. */
export function addressesInLayers(
  layers: readonly VariableLayer[],
  home: Omit<VariableHome, "layers">,
  selection: VariableSelection,
): SourceReading {
  const variables = new Map(layers.toReversed().flatMap((layer) => [...layer]));
  return addressesOfVariables({ variables, dropped: [] }, { ...home, layers: [] }, selection);
}

/** The variables of a table, whose values mean what they say: nothing in them is filled in. */
export function plainLayer(file: string, table: LinedTable | undefined): VariableLayer {
  const entries = [...(table?.entries ?? [])];
  return new Map(entries.map(([name, value]) => [name, plainVariable(file, value)]));
}

/** A variable with that value. */
export function plainVariable(file: string, value: LinedValue): EnvVariable {
  const text = "text" in value ? value.text : "";
  const variable = { text, value: text, file, line: value.line, trail: noTrail };
  if ("text" in value) return variable;
  const rest = `holds a ${value.kind}, where one text belongs`;
  const remedy = "write one address, or several in one text, and name the separator between them";
  return { ...variable, unreadable: { rule: "invalid-address", rest, remedy } };
}
