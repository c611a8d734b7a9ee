import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alias, deployment, token, VercelServer } from "../pull/vercel-server";
import { Checkout, type Finished } from "./checkout";

const checkout = Checkout.compiled();
const lock = join(checkout.folder, "origins.lock.json");
let vercel: VercelServer;

const branches = {
  domains: [
    { name: "www.example.com" },
    { name: "example.com", redirect: "www.example.com" },
    { name: "new.example.com", verified: false },
    { name: "qa.example.com", customEnvironmentId: "env_qa" },
    { name: "staging.example.com", gitBranch: "staging" },
  ],
  environments: [{ id: "env_qa", slug: "qa", domains: [], currentDeploymentAliases: [] }],
  aliases: [alias("storefront-git-cart-acme.vercel.app", "a"), alias("storefront-git-staging-acme.vercel.app", "b")],
  deployments: [deployment("a", "cart"), deployment("b", "staging")],
};

beforeAll(async () => {
  vercel = await VercelServer.start(branches);
  writeFileSync(
    join(checkout.folder, "environments.ts"),
    `import { nextEnvironment, vercelProject } from "./lib";
const team = "acme";
export const environments = [
  nextEnvironment("production", { kind: "production", addresses: [vercelProject("storefront", { team })] }),
  nextEnvironment("qa", { kind: "staging", addresses: [vercelProject("storefront", { team, environment: "qa" })] }),
  nextEnvironment("staging", { kind: "staging", addresses: [vercelProject("storefront", { team, branch: "staging" })] }),
  nextEnvironment("preview", { kind: "preview", addresses: [vercelProject("storefront", { team, environment: "preview" })] }),
];
`,
  );
});
afterAll(async () => {
  await vercel.close();
  checkout.remove();
});

const pull = (...parameters: readonly string[]): Promise<Finished> =>
  checkout.run(checkout.origins("pull", ...parameters), vercel.environment);

const outcome = ({ code, stdout, stderr }: Finished): object => ({ code, stdout, stderr });

test("before the first pull, the environments say what to run", async () => {
  const { code, stdout } = await checkout.run(checkout.origins("list"));
  expect(stdout).toContain(
    'error "origins.lock.json" (origins.lock.json) does not exist (missing-file): run `npx origins pull`',
  );
  expect(code).toBe(1);
});

test("a pull writes the lock, and says what came and what was left out", async () => {
  vercel.interruptions.push((context) => context.json({}, 429, { "retry-after": "1" }));
  const { code, stdout, stderr } = await pull();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.replace(/\d+\.\d s/, "0.1 s")).toMatchInlineSnapshot(`
    "  ✔ Vercel (0.1 s)
    vercel acme/storefront
      + staging.example.com (branch staging)
      + storefront-git-staging-acme.vercel.app (branch staging)
      + storefront-git-cart-acme.vercel.app (preview)
      + www.example.com (production)
      + qa.example.com (qa)
      left out: example.com redirects to www.example.com: no page is shown there
      left out: new.example.com is not verified: add the TXT record that the project's domain settings show, then pull again
      the hosts of previews come and go; the least work first (docs/previews.md):
      1. your own parent domain (Preview Deployment Suffix, or aliases that the pipeline sets): one entry admits every preview
      2. one stable host for what has to be tried with the Messenger: vercelProject("storefront", { team: "acme", branch: "staging" })
      3. exact hosts, as pulled here for preview (1): each pull adds and drops some
      never vercel.app itself: it would admit every site there
    origins.lock.json written (5 added, 0 removed): commit it
    "
  `);
  expect(readFileSync(lock, "utf8")).toMatchInlineSnapshot(`
    "{
      "about": "Written by \`npx origins pull\`. Commit it, review it, do not edit it.",
      "version": 1,
      "projects": {
        "vercel acme/storefront": {
          "qa.example.com": ["qa"],
          "staging.example.com": ["branch staging"],
          "storefront-git-cart-acme.vercel.app": ["preview"],
          "storefront-git-staging-acme.vercel.app": ["branch staging"],
          "www.example.com": ["production"],
          "pulled": ["branch staging", "preview", "production", "qa"]
        }
      }
    }
    "
  `);
});

