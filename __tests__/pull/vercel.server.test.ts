import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "../fast-check";
import { type PulledLock, pullLocks } from "../../lib/pull/pull-locks";
import { Http } from "../../lib/base/http";
import { type AddressSource } from "../../lib/sources/address-source";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { vercelProject, type VercelProjectOptions } from "../../lib/sources/lock/hosted-project";
import { alias, deployment, type ServedDomain, token, VercelServer } from "./vercel-server";

const root = mkdtempSync(join(tmpdir(), "pull-"));
const lock = join(root, "origins.lock.json");
let vercel: VercelServer;
beforeEach(() => {
  rmSync(lock, { force: true });
});
afterEach(() => vercel.close());
afterAll(() => {
  rmSync(root, { recursive: true });
});

const acme = (options: VercelProjectOptions = {}): AddressSource =>
  vercelProject("storefront", { team: "acme", ...options });

const slept: number[] = [];
const quick = (): Http => {
  let now = 0;
  const sleep = (milliseconds: number): Promise<void> => {
    slept.push(milliseconds);
    now += milliseconds;
    return Promise.resolve();
  };
  return new Http({ attempts: 2, shortestBackOffMs: 1, longestBackOffMs: 1, clock: { now: () => now, sleep } });
};

async function pull(sources: readonly AddressSource[], environment = {}, check = false): Promise<PulledLock> {
  const { pulls } = nextEnvironment("any", { kind: "preview", addresses: sources, root });
  const options = { environment: { ...vercel.environment, ...environment }, http: quick(), check };
  const [found] = await pullLocks(pulls, options);
  if (found === undefined) throw new Error("nothing was pulled");
  return found;
}

/** The hosts that a source reads from the lock. */
const hosts = (source: AddressSource): readonly string[] =>
  source.read({ root, kind: "preview" }).addresses.map(({ value }) => value);

