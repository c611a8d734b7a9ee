import { cpSync } from "node:fs";
import { join } from "node:path";
import { everyDeploymentProperty, everyProperty } from "../../packages/sandbox/__tests__/provider/every-property";
import { answerOf, configurationSchema, deploymentSchema } from "../codegen/live";
import { AdoptProject, type ByHand } from "./adopt-project";
import { needsTerraform } from "./terraform";
import { inFull } from "../in-full";

const configuration = {
  name: "Shop look",
  languages: ["en-us", "de"],
  defaultLanguage: "en-us",
  messenger: {
    enabled: true,
    styles: { primaryColor: "#0B5FFF" },
    launcherButton: { visibility: "On" },
    apps: {
      conversations: {
        enabled: true,
        showAgentTypingIndicator: true,
        showUserTypingIndicator: true,
        autoStart: { enabled: false },
        conversationClear: { enabled: true },
        markdown: { enabled: true },
      },
    },
  },
};
/** Hosts that no other deployment has. */
const pagesOf = (brand: string) => ({
  allowAllDomains: false,
  allowedDomains: [`${brand.toLowerCase()}.example.net`, `www.${brand.toLowerCase()}.example.net`],
});

needsTerraform("a deployment that someone made by hand", () => {
  let project: AdoptProject;
  beforeAll(async () => {
    project = await AdoptProject.start();
  });
  afterAll(() => project.close());

  /** Plans, deploys and plans again: both are imported, nothing is sent to Genesys Cloud, and everything is as it was. */
  async function expectTakenOver(stack: string, made: ByHand): Promise<void> {
    const before = await project.live(made);

    const plan = await project.origins("plan", stack);
    expect(plan.stdout).toContain("Plan: 2 to import, 0 to add, 0 to change, 0 to destroy.");
    expect(plan.code).toBe(2);

    const deploy = await project.origins("deploy", stack, "--auto-approve");
    expect([deploy.code, deploy.stderr]).toEqual([0, ""]);
    expect(project.takeWrites()).toEqual([]);

    const again = await project.origins("plan", stack);
    expect(again.stdout).toContain(`${stack}: no changes`);
    expect(again.code).toBe(0);
    expect(await project.live(made)).toEqual(before);
    expect((await project.origins("audit", stack)).code).toBe(0);
  }

  test("a simple one: adopted, imported without a change, and in order ever after", async () => {
    const made = await project.make(configuration, { name: "Messenger Brand", ...pagesOf("brand") });

    const adopt = await project.origins("adopt", "Messenger Brand", "--write", "--auto-approve");

    expect(adopt.stderr).toContain("2 in Genesys Cloud, 2 derived by the program, 2 in both");
    expect(adopt.stderr).toContain("The plan: 2 to import, 0 to add, 0 to change\n");
    expect(adopt.stderr).toContain(
      "Written: environments.ts, messengers.ts (new), main.ts. Next: npx origins plan brand",
    );
    expect(adopt.code).toBe(0);
    await expectTakenOver("brand", made);
  });

  inFull(() => {
    test("one with every property, pasted by hand, its name another one by now", async () => {
      const { allow_all_domains: all, ...values } = everyDeploymentProperty;
      const made = await project.make(answerOf(configurationSchema, everyProperty), {
        ...answerOf(deploymentSchema, { name: "Everything", ...values, configuration: [{ id: "none" }] }),
        ...pagesOf("everything"),
        allowAllDomains: all,
      });
      const path = `/api/v2/webdeployments/deployments/${made.deploymentId}`;
      await project.genesys.byHand("PUT", path, {
        ...(await project.genesys.byHand("GET", path)),
        name: "Everything else",
      });

      const adopt = await project.origins("adopt", made.deploymentId, "--environment", "everything");
      expect(adopt.code).toBe(0);
      const [, entry = "", messenger = ""] =
        /^\/\/ environments\.ts.*\n([^]*?)\n\n\/\/ messengers\.ts.*\n[^]*?= \{\n([^]*?)\n\};\n/.exec(adopt.stdout) ??
        [];
      project.write("environments.ts", project.read("environments.ts").replace(/\];\s*$/, `${entry}\n];\n`));
      project.write("messengers.ts", project.read("messengers.ts").replace(/\};\s*$/, `${messenger}\n};\n`));

      // The compiler looks at the sources.
      for (const file of ["lib/index.ts", "lib/environments.ts"]) cpSync(file, join(project.checkout.folder, file));
      const compiler = ["node_modules/typescript/bin/tsc", "--noEmit", "--pretty", "false"];
      const checked = await project.checkout.run([process.execPath, ...compiler]);
      expect([checked.stdout, checked.code]).toEqual(["", 0]);
      await expectTakenOver("everything", made);
    });
  });

  test("an environment that is declared already: its sources stay, and what the list has beside them is told", async () => {
    const made = await project.make(configuration, {
      name: "Staging of the shop",
      allowAllDomains: false,
      allowedDomains: ["https://old.example.com", "forgotten.example.com", "staging.example.com"],
    });

    const adopt = await project.origins(
      "adopt",
      "Staging of the shop",
      "--environment",
      "staging",
      "--write",
      "--auto-approve",
    );

    expect(adopt.stderr).toContain('"forgotten.example.com" is unexpected');
    expect(adopt.stderr).toContain(
      'add "forgotten.example.com" to the addresses of the environment, or let the deploy drop it',
    );
    expect(adopt.stderr).toContain('"https://old.example.com" can never match');
    expect(adopt.stderr).toContain("1 to change: the deployment (allowed_domains)");
    expect(adopt.stderr).toContain("Written: messengers.ts, main.ts.");
    const plan = await project.origins("plan", "staging");
    expect(plan.stdout).toContain("Plan: 2 to import, 0 to add, 1 to change, 0 to destroy.");
    expect((await project.origins("deploy", "staging", "--auto-approve")).code).toBe(0);
    expect(project.takeWrites()).toEqual(["PUT deployments/{id}"]);
    expect((await project.live(made))[0]).toMatchObject({ id: made.deploymentId, name: "Staging of the shop" });
    expect((await project.origins("plan", "staging")).code).toBe(0);
  });

  inFull(() => {
    test("an older version on the pages: the deploy publishes that again, and visitors see no difference", async () => {
      const made = await project.make(configuration, { name: "Messenger Pinned", ...pagesOf("pinned") });
      await project.publish(made.configurationId, { languages: ["en-us", "de", "fr"] });

      const adopt = await project.origins("adopt", "Messenger Pinned", "--write", "--auto-approve");

      expect(adopt.stderr).toContain("Pages show version 1 of the configuration, and version 2 was published since.");
      expect(adopt.stderr).toContain(
        "2 to change: the configuration (languages) and the deployment (configuration.version)",
      );
      const plan = await project.origins("plan", "pinned");
      expect(plan.stdout).toContain("Plan: 2 to import, 0 to add, 2 to change, 0 to destroy.");
      expect((await project.origins("deploy", "pinned", "--auto-approve")).code).toBe(0);
      expect((await project.live(made))[0]).toMatchObject({ configuration: { version: "3" } });
      expect((await project.origins("plan", "pinned")).code).toBe(0);
    });

    test("an inactive one with a shared configuration: nothing is changed, and both are told", async () => {
      const made = await project.make(configuration, {
        name: "Messenger Asleep",
        status: "Inactive",
        ...pagesOf("asleep"),
      });
      const other = await project.deploy(made.configurationId, { name: "Careers", ...pagesOf("careers") });

      const adopt = await project.origins("adopt", "Messenger Asleep", "--write", "--auto-approve");

      expect(adopt.stderr).toContain('The deployment is "Inactive", so no page shows the Messenger.');
      expect(adopt.stderr).toContain(`is also used by "Careers" (${other}). Adopt it once`);
      const before = await project.live(made);
      const plan = await project.origins("plan", "asleep");
      expect(plan.stdout).toContain("Plan: 2 to import, 0 to add, 0 to change, 0 to destroy.");
      await project.origins("deploy", "asleep", "--auto-approve");
      expect(project.takeWrites()).toEqual([]);
      expect(await project.live(made)).toEqual(before);
    });
  });

  test("names that mean nothing or too much, and a question that no one can answer, change no file", async () => {
    for (const name of ["Twice", "Twice", "Once"]) await project.make(configuration, { name, ...pagesOf(name) });
    const files = () => ["environments.ts", "messengers.ts", "main.ts"].map((file) => project.read(file));
    const before = files();

    const unknown = await project.origins("adopt", "Twcie");
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('"Twice", Active')]);
    const ambiguous = await project.origins("adopt", "Twice", "--write", "--auto-approve");
    expect([ambiguous.code, ambiguous.stderr]).toEqual([
      1,
      expect.stringContaining('2 deployments are called "Twice"'),
    ]);
    const again = await project.origins("adopt", "Messenger Brand", "--write", "--auto-approve");
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('messengers.ts: it already defines the Messenger of "brand"');
    const unasked = await project.origins("adopt", "Once", "--write");
    expect([unasked.code, unasked.stderr]).toEqual([
      1,
      expect.stringContaining("Cannot ask for confirmation without a terminal"),
    ]);
    expect(files()).toEqual(before);
  });
});
