import { LocalBackend, TerraformStack } from "cdktf";
import {
  type Adoption,
  GenesyscloudProvider,
  MessengerStack,
  type MessengerStackProps,
  nextEnvironment,
  WebMessenger,
} from "../../lib";
import { everyProperty } from "../messenger/every-property";
import { DeclaredProject, type Ids } from "./declared-project";
import { needsTerraform } from "./terraform";
import { inFull } from "../in-full";

/** What `origins audit --json` says of one Messenger. */
interface Audited {
  readonly verdict: string;
  readonly deploymentId?: string;
  readonly drifts: readonly { readonly kind: string; readonly message: string }[];
}

needsTerraform("a deployment that someone made by hand and the program adopts", () => {
  let project: DeclaredProject;
  beforeAll(async () => {
    project = await DeclaredProject.start();
  });
  beforeEach(async () => {
    await project.replaceGenesys();
  });
  afterAll(async () => {
    await project.close();
  });

  const environment = nextEnvironment("production", {
    kind: "production",
    addresses: ["https://www.example.com", "https://shop.example.com"],
  });
  /** What the props must be for the deployment that is made by hand. */
  const asMade = {
    name: "Support",
    description: "",
    configurationName: "Support",
    configurationDescription: "",
    defaultLanguage: "en-us",
  } as const;
  const declare = (adopt: Adoption | undefined, props: Partial<MessengerStackProps> = {}): void => {
    project.declare((app) => {
      new MessengerStack(app, "production", {
        environment,
        gateway: true,
        ...asMade,
        ...props,
        ...(adopt && { adopt }),
      });
    });
  };
  /** A deployment with the look that a Messenger has by default. */
  const madeByHand = (deployment: object = {}): Promise<Ids> =>
    project.makeByHand({
      deployment,
      configuration: {
        messenger: {
          enabled: true,
          launcherButton: { visibility: "On" },
          apps: {
            conversations: {
              enabled: true,
              showAgentTypingIndicator: true,
              showUserTypingIndicator: true,
              autoStart: { enabled: false },
              markdown: { enabled: true },
              conversationClear: { enabled: false },
            },
          },
        },
      },
    });
  const audit = async (code: number): Promise<Audited> => {
    const run = await project.origins("audit", "--json");
    expect(run).toMatchObject({ code });
    const [audited] = JSON.parse(run.stdout) as readonly Audited[];
    if (audited === undefined) throw new Error(run.stderr);
    return audited;
  };

  test("is imported without a change, and the next plan is empty, with the property and without it", async () => {
    const ids = await madeByHand();
    declare(ids);

    const { code, stdout } = await project.origins("plan");
    expect(stdout).toContain("Plan: 2 to import, 0 to add, 0 to change, 0 to destroy.");
    expect(code).toBe(2);

    const deployed = await project.deploy("--json");
    expect(JSON.parse(deployed.stdout)).toMatchObject([
      { outcome: "deployed", imported: 2, messengers: [{ verdict: "equal" }] },
    ]);
    expect(project.takeWrites()).toEqual([]);
    expect(project.remembered("production")).toEqual([ids.deploymentId]);

    await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
    declare(undefined);
    await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
    await expect(audit(0)).resolves.toMatchObject({ verdict: "equal", deploymentId: ids.deploymentId });
  });

  test("before the first deploy the audit says so, lays the lists side by side, and exits with 2", async () => {
    const ids = await madeByHand({ allowedDomains: ["www.example.com"], description: "By hand" });
    declare(ids, { description: "Support for the shop" });

    const { drifts, verdict, deploymentId } = await audit(2);
    expect({ verdict, deploymentId }).toEqual({ verdict: "drift", deploymentId: ids.deploymentId });
    expect(drifts.map(({ kind, message }) => [kind, message])).toEqual([
      ["undeployed-change", expect.stringMatching(/^not deployed yet: "shop\.example\.com" is missing/)],
      [
        "undeployed-change",
        'not deployed yet: the description "By hand" becomes "Support for the shop": no visitor notices',
      ],
      [
        "to-be-adopted",
        `the deployment "${ids.deploymentId}" ("Support") is live but in no state: the next deploy adopts it under the same id`,
      ],
    ]);
    const { stdout } = await project.origins("audit");
    expect(stdout).toMatch(/shop\.example\.com +│ ✔ +│ \? +│ – +│ – /);
    expect(stdout).toContain("visitors lose: shop.example.com");

    const publicly = await project.origins("audit", "--public", "--json");
    expect(publicly).toMatchObject({ code: 2, stdout: expect.stringContaining('"to-be-adopted"') as string });

    await project.deploy();
    expect(project.takeWrites()).toEqual(["PUT deployments/{id}"]);
    await expect(project.live()).resolves.toMatchObject([
      {
        id: ids.deploymentId,
        allowedDomains: ["shop.example.com", "www.example.com"],
        description: "Support for the shop",
      },
    ]);
  });

  inFull(() => {
    test("keeps its id where the props are quite different", async () => {
      const ids = await project.makeByHand({
        deployment: { allowedDomains: ["https://www.example.com", "stranger.example.net"], status: "Inactive" },
      });
      const name = "Shop";
      declare(ids, { name, configurationName: name, languages: ["en-us", "de"], styles: { primaryColor: "#0A6EBD" } });

      await project.deploy();
      await expect(project.live()).resolves.toMatchObject([
        {
          id: ids.deploymentId,
          name: "Shop",
          status: "Active",
          configuration: { id: ids.configurationId, version: "2" },
        },
      ]);
      await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
    });

    test("an order that Terraform counts as a change, and no visitor, is the only one", async () => {
      declare(await madeByHand({ allowedDomains: ["www.example.com", "shop.example.com"] }));

      const { stdout } = await project.origins("plan");
      expect(stdout).toContain("Plan: 2 to import, 0 to add, 1 to change, 0 to destroy.");
      expect(stdout).toContain(
        "the entries are in a different order: visitors see no difference, but Terraform counts it",
      );
    });

    test("with every property set is imported without a change", async () => {
      const props: Partial<MessengerStackProps> = {
        ...everyProperty,
        headlessModeEnabled: true, // false is what Genesys does not answer, and Terraform tells from nothing
        flow: { id: "5a9db0c5-0000-4000-8000-000000000011" },
        supportedContent: { id: "5a9db0c5-0000-4000-8000-000000000041" },
        pushIntegrations: [{ id: "5a9db0c5-0000-4000-8000-000000000021", provider: "APNS" }],
      };
      declare(undefined, props);
      await project.deploy();
      const [{ id: deploymentId, configuration } = { id: "", configuration: { id: "" } }] = await project.live();
      project.forgetStates();

      declare({ deploymentId, configurationId: configuration.id }, props);
      const { stdout } = await project.origins("plan");
      expect(stdout).toContain("Plan: 2 to import, 0 to add, 0 to change, 0 to destroy.");
      await project.deploy();
      await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
    });

    test("a version that was published and never shown is what the deploy puts right", async () => {
      const ids = await madeByHand();
      await project.publishByHand(ids.configurationId, { languages: ["en-us", "de"] });
      declare(ids);

      const { drifts } = await audit(2);
      expect(drifts[0]?.message).toMatch(/version 2 of the configuration is published, and pages show 1/);
      await project.deploy();
      await expect(project.live()).resolves.toMatchObject([{ id: ids.deploymentId, configuration: { version: "3" } }]);
      await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
    });

    test("several that show one configuration are adopted with it, each in its place", async () => {
      const ids = await madeByHand();
      const other = await project.deployByHand({ name: "Careers", allowedDomains: ["careers.example.com"], of: ids });
      project.declare((app) => {
        const stack = new TerraformStack(app, "sites");
        new LocalBackend(stack, { path: "../../../terraform.sites.tfstate" });
        const provider = new GenesyscloudProvider(stack, "Genesys", { alias: "europe", gateway: [{}] });
        const { configuration } = new WebMessenger(stack, "Shop", { environment, ...asMade, adopt: ids, provider });
        new WebMessenger(stack, "Careers", {
          environment: nextEnvironment("careers", { kind: "staging", addresses: ["careers.example.com"] }),
          name: "Careers",
          description: "",
          configuration,
          adopt: { deploymentId: other },
          provider,
        });
      });

      const { stdout } = await project.deploy("--json");
      expect(JSON.parse(stdout)).toMatchObject([
        { imported: 3, messengers: [{ verdict: "equal" }, { verdict: "equal" }] },
      ]);
      expect(project.takeWrites()).toEqual([]);
    });
  });

  describe("that does not exist", () => {
    const nothing = "5a9db0c5-0000-4000-8000-000000000009";

    test("is not deployed, nor made: the property is named, and what to write instead", async () => {
      declare({ deploymentId: nothing, configurationId: nothing.replace(/9$/, "8") });

      const { drifts } = await audit(2);
      expect(drifts).toMatchObject([{ kind: "not-adoptable" }]);
      const deployed = await project.origins("deploy", "--auto-approve");
      expect(deployed.code).toBe(1);
      expect(deployed.stdout).toContain(
        `has no deployment "${nothing}" (adopt.deploymentId): use the id that origins adopt`,
      );
      expect(project.takeWrites()).toEqual([]);
    });

    inFull(() => {
      test("is explained where Terraform alone looks for it", async () => {
        declare({ deploymentId: nothing, configurationId: nothing.replace(/9$/, "8") });

        const { code, stdout } = await project.origins("plan");
        expect(code).toBe(1);
        expect(stdout).toMatch(
          /cannot adopt the configuration "5a9db0c5-0000-4000-8000-000000000008" \(adopt\.configurationId\)/,
        );
        expect(stdout).toContain("Cannot import non-existent remote object");
      });

      test("because it shows another configuration is told which", async () => {
        const [ids, others] = [await madeByHand(), await madeByHand({ name: "Other" })];
        declare({ ...ids, configurationId: others.configurationId });

        const { code, stdout } = await project.origins("deploy", "--auto-approve");
        expect(code).toBe(1);
        expect(stdout).toContain(
          `the deployment shows the configuration "${ids.configurationId}", but the one to adopt is`,
        );
        expect(project.takeWrites()).toEqual([]);
      });
    });
  });

  test("and someone deletes afterwards is not silently made anew by the property that stayed", async () => {
    const ids = await madeByHand();
    declare(ids);
    await project.deploy();
    await project.deleteByHand(ids.deploymentId);

    const refused = await project.origins("deploy", "--auto-approve");
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stdout).toContain(`the deployment "${ids.deploymentId}" no longer exists`);
    const again = await project.origins("deploy", "--auto-approve", "--recreate");
    expect(again).toMatchObject({ code: 1 });
    expect(again.stdout).toContain("Remove `adopt` from the program first");
    await expect(project.live()).resolves.toEqual([]);

    declare(undefined);
    await project.deploy("--recreate");
    await expect(project.live()).resolves.toMatchObject([
      { name: "Support", configuration: { id: ids.configurationId } },
    ]);
  });
});
