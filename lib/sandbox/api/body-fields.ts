import { type Json, type JsonObject } from "../json";
import { type Activation, statusAt } from "../state";
import { badRequest } from "./api-error";
import { bodyProblems, bodyShape, type BodyProblem } from "./body-shape";
import { platformFields } from "../../genesys/platform-fields";
import { resourceSchema } from "../../genesys/provider-schema";
import { pending, type Stamp } from "../configurations";

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
export function refuse(problems: readonly BodyProblem[]): void {
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
  throw badRequest(`"status" cannot be set to ${JSON.stringify(status)}: write "Active" or "Inactive"`, [
    { errorCode: "invalid.value", fieldName: "status" },
  ]);
}

function missing(name: string): BodyProblem {
  return { errorCode: "missing.value", fieldName: name, message: `"${name}" is missing` };
}

function isBlank(value: JsonObject[string]): boolean {
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
