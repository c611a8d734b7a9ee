import { quote } from "../base/problem";
import { either, instance, listOf, type Shape, text, textWhere } from "../base/shape";
import { problemsOf, refuseProblems } from "../base/shape-check";
import { type AddressSource } from "./address-source";
import { isRecord } from "../base/errors";

const nameShape = textWhere('letters, digits, "-" and "_", such as "production"', (name) =>
  /^[A-Za-z0-9_-]+$/.test(name),
);

const source = instance<AddressSource>(
  "a source",
  (value) => isRecord(value) && !Array.isArray(value) && typeof value["read"] === "function",
);

/** Page addresses, written out or read from a source. */
export const addressesShape = listOf(
  either<string | AddressSource>([text, source], 'a page address or a source, such as envFile(".env")'),
);

/**
 * Checks a declaration.
 *
 * @param shape what its properties must be
 * @throws one error that names every mistake, quotes it and says what to write
 */
export function checkDeclaration(name: unknown, props: unknown, shape: Shape): void {
  refuse(name, [...problemsOf(nameShape, name, { root: "name" }), ...problemsOf(shape, props)]);
}

/**
 * Checks addresses that are added.
 * @throws one error that names every mistake
 */
export function checkAddresses(name: unknown, addresses: unknown): void {
  refuse(name, problemsOf(addressesShape, addresses, { path: "addresses" }));
}

function refuse(name: unknown, problems: ReturnType<typeof problemsOf>): void {
  const told = problems.map((problem) => ({ ...problem, message: `${problem.message}${ofTerraform(problem.value)}` }));
  refuseProblems(`nextEnvironment(${quote(name)}) cannot be declared like this`, told);
}

/** What the cores make of a list, and of an attribute that is no text. */
function ofTerraform(address: unknown): string {
  return isRecord(address) && (typeof address["resolve"] === "function" || isTokenList(address))
    ? ", and terraformValue(…) around what only Terraform knows"
    : "";
}

function isTokenList(address: unknown): boolean {
  return Array.isArray(address) && address.some((one) => typeof one === "string" && /[#$]\{TfToken\[/.test(one));
}
