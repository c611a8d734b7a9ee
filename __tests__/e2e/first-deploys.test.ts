import { NewStack, raceFirstDeploys } from "./first-deploys";
import { OriginsProject } from "./origins-project";
import { needsPostgres, Postgres } from "./postgres";
import { needsTerraform } from "./terraform";

/** `npm run test:full` runs ten times as many. */
const rounds = 5;

const racers = [2, 3];

needsTerraform("first deploys of one stack at once, on local state", () => {
  let command: OriginsProject;
  beforeAll(async () => {
    command = await OriginsProject.start();
  });
  afterAll(() => command.close());

  test.each(racers)("%i at once make one deployment, and each of them ends well", async (runs) => {
    for (let round = 0; round < rounds; round++) await raceFirstDeploys(command, { backend: { type: "local" } }, runs);
  });

  test("plans beside a first deploy take nothing of its state away", async () => {
    for (let round = 0; round < rounds; round++) {
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
  });
});

needsPostgres("first deploys of one stack at once, on PostgreSQL", () => {
  let command: OriginsProject;
  let postgres: Postgres;
  beforeAll(async () => {
    [postgres, command] = await Promise.all([Postgres.start(), OriginsProject.start()]);
  });
  afterAll(() => Promise.all([postgres.stop(), command.close()]));

  test.each(racers)("%i at once make one deployment, and each of them ends well", async (runs) => {
    for (let round = 0; round < rounds; round++) {
      const { environment } = await postgres.database();
      await raceFirstDeploys(command, { backend: { type: "pg" }, environment }, runs);
    }
  });
});
