import { deploymentsPath, Sandbox } from "../api/fixture";

const post = (sandbox: Sandbox, body: unknown): ReturnType<Sandbox["request"]> =>
  sandbox.request("/sandbox/faults", { method: "POST", body: JSON.stringify(body) });

test("a fault is declared by its text or as data, told with how often it has struck, and withdrawn", async () => {
  const sandbox = new Sandbox({ faultSeed: 9 });
  const one = await post(sandbox, { text: "503 on POST deployments first=2" });
  expect(one.status).toBe(201);
  expect(one.body).toEqual({
    id: "f1",
    text: "503 on POST deployments first=2",
    kind: "status",
    status: 503,
    on: "POST deployments",
    first: 2,
    met: 0,
    struck: 0,
  });
  const two = await post(sandbox, { kind: "latency", ms: 50, on: "GET deployments" });
  expect(two.body).toMatchObject({ id: "f2", text: "latency 50ms on GET deployments" });

  await sandbox.call("GET", deploymentsPath);
  expect((await sandbox.request("/sandbox/faults")).body).toMatchObject({
    seed: 9,
    faults: [
      { id: "f1", met: 0, struck: 0 },
      { id: "f2", met: 1, struck: 1 },
    ],
  });
  expect((await sandbox.request("/sandbox/calls?after=1")).body).toMatchObject({ calls: [{ faults: ["f2"] }] });

  const gone = await sandbox.request("/sandbox/faults/f1", { method: "DELETE" });
  expect(gone.status).toBe(204);
  const unknown = await sandbox.request("/sandbox/faults/f1", { method: "DELETE" });
  expect([unknown.status, unknown.body]).toEqual([404, { message: `fault "f1" not found` }]);
  expect((await sandbox.request("/sandbox/faults", { method: "DELETE" })).status).toBe(204);
  expect((await sandbox.request("/sandbox/faults")).body["faults"]).toEqual([]);
});

test.each([
  [{ text: "503 frist=2" }, `Invalid fault "503 frist=2": unknown word "frist=2"`],
  [{ kind: "teapot" }, `unknown kind "teapot"`],
  [[], "it must be a JSON object"],
])("%j is answered 400, and why", async (body, message) => {
  const answer = await post(new Sandbox(), body);
  expect(answer.status).toBe(400);
  expect(answer.body["message"]).toContain(message);
});

test("a body that is not JSON is answered with 400", async () => {
  const answer = await new Sandbox().request("/sandbox/faults", { method: "POST", body: "503" });
  expect(answer.status).toBe(400);
});

test("a reset withdraws all, and chance starts again", async () => {
  const sandbox = new Sandbox();
  const text = "503 on GET deployments chance=0.5";
  const run = async (): Promise<readonly number[]> => {
    await post(sandbox, { text });
    const seen: number[] = [];
    for (let n = 0; n < 20; n++) seen.push((await sandbox.call("GET", deploymentsPath)).status);
    return seen;
  };
  const first = await run();
  await sandbox.request("/sandbox/reset", { method: "POST" });
  expect((await sandbox.request("/sandbox/faults")).body["faults"]).toEqual([]);
  expect(await run()).toEqual(first);
});
