/**
 * What a function or a construct takes, as data. The compiler ties each description to the type that it describes, so that a
 * property added to one is missing in the other; `problemsOf` checks by it what no compiler has checked.
 */
export type Shape<T = unknown> = Described<T> &
  (
    | TextShape
    | NumberShape
    | FlagShape
    | LiteralShape
    | ListShape
    | MapShape
    | ObjectShape
    | EitherShape
    | VariantShape
    | InstanceShape
    | AnythingShape
  );

/** The type that a shape describes. */
export interface Described<T> {
  /** Never there: it makes a description of another type unassignable. */
  readonly describes?: { of(value: T): void };
}

/** What every shape of a single value has. */
interface Scalar {
  /** Whether it must be known when the program runs, because the library decides by it. @default false */
  readonly known?: boolean;
}

/** A string. */
export interface TextShape extends Scalar {
  readonly kind: "text";
  /** What the text must be, such as `a hex colour, such as "#0b5fff"`. @default a string */
  readonly expected?: string;
  /** @default every text will do */
  readonly holds?: (text: string) => boolean;
  /** Whether no message may show it. @default false */
  readonly secret?: boolean;
}

/** A finite number. */
export interface NumberShape extends Scalar {
  readonly kind: "number";
  readonly expected?: string;
  readonly holds?: (number: number) => boolean;
}

/** True or false. */
export interface FlagShape extends Scalar {
  readonly kind: "flag";
}

/** One of a few values. */
export interface LiteralShape extends Scalar {
  readonly kind: "literal";
  readonly values: readonly string[];
  /** What to write instead of a value that means one of them; undefined where it means none. */
  readonly meant?: (value: string) => string | undefined;
}

/** A list. */
export interface ListShape {
  readonly kind: "list";
  readonly of: Shape;
  readonly min?: number;
  readonly max?: number;
  /** Tells quickly that a list of thousands is right; where it does not, each element is looked at. */
  readonly isSurelyRight?: (items: readonly unknown[]) => boolean;
}

/** An object whose names are data, such as environment variables. */
interface MapShape {
  readonly kind: "map";
  readonly of: Shape;
  /** How one is written, such as `{ NAME: "value" }`. */
  readonly example: string;
}

/** An object with these properties and no others. */
export interface ObjectShape {
  readonly kind: "object";
  readonly fields: Readonly<Record<string, AnyField>>;
  /** What else to know where a property is unknown. @default nothing */
  readonly note?: string;
  /** What to do instead, by names that belong elsewhere. @default none does */
  readonly elsewhere?: Readonly<Record<string, string>>;
  /** Whether it may have other properties as well: what a program made before is passed. @default false */
  readonly open?: boolean;
}

/** One of several. */
export interface EitherShape {
  readonly kind: "either";
  readonly of: readonly Shape[];
  /** What is expected, in words. @default that of each */
  readonly expected?: string;
}

/** One of several objects, as one of its properties says. */
export interface VariantShape {
  readonly kind: "variant";
  readonly by: string;
  readonly of: Readonly<Record<string, ObjectShape>>;
  /** What any other value of the property makes of an object that has the property `mark`. @default no other value is right */
  readonly others?: { readonly shape: ObjectShape; readonly mark: string };
  readonly example: string;
}

