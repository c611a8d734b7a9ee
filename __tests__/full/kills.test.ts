import { type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { finished } from "../e2e/checkout";
import { DeadlyTerraform } from "../e2e/deadly-terraform";
import { NewStack, type StatePlace } from "../e2e/first-deploys";
import { OriginsProject } from "../e2e/origins-project";
import { needsPostgres, Postgres } from "../e2e/postgres";
import { randoms } from "../e2e/randoms";
import { terraformCommand } from "../e2e/terraform";

/** The instants of the runs follow from it: the same every time. */
const seed = 20_261;

/** How a run ends before its time. */
const ends = ["SIGINT", "SIGTERM", "SIGKILL", "SIGKILL of both"] as const;
type End = (typeof ends)[number];

interface Round {
  readonly round: number;
  readonly end: End;
  /** After that many calls of Genesys Cloud that change something; 0 from the start on. */
  readonly writes: number;
  readonly milliseconds: number;
}

const random = randoms(seed);

/** Rounds at random instants: some of them somewhere in the run, the others beside the calls that change something. */
function rounds(count: number, mostWrites: number): readonly Round[] {
  return Array.from({ length: count }, (_, index) => {
    const writes = index % 3 === 0 ? 0 : 1 + Math.floor(random() * mostWrites);
    const milliseconds = Math.round(random() * (writes === 0 ? 2_500 : 200));
    return { round: index + 1, end: ends[index % ends.length] ?? "SIGINT", writes, milliseconds };
  });
}

const hosts = (round: number): readonly string[] => ["www.example.com", `s${round}.example.com`];

needsPostgres("a deploy that is killed or cancelled at a random instant", () => {
  const deadly = new DeadlyTerraform();
  let command: OriginsProject;
  let postgres: Postgres;
  /** Told of every call that changes something, before it is answered. */
  let onWrite: (() => void) | undefined;
  const genesys = {
    provider: { createDelayMs: 50 },
    api: {
      activationDelayMs: 100,
      before: async (
        context: { readonly req: { readonly method: string; readonly path: string } },
        next: () => Promise<void>,
      ) => {
        if (context.req.method !== "GET" && context.req.path.includes("/webdeployments/")) onWrite?.();
        await next();
      },
    },
  };
  beforeAll(async () => {
    [postgres, command] = await Promise.all([Postgres.start(), OriginsProject.start()]);
  });
  afterAll(async () => {
    await Promise.all([postgres.stop(), command.close()]);
    deadly.remove();
  });

  const cut = { rounds: 0, short: 0 };

  /** Deploys, and ends it before its time, unless it was faster. */
  async function cutShort(stack: NewStack, { end, writes, milliseconds }: Round): Promise<void> {
    const child = stack.start(["deploy", "--auto-approve"], { TERRAFORM_BINARY_NAME: deadly.command });
    const ended = finished(child);
    const reached = new Promise<void>((resolve) => {
      let seen = 0;
      onWrite = () => {
        if (++seen === writes) resolve();
      };
      if (writes === 0) resolve();
    });
    await Promise.race([reached, ended]);
    await Promise.race([sleep(milliseconds), ended]);
    stop(child, end);
    onWrite = undefined;
    cut.rounds++;
    if ((await ended).code !== 0) cut.short++;
  }

  function stop(child: ChildProcess, end: End): void {
    if (child.exitCode !== null || child.pid === undefined) return;
    if (end === "SIGINT")
      process.kill(-child.pid, end); // as a terminal does
    else child.kill(end === "SIGKILL of both" ? "SIGKILL" : end);
    if (end === "SIGKILL of both") deadly.kill();
  }

  /** Deploys until it ends well; where it does not, it has named the command that resolves it. */
  async function resolve(stack: NewStack): Promise<void> {
    const next = await stack.origins("deploy", "--auto-approve", "--lock-timeout", "1m");
    if (next.code === 0) return;
    const named = new RegExp(String.raw`\((${terraformCommand} [^)]*)\)`).exec(next.stdout.replace(/\n {2,}/g, " "));
    expect({ ...next, named: named?.[1] }).toEqual({ ...next, named: expect.stringContaining(" import ") as string });
    const taken = await stack.shell(named?.[1] ?? "");
    expect(taken).toEqual({ ...taken, code: 0 });
    const last = await stack.origins("deploy", "--auto-approve");
    expect(last).toEqual({ ...last, code: 0, stderr: "" });
  }

  /** One deployment, which the state has, as the program wants it. */
  async function expectWhole(stack: NewStack, allowedDomains: readonly string[]): Promise<string> {
    const { live, remembered } = await stack.deployments();
    expect(live).toEqual([remembered]);
    expect(await stack.deployment(remembered)).toMatchObject({ status: "Active", allowedDomains });
    const audit = await stack.origins("audit");
    expect(audit).toEqual({ ...audit, code: 0 });
    return remembered;
  }

  const places = [
    ["local state", (): Promise<StatePlace> => Promise.resolve({ backend: { type: "local" } })],
    [
      "PostgreSQL",
      async (): Promise<StatePlace> => ({
        backend: { type: "pg" },
        environment: (await postgres.database()).environment,
      }),
    ],
  ] as const;

  describe.each(places)("on %s", (_, place) => {
    test.each(rounds(75, 6))("at the creation, round $round: $end", async (round) => {
      const stack = await NewStack.start(command, await place(), genesys);
      try {
        await cutShort(stack, round);
        await resolve(stack);
        await expectWhole(stack, ["www.example.com"]);
      } finally {
        await stack.remove();
      }
    });

    describe("of a deployment that is there", () => {
      let stack: NewStack;
      let id: string;
      beforeAll(async () => {
        stack = await NewStack.start(command, await place(), genesys);
        const first = await stack.origins("deploy", "--auto-approve");
        expect(first).toEqual({ ...first, code: 0 });
        id = (await stack.deployments()).remembered;
      });
      afterAll(() => stack.remove());

      test.each(rounds(75, 1))("at a change, round $round: $end", async (round) => {
        stack.serve(...hosts(round.round));
        await cutShort(stack, round);
        await resolve(stack);
        expect(await expectWhole(stack, [...hosts(round.round)].sort())).toBe(id);
      });
    });
  });

  test("most of them did not come to their end", () => {
    expect(cut.short / cut.rounds).toBeGreaterThan(0.7);
  });
});
