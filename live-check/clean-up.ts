import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../lib/cli/user-error";
import { type Kind, type Made } from "./made";
import { type Organisation, pathOf, refusalWords } from "./organisation";

/** What became of the objects that were to be removed. */
export interface Removal {
  readonly removed: readonly Made[];
  /** What is still there, as far as it is known. */
  readonly left: readonly Made[];
  /** Why it is, or why it is not known. */
  readonly problem?: string;
}

/** How long the platform may take to remove everything. */
const patienceMs = 120_000;

/** A configuration may be shown by a deployment, so those go first. */
const order: readonly Kind[] = ["deployment", "configuration"];

/**
 * Removes what runs of the live check have made, and looks whether it is gone. What was answered by nothing may have been carried out
 * all the same: that is why the lists are read again until nothing of it is in them.
 *
 * @param isMeant which of those objects
 */
export async function removeMade(
  organisation: Organisation,
  isMeant: (made: Made) => boolean,
  { patience = patienceMs }: { readonly patience?: number } = {},
): Promise<Removal> {
  const removed = new Map<string, Made>();
  const end = performance.now() + patience;
  for (let pause = 100; ; pause = Math.min(2 * pause, 5_000)) {
    const round = await removeOnce(organisation, isMeant, removed);
    if (round.left.length === 0 && round.problem === undefined) return { removed: [...removed.values()], left: [] };
    if (performance.now() + pause > end) return { ...round, removed: [...removed.values()] };
    await sleep(pause);
  }
}

/** Everything that is there is asked to go; what was there counts as left until the next look. */
async function removeOnce(
  organisation: Organisation,
  isMeant: (made: Made) => boolean,
  removed: Map<string, Made>,
): Promise<Omit<Removal, "removed">> {
  const left: Made[] = [];
  let problem: string | undefined;
  for (const kind of order) {
    try {
      for (const made of (await organisation.made(kind)).filter(isMeant)) {
        left.push(made);
        const answer = await organisation.ask("DELETE", `${pathOf(kind)}/${made.id}`);
        if (answer.status < 300 || answer.status === 404) removed.set(made.id, made);
        else problem = `DELETE of the ${kind} "${made.name}" is answered with ${refusalWords(answer)}`;
      }
    } catch (error) {
      problem = messageOf(error);
    }
  }
  // The list may forget it before it is gone.
  for (const made of removed.values()) {
    if (left.some(({ id }) => id === made.id) || (await isGone(organisation, made))) continue;
    left.push(made);
  }
  return { left, ...(problem !== undefined && { problem }) };
}

async function isGone(organisation: Organisation, { kind, id }: Made): Promise<boolean> {
  const versions = kind === "configuration" ? "/versions/draft" : "";
  try {
    return (await organisation.ask("GET", `${pathOf(kind)}/${id}${versions}`)).status === 404;
  } catch {
    return false;
  }
}
