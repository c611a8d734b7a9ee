import { errorMessage } from "../../base/errors";
import { quoteLiteral } from "../../codegen/literal";
import { type Deployment } from "../../genesys/deployment";
import { type ExaminedMessenger, type ExaminedStack } from "../../operations/examine";
import { parseAddress } from "../../origins/address";
import { formatPlace } from "../../origins/finding";
import { declaredEnvironments, environmentsFile } from "../../programs/environments-file";
import { type NextEnvironment } from "../../sources/next-environment";
import { askOnTerminal } from "../terminal/confirm";
import { printReport } from "../terminal/output";
import { keepHosts, type Kept } from "./keep-hosts";

/** What of a Messenger was changed by hand, as a program would have it. */
interface LiveChanges {
  /** Live entries that the program does not derive. */
  readonly hosts: readonly string[];
  /** What a person must write or take out, one line each. */
  readonly lines: readonly string[];
}

/** Reads off an audit what keeping the live deployment would take. */
export function liveChanges({ audit, derived, remembered }: ExaminedMessenger): LiveChanges {
  const { api } = audit.live;
  if (api.outcome !== "served" || remembered === undefined) return { hosts: [], lines: [] };
  const { deployment: live } = api;
  const lines = propertyLines(remembered.deployment, live);
  if (derived === undefined) return { hosts: [], lines };
  if (live.allowAllDomains) {
    return {
      hosts: [],
      lines: derived.allowAllDomains ? lines : ["allowAllDomains: true, // in place of the addresses", ...lines],
    };
  }
  const declared = new Set<string>(derived.domains);
  const isLive = new Set(live.allowedDomains.map((entry) => entry.toLowerCase()));
  const hosts = [...isLive].filter((entry) => !declared.has(entry) && isHost(entry));
  const removed = live.allowedDomains.length === 0 ? [] : derived.entries.filter(({ host }) => !isLive.has(host));
  return {
    hosts,
    lines: [
      ...lines,
      ...removed.map(({ host, sources }) => {
        const places = sources.map(({ place }) => formatPlace(place)).join(", ");
        return `"${host}" was removed by hand: remove it from ${places}, or leave it out with leaveOut`;
      }),
    ],
  };
}

function isHost(entry: string): boolean {
  const parsed = parseAddress(entry);
  return parsed.ok && parsed.address.host === entry;
}

/** What a Messenger is made with, where it was changed by hand. */
function propertyLines(before: Deployment, live: Deployment): readonly string[] {
  const properties = [
    ["name", before.name, live.name],
    ["description", before.description, live.description],
    ["flow", before.flowId, live.flowId],
    ["supportedContent", before.supportedContentId, live.supportedContentId],
  ] as const;
  return properties.flatMap(([name, was, is]) => {
    if ((was ?? "") === (is ?? "")) return [];
    return is === undefined || is === "" ? `leave out ${name}` : `${name}: ${quoteLiteral(is)},`;
  });
}

/** What was decided about the stacks that have drifted. */
interface Decisions {
  /** Those whose changes are to be undone. */
  readonly undone: readonly ExaminedStack[];
  /** Whether every other one was resolved by an edit of the program. */
  readonly allKept: boolean;
}

/**
 * Asks for each stack whether what was changed by hand is kept, undone, or left for later. Hosts that are kept are written into the program.
 *
 * @returns undefined after an interruption
 */
export async function resolveDrift(
  stacks: readonly ExaminedStack[],
  interruption: AbortSignal,
): Promise<Decisions | undefined> {
  const undone: ExaminedStack[] = [];
  let allKept = true;
  let environments: readonly NextEnvironment[] | undefined;
  for (const each of stacks) {
    const changes = each.messengers.map(liveChanges);
    const hosts = [...new Set(changes.flatMap((change) => change.hosts))];
    const lines = [...new Set(changes.flatMap((change) => change.lines))];
    const canKeep = hosts.length > 0 || lines.length > 0;
    const answer = await askOnTerminal(
      {
        question: `${each.stack.name}: ${canKeep ? "(k)eep the changes, " : ""}(u)ndo them, or decide (l)ater`,
        usual: "l",
        problemOf: (text) => {
          const letters = canKeep ? ["k", "u", "l"] : ["u", "l"];
          return letters.includes(letterOf(text))
            ? undefined
            : `Unknown answer "${text}": expected ${letters.join(", ")}.`;
        },
      },
      interruption,
    );
    if (answer === undefined) return undefined;
    const letter = letterOf(answer);
    if (letter === "u") undone.push(each);
    if (letter !== "k") {
      if (letter === "l") allKept = false;
      continue;
    }
    if (lines.length > 0) {
      printReport(
        `To keep the other changes of "${each.stack.name}", edit the program:\n${lines.map((text) => `  ${text}`).join("\n")}`,
      );
      allKept = false;
    }
    if (hosts.length === 0) continue;
    const reason = await askOnTerminal(
      {
        question: `Why does ${hosts.join(", ")} stay`,
        usual: "",
        problemOf: (text) => (text === "" ? 'Expected a reason, such as "incident 4711".' : undefined),
      },
      interruption,
    );
    if (reason === undefined) return undefined;
    environments ??= await declaredEnvironments(undefined);
    const isKept = keepIn(environments, each, hosts, reason);
    allKept &&= isKept;
  }
  return { undone, allKept };
}

function letterOf(answer: string): string {
  return answer.slice(0, 1).toLowerCase();
}

/** Whether the hosts are in the program now; otherwise it has said why not. */
function keepIn(
  environments: readonly NextEnvironment[],
  { stack }: ExaminedStack,
  hosts: readonly string[],
  reason: string,
): boolean {
  const name = stack.environment ?? stack.name;
  const environment = environments.find((each) => each.name === name);
  if (environment === undefined) {
    printReport(
      `The environments file does not declare "${name}": add ${hosts.join(", ")} where the stack is declared.`,
    );
    return false;
  }
  const file = environmentsFile();
  try {
    printReport(keptText(keepHosts(environment, hosts, reason, file), name));
    return true;
  } catch (error) {
    printReport(errorMessage(error));
    return false;
  }
}

/** What was written, for people. */
export function keptText(kept: Kept | undefined, environment: string): string {
  if (kept === undefined) return `Nothing to do: "${environment}" declares these hosts already.`;
  const { file, hosts, acknowledge } = kept;
  const rules = Object.keys(acknowledge);
  const more = rules.length === 0 ? "" : ` It acknowledges ${rules.join(", ")}.`;
  return `Added ${hosts.map((host) => `"${host}"`).join(", ")} to "${environment}" in ${file}.${more} Commit the file.`;
}
