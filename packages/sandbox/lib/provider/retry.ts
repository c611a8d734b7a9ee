import { type ApiObject } from "../../../../lib/genesys/provider-schema";
import { type ApiClient, RefusedRequest } from "./api-client";
import { ProviderError } from "./diagnostic";

/** Waits between two looks at something that is on its way: longer every time, up to a limit. */
class TimeLimit {
  private pause: number;
  private readonly end: number;

  /** @param milliseconds for how long from now until it is over */
  constructor(
    private readonly client: ApiClient,
    readonly limit: number,
  ) {
    this.pause = client.timing.shortestPoll;
    this.end = Date.now() + limit;
  }

  /** Waits a while; false at once when the time is over. */
  async wait(): Promise<boolean> {
    const left = this.end - Date.now();
    if (left <= 0) return false;
    await this.client.pause(Math.min(this.pause, left));
    this.pause = Math.min(this.client.timing.longestPoll, this.pause * 2);
    return true;
  }
}

/** A 400 on a create or update may pass when what it refers to arrives: it is tried again for a while. */
export function retryBadRequest<Result>(client: ApiClient, attempt: () => Promise<Result>): Promise<Result> {
  return retryOn(400, new TimeLimit(client, client.timing.badRequest), attempt);
}

/** What a read finds, or undefined when it stays not found for the whole time: then the object is gone. */
export async function readUnlessGone<Result>(
  client: ApiClient,
  attempt: () => Promise<Result>,
): Promise<Result | undefined> {
  return retryOn(404, new TimeLimit(client, client.timing.notFound), attempt).catch(unlessNotFound);
}

/**
 * What a look finds; what it does not find may be on its way, so it looks again for a while.
 *
 * @param milliseconds for how long
 */
export async function untilFound<Result>(
  client: ApiClient,
  milliseconds: number,
  look: () => Promise<Result | undefined>,
): Promise<Result | undefined> {
  const limit = new TimeLimit(client, milliseconds);
  for (;;) {
    const found = await look();
    if (found !== undefined || !(await limit.wait())) return found;
  }
}

/** Looks until the object's status is `Active`; one that is not found yet is waited for, too. */
export async function untilActive(
  client: ApiClient,
  what: string,
  milliseconds: number,
  look: () => Promise<ApiObject>,
): Promise<ApiObject> {
  const limit = new TimeLimit(client, milliseconds);
  for (;;) {
    const seen = await look().catch(unlessNotFound);
    if (seen?.["status"] === "Active") return seen;
    if (await limit.wait()) continue;
    throw new ProviderError(
      `${what} did not become Active within ${milliseconds / 1_000} s`,
      seen === undefined ? "It was not found." : `Its status is ${JSON.stringify(seen["status"])}.`,
      ["status"],
    );
  }
}

/** Looks until the object is not found any more. */
export async function untilGone(client: ApiClient, what: string, look: () => Promise<ApiObject>): Promise<void> {
  const limit = new TimeLimit(client, client.timing.gone);
  while ((await look().catch(unlessNotFound)) !== undefined) {
    if (await limit.wait()) continue;
    throw new ProviderError(`${what} still exists ${limit.limit / 1_000} s after it was deleted`);
  }
}

async function retryOn<Result>(status: number, limit: TimeLimit, attempt: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isStatus(error, status) || !(await limit.wait())) throw error;
    }
  }
}

function unlessNotFound(error: unknown): undefined {
  if (!isStatus(error, 404)) throw error;
  return undefined;
}

function isStatus(error: unknown, status: number): boolean {
  return error instanceof RefusedRequest && error.status === status;
}
