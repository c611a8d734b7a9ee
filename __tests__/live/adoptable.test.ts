import { type AdoptableReading, Http, readAdoptable } from "../../lib/live";
import { Genesys } from "./genesys";

const domains = { allowAllDomains: false, allowedDomains: ["www.example.com"] };

describe("a deployment that a program could take over", () => {
  let genesys: Genesys;
  beforeEach(async () => {
    genesys = await Genesys.start();
  });
  afterEach(() => genesys.close());

  const read = (idOrName: string, credentials = genesys.api.credentials): Promise<AdoptableReading> =>
    readAdoptable(new Http({ attempts: 1 }), { ...genesys.endpoints(), credentials }, idOrName);
  const make = (name: string, configuration = { id: genesys.configuration(), version: "1" }): string =>
    genesys.create({ name, ...domains, configuration });

  test("is found by its id or its exact name, with the versions of its configuration and whoever shares it", async () => {
    const configuration = { id: genesys.configuration(), version: "1" };
    const id = make("Shop", configuration);
    const other = make("Careers", configuration);
    make("Another");
    genesys.publish(configuration.id);

    for (const asked of ["Shop", id, ` ${id.toUpperCase()}`]) {
      expect(await read(asked)).toMatchObject({
        outcome: "found",
        adoptable: {
          deployment: { id },
          answer: { id, name: "Shop", snippet: expect.any(String) as string },
          shown: { version: "1" },
          newest: { version: "2" },
          draft: { version: "DRAFT" },
          sharing: [{ id: other, name: "Careers" }],
        },
      });
    }
  });

  test("is not guessed: the nearest names are offered", async () => {
    for (const name of ["Shop", "Shop (old)", "Careers"]) make(name);
    const namesFor = async (asked: string) => {
      const reading = await read(asked);
      return reading.outcome === "unknown" ? reading.nearest.map(({ name }) => name) : reading.outcome;
    };

    expect(await namesFor("shop")).toEqual(["Shop", "Shop (old)"]);
    expect(await namesFor("Carers")).toEqual(["Careers"]);
    expect(await namesFor("nothing of the kind")).toEqual([]);
  });

  test("is not chosen among several of the name", async () => {
    const ids = [make("Shop"), make("Shop")];

    const reading = await read("Shop");

    expect(reading.outcome === "ambiguous" && reading.deployments.map(({ id }) => id)).toEqual(ids);
  });

  test("is not read with credentials that are no good, and they are not told", async () => {
    const reading = await read("Shop", { clientId: "nobody", clientSecret: "s3cret" });

    expect(reading).toMatchObject({
      outcome: "refused",
      reason: expect.stringContaining("refuses the credentials") as string,
    });
    expect(JSON.stringify(reading)).not.toContain("s3cret");
  });
});
