import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const storefront = join(__dirname, "..", "..", "examples", "storefront");
const built = join(storefront, ".next");
const next = createRequire(join(storefront, "package.json")).resolve("next/dist/bin/next");

/** All text that a browser may get. */
const bundles = (): string =>
  readdirSync(join(built, "static"), { recursive: true, encoding: "utf8" })
    .map((path) => join(built, "static", path))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");

beforeAll(() => {
  const build = spawnSync(process.execPath, [next, "build"], {
    cwd: storefront,
    encoding: "utf8",
    // Nothing of this process but the path: a variable of the shell would win over the env files.
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NEXT_PUBLIC_GENESYS_ENVIRONMENT: "prod-euc1",
      NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: "0e8a2c8e-5b1e-4a52-9a6d-1f2b3c4d5e6f",
    },
  });
  if (build.status !== 0) throw new Error(`next build failed:\n${build.stdout}\n${build.stderr}`);
}, 180_000);

test("the front page is prerendered with the addresses of .env.production", () => {
  const html = readFileSync(join(built, "server", "app", "index.html"), "utf8");
  expect(html).toContain("<h1>The Example Bookshop</h1>");
  expect(html).toContain('<link rel="canonical" href="https://www.example.com"/>');
  expect(html).toContain('href="https://shop.example.com/"');
  expect(html).toContain('href="https://www.xn--bcher-kva.example.com/"');
});

test("the browser gets the deployment of the build, and no script before its own", () => {
  expect(bundles()).toContain("0e8a2c8e-5b1e-4a52-9a6d-1f2b3c4d5e6f");
  expect(readFileSync(join(built, "server", "app", "index.html"), "utf8")).not.toContain("genesys.min.js");
});

test("what is not public stays out of what browsers get", () => {
  const secret = /^DATABASE_URL=(.+)$/m.exec(readFileSync(join(storefront, ".env.production"), "utf8"))?.[1];
  expect(secret).toContain("never-print-this-value");
  expect(bundles()).not.toContain("never-print-this-value");
});
