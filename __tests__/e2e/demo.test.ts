import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { examplesOf } from "../documentation";
import { Checkout } from "./checkout";
import { needsTerraform, terraformName } from "./terraform";
import { rows } from "../in-full";

const timeless = (said: string): string => said.replaceAll(/\d+(?:\.\d+)? s\b/g, "n s");

/** What docs/how-it-works.md shows of it, a line each. */
const documented = timeless(examplesOf("docs/how-it-works.md", "text").at(-1) ?? "")
  .replaceAll("terraform plan", `${terraformName} plan`)
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => line !== "…");

needsTerraform("origins demo", () => {
  test("is shown in the documentation", () => {
    expect(documented.length).toBeGreaterThan(30);
  });

  const checkout = Checkout.compiled();
  afterAll(() => {
    checkout.remove();
  });

  test.each(rows(["the first time"], ["and again, on what the first run left"]))(
    "tells the whole story, %s",
    async () => {
      const { code, stdout, stderr } = await checkout.run(checkout.origins("demo"));
      expect(stderr).toBe("");
      expect(stdout).toContain(
        "production's list is edited by hand: shop.example.com removed, stranger.example.net added",
      );
      expect(stdout).toContain("✖ shop.example.com blocked");
      expect(stdout).toContain(`"shop.example.com" is missing: pages there are now blocked`);
      expect(stdout).toMatch(
        /Done in \d+ s: 4 environments, \d+ allowed domains, two drifts found and repaired, one of them invisible/,
      );
      expect(stdout).toContain(`✔ ${terraformName} plan (production)`);
      expect(stdout).toContain("the list is empty: the Messenger is blocked on every page");
      for (const line of documented) expect(timeless(stdout)).toContain(line);
      expect(code).toBe(0);
    },
    120_000,
  );
});

describe("origins demo without Terraform and OpenTofu", () => {
  const checkout = Checkout.compiled();
  afterAll(() => {
    checkout.remove();
  });

  test("derives and synthesises, says what it could not show and how to get the program, and fails", async () => {
    const bin = join(checkout.folder, "only-node");
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, "node"));
    symlinkSync("/bin/sh", join(bin, "sh"));
    const { code, stdout, stderr } = await checkout.run(checkout.origins("demo"), { PATH: bin });
    expect(stdout).toContain("www.example.com");
    expect(stdout).toContain("✔ synthesis");
    expect(stderr).toContain(`"terraform" is not on the PATH; "tofu" is not on the PATH`);
    expect(stderr).toContain("https://developer.hashicorp.com/terraform/install");
    expect(code).toBe(1);
  });
});
