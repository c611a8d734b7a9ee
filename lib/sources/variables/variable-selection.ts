/** Which variables of a file hold page addresses, and how. */
export interface VariableOptions {
  /**
   * The variables to read. Each must be there.
   * @default every variable of `pageAddressVariables` that occurs
   */
  readonly variables?: string | readonly string[];
  /**
   * What stands between the addresses of a variable that holds several, such as `","`. White space around an address is
   * dropped, and so is an empty entry. A space stands for white space of any kind.
   * @default a variable holds one address
   */
  readonly separator?: string;
}

/** Which variables are read, and what stands between the addresses in one. */
export interface VariableSelection {
  readonly variables: readonly string[] | undefined;
  readonly separator: string | undefined;
}

/**
 * The selection that the options of a source's call mean.
 * @throws when the separator is empty
 */
export function selectionOf(call: string, { variables, separator }: VariableOptions): VariableSelection {
  if (separator === "") throw new Error(`${call} has an empty separator: write what stands between two addresses`);
  return { variables: typeof variables === "string" ? [variables] : variables, separator };
}

/** The addresses in a value, as the separator divides it. */
export function splitValue(value: string, separator: string | undefined): readonly string[] {
  const pieces = separator === undefined ? [value] : value.split(separator === " " ? /\s+/ : separator);
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== "");
}
