import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { startApi } from "../packages/sandbox/lib/api/start";
import { startProvider } from "../packages/sandbox/lib/provider/start";
import { Store } from "../packages/sandbox/lib/cloud/store";

/** What the process that is Genesys tells the one that measures. */
export interface Served {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The value of `TF_REATTACH_PROVIDERS`. */
  readonly reattach: string;
}

/** The sandbox in a separate process, so that it does not compete with what is measured; it answers late on request. */
export class DistantSandbox {
  static async start(): Promise<DistantSandbox> {
    const child = fork(__filename, { execArgv: ["--require", "ts-node/register"], stdio: "inherit" });
    const [served] = (await once(child, "message")) as [Served];
    return new DistantSandbox(child, served);
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly served: Served,
  ) {}

  /** Answers every request that much later from now on, and says how many there were until now. */
  async answerLate(milliseconds: number): Promise<number> {
    this.child.send(milliseconds);
    const [requests] = (await once(this.child, "message")) as [number];
    return requests;
  }

  async close(): Promise<void> {
    this.child.disconnect();
    await once(this.child, "exit");
  }
}

async function serve(): Promise<void> {
  let [late, requests] = [0, 0];
  const api = await startApi({
    store: Store.open(),
    before: async (_, next) => {
      requests++;
      if (late > 0) await sleep(late);
      return next();
    },
  });
  const { reattach } = await startProvider({ apiUrl: api.url, ...api.credentials });
  process.on("message", (milliseconds) => {
    process.send?.(requests);
    [late, requests] = [Number(milliseconds), 0];
  });
  process.on("disconnect", () => process.exit());
  process.send?.({ url: api.url, ...api.credentials, reattach } satisfies Served);
}

if (require.main === module) void serve();
