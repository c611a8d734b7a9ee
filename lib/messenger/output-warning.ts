import { TerraformOutput } from "cdktf";

const check = "isITerraformAddressable";

/**
 * Spares the user Node.js's warning DEP0044, which every synthesis with an output that is an object prints from version 22 on:
 * cdktf 0.21, its last release, asks by `util.isArray` whether the object is a list. Only that method is replaced, and only
 * where it does so (cdktn no longer does), by one that answers the same. Whatever else the program does wrong is still warned of.
 */
export function quietenOutputs(): void {
  const own: unknown = Object.getOwnPropertyDescriptor(TerraformOutput.prototype, check)?.value;
  if (typeof own !== "function" || !/\butil\w*\.isArray\b/.test(String(own))) return;
  Object.defineProperty(TerraformOutput.prototype, check, {
    value: (object: unknown) =>
      typeof object === "object" && object !== null && !Array.isArray(object) && "fqn" in object,
    configurable: true,
    writable: true,
  });
}
