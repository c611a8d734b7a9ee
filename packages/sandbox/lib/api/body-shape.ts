import { type Attribute, type Block, platformFields, resourceSchema } from "../../../../lib/genesys/provider-schema";
import { badRequest, type ErrorDetail } from "../cloud/context";
import { isJsonObject, type Json, type JsonObject } from "../cloud/json";
import { type Activation, pending, type Stamp, statusAt } from "../cloud/state";

/** What the API takes at one place of a body. */
export type BodyShape =
  | { readonly kind: "value"; readonly attribute: Attribute }
  | { readonly kind: "object"; readonly fields: Map<string, BodyShape> }
  | { readonly kind: "list"; readonly of: BodyShape };

/** Something that is wrong with a body, for the error's message and for its details. */
interface BodyProblem extends ErrorDetail {
  readonly message: string;
}

type ObjectShape = Extract<BodyShape, { kind: "object" }>;

const text: BodyShape = { kind: "value", attribute: { type: "string", mode: "optional" } };

/**
 * The shape of a resource's body, turned round from the provider's schema: each attribute and block stands there with its
 * path in the API's JSON.
 */
export function bodyShape(resource: Block): ObjectShape {
  const shape = objectShape(resource);
  for (const field of shape.fields.values()) allowReferences(field);
  return shape;
}

function objectShape(block: Block): ObjectShape {
  const shape: ObjectShape = { kind: "object", fields: new Map() };
  for (const attribute of Object.values(block.attributes)) {
    if (attribute.api !== undefined) place(shape, attribute.api, { kind: "value", attribute });
  }
  for (const nested of Object.values(block.blocks)) {
    if (nested.api === undefined) continue;
    const of = objectShape(nested);
    place(shape, nested.api, nested.nesting === "list" && nested.max === 1 ? of : { kind: "list", of });
  }
  return shape;
}

/** `labels[].id` makes a list of objects, `headlessMode.enabled` an object inside the object. */
function place(root: ObjectShape, api: string, shape: BodyShape): void {
  const names = api.split(".");
  const last = names.pop() ?? api;
  let at = root;
  for (const name of names) {
    const isList = name.endsWith("[]");
    const key = isList ? name.slice(0, -2) : name;
    const known = at.fields.get(key);
    const inner = known?.kind === "list" ? known.of : known;
    if (inner?.kind === "object") {
      at = inner;
    } else {
      const made: ObjectShape = { kind: "object", fields: new Map() };
      at.fields.set(key, isList ? { kind: "list", of: made } : made);
      at = made;
    }
  }
  // A list of strings at "labels[].id" is, in the API, a list of objects with one string each.
  const insideList = names.at(-1)?.endsWith("[]") === true;
  at.fields.set(
    last,
    insideList && shape.kind === "value" ? { kind: "value", attribute: { ...shape.attribute, type: "string" } } : shape,
  );
}

/** The API answers references with a name and a link, and clients send back what they were answered. */
function allowReferences(shape: BodyShape): void {
  if (shape.kind === "list") allowReferences(shape.of);
  if (shape.kind !== "object") return;
  if (shape.fields.has("id")) {
    for (const name of ["name", "selfUri"]) if (!shape.fields.has(name)) shape.fields.set(name, text);
  }
  for (const field of shape.fields.values()) allowReferences(field);
}

/** Everything that is wrong with a body. `null` means the same as a field left out, as in the platform's SDKs. */
export function bodyProblems(body: JsonObject, shape: ObjectShape): readonly BodyProblem[] {
  return [...problemsIn(body, shape, "")];
}

function* problemsIn(value: Json, shape: BodyShape, at: string): Generator<BodyProblem> {
  switch (shape.kind) {
    case "object":
      if (!isJsonObject(value)) {
        yield problem(at, "must be an object", value);
        return;
      }
      for (const [name, inner] of Object.entries(value)) {
        if (inner === undefined || inner === null) continue;
        const path = at === "" ? name : `${at}.${name}`;
        const field = shape.fields.get(name);
        if (field === undefined) yield unknownField(path);
        else yield* problemsIn(inner, field, path);
      }
      return;
    case "list":
      if (!isList(value)) yield problem(at, "must be a list", value);
      else for (const [index, item] of value.entries()) yield* problemsIn(item, shape.of, `${at}[${index}]`);
      return;
    case "value":
      yield* valueProblems(value, shape.attribute, at);
  }
}

