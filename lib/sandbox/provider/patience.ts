import { type ApiClient } from "./api-client";

/** Waits between two looks at something that is on its way: longer every time, up to a limit. */
export class Patience {
  private pause: number;
  private readonly end: number;

  /** @param limit milliseconds from now until it is over */
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
