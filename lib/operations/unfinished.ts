import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../base/errors";
import { type SynthesizedStack } from "../terraform/stacks";
import { type Examination, examine, type ExaminedMessenger, type ExaminedStack } from "./examine";
import { type Project } from "./project";

/** The part of a Messenger that says whether Terraform saw its creation come to its end. */
type Created = Pick<ExaminedMessenger, "declared" | "remembered">;

/** Whether the creation of a deployment was cut short: the state marks it as tainted, so that Terraform alone would replace it. */
export function isUnfinished({ declared, remembered }: Created): boolean {
  const { address } = remembered?.formerly ?? declared;
  return remembered?.tainted.includes(address) === true;
}

/** Why a deployment whose creation was cut short is left as it is: what it has come to is not known, or not settled. */
export function unfinishedRefusals(messengers: readonly ExaminedMessenger[]): readonly string[] {
  return messengers.filter(isUnfinished).flatMap((messenger) => {
    const { remembered, audit } = messenger;
    const deployment = `the deployment "${remembered?.deployment.id ?? ""}"`;
    if (isPending(messenger)) {
      return (
        `${deployment} is still Pending, since its creation was cut short: nothing was changed. Run origins deploy again when ` +
        "Genesys Cloud shows it as Active, or wait longer: --activation-timeout 10m"
      );
    }
    const { api } = audit.live;
    if (!("reason" in api)) return [];
    return (
      `the creation of ${deployment} was cut short, and its result could not be read from the platform API ` +
      `(${api.reason}): nothing was changed, because Terraform alone would replace it`
    );
  });
}

/** How long deployments are waited for. */
interface ActivationOptions {
  /** As it was written, such as `2m`. */
  readonly timeout: string;
  /** The same in milliseconds. */
  readonly timeLimit: number;
  /** For tests. @default the clock */
  readonly now?: () => number;
}

/**
 * Waits for the deployments that a run before left `Pending` when it was cut short: only then is it known what has come of them.
 *
 * @returns what the stacks are examined to be then; those that wait for nothing are as they were
 * @throws UserError when the interruption comes first
 */
export async function awaitActivation(
  project: Project,
  before: readonly Examination[],
  { timeout, timeLimit, now = Date.now }: ActivationOptions,
): Promise<readonly Examination[]> {
  const waiting = before.filter(isWaiting);
  if (waiting.length === 0) return before;
  const { interruption, print, step } = project.options;
  const awaited = waiting.flatMap(({ stack, messengers }) =>
    messengers.filter(isAwaited).map(({ remembered }) => ({ stack, id: remembered?.deployment.id ?? "" })),
  );
  for (const { stack, id } of awaited) {
    print(`\n${stack.name}: the deployment "${id}" is Pending, since its creation was cut short`);
  }
  const latest = new Map<SynthesizedStack, Examination>(waiting.map((each) => [each.stack, each]));
  await step(
    `waiting until ${awaited.length === 1 ? "it is" : "they are"} Active (at most ${timeout})`,
    async ({ progress }) => {
      const end = now() + timeLimit;
      for (let wait = shortestPause; now() < end; wait = Math.min(longestPause, wait * 2)) {
        const open = [...latest.values()].filter(isWaiting);
        progress(waiting.length - open.length, waiting.length);
        if (open.length === 0) return;
        await pause(Math.min(wait, end - now()), undefined, { signal: interruption }).catch(() => undefined);
        if (interruption.aborted)
          throw new UserError("Interrupted while waiting for Genesys Cloud. Nothing was changed.");
        const stacks = open.map(({ stack }) => stack);
        for (const each of await examine(project, stacks)) latest.set(each.stack, each);
      }
    },
    print,
    () => ![...latest.values()].some(isWaiting),
  );
  return before.map((each) => latest.get(each.stack) ?? each);
}

const shortestPause = 250;
const longestPause = 5_000;

function isWaiting(examination: Examination): examination is ExaminedStack {
  return !("problem" in examination) && examination.messengers.some(isAwaited);
}

function isAwaited(messenger: ExaminedMessenger): boolean {
  return isUnfinished(messenger) && isPending(messenger);
}

function isPending({ audit: { live } }: ExaminedMessenger): boolean {
  return live.api.outcome === "served" && live.api.deployment.status === "Pending";
}
