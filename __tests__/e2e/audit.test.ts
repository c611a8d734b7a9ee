import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { finished } from "./checkout";
import { OriginsProject } from "./origins-project";
import { needsTerraform } from "./terraform";
import { rows } from "../in-full";

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

  const askedForBy = (source: RegExp): RegExp => new RegExp(`│ shop\\.example\\.com .*│ ${source.source} +│`);
  const envFile = /examples\/storefront\/\.env\.production:\d+ \w+/;

  describe("says where a domain comes from without running the program again", () => {
    const file = (): string => join(project.checkout.folder, "environments.ts");
    let original: string;
    beforeEach(() => {
      original = readFileSync(file(), "utf8");
    });
    afterEach(() => {
      writeFileSync(file(), original);
    });

    test.each(
      rows<[string, (text: string) => string | undefined]>(
        [["has other sources", (text) => text.replaceAll("envFiles(app, {", 'envFiles("nowhere", {')]],
        [
          ["has other names", (text) => text.replaceAll('nextEnvironment("', 'nextEnvironment("acme-')],
          ["throws an error", () => 'throw new Error("too late");'],
          ["is gone", () => undefined],
        ],
      ),
    )("although environments.ts %s", async (_, change) => {
      const text = change(original);
      if (text === undefined) rmSync(file());
      else writeFileSync(file(), text);
      const { code, stdout, stderr } = await project.origins("audit", "production");
      expect(stderr).toBe("");
      expect(stdout).toMatch(askedForBy(envFile));
      expect(code).toBe(2);
    });
  });

  describe("of which the record beside the stack", () => {
    const record = "cdktf.out/stacks/production/allowed-domains.json";
    let original: string;
    beforeEach(() => {
      original = readFileSync(join(project.checkout.folder, record), "utf8");
    });
    afterEach(() => {
      writeFileSync(join(project.checkout.folder, record), original);
    });

    test.each<[string, (text: string) => string | undefined, string]>([
      ["is missing", () => undefined, "is missing"],
      ["is cut off", (text) => text.slice(0, 100), "is not a JSON object"],
      ["is of a later release", (text) => text.replace('"version": 1', '"version": 7'), "has version 7"],
      ["has no deployments", () => '{ "version": 1, "deployments": null }', "is malformed: Invalid deployments"],
      [
        "is of another synthesis",
        (text) => text.replaceAll("www.example.com", "old.example.com"),
        "records other allowed domains",
      ],
    ])("%s says so, and names the stack as the source", async (_, change, problem) => {
      const text = change(original);
      if (text === undefined) rmSync(join(project.checkout.folder, record));
      else writeFileSync(join(project.checkout.folder, record), text);
      const { code, stdout, stderr } = await project.origins("audit", "production");
      expect(stderr).toContain(`! The sources of allowed domains are unknown: "${record}" ${problem}`);
      expect(stderr).toMatch(/\. Run the command again without --skip-synth\.\n$/);
      expect(stdout).toMatch(askedForBy(/stack production/));
      expect(code).toBe(2);
    });
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
    expect(stdout).toMatch(
      /^staging: not audited\n +Terraform's state has the unsupported format version 3 \(expected 4\)/m,
    );
    expect(stdout).toMatch(/^production: drift/m);
    expect(code).toBe(1);
  });

  test("an invalid region is named with its variable", async () => {
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

  test("an environment that has another name than its stack, in a program without environments.ts, has its sources", async () => {
    const { checkout } = project;
    const [program, environments] = ["main.ts", "environments.ts"].map((file) => join(checkout.folder, file));
    rmSync(environments ?? "");
    writeFileSync(
      program ?? "",
      `import { App } from "cdktf";
      import { envFiles, MessengerStack, nextEnvironment } from "./lib";
      const app = new App();
      const variables = ["NEXT_PUBLIC_SITE_URL", "NEXT_PUBLIC_APP_DOMAIN", "NEXT_PUBLIC_GERMAN_SITE_URL"];
      const environment = nextEnvironment("live", {
        kind: "production",
        addresses: [envFiles("examples/storefront", { variables })],
      });
      new MessengerStack(app, "production", { environment, defaultLanguage: "en-us" });
      app.synth();`,
    );
    await checkout.run(project.command("plan", "nothing"));

    const audit = await project.origins("audit", "live");
    expect(audit.stderr).toBe("");
    expect(audit.stdout).toMatch(askedForBy(envFile));

    const explain = await project.origins("explain", "shop.example.com", "--live");
    expect(explain.stderr).toBe("");
    expect(explain.stdout).toMatch(
      /✖ live +admits it by its own entry\n +examples\/storefront\/\.env\.production:\d+ NEXT_/,
    );
    expect(explain.stdout).toMatch(/live +✖ Genesys does not admit it\n +"shop\.example\.com" is missing/);
    expect(explain.code).toBe(2);
  });
});