test("the list then shows each host with its line of the lock", async () => {
  const { code, stdout } = await checkout.run(checkout.origins("list", "--json"));
  const [production, qa, staging, preview] = JSON.parse(stdout) as object[];
  const source = (line: number): object => ({ sources: [{ file: "origins.lock.json", line }] });
  expect(production).toMatchObject({ allowedDomains: [{ domain: "www.example.com", ...source(10) }], findings: [] });
  expect(qa).toMatchObject({ allowedDomains: [{ domain: "qa.example.com", ...source(6) }], findings: [] });
  expect(staging).toMatchObject({ allowedDomains: [{ domain: "staging.example.com", ...source(7) }, source(9)] });
  expect(preview).toMatchObject({ allowedDomains: [{ domain: "storefront-git-cart-acme.vercel.app", ...source(8) }] });
  expect(code).toBe(0);
});

test("a second pull changes nothing, and does not touch the file", async () => {
  const before = { text: readFileSync(lock), time: statSync(lock, { bigint: true }).mtimeNs };
  const { code, stdout } = await pull();
  expect(stdout).toContain("origins.lock.json is what the platforms say");
  expect({ text: readFileSync(lock), time: statSync(lock, { bigint: true }).mtimeNs }).toEqual(before);
  expect(code).toBe(0);
});

test("--check exits 0 while the lock is fresh, 2 when it is stale, 1 when no one knows; it never writes", async () => {
  const before = readFileSync(lock, "utf8");
  expect(outcome(await pull("--check"))).toMatchObject({ code: 0, stderr: "" });
  vercel.project.domains = [...vercel.project.domains, { name: "shop.example.com" }];
  const stale = await pull("--check", "--json");
  expect(stale.code).toBe(2);
  expect(JSON.parse(stale.stdout)).toMatchObject([
    {
      file: "origins.lock.json",
      stale: true,
      changes: [{ kind: "added", host: "shop.example.com", section: "production" }],
    },
  ]);
  vercel.interruptions.push((context) => context.json({ error: { message: "Bad Request" } }, 400));
  expect(outcome(await pull("--check"))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("answers 400") as string,
  });
  expect(readFileSync(lock, "utf8")).toBe(before);
});

test("the lock's difference reads as hosts that came and went", async () => {
  const before = readFileSync(lock, "utf8").split("\n");
  vercel.project.domains = vercel.project.domains.filter(({ name }) => name !== "www.example.com");
  expect((await pull()).code).toBe(0);
  const after = readFileSync(lock, "utf8").split("\n");
  expect(before.filter((line) => !after.includes(line))).toEqual(['      "www.example.com": ["production"],']);
  expect(after.filter((line) => !before.includes(line))).toEqual(['      "shop.example.com": ["production"],']);
});

test("a wrong token is an error that tells what to do; no token is ever printed or written", async () => {
  const before = readFileSync(lock, "utf8");
  const wrong = "wr0ng-s3cr3t";
  const environment = { ...vercel.environment, VERCEL_TOKEN: wrong };
  const { code, stdout, stderr } = await checkout.run(checkout.origins("pull"), environment);
  expect(code).toBe(1);
  expect(stderr).toContain('does not show the project "storefront" of team "acme" (403');
  expect(stderr).toContain("VERCEL_TOKEN has expired, or belongs to another account, team or project");
  expect(stderr).not.toMatch(/^ +at /m);
  expect(stdout + stderr).not.toContain(wrong);
  expect(readFileSync(lock, "utf8")).toBe(before);
  const files = readdirSync(checkout.folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { name } of files) {
    const text = readFileSync(join(checkout.folder, name), "utf8");
    expect(text.includes(token) || text.includes(wrong)).toBe(false);
  }
});

test("pulls at the same time leave one whole lock", async () => {
  rmSync(lock);
  const ends = await Promise.all([pull(), pull()]);
  expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  expect((await pull("--check")).code).toBe(0);
  expect(readdirSync(checkout.folder).filter((name) => name.startsWith("origins.lock"))).toEqual(["origins.lock.json"]);
});
