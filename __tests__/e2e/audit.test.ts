import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { finished } from "./checkout";
import { OriginsProject } from "./origins-project";
import { needsTerraform } from "./terraform";

const noCredentials = { GENESYSCLOUD_OAUTHCLIENT_ID: "", GENESYSCLOUD_OAUTHCLIENT_SECRET: "" };

needsTerraform("origins audit", () => {
  let project: OriginsProject;
  beforeAll(async () => {
    project = await OriginsProject.start();
    expect(await project.origins("deploy", "production", "--auto-approve")).toMatchObject({ code: 0 });
    await project.edit("production", { allowedDomains: ["stranger.example.net", "www.example.com"] });
    project.takeWrites();
  });
  afterAll(async () => {
    await project.close();
  });

  test("names who loses and who gains, who asked for it, and what mends it", async () => {
    const { code, stdout, stderr } = await project.origins("audit", "production");
    expect(stderr).toBe("");
    expect(stdout).toMatch(/│ shop\.example\.com +│ ✔ +│ ✔ +│ – +│ – +│ examples\/storefront\/\.env\.production:\d+/);
    expect(stdout).toContain(`"shop.example.com" is missing: pages there are now blocked`);
    expect(stdout).toContain("→ origins deploy");
    expect(stdout).toContain("visitors lose: shop.example.com");
    expect(stdout).toContain("strangers gain: stranger.example.net");
    expect(code).toBe(2);
  });

  test("--json has the same as data, and nothing else on the standard output", async () => {
    const { code, stdout } = await project.origins("audit", "production", "--json");
    const [audit, ...others] = JSON.parse(stdout) as readonly Record<string, unknown>[];
    expect(others).toEqual([]);
    expect(audit).toMatchObject({
      name: "production",
      stack: "production",
      environment: "production",
      deploymentId: project.remembered("production").deployment,
      verdict: "drift",
      lost: expect.arrayContaining(["shop.example.com"]) as unknown,
      gained: ["stranger.example.net"],
      state: { allowAllDomains: false, configurationVersion: "1", status: "Active" },
      live: { newestVersion: "1", publicFiles: { domains: { outcome: "served" } } },
    });
    expect(stdout).not.toMatch(/Secret|sandbox-secret|Bearer/);
    expect(code).toBe(2);
  });

  test("without credentials refuses to pretend, and --public sees what every visitor does", async () => {
    const blind = await finished(project.start(["audit", "production"], noCredentials));
    expect(blind.code).toBe(1);
    expect(blind.stderr).toContain("set GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET");
    expect(blind.stderr).toContain("--public");

    project.genesys.takeAllCalls();
    const seen = await finished(project.start(["audit", "production", "--public"], noCredentials));
    expect(seen.stdout).toContain("strangers gain: stranger.example.net");
    expect(seen.stdout).toContain("not checked: the platform API was not read");
    expect(seen.code).toBe(2);
    expect(project.genesys.takeAllCalls()).toEqual([]);
  });

  test("what was never deployed is drift, and a deploy mends it", async () => {
    const { code, stdout } = await project.origins("audit", "staging");
    expect(stdout).toContain("it was never deployed: no page shows the Messenger → origins deploy");
    expect(code).toBe(2);
  });

  test("a state that it does not understand is an error, and the other stacks are audited", async () => {
    writeFileSync(join(project.checkout.folder, "terraform.staging.tfstate"), `{"version": 3}`);
    const { code, stdout } = await project.origins("audit", "staging", "production");
    expect(stdout).toMatch(/^staging: not audited\n +Terraform's state has the format version 3, and only 4/m);
    expect(stdout).toMatch(/^production: drift/m);
    expect(code).toBe(1);
  });

  test("a region that is none is named with its variable", async () => {
    const nowhere = { GENESYS_SANDBOX_URL: "", GENESYSCLOUD_REGION: "eu-central-9" };
    const { code, stderr } = await finished(project.start(["audit", "production"], nowhere));
    expect(stderr).toContain(`Invalid region "eu-central-9" (GENESYSCLOUD_REGION): expected one of`);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
  });

  test("SIGINT while it reads ends it at once", async () => {
    const fault = project.genesys.api.faults.add("latency 30s on any");
    const child = project.start(["audit", "production"]);
    const ended = finished(child);
    const isAsked = (): boolean => project.genesys.api.faults.list().some(({ id, met }) => id === fault.id && met > 0);
    while (!isAsked()) await sleep(5);
    child.kill("SIGINT");
    const { code } = await ended;
    project.genesys.api.faults.remove(fault.id);
    expect(code).toBe(130);
  });
});
