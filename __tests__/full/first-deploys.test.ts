import { raceFirstDeploys } from "../e2e/first-deploys";
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
});
