import { type ApiClient } from "../../lib/provider/api-client";
import { readUnlessGone, retryBadRequest, untilActive, untilGone } from "../../lib/provider/retry";
import { genuineTiming } from "../../lib/provider/timing";
import { type Answer, json, ScriptedApi } from "./scripted-api";

/** Every answer takes 300 ms of this clock, and nothing else takes any. */
let now = 0;
const inTime =
  (answer: Answer): Answer =>
  (response) => {
    now += 300;
    answer(response);
  };

let api: ScriptedApi;
const script = async (...answers: readonly Answer[]): Promise<ApiClient> => {
  api = await ScriptedApi.start(...answers.map(inTime));
  jest.spyOn(Date, "now").mockImplementation(() => now);
  return api.client();
};
afterEach(async () => {
  jest.restoreAllMocks();
  await api.close();
});

const ok = json(200, { status: "Active" });
const pending = json(200, { status: "Pending" });
const notFound = json(404, { message: "gone" });
const badRequest = json(400, { message: "not yet" });
const forbidden = json(403, { message: "never" });

describe("a write", () => {
  test("that is refused as a bad request is tried again", async () => {
    const client = await script(badRequest, badRequest, ok);
    await expect(retryBadRequest(client, () => client.post("/x"))).resolves.toEqual({ status: "Active" });
    expect(api.requests).toHaveLength(3);
  });

  test("that stays refused fails with the API's message", async () => {
    const client = await script(badRequest);
    await expect(retryBadRequest(client, () => client.post("/x"))).rejects.toThrow("API Error: 400 - not yet");
    expect(api.requests).toHaveLength(4);
  });

  test("that is forbidden fails at once", async () => {
    const client = await script(forbidden);
    await expect(retryBadRequest(client, () => client.post("/x"))).rejects.toThrow("API Error: 403 - never");
    expect(api.requests).toHaveLength(1);
  });
});

describe("a read", () => {
  test("of what is not found yet is tried again", async () => {
    const client = await script(notFound, ok);
    await expect(readUnlessGone(client, () => client.get("/x"))).resolves.toEqual({ status: "Active" });
  });

  test("of what stays not found finds nothing", async () => {
    const client = await script(notFound);
    await expect(readUnlessGone(client, () => client.get("/x"))).resolves.toBeUndefined();
    expect(api.requests).toHaveLength(4);
  });

  test("that is forbidden fails at once", async () => {
    const client = await script(forbidden);
    await expect(readUnlessGone(client, () => client.get("/x"))).rejects.toThrow("API Error: 403");
    expect(api.requests).toHaveLength(1);
  });
});

describe("waiting for Active", () => {
  test.each([
    ["what is Pending", pending],
    ["what is not found yet", notFound],
  ])("looks at %s again", async (_, before) => {
    const client = await script(before, ok);
    await expect(untilActive(client, "It", 1_000, () => client.get("/x"))).resolves.toEqual({ status: "Active" });
    expect(api.requests).toHaveLength(2);
  });

  test.each([
    [pending, `Its status is "Pending".`],
    [notFound, "It was not found."],
  ])("gives up in the end, and says what it saw", async (answer, detail) => {
    const client = await script(answer);
    await expect(untilActive(client, "It", 1_000, () => client.get("/x"))).rejects.toMatchObject({
      summary: "It did not become Active within 1 s",
      detail,
      path: ["status"],
    });
  });
});

describe("waiting for the end", () => {
  test("looks until it is not found", async () => {
    const client = await script(ok, ok, notFound);
    await untilGone(client, "It", () => client.get("/x"));
    expect(api.requests).toHaveLength(3);
  });

  test("gives up in the end", async () => {
    const client = await script(ok);
    await expect(untilGone(client, "It", () => client.get("/x"))).rejects.toMatchObject({
      summary: "It still exists 1 s after it was deleted",
    });
  });
});

test("the times are the genuine provider's, but for the wait after a create", () => {
  expect(genuineTiming).toEqual({
    afterCreate: 0,
    deploymentActive: 60_000,
    draftActive: 30_000,
    gone: 30_000,
    flowByName: 30_000,
    otherByName: 15_000,
    badRequest: 30_000,
    notFound: 5 * 60_000,
    shortestPoll: 500,
    longestPoll: 10_000,
    shortestBackOff: 1_000,
    longestBackOff: 30_000,
  });
});
