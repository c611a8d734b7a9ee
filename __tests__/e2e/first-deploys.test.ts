import { raceFirstDeploys, type StatePlace } from "./first-deploys";
import { OriginsProject } from "./origins-project";
import { needsPostgres, Postgres } from "./postgres";

needsPostgres("first deploys of one stack at once", () => {
  let command: OriginsProject;
  let postgres: Postgres;
  beforeAll(async () => {
    [postgres, command] = await Promise.all([Postgres.start(), OriginsProject.start()]);
  });
  afterAll(() => Promise.all([postgres.stop(), command.close()]));

  const places = {
    "local state": (): StatePlace => ({ backend: { type: "local" } }),
    PostgreSQL: async (): Promise<StatePlace> => {
      const { environment } = await postgres.database();
      return { backend: { type: "pg" }, environment };
    },
  };

  // Fifty rounds of each kind: full/first-deploys.
  test.each<[number, keyof typeof places, number]>([
    [2, "local state", 1],
    [2, "PostgreSQL", 2],
    [3, "local state", 3],
    [3, "PostgreSQL", 4],
    [2, "local state", 5],
  ])("%i of them on %s make one deployment, and each ends well: round %i", async (runs, place) => {
    await raceFirstDeploys(command, await places[place](), runs);
  });
});
