import { NewStack, raceFirstDeploys } from "../e2e/first-deploys";
import { OriginsProject } from "../e2e/origins-project";
import { needsPostgres, Postgres } from "../e2e/postgres";

const rounds = Array.from({ length: 50 }, (_, index) => index + 1);

needsPostgres("first deploys of one stack at once", () => {
  let command: OriginsProject;
  let postgres: Postgres;
  beforeAll(async () => {
    [postgres, command] = await Promise.all([Postgres.start(), OriginsProject.start()]);
  });
  afterAll(() => Promise.all([postgres.stop(), command.close()]));

  describe.each([2, 3])("%i of them make one deployment, and each ends well", (runs) => {
    test.each(rounds)("on local state, round %i", () =>
      raceFirstDeploys(command, { backend: { type: "local" } }, runs),
    );

    test.each(rounds)("on PostgreSQL, round %i", async () => {
      const { environment } = await postgres.database();
      await raceFirstDeploys(command, { backend: { type: "pg" }, environment }, runs);
    });
  });

  test("plans beside a first deploy take nothing of its state away", async () => {
    for (let round = 0; round < 40; round++) {
      const stack = await NewStack.start(command, { backend: { type: "local" } });
      try {
        await stack.terraform("init");
        let open = true;
        // As long as there is no state: after that they would only hold the lock that the deploy waits for.
        const repeat = async (work: () => Promise<unknown>): Promise<void> => {
          while (open && !stack.hasLocalState) await work();
        };
        const plans = [repeat(() => stack.origins("plan")), repeat(() => stack.terraform("plan", "-input=false"))];
        const run = await stack.origins("deploy", "--auto-approve");
        open = false;
        await Promise.all(plans);
        expect(run).toEqual({ ...run, code: 0 });
        const { live, remembered } = await stack.deployments();
        expect(live).toEqual([remembered]);
      } finally {
        await stack.remove();
      }
    }
  }, 600_000);
});
