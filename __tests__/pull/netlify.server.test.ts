import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve, type ServerType } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { type PulledProject, pullLocks } from "../../lib/pull/pull-locks";
import { Http } from "../../lib/base/http";
import { type AddressSource } from "../../lib/sources/address-source";
import { netlifySite } from "../../lib/sources/lock/hosted-project";
import { nextEnvironment } from "../../lib/sources/next-environment";

const root = mkdtempSync(join(tmpdir(), "pull-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const token = "nfp_s3cr3t-t0k3n";
const site = {
  id: "5c1e1f6a-0000-4000-8000-000000000001",
  name: "storefront",
  url: "http://www.example.com",
  ssl_url: "https://www.example.com",
  custom_domain: "www.example.com",
  domain_aliases: ["shop.example.com"],
  default_domain: "storefront.netlify.app",
  branch_deploy_custom_domain: null as string | null,
  deploy_preview_custom_domain: null as string | null,
};
const branches = [
  { name: "main", slug: "main", ssl_url: "https://www.example.com" },
  { name: "staging", slug: "staging", ssl_url: "https://staging--storefront.netlify.app" },
  { name: "cart/2", slug: "cart-2", ssl_url: "https://cart-2--storefront.netlify.app" },
];
const preview = (number: number, second: number, state = "ready"): object => ({
  id: `deploy${second}`,
  state,
  context: "deploy-preview",
  branch: `cart/${number}`,
  created_at: `2026-11-23T00:00:0${second}Z`,
  deploy_ssl_url: `https://deploy-preview-${number}--storefront.netlify.app`,
});
const unfinished = { id: "deploy8", state: "new", context: null, deploy_ssl_url: null };
const deploys = [unfinished, preview(3, 7, "error"), preview(2, 6), preview(2, 5), preview(1, 4), preview(0, 3)];

/** A server in the shape of Netlify's API: pages by number, the next one in the Link header, if the test wants one. */
class NetlifyServer {
  readonly calls: string[] = [];
  readonly interruptions: ((context: Context) => Response)[] = [];
  private server: ServerType | undefined;

  private constructor(
    private readonly served: object,
    private readonly withLinks: boolean,
  ) {}

  static async start(served: object = site, withLinks = true): Promise<NetlifyServer> {
    const netlify = new NetlifyServer(served, withLinks);
    netlify.server = serve({ fetch: netlify.app().fetch, port: 0, hostname: "127.0.0.1" });
    await once(netlify.server, "listening");
    return netlify;
  }

  get environment(): NodeJS.ProcessEnv {
    const { port } = this.server?.address() as AddressInfo;
    return { NETLIFY_AUTH_TOKEN: token, NETLIFY_API_URL: `http://127.0.0.1:${port}/api/v1/` };
  }

  async close(): Promise<void> {
    const closed = this.server && once(this.server, "close");
    this.server?.close();
    await closed;
  }

  private app(): Hono {
    const app = new Hono();
    app.use(async (context, next) => {
      const url = new URL(context.req.url);
      this.calls.push(`${url.pathname}${url.search}`);
      const interruption = this.interruptions.shift();
      if (interruption !== undefined) return interruption(context);
      if (context.req.header("authorization") !== `Bearer ${token}`)
        return context.json({ code: 401, message: "Access Denied: Invalid token" }, 401);
      return next();
    });
    const found = (id: string): boolean => [site.id, "storefront.netlify.app", "www.example.com"].includes(id);
    app.get("/api/v1/sites/:id", (context) =>
      found(context.req.param("id"))
        ? context.json(this.served)
        : context.json({ code: 404, message: "Not Found" }, 404),
    );
    app.get(`/api/v1/sites/${site.id}/deployed-branches`, (context) => this.page(context, branches));
    app.get(`/api/v1/sites/${site.id}/deploys`, (context) => this.page(context, deploys));
    return app;
  }

  private page(context: Context, all: readonly object[]): Response {
    const page = Number(context.req.query("page"));
    const size = this.withLinks ? 2 : Number(context.req.query("per_page"));
    const isLast = page * size >= all.length;
    const next = `<https://elsewhere.example.com/?page=${page + 1}>; rel="next", <https://elsewhere.example.com/>; rel="last"`;
    if (this.withLinks) context.header("link", isLast ? '<https://elsewhere.example.com/>; rel="last"' : next);
    return context.json(all.slice((page - 1) * size, page * size));
  }
}

let netlify: NetlifyServer;
afterEach(() => netlify.close());

async function pull(sources: readonly AddressSource[], environment = {}): Promise<PulledProject | undefined> {
  const { pulls } = nextEnvironment("any", { kind: "preview", addresses: sources, root });
  const clock = { now: () => 0, sleep: () => Promise.resolve() };
  const http = new Http({ attempts: 2, shortestBackOffMs: 1, longestBackOffMs: 1, clock });
  const found = await pullLocks(pulls, { environment: { ...netlify.environment, ...environment }, http });
  return found[0]?.projects[0];
}

const hosts = (source: AddressSource): readonly string[] =>
  source.read({ root, kind: "preview" }).addresses.map(({ value }) => value);

describe("pulling a Netlify site", () => {
  test("takes the domains of production, and leaves Netlify's own host to it", async () => {
    netlify = await NetlifyServer.start();
    const pulled = await pull([netlifySite("storefront")]);
    expect(hosts(netlifySite("storefront"))).toEqual(["shop.example.com", "www.example.com"]);
    expect(pulled?.leftOut.map(({ host }) => host)).toEqual(["storefront.netlify.app"]);
  });

  test("takes Netlify's host where there is no other", async () => {
    const url = "https://storefront.netlify.app";
    netlify = await NetlifyServer.start({ ...site, custom_domain: null, domain_aliases: [], ssl_url: url });
    await pull([netlifySite("www.example.com")]);
    expect(hosts(netlifySite("www.example.com"))).toEqual(["storefront.netlify.app"]);
  });

  test.each([true, false])(
    "takes the deployed branches, whether or not links lead through the pages (%s)",
    async (links) => {
      netlify = await NetlifyServer.start(site, links);
      const [all, staging] = [
        netlifySite(site.id, { context: "branch-deploy" }),
        netlifySite(site.id, { branch: "staging" }),
      ];
      await pull([all, staging]);
      expect(hosts(all)).toEqual(["cart-2--storefront.netlify.app"]);
      expect(hosts(staging)).toEqual(["staging--storefront.netlify.app"]);
      expect(netlify.calls.filter((call) => call.includes("deployed-branches"))).toHaveLength(links ? 2 : 1);
    },
  );

  test("takes the hosts of deploy previews on request alone, the newest first", async () => {
    netlify = await NetlifyServer.start();
    const [none, two] = [
      netlifySite("storefront", { context: "deploy-preview" }),
      netlifySite("storefront", { context: "deploy-preview", deployments: { newest: 2 } }),
    ];
    const pulled = await pull([none, two]);
    expect(hosts(none)).toEqual([]);
    expect(none.read({ root, kind: "preview" }).findings).toMatchObject([
      { rule: "nothing-locked", severity: "warning" },
    ]);
    expect(hosts(two)).toEqual([
      "deploy-preview-1--storefront.netlify.app",
      "deploy-preview-2--storefront.netlify.app",
    ]);
    expect(pulled?.notes.join("\n")).toContain("never netlify.app itself");
  });

  test("takes the one parent that all previews have, where the site has one", async () => {
    netlify = await NetlifyServer.start({ ...site, deploy_preview_custom_domain: "previews.example.com" });
    const source = netlifySite("storefront", { context: "deploy-preview", deployments: { newest: 2 } });
    const pulled = await pull([source]);
    expect(hosts(source)).toEqual(["previews.example.com"]);
    expect(pulled?.notes).toContain(
      "deploy-preview hosts live under previews.example.com: the one entry admits them all",
    );
  });

  test("waits when it is told to", async () => {
    netlify = await NetlifyServer.start();
    const clock = { time: 0, now: () => clock.time, sleep: (ms: number) => Promise.resolve(void (clock.time += ms)) };
    netlify.interruptions.push((context) => context.json({}, 429, { "retry-after": "3" }));
    const { pulls } = nextEnvironment("any", { kind: "production", addresses: [netlifySite("storefront")], root });
    await pullLocks(pulls, { environment: netlify.environment, http: new Http({ clock }) });
    expect(clock.time).toBe(3_000);
  });

  test.each([
    [
      "a wrong token",
      "storefront",
      { NETLIFY_AUTH_TOKEN: "wr0ng" },
      /\(401, "Access Denied: Invalid token"\): NETLIFY_AUTH_TOKEN has expired/,
    ],
    ["no token", "storefront", { NETLIFY_AUTH_TOKEN: "" }, /^NETLIFY_AUTH_TOKEN is not set/],
    ["no such site", "shop", {}, /nothing for the site "shop" \(404, "Not Found"\): check "shop"/],
  ])("%s is explained", async (_, name, environment, message) => {
    netlify = await NetlifyServer.start();
    await expect(pull([netlifySite(name)], environment)).rejects.toThrow(message);
  });

  test("a site of another shape is an error that names the field", async () => {
    netlify = await NetlifyServer.start({ ...site, domain_aliases: "shop.example.com" });
    await expect(pull([netlifySite("storefront")])).rejects.toThrow('"domain_aliases" should be texts');
  });
});
