import { bulkhead } from "cockatiel";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { type Database, needsPostgres, Postgres } from "./postgres";
import { SharedApp } from "./shared-app";
import { isFull } from "../in-full";

jest.setTimeout(300_000); // many stacks, on machines that do other things as well

/** Two cores: more at once only wait for each other. */
const atOnce = 8;
const brands = Array.from({ length: isFull ? 50 : 5 }, (_, index) => `brand-${index + 1}`);

needsPostgres(`${brands.length} stacks in one database`, () => {
  let postgres: Postgres;
  let database: Database;
  let genesys: Genesys;
  let app: SharedApp;
  beforeAll(async () => {
    [postgres, genesys] = await Promise.all([Postgres.start(), Genesys.start()]);
    database = await postgres.database();
    app = new SharedApp(genesys, { type: "pg" }, database.environment);
  });
  afterAll(async () => {
    app.remove();
    await Promise.all([genesys.close(), postgres.stop()]);
  });

  /** Deploys all of them in parallel; which had anything to do. */
  const deployAll = async (): Promise<readonly string[]> => {
    const crowd = bulkhead(atOnce, brands.length);
    const deployed = await Promise.all(
      brands.map((brand) => crowd.execute(() => app.deploy(brand, { lockTimeout: "5m" }))),
    );
    return brands.filter((_, index) => deployed[index]);
  };
  const counted = (calls: readonly string[]): Readonly<Record<string, number>> => {
    const writing = calls.filter((call) => !call.startsWith("GET"));
    return Object.fromEntries(
      [...new Set(writing)].sort().map((call) => [call, writing.filter((one) => one === call).length]),
    );
  };
  /** Of each brand, the deployment that its state remembers: `brand-1|<id>`. */
  const remembered = (): Promise<readonly string[]> => {
    const deployment = `$.resources[*] ? (@.type == "genesyscloud_webdeployments_deployment").instances[*].attributes.id`;
    const states = brands.map(
      (brand) =>
        `SELECT '${brand}', jsonb_path_query(data::jsonb, '${deployment}') #>> '{}' ` +
        `FROM genesys_messenger__${brand.replace("-", "_")}.states`,
    );
    return database.query(states.join(" UNION ALL "));
  };
  const live = (): readonly string[] =>
    [...genesys.store.state.deployments.values()].map(({ id, name }) => `${name.replace("messenger-", "")}|${id}`);

  test("created in parallel: each has exactly one deployment, and its own state that knows it", async () => {
    app.synthesise(brands, "www.example.com");
    expect(await deployAll()).toEqual(brands);
    expect(counted(genesys.takeCalls())).toEqual({
      "POST configurations": brands.length,
      "POST configurations/{id}/versions/draft/publish": brands.length,
      "POST deployments": brands.length,
    });
    expect((await remembered()).slice().sort()).toEqual(live().slice().sort());
    expect(new Set(live()).size).toBe(brands.length);
  });

  test("changed in parallel: one PUT each, and the states know the same deployments", async () => {
    const before = live().slice().sort();
    app.synthesise(brands, "www.example.com", "help.example.com");
    expect(await deployAll()).toEqual(brands);
    expect(counted(genesys.takeCalls())).toEqual({ "PUT deployments/{id}": brands.length });
    expect((await remembered()).slice().sort()).toEqual(before);
    expect(live().slice().sort()).toEqual(before);
    const lists = [...genesys.store.state.deployments.values()].map(({ allowedDomains }) => allowedDomains.join(" "));
    expect(new Set(lists)).toEqual(new Set(["help.example.com www.example.com"]));
  });
});
