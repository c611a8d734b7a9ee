import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Checkout } from "./checkout";

const checkout = Checkout.compiled();
afterAll(() => {
  checkout.remove();
});

/** Runs `origins list` on an environments file of that text. */
const list = (text: string, ...parameters: readonly string[]): ReturnType<Checkout["run"]> => {
  writeFileSync(join(checkout.folder, "other.ts"), `import { envFile, nextEnvironment } from "./lib";\n${text}`);
  return checkout.run(checkout.origins("list", ...parameters, "--environments", "other.ts"));
};

describe("origins list", () => {
  test("shows which file and line asked for each allowed domain", async () => {
    const { code, stdout, stderr } = await checkout.run(checkout.origins("list"));
    expect(stderr).toBe("");
    expect(stdout).toMatch(
      /www\.bücher\.example\.com +│ www\.xn--bcher-kva\.example\.com +│ examples\/storefront\/\.env\.production:\d+ /,
    );
    expect(stdout).toMatch(
      /dev\.example\.com +│ dev\.example\.com +│ examples\/storefront\/next\.config\.ts:\d+ allowedDevOrigins/,
    );
    expect(code).toBe(0);
  });

  test("prints nothing of an env file but the named variables", async () => {
    const { stdout } = await checkout.run(checkout.origins("list", "--json"));
    expect(stdout).toContain("NEXT_PUBLIC_SITE_URL");
    expect(stdout).not.toMatch(/DATABASE_URL|postgres/);
  });

  test("--json has the domains with their places, of the named environments alone", async () => {
    const { stdout } = await checkout.run(checkout.origins("list", "preview", "--json"));
    expect(JSON.parse(stdout)).toMatchObject([
      {
        name: "preview",
        kind: "preview",
        allowAllDomains: false,
        allowedDomains: [
          { domain: "preview.example.com", sources: [{ file: "examples/storefront/.env.preview", line: 4 }, {}, {}] },
        ],
        findings: [],
      },
    ]);
  });

  test("exits 1 when a rule refuses, and says what to write instead", async () => {
    const { code, stdout } = await list(
      `export const environments = [
         nextEnvironment("production", { kind: "production", addresses: ["http://localhost:3000", "www.example.com"] }),
       ];`,
    );
    expect(stdout).toContain(
      `error "http://localhost:3000" (other.ts:3) is the visitor's own machine (loopback): move it to the development environment`,
    );
    expect(code).toBe(1);
  });

  test("exits 0 on warnings, which it shows; a shared host is found across environments", async () => {
    const { code, stdout } = await list(
      `export const environments = [
         nextEnvironment("production", { kind: "production", addresses: ["www.example.com"] }),
         nextEnvironment("staging", { kind: "staging", addresses: ["www.example.com"] }),
       ];`,
      "staging",
    );
    expect(stdout).toMatch(/warning "www\.example\.com" .*production.* \(shared-host\)/);
    expect(code).toBe(0);
  });

  test.each([
    ["throw new Error('no')", `"other.ts:2" cannot be loaded: no`],
    ["export const environments = [];", `"environments" of "other.ts" is an empty list`],
    [`nextEnvironment("production", { kind: "prod" });`, `Invalid kind "prod": expected "production"`],
  ])("%s is answered with one message and no stack trace", async (text, message) => {
    const { code, stderr } = await list(text);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
  });

  test("names the environments there are when one is not among them", async () => {
    const { code, stderr } = await checkout.run(checkout.origins("list", "prod"));
    expect(stderr).toContain(`Unknown environment "prod": expected one of production, staging, preview, development.`);
    expect(code).toBe(1);
  });

  test("says where to run it when there is no environments file", async () => {
    const { code, stderr } = await checkout.run(checkout.origins("list", "--environments", "nowhere.ts"));
    expect(stderr).toContain(`"nowhere.ts" does not exist`);
    expect(code).toBe(1);
  });
});
