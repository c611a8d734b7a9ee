import { createGzip } from "node:zlib";
import { type Clock, Http, type HttpOptions } from "../../lib/base/http";
import { HostingApi } from "../../lib/pull/hosting-api";
import { NetlifyApi } from "../../lib/pull/netlify";
import { VercelApi } from "../../lib/pull/vercel";
import { PlatformApi } from "../../lib/platform/platform-api";
import { PublicFiles } from "../../lib/platform/public-files";
import { type Reply, ScriptedHost, status } from "./scripted-host";

const mebibyte = 1_048_576;
const fewBytes = { mostBytes: mebibyte, shortestBackOffMs: 1 };
const token = "t0ken";

/** Time that passes only while a call sleeps. */
function testClock(): Clock & { readonly passed: () => number } {
  let time = 0;
  return {
    now: () => time,
    passed: () => time,
    sleep: async (milliseconds) => {
      const end = time + milliseconds; // many sleep side by side
      await Promise.resolve();
      time = Math.max(time, end);
    },
  };
}

/** One call of each client, which rejects with its reason or answers with it. */
const clients: readonly (readonly [string, (http: Http, url: string) => Promise<unknown>])[] = [
  [
    "the platform API",
    (http, url) => {
      const endpoints = { login: url, api: url, publicFiles: url, credentials: { accessToken: token } };
      return new PlatformApi(http, endpoints, { accessToken: token }).newestVersion("c-1");
    },
  ],
  [
    "the login",
    (http, url) => {
      const credentials = { clientId: "client", clientSecret: "s3cret" };
      return new PlatformApi(http, { login: url, api: url, publicFiles: url, credentials }, credentials).newestVersion(
        "c",
      );
    },
  ],
  [
    "the public files",
    async (http, url) => Promise.reject(new Error(JSON.stringify(await new PublicFiles(http, url).domains("d-1")))),
  ],
  ["Vercel", (http, url) => new VercelApi(new HostingApi(http, { api: url, token }), "shop", undefined).domains()],
  ["Netlify", (http, url) => new NetlifyApi(new HostingApi(http, { api: url, token }), "shop").deployedBranches("s-1")],
];

describe("a host that never comes to an end is given up by", () => {
  let host: ScriptedHost;
  afterEach(() => host.close());

  async function asked(
    call: (http: Http, url: string) => Promise<unknown>,
    reply: Reply,
    options: Partial<HttpOptions> = {},
  ): Promise<unknown> {
    host = await ScriptedHost.start(reply);
    return call(new Http(options), host.url);
  }

  describe.each(clients)("%s", (_, call) => {
    test.each(["120", new Date(Date.now() + 110_000).toUTCString()])(
      "when it asks to wait until %s, again and again: after 5 minutes",
      async (when) => {
        const clock = testClock();
        await expect(asked(call, status(429, { "retry-after": when }), { clock })).rejects.toThrow(
          "keeps answering 429 (too many requests)",
        );
        expect(clock.passed()).toBeLessThanOrEqual(300_000);
        expect(host.calls.length).toBeLessThanOrEqual(5);
      },
    );

    test.each<readonly [string, (sent: (bytes: number) => void) => Reply]>([
      [
        "says that its body has 8 GB",
        () => (response) => {
          response.writeHead(200, { "content-type": "application/json", "content-length": String(8 * 1024 ** 3) });
          response.write("[");
        },
      ],
      [
        "sends more and more",
        (sent) => (response) => {
          response.writeHead(200, { "content-type": "application/json" });
          const more = (): void => {
            sent(65_536);
            if (!response.destroyed) response.write(" ".repeat(65_536), more);
          };
          more();
        },
      ],
      [
        "sends a few packed bytes that are many",
        (sent) => (response) => {
          response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
          const packed = createGzip();
          packed.pipe(response);
          const more = (): void => {
            sent(1024);
            if (!response.destroyed) packed.write(Buffer.alloc(mebibyte, " "), more);
          };
          response.once("close", () => packed.destroy());
          more();
        },
      ],
    ])("when it %s: after the first MiB, and it is not asked again", async (_, reply) => {
      let bytes = 0;
      const counted = reply((more) => (bytes += more));
      await expect(asked(call, counted, fewBytes)).rejects.toThrow("answers with more than 1 MiB");
      expect(host.calls).toHaveLength(1);
      expect(bytes).toBeLessThan(16 * mebibyte); // what the buffers of both sides hold
    });
  });

  let pages = 0;
  const pageOf: readonly (readonly [string, () => object])[] = [
    ["the platform API", () => ({ entities: [], nextUri: `/x?after=${pages++}` })],
    ["Vercel", () => ({ domains: [], pagination: { next: ++pages } })],
    ["Netlify", () => [{ name: "main", ssl_url: "https://main.example.com" }]],
  ];
  test.each(pageOf)("%s: after 1,000 pages", async (name, page) => {
    const call = clients.find(([each]) => each === name)?.[1];
    if (call === undefined) throw new Error(`There is no client "${name}".`);
    const reply: Reply = (response) => {
      response.writeHead(200, { "content-type": "application/json", link: '<https://example.com/>; rel="next"' });
      response.end(JSON.stringify(page()));
    };
    await expect(asked(call, reply)).rejects.toThrow("more than 1000 pages");
    expect(host.calls).toHaveLength(1_000);
  });
});

test("all calls of one host are given up together", async () => {
  const host = await ScriptedHost.start(status(429, { "retry-after": "60" }));
  const clock = testClock();
  const http = new Http({ clock, concurrency: 4 });
  const line = http.line();
  const answers = await Promise.all(Array.from({ length: 200 }, () => http.ask(line, new URL(host.url))));
  await host.close();
  expect(new Set(answers.map((answer) => answer.outcome === "answer" && answer.status))).toEqual(new Set([429]));
  expect(host.calls.length).toBeLessThan(50);
});
