import { ApiError } from "./api-client";
import { type ApiObject } from "./api-path";
import { ProviderError } from "./diagnostic";
import { sleep, type Timing } from "./timing";

/** A 400 on a create or update may pass when what it refers to arrives: it is tried again for a while. */
export function retryBadRequest<Result>(timing: Timing, attempt: () => Promise<Result>): Promise<Result> {
  return retryOn(400, timing.badRequest, timing.poll, attempt);
}

/** What a read finds, or undefined when it stays not found for the whole time: then the object is gone. */
export async function readUnlessGone<Result>(
  timing: Timing,
  attempt: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await retryOn(404, timing.notFound, timing.poll, attempt);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/** Looks until the object's status is `Active`. */
export async function untilActive(timing: Timing, what: string, look: () => Promise<ApiObject>): Promise<ApiObject> {
  const deadline = Date.now() + timing.settle;
  for (;;) {
    const seen = await look();
    if (seen["status"] === "Active") return seen;
    if (Date.now() >= deadline || seen["status"] === "Error") {
      throw new ProviderError(
        `Timeout while waiting for ${what} to become Active`,
        `Its status is ${JSON.stringify(seen["status"])} after ${timing.settle / 1_000} s.`,
      );
    }
    await sleep(timing.poll);
  }
}

/** Looks until the object is not found any more. */
export async function untilGone(timing: Timing, what: string, look: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + timing.settle;
  for (;;) {
    try {
      await look();
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return;
      throw error;
    }
    if (Date.now() >= deadline) throw new ProviderError(`Timeout while waiting for ${what} to be deleted`);
    await sleep(timing.poll);
  }
}

async function retryOn<Result>(
  status: number,
  limit: number,
  pause: number,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const deadline = Date.now() + limit;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== status || Date.now() >= deadline) throw error;
      await sleep(Math.min(pause, Math.max(0, deadline - Date.now())));
    }
  }
}
