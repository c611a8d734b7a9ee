import { randomBytes } from "node:crypto";
import { type JsonObject, textIn } from "../lib/platform/json-fields";

/** What the names of everything begin with that a live check makes. */
const namePrefix = "cdktf-genesys-messenger live-check";

/** What the descriptions of everything begin with that a live check makes. */
const descriptionPrefix = "Throw-away, made by npm run live-check of cdktf-genesys-messenger";

/** The name of a run, and whatever stands behind it. */
const nameOfRun = new RegExp(`^${namePrefix} \\d{8}T\\d{6}Z-[0-9a-f]{8}(?: [\\w -]+)?$`);

/** One run of the live check. Everything that it makes carries its name and its description. */
export interface Run {
  /** Unique; the names of what it makes begin with it. */
  readonly name: string;
  /** Says what made the object, when, and how to remove it. */
  readonly description: string;
}

/** The two kinds of objects that a run makes. */
export type Kind = "deployment" | "configuration";

/** An object of the organisation that a run has made. */
export interface Made {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** As the API writes it; absent where it does not say. */
  readonly dateCreated?: string;
}

export function newRun(now: Date): Run {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  return {
    name: `${namePrefix} ${stamp}-${randomBytes(4).toString("hex")}`,
    description: `${descriptionPrefix} at ${now.toISOString()}, which removes it at its end. Left over? npm run live-check -- --clean-up`,
  };
}

/** Whether an object of the organisation was made by that run. */
export function isOfRun({ name }: Run): (made: Made) => boolean {
  return (made) => made.name === name || made.name.startsWith(`${name} `);
}

/** The object in an entity of a list, where its name is one that a run gives. */
export function madeIn(kind: Kind, entity: JsonObject): Made | undefined {
  const [id, name, dateCreated] = ["id", "name", "dateCreated"].map((field) => textIn(entity, field));
  if (id === undefined || name === undefined || !nameOfRun.test(name)) return undefined;
  return { kind, id, name, ...(dateCreated !== undefined && { dateCreated }) };
}

/** The description of what a stack deploys: a deploy takes one of the same description and domains for a lost one of its stack. */
export function descriptionOf(run: Run, stack: string): string {
  return `${run.description} (${stack})`;
}

/** Whether the description in an object's own answer says that a run has made it. */
export function isDescribedAsMade(answer: JsonObject): boolean {
  return textIn(answer, "description")?.startsWith(descriptionPrefix) === true;
}
