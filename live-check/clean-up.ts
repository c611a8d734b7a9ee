import { setTimeout as sleep } from "node:timers/promises";
import { printable } from "../lib/base/printable";
import { printAside, printReport } from "../lib/cli/terminal/output";
import { messageOf } from "../lib/cli/terminal/interruption";
import { type Finding } from "./findings";
import { isDescribedAsMade, type Kind, type Made } from "./made";
import { type Organisation, pathOf, refusalWords } from "./organisation";

/** What became of the objects that were to be removed. */
export interface Removal {
  readonly removed: readonly Made[];
  /** What is still there, as far as it is known. */
  readonly left: readonly Made[];
  /** Why it is, or why it is not known. */
  readonly problem?: string;
}

/** A look at what is left. */
interface Round extends Omit<Removal, "removed"> {
  /** Whether another attempt would be refused as well. */
  readonly isFinal: boolean;
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
 * @param quietMs for how long nothing may turn up: what was made a moment ago may not be in the lists yet
 */
export async function removeMade(
  organisation: Organisation,
  isMeant: (made: Made) => boolean,
  quietMs = 0,
): Promise<Removal> {
  const removed = new Map<string, Made>();
  const end = performance.now() + patienceMs;
  let emptySince: number | undefined;
  for (let pause = 100; ; pause = Math.min(2 * pause, 5_000)) {
    const { left, problem, isFinal } = await removeOnce(organisation, isMeant, removed);
    const now = performance.now();
    if (left.length > 0 || problem !== undefined) emptySince = undefined;
    else if (now - (emptySince ??= now) >= quietMs) return { removed: [...removed.values()], left };
    if (isFinal || now + pause > end) {
      return { removed: [...removed.values()], left, ...(problem !== undefined && { problem }) };
    }
    await sleep(pause);
  }
}

/** Everything that is there is asked to go; what was there counts as left until the next look. */
async function removeOnce(
  organisation: Organisation,
  isMeant: (made: Made) => boolean,
  removed: Map<string, Made>,
): Promise<Round> {
  const left: Made[] = [];
  let problem: string | undefined;
  let isFinal = false;
  for (const kind of order) {
    try {
      for (const made of (await organisation.made(kind)).filter(isMeant)) {
        left.push(made);
        const answer = await organisation.ask("DELETE", `${pathOf(kind)}/${made.id}`);
        if (answer.status < 300 || answer.status === 404) removed.set(made.id, made);
        else {
          problem = `DELETE of the ${kind} "${made.name}" is answered with ${refusalWords(answer)}`;
          isFinal ||= answer.status === 403; // a permission is missing
        }
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
  return { left, isFinal, ...(problem !== undefined && { problem }) };
}

async function isGone(organisation: Organisation, { kind, id }: Made): Promise<boolean> {
  const versions = kind === "configuration" ? "/versions/draft" : "";
  try {
    return (await organisation.ask("GET", `${pathOf(kind)}/${id}${versions}`)).status === 404;
  } catch {
    return false;
  }
}

/** Removes what earlier runs have left behind, after a yes. Answers the exit code. */
export async function cleanUp(
  organisation: Organisation,
  confirm: (question: string) => Promise<boolean>,
): Promise<0 | 1> {
  const found: Made[] = [];
  for (const made of [...(await organisation.made("deployment")), ...(await organisation.made("configuration"))]) {
    const isOurs = isDescribedAsMade(await organisation.shown(made));
    const since = made.dateCreated === undefined ? "" : `, made ${printable(made.dateCreated)}`;
    printReport(
      `  ${isOurs ? "" : "(left alone, its description is another) "}${made.kind} ${made.id} "${made.name}"${since}`,
    );
    if (isOurs) found.push(made);
  }
  if (found.length === 0) {
    printReport("Nothing to remove.");
    return 0;
  }
  if (!(await confirm("Remove these objects? A run in progress would lose its objects."))) return 1;
  const ids = new Set(found.map(({ id }) => id));
  const removal = await removeMade(organisation, ({ id }) => ids.has(id));
  printReport(removalFinding(removal).measured);
  reportLeft(removal);
  return removal.left.length === 0 && removal.problem === undefined ? 0 : 1;
}

/** What became of it, as the last finding of a run. */
export function removalFinding({ removed, left, problem }: Removal): Finding {
  const words = `${left.length} left, ${removed.length} removed`;
  return {
    group: "clean-up",
    what: "the run's objects are removed",
    expected: "0 left",
    measured: problem === undefined ? words : `${words}; ${problem}`,
    verdict: left.length === 0 && problem === undefined ? "as expected" : "differs",
  };
}

/** Says what is left, and what to do. */
export function reportLeft({ left, problem }: Removal): void {
  if (left.length === 0 && problem === undefined) return;
  printAside(
    `\nNot everything could be removed: ${problem ?? "it is still there"}. Run this again: npm run live-check -- --clean-up`,
  );
  for (const { kind, id, name } of left) printAside(`  ${kind} ${id} "${printable(name)}"`);
}