/** An object that is made elsewhere, such as a construct. */
interface InstanceShape {
  readonly kind: "instance";
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

/** Whatever it is: something else looks at it. */
interface AnythingShape {
  readonly kind: "anything";
}

/** A property that must be there. */
export interface RequiredShape<T = unknown> {
  readonly required: Shape<T>;
  /** What is expected where it is missing. @default what the shape expects */
  readonly expected?: string;
}

export type AnyField = Shape | RequiredShape;

/** A description of every property of an object; of those that must be there, with `required` around it. */
export type Fields<T> = {
  readonly [Name in keyof T]-?: T extends Readonly<Record<Name, T[Name]>>
    ? RequiredShape<T[Name]>
    : Shape<Exclude<T[Name], undefined>>;
};

export const text: Shape<string> & TextShape = { kind: "text" };
export const flag: Shape<boolean> & FlagShape = { kind: "flag" };
export const number: Shape<number> & NumberShape = { kind: "number" };
export const texts: Shape<readonly string[]> & ListShape = { kind: "list", of: text };
export const anything: AnythingShape = { kind: "anything" };

/** A string that no message shows, nor what stands in its place. */
export const secretText: Shape<string> & TextShape = { kind: "text", secret: true };

/** The same, known when the program runs. */
export function known<S extends Scalar>(shape: S): S {
  return { ...shape, known: true };
}

/** A text of which something holds. */
export function textWhere(expected: string, holds: (text: string) => boolean): Shape<string> & TextShape {
  return { kind: "text", expected, holds };
}

/** A text that is not empty. */
export function nonEmpty(expected: string): Shape<string> & TextShape {
  return textWhere(expected, (value) => value.trim() !== "");
}

/** A text of so many characters. */
export function textOfLength(min: number, max: number): Shape<string> & TextShape {
  return textWhere(`${min} to ${max} characters`, ({ length }) => length >= min && length <= max);
}

/** A number of which something holds. */
export function numberWhere(expected: string, holds: (number: number) => boolean): Shape<number> & NumberShape {
  return { kind: "number", expected, holds };
}

/** A whole number between two limits, both of them allowed. */
export function wholeNumber(min: number, max = Infinity): Shape<number> & NumberShape {
  const expected = `a whole number ${max === Infinity ? `of ${min} or more` : `from ${min} to ${max}`}`;
  return numberWhere(expected, (value) => Number.isInteger(value) && value >= min && value <= max);
}

export function oneOf<T extends string>(values: readonly T[], meant?: LiteralShape["meant"]): Shape<T> & LiteralShape {
  return { kind: "literal", values, ...(meant && { meant }) };
}

export function listOf<T>(of: Shape<T>, limits: Omit<ListShape, "kind" | "of"> = {}): Shape<readonly T[]> {
  return { kind: "list", of, ...limits };
}

export function mapOf<T>(of: Shape<T>, example: string): Shape<Readonly<Record<string, T>>> {
  return { kind: "map", of, example };
}

export function object<T>(fields: Fields<T>, more?: Pick<ObjectShape, "elsewhere">): Shape<T> & ObjectShape;
export function object(
  fields: Readonly<Record<string, AnyField>>,
  more: Pick<ObjectShape, "elsewhere"> = {},
): ObjectShape {
  return { kind: "object", fields, ...more };
}

/** The same with whatever other properties. */
export function open<S extends ObjectShape>(shape: S): S {
  return { ...shape, open: true };
}

export function required<T>(shape: Shape<T>, expected?: string): RequiredShape<T> {
  return { required: shape, ...(expected !== undefined && { expected }) };
}

export function either<T>(of: readonly Shape<T>[], expected?: string): Shape<T> {
  return { kind: "either", of, ...(expected !== undefined && { expected }) };
}

export function instance<T>(expected: string, holds: (value: unknown) => boolean): Shape<T> {
  return { kind: "instance", expected, holds };
}

export function shapeOf(field: AnyField): Shape {
  return "required" in field ? field.required : field;
}

export function isRequired(field: AnyField): field is RequiredShape {
  return "required" in field;
}

/** What is expected, as the end of a sentence: `a list of strings`. */
export function expectation(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return shape.expected ?? "a string";
    case "number":
      return shape.expected ?? "a number";
    case "flag":
      return "true or false";
    case "literal":
      return orOf(shape.values.map((value) => `"${value}"`));
    case "list":
      return shape.of.kind === "text" ? "a list of strings" : `a list, each element ${expectation(shape.of)}`;
    case "object": {
      const names = Object.keys(shape.fields);
      return names.length === 0 || names.length > 6 ? "an object" : `an object with ${andOf(names)}`;
    }
    case "map":
    case "variant":
      return `an object, such as ${shape.example}`;
    case "either":
      return shape.expected ?? orOf(shape.of.map(expectation));
    case "instance":
      return shape.expected;
    case "anything":
      return "a value";
  }
}

function orOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

function andOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
