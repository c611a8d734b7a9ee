import { isJsonObject } from "../../json";
import { type Call } from "../effect";

/** The id in the answer to a call that created something; undefined where it was refused. */
export async function createdId({ res }: Call): Promise<string | undefined> {
  const body: unknown = res.ok ? await res.clone().json() : undefined;
  return isJsonObject(body) && typeof body["id"] === "string" ? body["id"] : undefined;
}
