import { auditUntilServed } from "../../lib/operations/rollout";
import { type Examination } from "../../lib/operations/examine";
import { deployment, reading } from "../audit/subjects";
import { examined, messengerOf, stackOf } from "../cli/examined";

const old = { outcome: "served", content: { allowAllDomains: false, allowedDomains: [] } } as const;
const publicFiles = { ...reading().publicFiles, domains: old };

const equal = messengerOf();
const following = messengerOf(reading({}, { publicFiles }));
const drifted = messengerOf(reading({ allowedDomains: ["example.com"] }));
const copy = { ...deployment, id: "d-2" };
const forAPerson = messengerOf(reading({}, { namesakes: { outcome: "served", deployments: [copy] } }));
const unread: Examination = { stack: stackOf("shop"), problem: new Error("no state") };

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Settles one stack that is found like this, one after the other; the last one stays. A look takes a second of the clock. */
async function looks(seconds: number, ...found: readonly Examination[]) {
  let clock = 0;
  const asked: (readonly string[])[] = [];
  const settling = auditUntilServed(
    [stackOf("shop")],
    (open) => {
      clock += 1_000;
      asked.push(open.map(({ name }) => name));
      return Promise.resolve(found.slice(Math.min(asked.length, found.length) - 1).slice(0, 1));
    },
    { timeLimit: seconds * 1_000, now: () => clock },
  );
  await jest.advanceTimersByTimeAsync(60_000);
  return { times: asked.length, settled: await settling };
}

describe("what was deployed is looked at again", () => {
  test.each<[string, readonly Examination[], number]>([
    ["once, where all is as it should be", [examined("shop", equal)], 1],
    [
      "until the public files follow",
      [examined("shop", following), examined("shop", following), examined("shop", equal)],
      3,
    ],
    ["until the API follows", [examined("shop", drifted), examined("shop", equal)], 2],
    ["once, where only a person can mend what is left", [examined("shop", forAPerson)], 1],
    ["once, where it cannot be read", [unread], 1],
    [
      "until every Messenger of it is as it should be",
      [examined("shop", equal, following), examined("shop", equal)],
      2,
    ],
  ])("%s", async (_, found, times) => {
    const seen = await looks(60, ...found);
    expect(seen.times).toBe(times);
    expect(seen.settled).toEqual([found.at(-1)]);
  });

  test.each([
    [0, 1],
    [1, 1],
    [2, 2],
  ])("for %i s at most, and what was found last is told", async (seconds, times) => {
    const seen = await looks(seconds, examined("shop", following));
    expect(seen.times).toBe(times);
    expect(seen.settled).toMatchObject([{ messengers: [{ audit: { drifts: [{ kind: "propagation" }] } }] }]);
  });
});

test("stacks that are as they should be are not looked at again, and all are told in their order", async () => {
  const asked: (readonly string[])[] = [];
  const settling = auditUntilServed(
    ["one", "two", "three"].map((name) => stackOf(name)),
    (open) => {
      asked.push(open.map(({ name }) => name));
      return Promise.resolve(
        open.map(({ name }) => examined(name, name === "two" && asked.length === 1 ? following : equal)),
      );
    },
    { timeLimit: 60_000 },
  );
  await jest.advanceTimersByTimeAsync(60_000);
  const settled = await settling;
  expect(asked).toEqual([["one", "two", "three"], ["two"]]);
  expect(settled.map(({ stack }) => stack.name)).toEqual(["one", "two", "three"]);
});

test("looks are never more than five seconds apart, and not one after the other without a pause", async () => {
  let looks = 0;
  const settling = auditUntilServed(
    [stackOf("shop")],
    () => {
      if (++looks > 1_000) throw new Error("There is no pause.");
      return Promise.resolve([examined("shop", following)]);
    },
    { timeLimit: 300_000 },
  );
  const settled = expect(settling).resolves.toHaveLength(1);
  await jest.advanceTimersByTimeAsync(305_000);
  await settled;
  expect(looks).toBeGreaterThanOrEqual(60);
});

test("a stack of which nothing was found is left out", async () => {
  await expect(auditUntilServed([stackOf("shop")], () => Promise.resolve([]), { timeLimit: 0 })).resolves.toEqual([]);
});

test("nothing is looked at where nothing was deployed", async () => {
  await expect(auditUntilServed([], () => Promise.resolve([]), { timeLimit: 60_000 })).resolves.toEqual([]);
});

test("an interruption ends the wait, and no look follows", async () => {
  const controller = new AbortController();
  let looked = 0;
  const settling = auditUntilServed(
    [stackOf("shop")],
    () => {
      looked++;
      controller.abort();
      return Promise.resolve([examined("shop", following)]);
    },
    { timeLimit: 60_000, interruption: controller.signal },
  );
  await expect(settling).resolves.toHaveLength(1);
  expect(looked).toBe(1);
});
