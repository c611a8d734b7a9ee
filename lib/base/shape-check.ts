import { hidden, invalid, missing, type Problem, quote, unknownName } from "./problem";
import {
  type AnyField,
  type EitherShape,
  expectation,
  isRequired,
  type ListShape,
  type ObjectShape,
  type Shape,
  shapeOf,
  text,
  type VariantShape,
} from "./shape";

/** How values are checked. */
interface CheckContext {
  /** The way to the value; empty for what a function is passed itself. @default empty */
  readonly path?: string;
  /** What is passed, as a message calls it. @default "properties" */
  readonly root?: string;
  /** What its parts are called. @default "property" */
  readonly noun?: string;
  /** Whether a value is known only later, so that it may stand for any scalar. @default no value is */
  readonly isDeferred?: (value: unknown) => boolean;
}

type Context = Required<CheckContext>;

/** Everything that is wrong with a value, compared with what it must be. */
export function problemsOf(shape: Shape, value: unknown, context: CheckContext = {}): readonly Problem[] {
  const { path = "", root = "properties", noun = "property", isDeferred = () => false } = context;
  return check(shape, value, { path, root, noun, isDeferred });
}

/** What a function is passed: its name, what it must be, and what it is. */
export type Given = readonly (readonly [name: string, shape: Shape, value: unknown])[];

/** How a function is checked. */
interface CallContext extends Pick<CheckContext, "isDeferred"> {
  /** What else is wrong where everything is right by itself. @default nothing */
  readonly together?: () => readonly Problem[];
}

/**
 * Checks what a function is called with.
 *
 * @param call how a message names it, such as `envFile(".env")`
 * @throws an error with every problem
 */
export function checkGiven(call: string, given: Given, { isDeferred, together }: CallContext = {}): void {
  const problems = given.flatMap(([root, shape, value]) => {
    const noun = root === "options" || root === "variables" ? "option" : "property";
    return problemsOf(shape, value, { root, noun, ...(isDeferred && { isDeferred }) });
  });
  refuseProblems(`${call} has invalid arguments`, problems.length === 0 ? (together?.() ?? []) : problems);
}

/**
 * Checks a text that a function is called with. It is for functions that are called often.
 *
 * @throws an error that says what is expected
 */
export function checkText(call: string, name: string, value: unknown): void {
  if (typeof value !== "string") checkGiven(call, [[name, text, value]]);
}

/** @throws an error with every problem, a line each, where there are any */
export function refuseProblems(what: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw new Error([`${what}:`, ...problems.map(({ message }) => message)].join("\n    - "));
}

function check(shape: Shape, value: unknown, context: Context): readonly Problem[] {
  switch (shape.kind) {
    case "text":
    case "number":
    case "flag":
    case "literal":
      return checkScalar(shape, value, context);
    case "list":
      if (!Array.isArray(value)) return [wrong(shape, value, context)];
      if (context.isDeferred(value) || shape.isSurelyRight?.(value) === true) return [];
      return checkList(shape, value, context);
    case "map":
      if (!isObject(value, context)) return [wrong(shape, value, context)];
      return Object.entries(value).flatMap(([name, item]) => check(shape.of, item, below(context, name)));
    case "object":
      return isObject(value, context) && !isStrange(shape, value)
        ? checkFields([shape], value, context)
        : [wrong(shape, value, context)];
    case "variant":
      return checkVariant(shape, value, context);
    case "either":
      return checkEither(shape, value, context);
    case "instance":
      return shape.holds(value) ? [] : [wrong(shape, value, context)];
    case "anything":
      return [];
  }
}

const ofType = { isOfType: true } as const;

function wrong(shape: Shape, value: unknown, context: Context): Problem {
  const name = nameOf(context);
  const expected = `expected ${withExample(shape, value)}`;
  return value === undefined ? missing(name, expected) : invalid(name, value, expected, ofType);
}

/** How what was written would be right, where that is easily told: a list of it, or an object with it. */
function withExample(shape: Shape, value: unknown): string {
  if (typeof value !== "string") return expectation(shape);
  if (shape.kind === "list" && problemsOf(shape.of, value).length === 0) return `a list, such as [${quote(value)}]`;
  const fields = shape.kind === "object" ? Object.entries(shape.fields) : [];
  const found = fields.find(([, field]) => isAmong(shapeOf(field), value));
  return found === undefined ? expectation(shape) : `an object, such as { ${found[0]}: ${quote(value)} }`;
}

function isAmong(shape: Shape, value: string): boolean {
  return shape.kind === "literal" && shape.values.includes(value);
}

type ScalarShape = Extract<Shape, { readonly kind: "text" | "number" | "flag" | "literal" }>;

function checkScalar(shape: ScalarShape, given: unknown, context: Context): readonly Problem[] {
  const value =
    shape.kind === "text" && shape.secret === true && typeof given !== "string" && !context.isDeferred(given)
      ? hidden
      : given;
  if (context.isDeferred(value)) {
    if (shape.known !== true) return [];
    return [invalid(nameOf(context), value, "it is known to Terraform only; write the value out", ofType)];
  }
  if (!isOfKind(shape, value)) {
    const meant = shape.kind === "literal" && typeof value === "string" ? shape.meant?.(value) : undefined;
    return [
      meant === undefined
        ? wrong(shape, value, context)
        : invalid(nameOf(context), value, `did you mean "${meant}"?`, ofType),
    ];
  }
  const holds =
    shape.kind === "text" && typeof value === "string"
      ? (shape.holds?.(value) ?? true)
      : shape.kind === "number" && typeof value === "number"
        ? (shape.holds?.(value) ?? true)
        : true;
  return holds ? [] : [invalid(nameOf(context), value, `expected ${expectation(shape)}`)];
}