function* valueProblems(value: Json, attribute: Attribute, at: string): Generator<BodyProblem> {
  switch (attribute.type) {
    case "list(string)":
      if (!isList(value)) {
        yield problem(at, "must be a list of strings", value);
        return;
      }
      if (attribute.maxItems !== undefined && value.length > attribute.maxItems) {
        yield problem(at, `must have at most ${attribute.maxItems} items`, value.length);
      }
      for (const [index, item] of value.entries()) {
        yield* valueProblems(item, { ...attribute, type: "string" }, `${at}[${index}]`);
      }
      return;
    case "bool":
      if (typeof value !== "boolean") yield problem(at, "must be true or false", value);
      return;
    case "number": {
      if (typeof value !== "number") {
        yield problem(at, "must be a number", value);
        return;
      }
      const [least, most] = attribute.range ?? [-Infinity, null];
      if (value < least || value > (most ?? Infinity)) {
        yield problem(at, most === null ? `must be ${least} or more` : `must be between ${least} and ${most}`, value);
      }
      return;
    }
    case "string":
      if (typeof value !== "string") {
        yield problem(at, "must be a string", value);
        return;
      }
      yield* stringProblems(value, attribute, at);
  }
}

function* stringProblems(value: string, attribute: Attribute, at: string): Generator<BodyProblem> {
  const { values, valuesIgnoreCase = false, length } = attribute;
  const fold = (each: string): string => (valuesIgnoreCase ? each.toLowerCase() : each);
  if (values !== undefined && !values.some((allowed) => fold(allowed) === fold(value))) {
    yield problem(at, `must be one of ${values.join(", ")}`, value);
  }
  const [least, most] = length ?? [0, Infinity];
  if (value.length < least || value.length > most) {
    yield problem(at, `must have ${least} to ${most} characters`, value);
  }
}

function problem(at: string, rule: string, value: Json): BodyProblem {
  return { errorCode: "invalid.value", fieldName: at, message: `"${at}" ${rule}, not ${JSON.stringify(value)}` };
}

function unknownField(at: string): BodyProblem {
  const message = `unknown field "${at}": the sandbox rejects fields that it does not support`;
  return { errorCode: "unknown.field", fieldName: at, message };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Checks a body against the provider's schema of a resource and gives back what the client decides in it. */
export function bodyReader(resource: string): (body: JsonObject, required: readonly string[]) => JsonObject {
  let shape: ReturnType<typeof bodyShape> | undefined;
  return (body, required) => {
    shape ??= bodyShape(resourceSchema(resource));
    const decided: JsonObject = Object.fromEntries(
      Object.entries(body).filter(([name, value]) => value !== null && !platformFields.has(name)),
    );
    refuse([
      ...required.filter((name) => isBlank(decided[name])).map((name) => missing(name)),
      ...bodyProblems(decided, shape),
    ]);
    return decided;
  };
}

/** @throws {@link ApiError} naming every problem, when there is one. */
function refuse(problems: readonly BodyProblem[]): void {
  if (problems.length === 0) return;
  throw badRequest(
    problems.map(({ message }) => message).join("; "),
    problems.map(({ errorCode, fieldName }) => ({ errorCode, fieldName })),
  );
}

/**
 * The state that a body asks for. Left out, it stays what it is, but what has ended in `Error` is tried again; `Pending`
 * turns `Active` by itself; `Error` and `Deleting` only the platform itself can reach. Unknown of the platform: all four.
 */
export function activationFrom(status: Json | undefined, current: Activation, stamp: Stamp): Activation {
  if (stamp.settling !== undefined || status === "Pending") return pending(stamp);
  if (status === undefined) {
    if (statusAt(current, stamp.now) === "Error") return pending(stamp);
    const { status: kept, activeAt, endsIn } = current;
    return { status: kept, ...(activeAt !== undefined && { activeAt }), ...(endsIn !== undefined && { endsIn }) };
  }
  if (status === "Active" || status === "Inactive") return { status };
  throw badRequest(`"status" cannot be set to ${JSON.stringify(status)}: expected "Active" or "Inactive"`, [
    { errorCode: "invalid.value", fieldName: "status" },
  ]);
}

function missing(name: string): BodyProblem {
  return { errorCode: "missing.value", fieldName: name, message: `"${name}" is missing` };
}

function isBlank(value: JsonObject[string]): boolean {
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
