import { deploymentsPath, Sandbox } from "../api/fixture";

const me = "/api/v2/organizations/me";

test("after so many calls of a token the API answers 429, until the minute that began with the first one is over", async () => {
  const sandbox = new Sandbox();
  sandbox.faults.add("limit 3");
  const call = async (): Promise<number> => (await sandbox.call("GET", me)).status;
  expect([await call(), await call(), await call()]).toEqual([200, 200, 200]);
  sandbox.now = new Date(sandbox.now.getTime() + 20_500);
  const refused = await sandbox.call("GET", me);
  expect(refused.status).toBe(429);
  expect(refused.headers.get("Retry-After")).toBe("40");
  expect(refused.headers.get("inin-ratelimit-allowed")).toBe("3");
  expect(refused.body["message"]).toBe("Rate limit exceeded the maximum. Retry the request in [40] seconds");
  sandbox.now = new Date(sandbox.now.getTime() + 39_500);
  expect(await call()).toBe(200);
  expect(sandbox.faults.list()).toMatchObject([{ met: 5, struck: 1 }]);
  expect(sandbox.calls.after(1).map(({ faults }) => faults)).toEqual([
    undefined,
    undefined,
    undefined,
    ["f1"],
    undefined,
  ]);
});

test("each token has its own limit, and requesting a token does not count", async () => {
  const sandbox = new Sandbox();
  sandbox.faults.add("limit 1");
  const [one, other] = [await sandbox.tokenWith([]), await sandbox.tokenWith([])];
  const call = async (token: string): Promise<number> => (await sandbox.call("GET", me, undefined, token)).status;
  expect([await call(one), await call(one), await call(other), await call(other)]).toEqual([200, 429, 200, 429]);
});

test("a call that is refused counts as well", async () => {
  const sandbox = new Sandbox();
  sandbox.faults.add("limit 2");
  expect((await sandbox.call("POST", deploymentsPath, {})).status).toBe(400);
  expect((await sandbox.call("GET", me)).status).toBe(200);
  expect((await sandbox.call("GET", me)).status).toBe(429);
});
