import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Checkout, type Finished } from "./checkout";

const checkout = Checkout.compiled();
const lock = join(checkout.folder, "origins.lock.json");
const config = join(checkout.folder, "shop", "next.config.mjs");

function write(hosts: string): void {
  writeFileSync(config, `export default { experimental: { serverActions: { allowedOrigins: ${hosts} } } };\n`);
}

beforeAll(() => {
  mkdirSync(join(checkout.folder, "shop"));
  writeFileSync(join(checkout.folder, "shop", ".env"), "HOST=shop.example.com\n");
  writeFileSync(join(checkout.folder, "shop", ".env.staging"), "HOST=staging.example.com\n");
  write(`["WWW.example.com:8443", process.env.HOST, "a.*.example.com"]`);
  writeFileSync(
    join(checkout.folder, "environments.ts"),
    `import { nextConfig, nextEnvironment } from "./lib";
export const environments = [
  nextEnvironment("production", { kind: "production", addresses: [nextConfig("shop", { pulled: true })] }),
  nextEnvironment("staging", { kind: "staging", addresses: [nextConfig("shop", { pulled: true, evaluate: { mode: "staging" } })] }),
];
`,
  );
});
afterAll(() => {
  checkout.remove();
});

const pull = (...parameters: readonly string[]): Promise<Finished> =>
  checkout.run(checkout.origins("pull", ...parameters));

test("what a configuration is refused for stops the pull, and nothing is written", async () => {
  const { code, stderr } = await pull();
  expect(stderr).toContain(
    '"a.*.example.com" (shop/next.config.mjs:1 experimental.serverActions.allowedOrigins) has a wildcard inside',
  );
  expect(code).toBe(1);
  expect((await checkout.run(checkout.origins("list"))).stdout).toContain("run `npx origins pull`");
});

test("a pull evaluates each environment and locks the hosts", async () => {
  write(`["WWW.example.com:8443", process.env.HOST, process.env.MORE].filter(Boolean)`);
  const { code, stdout } = await pull();
  expect(stdout.replace(/\d+\.\d s/, "0.1 s")).toMatchInlineSnapshot(`
    "  ✔ configurations (0.1 s)
    nextConfig shop
      + shop.example.com (production)
      + www.example.com (production)
      + staging.example.com (staging, mode staging)
      + www.example.com (staging, mode staging)
      "MORE" (shop/next.config.mjs:1) is read but not set: shop/.env.production and shop/.env do not define it (unset-variable): define it in shop/.env.production, or write { evaluate: { variables: { MORE: "…" } } }; if it is unset on purpose, write { evaluate: { unset: ["MORE"] } }
      "MORE" (shop/next.config.mjs:1) is read but not set: shop/.env.staging, shop/.env.production and shop/.env do not define it (unset-variable): define it in shop/.env.staging, or write { evaluate: { variables: { MORE: "…" } } }; if it is unset on purpose, write { evaluate: { unset: ["MORE"] } }
    origins.lock.json written (4 added, 0 removed): commit it
    "
  `);
  expect(code).toBe(0);
  expect(readFileSync(lock, "utf8")).toMatchInlineSnapshot(`
    "{
      "about": "Written by \`npx origins pull\`. Commit it, review it, do not edit it.",
      "version": 1,
      "projects": {
        "nextConfig shop": {
          "shop.example.com": ["production"],
          "staging.example.com": ["staging, mode staging"],
          "www.example.com": ["production", "staging, mode staging"],
          "pulled": ["production", "staging, mode staging"]
        }
      }
    }
    "
  `);
});

test("the list reads the lock, without the application", async () => {
  rmSync(config);
  const { code, stdout } = await checkout.run(checkout.origins("list", "--json"));
  expect(JSON.parse(stdout)).toMatchObject([
    {
      allowedDomains: [{ domain: "shop.example.com" }, { domain: "www.example.com" }],
      findings: [{ rule: "shared-host" }],
    },
    { allowedDomains: [{ domain: "staging.example.com" }, { domain: "www.example.com" }] },
  ]);
  expect(code).toBe(0);
});

test("the application's pipeline checks: 0 while the lock is fresh, 2 when the configuration has changed, 1 when it fails", async () => {
  const before = readFileSync(lock, "utf8");
  write(`["www.example.com", process.env.HOST]`);
  expect((await pull("--check")).code).toBe(0);
  write(`["new.example.com", process.env.HOST]`);
  const { code, stdout } = await pull("--check");
  expect(code).toBe(2);
  expect(stdout).toContain("+ new.example.com (production)");
  expect(stdout).toContain("origins.lock.json is stale (2 added, 2 removed)");
  writeFileSync(config, "throw new Error('no');");
  expect(await pull("--check")).toMatchObject({ code: 1, stderr: expect.stringContaining("it throws") as string });
  expect(readFileSync(lock, "utf8")).toBe(before);
});
