import { type AdoptableReading, readAdoptable } from "../../lib/audit/adoptable";
import { Http } from "../../lib/base/http";
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

  test("is found by its id or its exact name, with the versions of its configuration and who shares it", async () => {
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
    expect(await namesFor(" CARERS\n")).toEqual(["Careers"]);
    expect(await namesFor("Carers")).toEqual(["Careers"]);
    expect(await namesFor("nothing of the kind")).toEqual([]);
  });

  test.each([
    ["two slips in a short name", "abcd", ["abxy"], ["abxy"]],
    ["three of them, which make another name", "abcd", ["axyz"], []],
    ["a third of the characters of a long name", "abcdefghijkl", ["abcdefghwxyz"], ["abcdefghwxyz"]],
    ["more than a third", "abcdefghijkl", ["abcdefgvwxyz"], []],
    ["the nearest first", "abcdef", ["abcdxy", "abcdex", "abcdef (old)"], ["abcdef (old)", "abcdex", "abcdxy"]],
    ["five at most", "abc", ["abc 1", "abc 2", "abc 3", "abc 4", "abc 5", "abc 6"], 5],
  ])("the nearest names are %s", async (_, asked, names, expected) => {
    for (const name of names) make(name);

    const reading = await read(asked);

    const nearest = reading.outcome === "unknown" ? reading.nearest.map(({ name }) => name) : [];
    expect(typeof expected === "number" ? nearest.length : nearest).toEqual(expected);
    expect(reading).toMatchObject({ count: names.length });
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

describe("what belongs to a deployment that a program could take over", () => {
  let genesys: Genesys;
  afterEach(() => genesys.close());

  /** Reads a deployment while Genesys answers some paths otherwise, and says how often each path was asked for. */
  async function readWhile(otherwise: Readonly<Record<string, object>>, status = 200) {
    genesys = await Genesys.start({
      before: (c, next) => {
        const [, answer] = Object.entries(otherwise).find(([end]) => c.req.path.endsWith(end)) ?? [];
        return answer === undefined ? next() : Promise.resolve(Response.json(answer, { status }));
      },
    });
    const id = genesys.create({
      name: "Shop",
      ...domains,
      configuration: { id: genesys.configuration(), version: "1" },
    });
    const { credentials } = genesys.api;
    const reading = await readAdoptable(new Http({ attempts: 1 }), { ...genesys.endpoints(), credentials }, id);
    const times = (end: string): number => genesys.calls().filter((call) => call.endsWith(end)).length;
    return { reading, times };
  }

  test("is asked for once where pages show the newest version", async () => {
    const { reading, times } = await readWhile({});
    expect(reading).toMatchObject({
      outcome: "found",
      adoptable: { shown: { version: "1" }, newest: { version: "1" } },
    });
    expect(times("/versions/1")).toBe(1);
  });

  test("is what pages show where the list names no version", async () => {
    const { reading, times } = await readWhile({ "/versions": { entities: [] } });
    expect(reading).toMatchObject({ outcome: "found", adoptable: { newest: { version: "1" } } });
    expect(times("/versions/1")).toBe(1);
  });

  test("leaves the draft out where the API has no draft", async () => {
    const { reading } = await readWhile({ "/versions/draft": { message: "not found" } }, 404);
    expect(reading.outcome === "found" && Object.keys(reading.adoptable).sort()).toEqual([
      "answer",
      "deployment",
      "newest",
      "sharing",
      "shown",
    ]);
  });

  test.each([
    ["a draft that may not be read", "/versions/draft", 403, "refused"],
    ["a list of deployments that is not there, which no organisation answers", "/deployments", 404, "malformed"],
    ["a version that is not there, although pages show it", "/versions/1", 404, "malformed"],
  ])("is not guessed: %s", async (_, path, status, outcome) => {
    const { reading } = await readWhile({ [path]: { message: "no" } }, status);
    expect(reading).toEqual({ outcome, reason: expect.stringContaining('("no")') as string });
  });

  test("is not searched for with an invalid address: that is a defect of the program", async () => {
    genesys = await Genesys.start();
    const { credentials } = genesys.api;
    const endpoints = { ...genesys.endpoints(), login: "no address", credentials };
    await expect(readAdoptable(new Http({ attempts: 1 }), endpoints, "Shop")).rejects.toThrow("Invalid URL");
  });
});