describe("pulling a Vercel project", () => {
  const domains: readonly ServedDomain[] = [
    { name: "www.example.com", gitBranch: null, customEnvironmentId: null },
    { name: "example.com", redirect: "www.example.com" },
    { name: "new.example.com", verified: false },
    { name: "shop.example.com" },
    { name: "staging.example.com", gitBranch: "staging" },
    { name: "qa.example.com", customEnvironmentId: "env_qa" },
    { name: "*.brands.example.com" },
  ];

  test("tells production from branches and custom environments, page by page", async () => {
    vercel = await VercelServer.start({ domains });
    await pull([acme()]);
    expect(hosts(acme())).toEqual(["*.brands.example.com", "shop.example.com", "www.example.com"]);
    expect(vercel.calls.filter((call) => call.includes("/domains"))).toHaveLength(4);
    expect(vercel.calls.every((call) => call.includes("slug=acme"))).toBe(true);
  });

  test("leaves out what redirects and what is not verified, and says so", async () => {
    vercel = await VercelServer.start({ domains });
    const { projects } = await pull([acme()]);
    expect(projects[0]?.leftOut).toEqual([
      { host: "example.com", reason: "redirects to www.example.com: no page is shown there" },
      {
        host: "new.example.com",
        reason: "is not verified: add the TXT record that the project's domain settings show, then pull again",
      },
    ]);
  });

  test("takes a team by its id as well", async () => {
    vercel = await VercelServer.start({ domains });
    await pull([acme({ team: "team_1" })]);
    expect(vercel.calls.every((call) => call.includes("teamId=team_1"))).toBe(true);
  });

  test("takes a custom environment by its slug, with the aliases that it has now", async () => {
    const environments = [
      {
        id: "env_qa",
        slug: "qa",
        domains: [
          { name: "qa2.example.com", verified: true },
          { name: "qa3.example.com", verified: false },
        ],
        currentDeploymentAliases: ["storefront-env-qa-acme.vercel.app"],
      },
    ];
    vercel = await VercelServer.start({ domains, environments });
    await pull([acme({ environment: "qa" })]);
    expect(hosts(acme({ environment: "qa" }))).toEqual([
      "qa.example.com",
      "qa2.example.com",
      "storefront-env-qa-acme.vercel.app",
    ]);
    await expect(pull([acme({ environment: "stagign" })])).rejects.toThrow(
      'no custom environment "stagign" (it has qa)',
    );
  });

  const branches = {
    domains,
    aliases: [
      alias("storefront-git-cart-acme.vercel.app", "b"),
      alias("storefront-git-staging-acme.vercel.app", "c"),
      alias("www.example.com", "a"),
      alias("pr-1.preview.example.com", "b"),
      alias("old.preview.example.com", "lost"),
    ],
    deployments: [
      deployment("a", "main", { target: "production", created: 9 }),
      deployment("e", "cart", { created: 8, readyState: "ERROR" }),
      deployment("b", "cart", { created: 7 }),
      deployment("d", "cart", { created: 6, readyState: undefined, state: "READY" }),
      deployment("c", "staging", { created: 5 }),
    ],
  };

  test("reads the aliases of branches, and gives a branch that is pulled by itself to no one else", async () => {
    vercel = await VercelServer.start(branches);
    const [preview, staging] = [acme({ environment: "preview" }), acme({ branch: "staging" })];
    const { projects } = await pull([preview, staging]);
    expect(hosts(preview)).toEqual(["pr-1.preview.example.com", "storefront-git-cart-acme.vercel.app"]);
    expect(hosts(staging)).toEqual(["staging.example.com", "storefront-git-staging-acme.vercel.app"]);
    expect(projects[0]?.leftOut).toContainEqual({
      host: "old.preview.example.com",
      reason: "leads to no deployment among the newest 5,000",
    });
    expect(projects[0]?.notes.join("\n")).toMatch(
      /1\. your own parent domain[^]*2\. one stable host for[^]*3\. exact hosts[^]*never vercel\.app/,
    );
    expect(vercel.calls.filter((call) => call.includes("/domains"))).toHaveLength(4); // asked once for both
  });

  test("reads single deployments only on request, the newest first, and drops those that became too old", async () => {
    vercel = await VercelServer.start(branches);
    const preview = acme({ environment: "preview", deployments: { newest: 2 } });
    await pull([preview]);
    expect(hosts(preview)).toEqual(
      expect.arrayContaining(["storefront-b-acme.vercel.app", "storefront-d-acme.vercel.app"]),
    );
    expect(hosts(preview)).not.toContain("storefront-c-acme.vercel.app");
    vercel.project.deployments = [deployment("f", "cart", { created: 10 }), ...vercel.project.deployments];
    const { changes } = await pull([preview]);
    expect(changes).toMatchObject([
      { kind: "removed", host: "storefront-d-acme.vercel.app" },
      { kind: "added", host: "storefront-f-acme.vercel.app", section: "newest 2 of preview" },
    ]);
  });

  test.each([
    ["the project", { suffix: "preview.example.com", teamSuffix: "other.example.com" }],
    ["the team", { teamSuffix: "preview.example.com" }],
  ])("takes the one parent that %s gives all previews, instead of the hosts under it", async (_, suffixes) => {
    vercel = await VercelServer.start({ ...branches, ...suffixes });
    const { projects } = await pull([acme({ environment: "preview" })]);
    expect(hosts(acme({ environment: "preview" }))).toEqual([
      "preview.example.com",
      "staging.example.com",
      "storefront-git-cart-acme.vercel.app",
      "storefront-git-staging-acme.vercel.app",
    ]);
    expect(projects[0]?.notes).toContain("preview hosts live under preview.example.com: the one entry admits them all");
    expect(projects[0]?.notes.join()).not.toContain("least work");
  });

  test("goes on without the team, which a token for one project may not read, and says so", async () => {
    vercel = await VercelServer.start({ ...branches, teamIsHidden: true });
    const { projects } = await pull([acme({ environment: "preview" })]);
    expect(projects[0]?.notes[0]).toContain("may not read the team's Preview Deployment Suffix");
  });

  test("writes a host a line, sorted, and nothing that changes without a host", async () => {
    vercel = await VercelServer.start(branches);
    await pull([acme(), acme({ branch: "staging" }), acme({ branch: "nobody" })]);
    expect(readFileSync(lock, "utf8")).toBe(
      `{
  "about": "Written by \`npx origins pull\`. Commit it, review it, do not edit it.",
  "version": 1,
  "projects": {
    "vercel acme/storefront": {
      "*.brands.example.com": ["production"],
      "shop.example.com": ["production"],
      "staging.example.com": ["branch staging"],
      "storefront-git-staging-acme.vercel.app": ["branch staging"],
      "www.example.com": ["production"],
      "pulled": ["branch nobody", "branch staging", "production"]
    }
  }
}
`,
    );
  });

  test("changes nothing the second time, not even the file's time", async () => {
    vercel = await VercelServer.start(branches);
    await pull([acme()]);
    const before = statSync(lock, { bigint: true });
    const { stale, changes } = await pull([acme()]);
    const after = statSync(lock, { bigint: true });
    expect({ stale, changes }).toEqual({ stale: false, changes: [] });
    expect([after.mtimeNs, after.ino]).toEqual([before.mtimeNs, before.ino]);
  });

  test("--check compares and writes nothing", async () => {
    vercel = await VercelServer.start(branches);
    expect(await pull([acme()], {}, true)).toMatchObject({ stale: true });
    expect(statSync(lock, { throwIfNoEntry: false })).toBeUndefined();
  });

  test("writes over a lock that no one can read, and says what was wrong with it", async () => {
    vercel = await VercelServer.start(branches);
    writeFileSync(lock, "{\n<<<<<<< HEAD\n");
    expect(await pull([acme()])).toMatchObject({
      stale: true,
      unreadable: "line 2 contains merge conflict markers",
    });
    expect(hosts(acme())).toContain("www.example.com");
  });

  test("is the same lock in whatever order the API lists it, and on whatever pages", async () => {
    vercel = await VercelServer.start(branches);
    await pull([acme(), acme({ environment: "preview" })]);
    const expected = readFileSync(lock, "utf8");
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...domains], { minLength: domains.length }),
        fc.shuffledSubarray([...branches.aliases], { minLength: branches.aliases.length }),
        fc.integer({ min: 1, max: 9 }),
        async (shuffledDomains, aliases, pageSize) => {
          const other = await VercelServer.start({ ...branches, domains: shuffledDomains, aliases }, pageSize);
          try {
            await pull([acme({ environment: "preview" }), acme()], other.environment);
          } finally {
            await other.close();
          }
          expect(readFileSync(lock, "utf8")).toBe(expected);
        },
      ),
      { seed: 20_261_123, numRuns: 10 },
    );
  });
});

