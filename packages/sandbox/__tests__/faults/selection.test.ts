import { type Answer, deploymentsPath, Sandbox } from "../api/fixture";

/** What calls of the list were answered, one after the other. */
async function statuses(sandbox: Sandbox, count: number, path = deploymentsPath): Promise<readonly number[]> {
  const answers: Answer[] = [];
  for (let n = 0; n < count; n++) answers.push(await sandbox.call("GET", path));
  return answers.map(({ status }) => status);
}

test.each([
  ["503", [503, 503, 503, 503, 503, 503]],
  ["503 first=2", [503, 503, 200, 200, 200, 200]],
  ["503 nth=2", [200, 503, 200, 200, 200, 200]],
  ["503 every=3", [200, 200, 503, 200, 200, 503]],
  ["503 chance=0", [200, 200, 200, 200, 200, 200]],
  ["503 chance=1", [503, 503, 503, 503, 503, 503]],
  ["503 on POST deployments", [200, 200, 200, 200, 200, 200]],
])("%s", async (text, expected) => {
  const sandbox = new Sandbox();
  sandbox.faults.add(text);
  expect(await statuses(sandbox, 6)).toEqual(expected);
});

test("without a place it is the API's calls: tokens are given, public files are served", async () => {
  const sandbox = new Sandbox();
  sandbox.faults.add("500");
  expect((await sandbox.tokenFor("sandbox-client", "sandbox-secret")).status).toBe(200);
  expect((await sandbox.request("/genesys-bootstrap/genesys.min.js")).status).toBe(200);
  expect(await statuses(sandbox, 1)).toEqual([500]);
});

test("it is over when its time is", async () => {
  const sandbox = new Sandbox();
  sandbox.faults.add("503 for=10s");
  expect(await statuses(sandbox, 1)).toEqual([503]);
  sandbox.now = new Date(sandbox.now.getTime() + 10_000);
  expect(await statuses(sandbox, 1)).toEqual([200]);
});

test("several work at once, each counting for itself, and a call tells which ones struck it", async () => {
  const sandbox = new Sandbox();
  const first = sandbox.faults.add("latency 5s every=2");
  const second = sandbox.faults.add("503 nth=2");
  expect(await statuses(sandbox, 3)).toEqual([200, 503, 200]);
  expect(sandbox.calls.after(1).map(({ status, faults }) => [status, faults])).toEqual([
    [200, undefined],
    [503, [first.id, second.id]],
    [200, undefined],
  ]);
  expect(sandbox.faults.list()).toMatchObject([
    { id: "f1", text: "latency 5s every=2", met: 3, struck: 1 },
    { id: "f2", text: "503 nth=2", met: 3, struck: 1 },
  ]);
});

test("withdrawn, it strikes no more", async () => {
  const sandbox = new Sandbox();
  const { id } = sandbox.faults.add("503");
  expect(await statuses(sandbox, 1)).toEqual([503]);
  expect([sandbox.faults.remove(id), sandbox.faults.remove(id)]).toEqual([true, false]);
  expect(await statuses(sandbox, 1)).toEqual([200]);
});

describe("what chance decides", () => {
  const half = "503 on GET deployments chance=0.5";

  test("is decided alike by the same seed, and otherwise by another", async () => {
    const run = async (seed: number): Promise<readonly number[]> => {
      const sandbox = new Sandbox({ faultSeed: seed });
      sandbox.faults.add(half);
      return statuses(sandbox, 40);
    };
    const [one, again, other] = [await run(7), await run(7), await run(8)];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    expect(one).toContain(200);
    expect(one).toContain(503);
  });

  test("does not depend on what else is called, on ids, or on the order of what is done at once", async () => {
    const run = async (order: readonly string[]): Promise<Record<string, number[]>> => {
      const sandbox = new Sandbox({ faultSeed: 3 });
      const deployments = new Map<string, unknown>();
      for (const name of order) deployments.set(name, (await sandbox.deployment({ name }))["id"]);
      sandbox.faults.add(half);
      const seen: Record<string, number[]> = Object.fromEntries(order.map((name) => [name, []]));
      for (let round = 0; round < 12; round++) {
        for (const [name, id] of deployments) {
          seen[name]?.push((await sandbox.call("GET", `${deploymentsPath}/${String(id)}`)).status);
          if (order[0] === "Books") await sandbox.call("GET", deploymentsPath);
        }
      }
      return seen;
    };
    const seen = await run(["Shop", "Books", "Toys"]);
    expect(await run(["Books", "Toys", "Shop"])).toEqual(seen);
    expect(seen["Shop"]).not.toEqual(seen["Books"]);
  });

  test("creations are told apart by their names", async () => {
    const run = async (names: readonly string[]): Promise<object> => {
      const sandbox = new Sandbox();
      sandbox.faults.add("503 on POST configurations chance=0.5");
      const body = { languages: ["en-us"], defaultLanguage: "en-us" };
      const create = async (name: string): Promise<[string, number]> => {
        const { status } = await sandbox.call("POST", "/api/v2/webdeployments/configurations", { ...body, name });
        return [name, status];
      };
      await sandbox.call("GET", deploymentsPath);
      return Object.fromEntries(await Promise.all(names.map(create)));
    };
    const names = Array.from({ length: 20 }, (_, n) => `Shop ${n}`);
    const seen = await run(names);
    expect(await run(names.toReversed())).toEqual(seen);
    expect(new Set(Object.values(seen))).toEqual(new Set([200, 503]));
  });
});
