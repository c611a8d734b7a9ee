import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "./checkout";
import { OriginsProject } from "./origins-project";
import { needsTerraform, terraformCommand, terraformName } from "./terraform";
import { inFull, rows, someOf } from "../in-full";

const domains = ["shop.example.com", "www.example.com", "www.xn--bcher-kva.example.com"];
const putDeployment = "PUT deployments/{id}";
const republish = [
  "PUT configurations/{id}/versions/draft",
  "POST configurations/{id}/versions/draft/publish",
  putDeployment,
];

needsTerraform("origins deploy", () => {
  let project: OriginsProject;
  beforeAll(async () => {
    project = await OriginsProject.start();
    const first = await project.origins("deploy", "--auto-approve");
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toContain("it was never deployed: no page shows the Messenger");
    expect(first.stdout).toMatch(/production +│ deployed +│ +│ equal/);
    project.takeWrites();
  });
  afterAll(async () => {
    await project.close();
  });

  interface Drift {
    readonly what: string;
    readonly byHand: () => Promise<unknown>;
    readonly named: string;
    readonly planCode: number;
    readonly writes: readonly string[];
    /** Whether it is repaired in the state. */
    readonly isRepaired: boolean;
  }
  const drifts: readonly Drift[] = [
    {
      what: "the list is emptied",
      byHand: () => project.edit("production", { allowedDomains: [] }),
      named: `the list is empty: the Messenger is blocked on every page, "shop.example.com"`,
      planCode: 0,
      writes: [putDeployment],
      isRepaired: true,
    },
    {
      what: "a configuration version is published, and the deployment not pointed to it",
      byHand: () => project.publish("production"),
      named: "version 2 of the configuration was published by hand, but Terraform knows 1",
      planCode: 0,
      writes: republish,
      isRepaired: true,
    },
    {
      what: "a configuration version is published, and the deployment pointed to it",
      async byHand() {
        const { id } = (await project.live("production")).configuration;
        await project.edit("production", { configuration: { id, version: await project.publish("production") } });
      },
      named: "the deployment shows version 4 of its configuration, which was published by hand",
      planCode: 2,
      writes: republish,
      isRepaired: true,
    },
    {
      what: "a domain is removed, and another one added",
      byHand: () => project.edit("production", { allowedDomains: [...domains.slice(1), "stranger.example.net"] }),
      named: `"stranger.example.net" is unexpected: a page there, or on a subdomain of it, can also show the Messenger`,
      planCode: 2,
      writes: [putDeployment],
      isRepaired: false,
    },
  ];
  const tried = someOf(drifts, (_, index) => index % 2 === 1);
  describe.each(tried)("$what by hand", ({ byHand, named, planCode, writes }) => {
    let before: string | undefined;
    beforeAll(async () => {
      before = project.remembered("production").deployment;
      await byHand();
    });

    test("origins audit exits 2 and names it", async () => {
      const { code, stdout } = await project.origins("audit");
      expect(stdout).toContain(named);
      expect(stdout).toMatch(/^production: drift/m);
      expect(stdout).toMatch(/^staging: equal/m);
      expect(code).toBe(2);
      expect(project.takeWrites()).toEqual([]);
    });

    test(`terraform plan ${planCode === 0 ? "does not see it" : "sees it"}`, async () => {
      const { code } = await project.origins("plan", "production");
      expect(code).toBe(planCode);
    });

    test("origins deploy heals it in place, and a second one has nothing to do", async () => {
      project.takeWrites();
      const healed = await project.origins("deploy", "production", "--auto-approve");
      expect(healed).toMatchObject({ code: 0, stderr: "" });
      expect(healed.stdout).toMatch(/production +│ deployed +│ [ 1] +│ equal/);
      expect(project.takeWrites()).toEqual(writes);
      expect(project.remembered("production").deployment).toBe(before);
      const live = await project.live("production");
      expect(live).toMatchObject({ id: before, allowedDomains: domains });
      expect(live.configuration.version).toBe(project.remembered("production").version);
      expect(await project.liveIds("deployment")).toHaveLength(4);

      const again = await project.origins("deploy", "production", "--auto-approve");
      expect(again.stdout).toMatch(/production +│ unchanged +│ +│ equal/);
      expect(again.code).toBe(0);
      expect(project.takeWrites()).toEqual([]);
    });
  });

  inFull(() => {
    test("and cdktf deploy use the same state in turn", async () => {
      await project.edit("staging", { allowedDomains: ["stranger.example.net"] });
      const cdktf = ["npx", "--no-install", "cdktf", "deploy", "staging", "--auto-approve", "--skip-synth"];
      const offline = { CI: "1", CDKTF_SKIP_PROVIDER_LOCK: "true", CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1" };
      const binary = { TERRAFORM_BINARY_NAME: terraformCommand };
      const environment = { ...project.genesys.environment, ...offline, ...binary };
      expect(await project.checkout.run(cdktf, environment)).toMatchObject({ code: 0 });
      expect(project.takeWrites()).toEqual([putDeployment]);
      const { code, stdout } = await project.origins("deploy", "staging", "--auto-approve");
      expect(stdout).toMatch(/staging +│ unchanged +│ +│ equal/);
      expect(code).toBe(0);
      expect(project.takeWrites()).toEqual([]);
    });
  });

  test("in a pipeline prints plain text, whatever CI means to others, and asks no one", async () => {
    await project.edit("preview", { allowedDomains: [] });
    const refused = await project.origins("deploy", "preview");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("Cannot ask for confirmation without a terminal: nothing was changed.");
    expect(refused.stderr).toContain("--auto-approve");
    expect(project.takeWrites()).toEqual([]);

    const child = project.start(["deploy", "preview", "--auto-approve"], { CI: "true", NO_COLOR: "" });
    const { code, stdout, stderr } = await finished(child);
    expect(code).toBe(0);
    expect(`${stdout}${stderr}`).not.toContain("\u001B");
    expect(stdout).toContain(`✔ ${terraformName} plan and apply of 1 stack`);
  });

  test("--json prints what became of each stack, and nothing else", async () => {
    const { code, stdout } = await project.origins("deploy", "preview", "--auto-approve", "--json");
    const deploymentId = project.remembered("preview").deployment;
    expect(JSON.parse(stdout)).toEqual([
      {
        stack: "preview",
        outcome: "unchanged",
        repairs: [],
        messengers: [{ name: "preview", verdict: "equal", deploymentId }],
      },
    ]);
    expect(code).toBe(0);
  });

  test("without credentials for the audit says what it cannot see, and deploys", async () => {
    const none = { GENESYSCLOUD_OAUTHCLIENT_ID: "", GENESYSCLOUD_OAUTHCLIENT_SECRET: "" };
    const { code, stdout } = await finished(project.start(["deploy", "preview", "--auto-approve"], none));
    expect(stdout).toContain("Drift that plans do not show is only looked for in the public files.");
    expect(code).toBe(0);
  });

  test("what fails in one stack stops no other, and the summary says why", async () => {
    await project.edit("staging", { allowedDomains: [] });
    await project.edit("development", { allowedDomains: [] });
    const path = `/api/v2/webdeployments/deployments/${project.remembered("staging").deployment ?? ""}`;
    const fault = project.genesys.api.faults.add(`400 on PUT ${path} message="not today"`);
    const { code, stdout } = await project.origins("deploy", "staging", "development", "--auto-approve");
    project.genesys.api.faults.remove(fault.id);
    expect(stdout).toMatch(/development +│ deployed +│ 1 +│ equal/);
    expect(stdout).toMatch(/staging +│ failed +│ 1 +│ drift/);
    expect(stdout).toMatch(
      new RegExp(`"${terraformName} apply" of the stack "staging" failed with exit code 1:[^]*not today`),
    );
    expect(code).toBe(1);
    await expect(project.origins("deploy", "staging", "--auto-approve")).resolves.toMatchObject({ code: 0 });
  });

  test.each(rows([["0s", "3600s", "on its way"]], [["30s", "1s", "equal"]]))(
    "waits %s for public files that follow after %s: %s",
    async (patience, delay, word) => {
      await project.edit("preview", { allowedDomains: [] });
      const fault = project.genesys.api.faults.add(`stale ${delay}`);
      const flags = ["--auto-approve", "--propagation-timeout", patience];
      const { code, stdout } = await project.origins("deploy", "preview", ...flags);
      project.genesys.api.faults.remove(fault.id);
      expect(stdout).toMatch(new RegExp(`preview +│ deployed +│ 1 +│ ${word}`));
      expect(code).toBe(0);
    },
  );

  test("leaves copies of the states it repaired, which no one else can read and Git leaves alone", () => {
    const folder = join(project.checkout.folder, ".origins", "backups");
    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*\n");
    expect(readdirSync(folder).filter((file) => file.startsWith("production-"))).toHaveLength(
      tried.filter(({ isRepaired }) => isRepaired).length,
    );
  });
});
