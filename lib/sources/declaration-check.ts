import { printable } from "../origins/printable";
import { environmentKinds } from "../origins/environment-kind";
import { isRecord } from "./unknown-value";

const properties = ["kind", "addresses", "acknowledge", "allowAllDomains", "root"];
const someKind = environmentKinds.map((kind) => `"${kind}"`).join(", ");

/**
 * Checks a declaration that no compiler has checked.
 * @throws one error that names every mistake, quotes it and says what to write
 */
export function checkDeclaration(name: unknown, props: unknown): void {
  const mistakes: string[] = [];
  if (typeof name !== "string" || !/^[A-Za-z0-9_-]+$/.test(name)) {
    mistakes.push(`the name ${quote(name)} is none: write letters, digits, "-" and "_", such as "production"`);
  }
  if (!isRecord(props)) {
    mistakes.push(`the properties are ${quote(props)}: write { kind: …, addresses: […] }`);
  } else {
    mistakes.push(...mistakesOf(props));
  }
  refuse(name, mistakes);
}

/**
 * Checks addresses that no compiler has checked.
 * @throws one error that names every mistake
 */
export function checkAddresses(name: unknown, addresses: unknown): void {
  refuse(name, mistakesOfAddresses(addresses));
}

function mistakesOf(props: Readonly<Record<string, unknown>>): readonly string[] {
  const mistakes: string[] = [];
  const { kind, addresses, acknowledge, allowAllDomains, root } = props;
  if (kind === undefined) {
    mistakes.push(`kind is missing: write what the environment is for, one of ${someKind}`);
  } else if (!environmentKinds.some((known) => known === kind)) {
    mistakes.push(`the kind ${quote(kind)} is unknown: write one of ${someKind}`);
  }
  mistakes.push(...mistakesOfAddresses(addresses));
  if (acknowledge !== undefined && !isReasons(acknowledge)) {
    mistakes.push(`acknowledge is ${quote(acknowledge)}: write { "<rule>": "<reason>" }`);
  }
  if (allowAllDomains !== undefined && typeof allowAllDomains !== "boolean") {
    mistakes.push(`allowAllDomains is ${quote(allowAllDomains)}: write true or false`);
  }
  if (root !== undefined && typeof root !== "string") {
    mistakes.push(`root is ${quote(root)}: write the folder that relative paths start from`);
  }
  for (const property of Object.keys(props).filter((key) => !properties.includes(key))) {
    mistakes.push(`the property "${property}" is unknown: write one of ${properties.join(", ")}`);
  }
  return mistakes;
}

function mistakesOfAddresses(addresses: unknown): readonly string[] {
  if (!Array.isArray(addresses)) return [`addresses is ${quote(addresses)}: write a list, such as ["www.example.com"]`];
  return addresses.flatMap((address: unknown, index) =>
    typeof address === "string" || (isRecord(address) && typeof address["read"] === "function")
      ? []
      : [
          `addresses[${index}] is ${quote(address)}: write a page address or a source, such as envFile(".env")${ofTerraform(address)}`,
        ],
  );
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

function isReasons(value: unknown): boolean {
  return isRecord(value) && !Array.isArray(value) && Object.values(value).every((reason) => typeof reason === "string");
}

/** The value as it would be written. The contents of an object are not shown. */
function quote(value: unknown): string {
  if (typeof value === "string") return `"${printable(value)}"`;
  if (Array.isArray(value)) return "a list";
  if (isRecord(value)) return "an object";
  // How the cores write a number that only Terraform knows.
  if (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER) return "a number";
  return typeof value === "function" ? "a function" : String(value);
}

function refuse(name: unknown, mistakes: readonly string[]): void {
  if (mistakes.length === 0) return;
  throw new Error(
    `nextEnvironment(${quote(name)}) cannot be declared:\n${mistakes.map((text) => `- ${text}`).join("\n")}`,
  );
}
