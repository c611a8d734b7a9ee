import { type ServerResponse } from "node:http";
import { type Clock, Http, type HttpOptions } from "../../lib/base/http";
import { type Answer, interference } from "../../lib/base/http-answer";
import { cut, endless, html, json, type Reply, reset, ScriptedHost, status } from "./scripted-host";

const impatient = { shortestBackOffMs: 1, longestBackOffMs: 2, timeoutMs: 2_000 };
const fine = json(200, { fine: true });

/** Time that passes only while someone sleeps. */
class TestClock implements Clock {
  readonly slept: number[] = [];
  private time = 0;

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
    await Promise.resolve();
    this.time += milliseconds;
  }
}

describe("a request", () => {
  let host: ScriptedHost | undefined;
  afterEach(() => host?.close());

  async function ask(script: readonly Reply[], options: Partial<HttpOptions> = {}): Promise<Answer> {
    host = await ScriptedHost.start(...script);
    const http = new Http({ ...impatient, ...options });
    return http.ask(http.line(), new URL("/file", host.url));
  }

  test.each([
    ["429", status(429)],
    ["500", status(500)],
    ["503", html(503)],
    ["a connection that is reset", reset],
    ["a body that is cut off", cut],
  ])("is made again after %s", async (_, failure) => {
    expect(await ask([failure, failure, fine])).toMatchObject({ status: 200, text: '{"fine":true}' });
    expect(host?.calls).toHaveLength(3);
  });

  test.each([
    ["400", json(400, {})],
    ["401", json(401, {})],
    ["403", status(403)],
    ["404", html(404)],
    ["501", status(501)],
    ["511", html(511)],
    ["a redirect", status(302, { location: "https://login.example.com/" })],
    ["200 with HTML", html(200)],
  ])("is not made again after %s: that is an answer", async (_, answer) => {
    await ask([answer, fine]);
    expect(host?.calls).toEqual(["GET /file"]);
  });

  test("may take its time, but not longer than that, body included, however often", async () => {
    const answer = await ask([endless], { timeoutMs: 20, attempts: 2 });
    expect(answer).toEqual({ outcome: "silence", reason: `${host?.host ?? ""} did not answer within 0.02 s` });
    expect(host?.calls.length).toBeLessThanOrEqual(2); // a busy machine may not even have sent them
  });

  test("is given up after the last attempt, in words", async () => {
    const answer = await ask([reset], { attempts: 3 });
    expect(interference(answer)).toEqual({
      outcome: "unreachable",
      reason: expect.stringMatching(/^127\.0\.0\.1:\d+ cannot be reached \(.+\)$/) as string,
    });
    expect(host?.calls).toHaveLength(3);
  });

  test("waits for as long as it is told to, and that is not a lost attempt", async () => {
    const clock = new TestClock();
    const busy = status(429, { "retry-after": "7" });
    expect(await ask([busy, busy, busy, fine], { attempts: 1, clock })).toMatchObject({ status: 200 });
    expect(clock.slept).toEqual([7_000, 7_000, 7_000]);
  });

  test("does not wait for an hour", async () => {
    const clock = new TestClock();
    const answer = await ask([status(429, { "retry-after": "3600" })], { clock });
    expect(interference(answer)?.reason).toContain("keeps answering 429 (too many requests)");
    expect(clock.slept).toEqual([]);
    expect(host?.calls).toHaveLength(1);
  });

  test("does not wait without a limit, either", async () => {
    const clock = new TestClock();
    await ask([status(429, { "retry-after": "1" })], { clock });
    expect(clock.slept).toHaveLength(30);
  });

  test("is told so by a date, too", async () => {
    const clock = new TestClock();
    const date = new Date(Date.now() + 60_000).toUTCString();
    expect(await ask([status(503, { "retry-after": date }), fine], { attempts: 1, clock })).toMatchObject({
      status: 200,
    });
    expect(clock.slept[0]).toBeGreaterThan(50_000);
    expect(clock.slept[0]).toBeLessThanOrEqual(60_000);
  });

  test("is told so by the time at which the host counts anew, too", async () => {
    const clock = new TestClock();
    const anew = String(Math.ceil(Date.now() / 1_000) + 60);
    const busy = status(429, { "x-ratelimit-reset": anew });
    expect(await ask([busy, fine], { attempts: 1, clock })).toMatchObject({ status: 200 });
    expect(clock.slept[0]).toBeGreaterThan(50_000);
    expect(clock.slept[0]).toBeLessThanOrEqual(61_000);
  });

  test.each(["0", "soon", new Date(0).toUTCString()])("backs off as usual when told to wait until %s", async (when) => {
    const clock = new TestClock();
    expect(await ask([status(503, { "retry-after": when }), fine], { clock })).toMatchObject({ status: 200 });
    expect(clock.slept).toEqual([]);
  });
});

describe("many requests", () => {
  let host: ScriptedHost;
  afterEach(() => host.close());

  test("are never more at the same time than allowed", async () => {
    const waiting: ServerResponse[] = [];
    let most = 0;
    host = await ScriptedHost.start((response) => {
      most = Math.max(most, waiting.push(response));
      if (waiting.length < 3) return;
      setImmediate(() => {
        for (const each of waiting.splice(0)) each.end("{}");
      });
    });
    const http = new Http({ ...impatient, concurrency: 3 });
    const line = http.line();
    await Promise.all(Array.from({ length: 21 }, () => http.ask(line, new URL(host.url))));
    expect(host.calls).toHaveLength(21);
    expect(most).toBe(3);
  });

  test("of one line wait together when one of them is told to; another line goes on", async () => {
    let open = (): void => undefined;
    const wait = new Promise<void>((resolve) => (open = resolve));
    const clock: Clock & { time: number } = { time: 0, now: () => clock.time, sleep: () => wait };
    host = await ScriptedHost.start(status(429, { "retry-after": "60" }), fine);
    const http = new Http({ ...impatient, concurrency: 1, clock });
    const [line, other] = [http.line(), http.line()];
    const first = http.ask(line, new URL("/first", host.url));
    const second = http.ask(line, new URL("/second", host.url));
    await http.ask(other, new URL("/other", host.url));
    expect(host.calls).toEqual(["GET /first", "GET /other"]);
    clock.time = 60_000;
    open();
    await Promise.all([first, second]);
    expect(host.calls.slice(2).sort()).toEqual(["GET /first", "GET /second"]);
  });

  test("do not each find out that the host is dead", async () => {
    host = await ScriptedHost.start(reset);
    const http = new Http({ ...impatient, concurrency: 1, attempts: 2 });
    const line = http.line();
    const answers = await Promise.all(Array.from({ length: 50 }, () => http.ask(line, new URL(host.url))));
    expect(answers.every(({ outcome }) => outcome === "silence")).toBe(true);
    expect(host.calls.length).toBeLessThanOrEqual(22);
    expect(answers.at(-1)).toMatchObject({ reason: expect.stringContaining("got no answer") as string });
  });
});