describe("what Vercel may answer instead", () => {
  test("429 is waited out for as long as it says, 503 is asked again", async () => {
    vercel = await VercelServer.start({ domains: [{ name: "www.example.com" }] });
    slept.length = 0;
    const reset = String(Math.ceil(Date.now() / 1_000) + 30);
    vercel.interruptions.push(
      (context) => context.json({}, 429, { "retry-after": "7" }),
      (context) => context.json({}, 429, { "x-ratelimit-reset": reset }),
      (context) => context.json({}, 503),
    );
    await pull([acme()]);
    expect(hosts(acme())).toEqual(["www.example.com"]);
    expect(slept[0]).toBe(7_000);
    expect(slept[1]).toBeGreaterThan(20_000);
  });

  test.each([
    [
      "a wrong token",
      [acme()],
      { VERCEL_TOKEN: "wr0ng-t0ken" },
      /does not show the project "storefront" of team "acme" \(403, "Not authorized: Bearer \*\*\*"\): VERCEL_TOKEN has expired/,
    ],
    ["no token", [acme()], { VERCEL_TOKEN: " " }, /^VERCEL_TOKEN is not set: create a token at https:\/\/vercel\.com/],
    ["a token that was copied badly", [acme()], { VERCEL_TOKEN: `wr0ng-t0ken\nx` }, /VERCEL_TOKEN holds white space/],
    [
      "no such project",
      [vercelProject("shop", { team: "acme" })],
      {},
      /has nothing for the project "shop" of team "acme" \(404, "Project not found"\): check the name "shop"/,
    ],
    ["another team", [acme({ team: "other" })], {}, /"other" is its slug or its id/],
    ["no team", [vercelProject("storefront")], {}, /for a project of a team, add \{ team: "…" \}/],
    [
      "an address that is not encrypted",
      [acme()],
      { VERCEL_API_URL: "http://vercel.example.com" },
      /VERCEL_API_URL is not a safe address for a token/,
    ],
  ])("%s is explained, and no token is quoted", async (_, sources, environment, message) => {
    vercel = await VercelServer.start();
    const failure: unknown = await pull(sources, environment).catch((error: unknown) => error);
    expect(String(failure)).not.toMatch(/wr0ng|s3cr3t/);
    expect((failure as Error).message).toMatch(message);
    expect(statSync(lock, { throwIfNoEntry: false })).toBeUndefined();
  });

  test("all projects that fail are named at once, and nothing is written", async () => {
    vercel = await VercelServer.start();
    const failure = pull([acme(), vercelProject("one", { team: "acme" }), vercelProject("two", { team: "acme" })]);
    await expect(failure).rejects.toThrow(/"one"[^]*"two"/);
    expect(statSync(lock, { throwIfNoEntry: false })).toBeUndefined();
  });

  test.each([
    [
      "a domain without verified",
      { domains: [{ name: "a.example.com" }, { name: "b.example.com", verified: undefined }] },
      '"domains[1].verified" should be true or false',
    ],
    ["an alias without a name", { aliases: [{ deploymentId: "dpl_a" }] }, '"aliases[0].alias" should be a text'],
    [
      "a deployment without a time",
      { aliases: [alias("a.example.com", "a")], deployments: [{ uid: "dpl_a", url: "x" }] },
      '"deployments[0].created" should be a number',
    ],
  ])("%s is an error that names the field", async (_, project, message) => {
    vercel = await VercelServer.start(project);
    await expect(pull([acme({ environment: "preview" })])).rejects.toThrow(message);
  });

  test.each([
    ["no pages", {}, '"domains" should be a list'],
    ["pages without an end", { domains: [], pagination: {} }, '"pagination.next" should be a number'],
    ["pages in a circle", { domains: [], pagination: { next: 5 } }, "form a cycle"],
  ])("%s is an error, too", async (_, body, message) => {
    vercel = await VercelServer.start();
    const { interruptions } = vercel;
    interruptions.push((context) => context.json({ id: "prj_1" }));
    for (let page = 0; page < 3; page++) interruptions.push((context) => context.json(body));
    await expect(pull([acme()])).rejects.toThrow(message);
  });

  test("a login page of a proxy is not an answer of Vercel's", async () => {
    vercel = await VercelServer.start();
    vercel.interruptions.push((context) => context.html("<!doctype html><title>Log in</title>"));
    await expect(pull([acme()])).rejects.toThrow("answers with an HTML page");
  });
});

test("the token is nowhere in the lock", async () => {
  vercel = await VercelServer.start({ domains: [{ name: "www.example.com" }] });
  await pull([acme()]);
  expect(readFileSync(lock, "utf8")).not.toContain(token);
});
