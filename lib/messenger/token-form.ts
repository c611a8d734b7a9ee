/** How the cores write a token: in a text, as the only value of a list, as a key of a map. */
const inText = /\$\{TfToken\[[\w:.-]+\]\}/;
const inList = /#\{TfToken\[[\w:.-]+\]\}/;
const inMap = /&\{TfToken\[[\w:.-]+\]\}/;

/**
 * Whether a value stands for one that only Terraform knows, told by its form: what `Token.isUnresolved` of either core says. The
 * command checks properties as the constructs do, and has to run whichever core is installed.
 */
export function isUnresolved(value: unknown): boolean {
  if (typeof value === "string") return inText.test(value);
  if (typeof value === "number") return isTokenNumber(value, 0xfdff);
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value) && value.length === 1) {
    const only: unknown = value[0];
    if (typeof only === "number") return isTokenNumber(only, 0xfbff);
    return typeof only === "string" && inList.test(only);
  }
  if ("resolve" in value && typeof value.resolve === "function") return true;
  return Object.keys(value).some((key) => inMap.test(key));
}

/** A number that is a token has a mark in its first sixteen bits. */
function isTokenNumber(value: number, mark: number): boolean {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  return bits.getUint16(0) === mark;
}
