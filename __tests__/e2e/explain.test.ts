import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "./checkout";
import { OriginsProject } from "./origins-project";
import { needsTerraform } from "./terraform";
import { inFull } from "../in-full";

const noCredentials = { GENESYSCLOUD_OAUTHCLIENT_ID: "", GENESYSCLOUD_OAUTHCLIENT_SECRET: "" };

needsTerraform("origins explain", () => {
  let project: OriginsProject;
  beforeAll(async () => {
    project = await OriginsProject.start();
  });
  afterAll(async () => {
    await project.close();
  });

  /** Runs it as it is typed: without a network, and without what a deploy needs. */
  const explain = (...parameters: readonly string[]): ReturnType<typeof finished> =>
    project.checkout.run(project.command("explain", ...parameters));

  test("says who wrote the entry that admits a page, and exits 0", async () => {
    const { code, stdout, stderr } = await explain("https://Shop.Example.com:8443/cart?token=s3cret");
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^shop\.example\.com, read from "https:\/\/Shop\.Example\.com:8443\/cart\?…"/);
    expect(stdout).toMatch(
      /✔ production +admits it by its own entry\n +examples\/storefront\/\.env\.production:\d+ NEXT_/,
    );
    expect(stdout).toMatch(/✖ staging +does not admit it, production does/);
    expect(stdout).not.toContain("s3cret");
    expect(code).toBe(0);
  });

  test("exits 2 where the environment that is named does not admit it, whatever the others do", async () => {
    const { code, stdout } = await explain("shop.example.com", "--environment", "staging");
    expect(stdout).toMatch(/add +"shop\.example\.com" to its addresses, environments\.ts:\d+/);
    expect(stdout).toContain("(shared-host)");
    expect(stdout).not.toContain("✔");
    expect(code).toBe(2);
    expect(await explain("shop.example.com", "--environment", "staging", "--environment", "production")).toMatchObject({
      code: 2,
    });
  });

  test("what it says to add, where it says to add it, admits the page", async () => {
    const page = "https://blog.example.com/2026";
    const before = await explain(page, "--environment", "staging", "--json");
    expect(before.code).toBe(2);
    const { environments } = JSON.parse(before.stdout) as {
      readonly environments: readonly {
        readonly add: { readonly address: string; readonly place: { readonly file: string; readonly line: number } };
      }[];
    };
    const { address = "", place } = environments[0]?.add ?? {};
    const file = join(project.checkout.folder, place?.file ?? "");
    const original = readFileSync(file, "utf8");
    const lines = original.split("\n");
    const declaration = lines.slice((place?.line ?? 1) - 1).join("\n");
    const added = declaration.replace("addresses: [", `addresses: [${JSON.stringify(address)}, `);
    writeFileSync(file, [...lines.slice(0, (place?.line ?? 1) - 1), added].join("\n"));
    const after = await explain(page, "--environment", "staging");
    writeFileSync(file, original);
    expect(after.stdout).toMatch(/✔ staging +admits it by its own entry\n +environments\.ts:\d+/);
    expect(after.code).toBe(0);
  });

  test.each([
    [
      ["https://app:s3cret@www.example.com"],
      `"https://***@www.example.com" contains a user name or password (invalid-address)`,
    ],
    [["www.example.com", "--environment", "prod"], `Unknown environment "prod": expected one of `],
    [["www.example.com", "--environments", "nowhere.ts"], `"nowhere.ts" does not exist`],
    [[], "missing required argument 'page'"],
  ])("%j is an error in one message", async (parameters, message) => {
    const { code, stderr } = await explain(...parameters);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at |s3cret/m);
    expect(code).toBe(1);
  });

  describe("--live", () => {
    /** Without credentials of Genesys Cloud. */
    const live = (...parameters: readonly string[]): ReturnType<typeof finished> =>
      finished(project.start(["explain", ...parameters, "--live"], noCredentials));

    beforeAll(async () => {
      expect(await project.origins("deploy", "production", "--auto-approve")).toMatchObject({ code: 0 });
    });

    test("agrees with what was deployed, and asks no one but the public files", async () => {
      project.genesys.takeAllCalls();
      const { code, stdout } = await live("www.example.com", "--environment", "production");
      expect(stdout).toMatch(/✔ production +admits it by its own entry\n.*\n +live +✔ Genesys admits it\n$/);
      expect(code).toBe(0);
      expect(project.genesys.takeAllCalls()).toEqual([]);
    });

    test("a drift by hand is told with what mends it", async () => {
      await project.edit("production", { allowedDomains: ["stranger.example.net", "www.example.com"] });

      const lost = await live("https://shop.example.com", "--environment", "production");
      expect(lost.stdout).toMatch(/✖ production +admits it by its own entry/);
      expect(lost.stdout).toMatch(
        /live +✖ Genesys does not admit it\n +"shop\.example\.com" is missing: .* → origins deploy/,
      );
      expect(lost.code).toBe(2);

      const gained = await live("pr-1.stranger.example.net", "--environment", "production");
      expect(gained.stdout).toMatch(/✖ production +declares no entry for it/);
      expect(gained.stdout).toMatch(
        /live +✔ Genesys admits it\n +"stranger\.example\.net" is unexpected: .* → origins deploy/,
      );
      expect(gained.code).toBe(2);

      expect(await live("www.example.com", "--environment", "production")).toMatchObject({ code: 0 });
      expect(await project.origins("deploy", "production", "--auto-approve")).toMatchObject({ code: 0 });
      expect(await live("https://shop.example.com", "--environment", "production")).toMatchObject({ code: 0 });
    });

    test("the emptied list, which no plan sees, is told too", async () => {
      await project.edit("production", { allowedDomains: [] });
      const { code, stdout } = await live("www.example.com", "--environment", "production");
      expect(stdout).toMatch(/the list is empty: .* → origins repair, or origins deploy/);
      expect(code).toBe(2);
      expect(await project.origins("repair", "production", "--auto-approve")).toMatchObject({ code: 0 });
    });

    inFull(() => {
      test("what was never deployed shows nowhere", async () => {
        const { code, stdout } = await live("staging.example.com", "--environment", "staging");
        expect(stdout).toMatch(/live +✖ Genesys does not admit it\n +it was never deployed: .* → origins deploy/);
        expect(code).toBe(2);
      });
    });

    test("--json has both sides, and the standard output nothing else", async () => {
      const { code, stdout } = await live("www.example.com", "--json");
      expect(JSON.parse(stdout)).toMatchObject({
        host: "www.example.com",
        environments: [
          {
            name: "production",
            verdict: "admitted",
            live: [{ name: "production", declared: "admitted", served: "admitted" }],
          },
          { name: "staging", verdict: "refused", live: [{ served: "refused", drifts: [] }] },
          { name: "preview" },
          { name: "development" },
        ],
      });
      expect(code).toBe(0);
    });

    inFull(() => {
      test("no one takes silence for an answer", async () => {
        const fault = project.genesys.api.faults.add("503 on any");
        const { code, stdout } = await live("www.example.com", "--environment", "production");
        project.genesys.api.faults.remove(fault.id);
        expect(stdout).toMatch(/\? production[\s\S]*live +\? what Genesys serves is not known: /);
        expect(code).toBe(1);
      });
    });
  });
});
