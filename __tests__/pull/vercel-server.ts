import { once } from "node:events";
import { type AddressInfo } from "node:net";
import { serve, type ServerType } from "@hono/node-server";
import { type Context, Hono } from "hono";

/** A domain of a project as the API has it, with what the tests care about. */
export interface ServedDomain {
  readonly name: string;
  readonly redirect?: string | null;
  readonly gitBranch?: string | null;
  readonly customEnvironmentId?: string | null;
  readonly verified?: unknown;
}

/** What the Vercel of a test has; it may change between two pulls. */
export interface ServedProject {
  domains: readonly ServedDomain[];
  environments: readonly object[];
  aliases: readonly object[];
  deployments: readonly object[];
  suffix?: string;
  teamSuffix?: string;
  /** A token whose scope is the project may not read its team. */
  teamIsHidden?: boolean;
}

export const token = "vercel-s3cr3t-t0k3n";

/** A server in the shape of Vercel's REST API, with small pages. */
export class VercelServer {
  /** Every request, such as `/v9/projects/storefront/domains?limit=100&slug=acme`. */
  readonly calls: string[] = [];
  /** Answers that come before the true ones, once each. */
  readonly interruptions: ((context: Context) => Response)[] = [];
  private server: ServerType | undefined;

  constructor(
    readonly project: ServedProject,
    private readonly pageSize = 2,
  ) {}

  static async start(project: Partial<ServedProject> = {}, pageSize?: number): Promise<VercelServer> {
    const whole = { domains: [], environments: [], aliases: [], deployments: [], ...project };
    const vercel = new VercelServer(whole, pageSize);
    vercel.server = serve({ fetch: vercel.app().fetch, port: 0, hostname: "127.0.0.1" });
    await once(vercel.server, "listening");
    return vercel;
  }

  get url(): string {
    const { port } = this.server?.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  get environment(): NodeJS.ProcessEnv {
    return { VERCEL_TOKEN: token, VERCEL_API_URL: this.url };
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
      const presented = context.req.header("authorization");
      if (presented !== `Bearer ${token}`)
        return context.json({ error: { code: "forbidden", message: `Not authorized: ${presented ?? ""}` } }, 403);
      const isOwner = url.searchParams.get("slug") === "acme" || url.searchParams.get("teamId") === "team_1";
      if (!url.pathname.startsWith("/v2/") && !isOwner)
        return context.json({ error: { code: "not_found", message: "Project not found" } }, 404);
      return next();
    });
    const known = "/v9/projects/:name{storefront|prj_1}";
    app.get(known, (context) => {
      const suffix = this.project.suffix;
      return context.json({
        id: "prj_1",
        name: "storefront",
        accountId: "team_1",
        previewDeploymentSuffix: suffix ?? null,
      });
    });
    app.get(`${known}/domains`, (context) =>
      this.page(
        context,
        "domains",
        this.project.domains.map((domain) => ({ verified: true, ...domain })),
      ),
    );
    app.get(`${known}/custom-environments`, (context) => context.json({ environments: this.project.environments }));
    app.get("/v4/aliases", (context) => this.page(context, "aliases", this.project.aliases));
    app.get("/v7/deployments", (context) => this.page(context, "deployments", this.project.deployments));
    app.get("/v2/teams/team_1", (context) =>
      this.project.teamIsHidden === true
        ? context.json({ error: { code: "forbidden", message: "Not authorized" } }, 403)
        : context.json({ id: "team_1", previewDeploymentSuffix: this.project.teamSuffix ?? null }),
    );
    app.notFound((context) => context.json({ error: { code: "not_found", message: "Project not found" } }, 404));
    return app;
  }

  /** The cursor is a time in the real API; here the position, from the end. */
  private page(context: Context, name: string, all: readonly object[]): Response {
    const from = all.length - Number(context.req.query("until") ?? all.length);
    const next = from + this.pageSize < all.length ? all.length - from - this.pageSize : null;
    const page = all.slice(from, from + this.pageSize);
    return context.json({ [name]: page, pagination: { count: page.length, next, prev: null } });
  }
}

/** A deployment as the API lists it. */
export function deployment(id: string, branch: string, more: object = {}): object {
  const url = `storefront-${id}-acme.vercel.app`;
  return {
    uid: `dpl_${id}`,
    url,
    created: 1_000,
    readyState: "READY",
    target: null,
    meta: { githubCommitRef: branch },
    ...more,
  };
}

export function alias(name: string, id: string): object {
  return { alias: name, deploymentId: `dpl_${id}`, redirect: null };
}