function isOfKind(shape: ScalarShape, value: unknown): boolean {
  switch (shape.kind) {
    case "text":
      return typeof value === "string";
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "flag":
      return typeof value === "boolean";
    case "literal":
      return shape.values.some((one) => one === value);
  }
}

function checkList(shape: ListShape, items: readonly unknown[], context: Context): readonly Problem[] {
  const { min = 0, max = Infinity } = shape;
  const limit = items.length < min ? `at least ${min}` : `at most ${max}`;
  const amount =
    items.length >= min && items.length <= max
      ? []
      : [
          invalid(
            nameOf(context),
            items,
            `expected ${limit} element${limit.endsWith(" 1") ? "" : "s"}, not ${items.length}`,
          ),
        ];
  // By index: a hole is an element that is missing.
  const elements = Array.from({ length: items.length }, (_, index) =>
    check(shape.of, items[index], { ...context, path: `${nameOf(context)}[${index}]` }),
  );
  return [...amount, ...elements.flat()];
}

/** The properties of an object that may be any of several. */
function checkFields(shapes: readonly ObjectShape[], value: object, context: Context): readonly Problem[] {
  const names = [...new Set(shapes.flatMap(({ fields }) => Object.keys(fields)))];
  const given = names.flatMap((name) => {
    const fields = shapes.flatMap(({ fields }) => (Object.hasOwn(fields, name) ? (fields[name] ?? []) : []));
    const item: unknown = Reflect.get(value, name);
    // Where it may be another of them, what is missing is told of the whole.
    if (item === undefined && shapes.length > 1) return [];
    const attempts = fields.map((field) => checkField(field, item, below(context, name)));
    return attempts.find((problems) => problems.length === 0) ?? attempts[0] ?? [];
  });
  // An instance of a class may hold more than is looked at: the compiler takes one as well.
  const isOpen = shapes.some(({ open = false }) => open) || !isWrittenOut(value);
  const unknown = !isOpen ? Object.keys(value).filter((name) => !names.includes(name)) : [];
  const [{ note, elsewhere } = {}] = shapes;
  return [...given, ...unknown.map((name) => unknownName(name, names, { ...context, note, elsewhere }))];
}

function checkField(field: AnyField, item: unknown, context: Context): readonly Problem[] {
  if (!isRequired(field)) return item === undefined ? [] : check(field, item, context);
  const { required, expected } = field;
  if (item === undefined && expected !== undefined) return [missing(nameOf(context), `expected ${expected}`)];
  return check(required, item, context);
}

function checkVariant(shape: VariantShape, value: unknown, context: Context): readonly Problem[] {
  if (!isObject(value, context)) return [wrong(shape, value, context)];
  const by: unknown = Reflect.get(value, shape.by);
  const found = typeof by === "string" && Object.hasOwn(shape.of, by) ? shape.of[by] : undefined;
  if (found !== undefined) return checkFields([found], value, context);
  const { others } = shape;
  if (others !== undefined && typeof by === "string" && Reflect.get(value, others.mark) !== undefined) {
    return checkFields([others.shape], value, context);
  }
  const known: Shape = { kind: "literal", values: Object.keys(shape.of) };
  const where = below(context, shape.by);
  if (others === undefined || typeof by !== "string") return [wrong(known, by, where)];
  const expected = `expected ${expectation(known)}, or another type with ${nameOf(below(context, others.mark))}`;
  return [invalid(nameOf(where), by, expected, ofType), ...checkMark(others, value, context)];
}

/** What an object lacks other than properties with a name. */
function checkMark({ shape, mark }: NonNullable<VariantShape["others"]>, value: object, context: Context) {
  const field = shape.fields[mark];
  return field === undefined ? [] : checkField(field, Reflect.get(value, mark), below(context, mark));
}

/** Of several objects that it could be, what is wrong with each property is said once. */
function checkEither(shape: EitherShape, value: unknown, context: Context): readonly Problem[] {
  const all = alternatives(shape);
  if (all.some((one) => check(one, value, context).length === 0)) return [];
  const objects = all.flatMap((one) => (one.kind === "object" ? [one] : []));
  if (objects.length > 0 && isObject(value, context) && isWrittenOut(value)) {
    const problems = checkFields(objects, value, context);
    if (problems.length > 0) return problems;
  }
  const list = all.find(({ kind }) => kind === "list");
  if (list !== undefined && Array.isArray(value)) return check(list, value, context);
  return [wrong(shape, value, context)];
}

function alternatives({ of }: EitherShape): readonly Shape[] {
  return of.flatMap((one) => (one.kind === "either" ? alternatives(one) : [one]));
}

function below(context: Context, name: string): Context {
  return { ...context, path: context.path === "" ? name : `${context.path}.${name}` };
}

function nameOf({ path, root }: Context): string {
  return path === "" ? root : path;
}

/** An object that was written out, or one of a program's own class; not one of JavaScript's, nor one that is known later. */
function isObject(value: unknown, { isDeferred }: Context): value is object {
  return Object.prototype.toString.call(value) === "[object Object]" && !isDeferred(value);
}

/** Whether an object is of no class. */
function isWrittenOut(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return typeof prototype !== "object" || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Something else altogether: an instance of a class, or a whole object, that has none of the properties. */
function isStrange({ fields, open = false }: ObjectShape, value: object): boolean {
  if (open || Object.keys(fields).some((name) => name in value)) return false;
  return !isWrittenOut(value) || Object.keys(value).length > 3;
}
