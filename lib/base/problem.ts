import { editDistance } from "./edit-distance";
import { redact } from "./redact";

/** What is wrong with one property of what a program was given. */
export interface Problem {
  /** The way to it, such as `cobrowse.pauseCriteria[0].condition`. */
  readonly property: string;
  readonly value: unknown;
  /** A sentence without a full stop: what is wrong with which value, and what is expected. */
  readonly message: string;
  /** Whether a compiler would have refused it. */
  readonly isOfType: boolean;
}

/** Stands for a value that must not be shown. */
export const hidden = Symbol("hidden");

/** A value that is there and wrong. */
export function invalid(
  property: string,
  value: unknown,
  expected: string,
  { isOfType = false }: { readonly isOfType?: boolean } = {},
): Problem {
  return { property, value, message: `Invalid ${property} ${quote(value)}: ${expected}`, isOfType };
}

/** A value that is not there. */
export function missing(property: string, expected: string): Problem {
  return { property, value: undefined, message: `Missing ${property}: ${expected}`, isOfType: true };
}

/** A property that cannot be set together with these others. */
export function conflicting(property: string, others: readonly string[], remedy: string): Problem {
  const message = `Conflicting properties ${property} and ${others.join(", ")}: ${remedy}`;
  return { property, value: undefined, message, isOfType: true };
}

/** Where a name is not known. */
interface Surroundings {
  /** The way to the object that it is in; empty for what is passed itself. */
  readonly path: string;
  /** What it is called: a property, an option. */
  readonly noun: string;
  /** What else to know where no other name was meant. @default nothing */
  readonly note?: string | undefined;
  /** What to do instead, by names that belong elsewhere. @default none does */
  readonly elsewhere?: Readonly<Record<string, string>> | undefined;
}

/** A property that means nothing. */
export function unknownName(name: string, known: readonly string[], surroundings: Surroundings): Problem {
  const { path, noun } = surroundings;
  const where = path === "" ? "" : ` in ${path}`;
  const message = `Unknown ${noun} "${redact(name)}"${where}: ${remedyFor(name, known, surroundings)}`;
  return { property: path === "" ? name : `${path}.${name}`, value: name, message, isOfType: true };
}

function remedyFor(name: string, known: readonly string[], { note, elsewhere = {} }: Surroundings): string {
  const near = nearestName(name, known);
  if (Object.hasOwn(elsewhere, name)) return elsewhere[name] ?? "";
  if (near !== undefined) return `did you mean "${near}"?`;
  const expected =
    known.length === 0 ? "leave it out" : `expected ${known.length === 1 ? "" : "one of "}${known.join(", ")}`;
  return note === undefined ? expected : `${expected}; ${note}`;
}

/** The name that was probably meant: a slip of a finger away, or the same in other capitals. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const limit = name.length <= 3 ? 1 : Math.max(2, Math.floor(name.length / 3));
  const distances = known.flatMap((candidate) => {
    if (candidate.toLowerCase() === name.toLowerCase()) return [{ candidate, distance: 0 }];
    const distance = editDistance(name, candidate, limit);
    return distance === undefined ? [] : [{ candidate, distance }];
  });
  return distances.sort((one, other) => one.distance - other.distance)[0]?.candidate;
}

/**
 * The value as a program would write it. What may be a secret in a text is masked; of an object the names are shown, and nothing
 * that it holds.
 */
export function quote(value: unknown): string {
  if (value === hidden) return "(not shown)";
  if (isTerraformOnly(value)) return "(a Terraform value)";
  if (typeof value === "string") return `"${redact(value)}"`;
  if (typeof value === "function") return "(a function)";
  if (typeof value === "symbol") return "(a symbol)";
  if (Array.isArray(value)) return listed(value.map(inList));
  if (typeof value !== "object" || value === null) return typeof value === "bigint" ? `${value}n` : String(value);
  const kind = classOf(value);
  return kind === undefined ? quoteObject(value) : `(${/^[AEIOU]/.test(kind) ? "an" : "a"} ${kind})`;
}

/** How cdktf writes what only Terraform knows: as a text, a number, a list of one text, or an object with one name. */
function isTerraformOnly(value: unknown): boolean {
  if (typeof value === "string") return /[$#&]\{TfToken\[/.test(value);
  if (typeof value === "number") return value < -1e290 && value > -Infinity;
  if (Array.isArray(value)) return value.length === 1 && isTerraformOnly(value[0]);
  return typeof value === "object" && value !== null && Object.keys(value).some(isTerraformOnly);
}

const most = 4;

function listed(items: readonly string[]): string {
  return `[${[...items.slice(0, most), ...(items.length > most ? ["…"] : [])].join(", ")}]`;
}

function inList(item: unknown): string {
  if (Array.isArray(item)) return "[…]";
  return typeof item === "object" && item !== null && classOf(item) === undefined ? "{…}" : quote(item);
}

function quoteObject(value: object): string {
  const names = Object.keys(value);
  if (names.length === 0) return "{}";
  return `{ ${[...names.slice(0, most).map(redact), ...(names.length > most ? ["…"] : [])].join(", ")} }`;
}

/** The name of an object's class; undefined for one that was written out. */
function classOf(value: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== "object" || prototype === null || Object.getPrototypeOf(prototype) === null)
    return undefined;
  const { name } = value.constructor;
  return name === "" ? undefined : name;
}
