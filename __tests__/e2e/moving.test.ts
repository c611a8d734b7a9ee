import { type App, LocalBackend, TerraformStack } from "cdktf";
import {
  GenesyscloudProvider,
  MessengerStack,
  type MessengerStackProps,
  type NextEnvironment,
  nextEnvironment,
  ReleasedMessenger,
  WebMessenger,
} from "../../lib";
import { DeclaredProject, type Live } from "./declared-project";
import { needsTerraform } from "./terraform";
import { inFull } from "../in-full";

needsTerraform("a Messenger that moves in the program", () => {
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

  const defaultLanguage = "en-us";
  const staging = (name: string) => nextEnvironment(name, { kind: "staging", addresses: [`${name}.example.com`] });
  const shop = staging("shop");
  const careers = staging("careers");
  /** A custom stack, with everything in one state. */
  const monolith = (app: App, declare: (stack: TerraformStack) => void): void => {
    const stack = new TerraformStack(app, "monolith");
    new LocalBackend(stack, { path: "../../../terraform.monolith.tfstate" });
    new GenesyscloudProvider(stack, "Genesys", { gateway: [{}] });
    declare(stack);
  };
  const messenger = (stack: TerraformStack, id: string, environment: NextEnvironment) =>
    new WebMessenger(stack, id, { environment, defaultLanguage });
  const own = (
    app: App,
    environment: NextEnvironment,
    props: Partial<MessengerStackProps> = {},
    id = environment.name,
  ) => new MessengerStack(app, id, { environment, defaultLanguage, gateway: true, ...props });

  /** The one deployment that there is, made by a first deploy. */
  async function made(declare: (app: App) => void): Promise<Live> {
    project.declare(declare);
    await project.deploy();
    const [only, ...others] = await project.live();
    if (only === undefined || others.length > 0) throw new Error("There is to be one deployment.");
    project.takeWrites();
    return only;
  }
  const adoptionOf = ({ id, configuration }: Live) => ({ deploymentId: id, configurationId: configuration.id });
  const ids = async (): Promise<readonly string[]> => (await project.live()).map(({ id }) => id);

  /** What a plan says in its last line but one, of each stack with changes. */
  async function plans(): Promise<readonly string[]> {
    const { stdout } = await project.origins("plan");
    return [...stdout.matchAll(/^Plan: .*\.$/gm)].map(([line]) => line);
  }
  /** A deploy that changes nothing in Genesys Cloud, and after which nothing is left to do. */
  async function changesHandsAlone(...remembered: readonly string[]): Promise<void> {
    const before = await ids();
    for (const line of await plans()) expect(line).toMatch(/0 to add, \d+ to change, 0 to destroy/);
    await project.deploy();
    expect(project.takeWrites()).toEqual([]);
    await expect(ids()).resolves.toEqual(before);
    await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
    await expect(project.origins("audit")).resolves.toMatchObject({ code: 0 });
    expect(["monolith", "shop", "careers", "store"].flatMap((stack) => project.remembered(stack))).toEqual(remembered);
  }
  /** A deploy that is refused with these words, and does nothing at all. */
  async function isRefused(...words: readonly (string | RegExp)[]): Promise<void> {
    const before = await ids();
    const { code, stdout } = await project.origins("deploy", "--auto-approve");
    expect(code).toBe(1);
    for (const word of words) expect(stdout).toMatch(word);
    expect(project.takeWrites()).toEqual([]);
    await expect(ids()).resolves.toEqual(before);
  }

  describe("to another name of its construct", () => {
    test("keeps its id by renamedFrom, before the deploy and after the line is gone", async () => {
      const { id } = await made((app) => {
        monolith(app, (stack) => messenger(stack, "Shop", shop));
      });
      project.declare((app) => {
        monolith(app, (stack) => messenger(stack, "Storefront", shop).renamedFrom("Shop"));
      });

      await expect(project.origins("audit")).resolves.toMatchObject({
        code: 2,
        stdout: expect.stringContaining(
          "in Terraform's state: nothing changes for visitors → origins deploy",
        ) as string,
      });
      await changesHandsAlone(id);
      project.declare((app) => {
        monolith(app, (stack) => messenger(stack, "Storefront", shop));
      });
      await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
    });

    test("is refused without it, and told of it", async () => {
      await made((app) => {
        monolith(app, (stack) => messenger(stack, "Shop", shop));
      });
      project.declare((app) => {
        monolith(app, (stack) => messenger(stack, "Storefront", shop));
      });

      await isRefused(/The plan would delete the deployment "\S+Shop_Deployment_\w+"/, /renamedFrom\("Shop"\)/);
      expect((await project.origins("deploy", "--auto-approve")).stdout).not.toContain("adopt: {");
    });

    inFull(() => {
      test("is refused with adopt in its place: the state would have it twice, and destroy it under the old name", async () => {
        const live = await made((app) => {
          monolith(app, (stack) => messenger(stack, "Shop", shop));
        });
        const props = { environment: shop, defaultLanguage, adopt: adoptionOf(live) };
        project.declare((app) => {
          monolith(app, (stack) => new WebMessenger(stack, "Storefront", props));
        });

        await isRefused(
          /has the deployment "\S+" already, under another name: use renamedFrom\("<its previous id>"\) instead/,
        );
      });

      test("has no new name where its resources are given their old ones", async () => {
        const { id } = await made((app) => {
          monolith(app, (stack) => {
            const { configuration, deployment } = messenger(stack, "Shop", shop);
            configuration.resource?.overrideLogicalId("look");
            deployment.overrideLogicalId("shop");
          });
        });
        project.declare((app) => {
          monolith(app, (stack) => {
            const { configuration, deployment } = messenger(stack, "Storefront", shop);
            configuration.resource?.overrideLogicalId("look");
            deployment.overrideLogicalId("shop");
          });
        });

        await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
        await expect(ids()).resolves.toEqual([id]);
      });

      test("is repaired in the state that still has the old name", async () => {
        const { id } = await made((app) => {
          monolith(app, (stack) => messenger(stack, "Shop", shop));
        });
        await project.editByHand(id, { allowedDomains: [] });
        project.declare((app) => {
          monolith(app, (stack) => messenger(stack, "Storefront", shop).renamedFrom("Shop"));
        });

        await project.deploy();
        await expect(project.live()).resolves.toMatchObject([{ id, allowedDomains: ["shop.example.com"] }]);
        expect(project.remembered("monolith")).toEqual([id]);
      });
    });
  });

  describe("to another name of its environment", () => {
    inFull(() => {
      test("keeps its id, and is called otherwise in Genesys Cloud", async () => {
        const { id } = await made((app) => own(app, shop));
        const addresses = ["shop.example.com", "store.example.com"];
        project.declare((app) => own(app, nextEnvironment("store", { kind: "staging", addresses }), {}, "shop"));

        await expect(plans()).resolves.toEqual(["Plan: 0 to add, 2 to change, 0 to destroy."]);
        await project.deploy();
        await expect(project.live()).resolves.toMatchObject([
          { id, name: "messenger-store", allowedDomains: addresses },
        ]);
      });

      test("with other domains alone it looks like another application's state: refused until adopt says that it is not", async () => {
        const live = await made((app) => own(app, shop));
        project.declare((app) => own(app, staging("store"), {}, "shop"));
        const { code, stdout } = await project.origins("deploy", "--auto-approve");
        expect(stdout).toContain(`which has none of the domains of this stack: it belongs to something else.`);
        const { configurationId } = adoptionOf(live);
        expect(stdout).toContain(`adopt: { deploymentId: "${live.id}", configurationId: "${configurationId}" }`);
        expect(code).toBe(1);
        await expect(project.live()).resolves.toMatchObject([{ id: live.id, allowedDomains: ["shop.example.com"] }]);

        project.declare((app) => own(app, staging("store"), { adopt: adoptionOf(live) }, "shop"));
        await project.deploy();
        await expect(project.live()).resolves.toMatchObject([{ id: live.id, allowedDomains: ["store.example.com"] }]);
      });
    });
  });

  describe("to another name of its stack", () => {
    inFull(() => {
      test("keeps its id by adopt, and by the place of the old state", async () => {
        const live = await made((app) => own(app, shop));
        project.declare((app) => own(app, shop, { adopt: adoptionOf(live) }, "store"));
        await changesHandsAlone(live.id, live.id);

        project.declare((app) =>
          own(app, shop, { backend: { type: "local", path: "../../../terraform.shop.tfstate" } }, "again"),
        );
        await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
      });
    });

    inFull(() => {
      test("is refused without either, and told what to write", async () => {
        const { id, configuration } = await made((app) => own(app, shop));
        project.declare((app) => own(app, shop, {}, "store"));

        await isRefused(`adopt: { deploymentId: "${id}", configurationId: "${configuration.id}" }`);
      });
    });
  });

  describe("to a separate stack", () => {
    test("changes hands in one deploy: one stack lets go of it, the other adopts it", async () => {
      const live = await made((app) => {
        monolith(app, (stack) => messenger(stack, "Shop", shop));
      });
      project.declare((app) => {
        monolith(app, (stack) => new ReleasedMessenger(stack, "Shop"));
        own(app, shop, { adopt: adoptionOf(live) });
      });

      const plan = await project.origins("plan", "monolith");
      expect(plan.stdout).toMatch(
        /Shop_Deployment_\w+ will (no longer be managed by Terraform|be removed from the OpenTofu state but will not be destroyed)/,
      );
      const json = await project.origins("plan", "--json");
      expect(JSON.parse(json.stdout)).toMatchObject([{ refusals: [] }, { refusals: [] }]);
      await changesHandsAlone(live.id);
    });

    inFull(() => {
      test("may belong to both for a while: adopted first, let go of later", async () => {
        const live = await made((app) => {
          monolith(app, (stack) => messenger(stack, "Shop", shop));
        });
        project.declare((app) => {
          monolith(app, (stack) => messenger(stack, "Shop", shop));
          own(app, shop, { adopt: adoptionOf(live) });
        });
        await changesHandsAlone(live.id, live.id);
        project.declare((app) => {
          monolith(app, (stack) => new ReleasedMessenger(stack, "Shop"));
          own(app, shop);
        });
        await changesHandsAlone(live.id);
      });

      test("may belong to none for a while: let go of first, adopted later", async () => {
        const live = await made((app) => {
          monolith(app, (stack) => messenger(stack, "Shop", shop));
        });
        project.declare((app) => {
          monolith(app, (stack) => new ReleasedMessenger(stack, "Shop"));
        });
        await project.deploy();
        expect(project.remembered("monolith")).toEqual([]);
        project.declare((app) => own(app, shop, { adopt: adoptionOf(live) }));
        await changesHandsAlone(live.id);
      });
    });

    test("is neither destroyed nor made a second time where both lines are forgotten", async () => {
      await made((app) => {
        monolith(app, (stack) => messenger(stack, "Shop", shop));
      });
      project.declare((app) => {
        monolith(app, () => undefined);
        own(app, shop);
      });

      await isRefused(/The plan would delete the deployment/, /new ReleasedMessenger\(/, /adopt: \{ deploymentId: "/);
    });

    inFull(() => {
      test("is not destroyed where the old stack does not let go of it", async () => {
        const live = await made((app) => {
          monolith(app, (stack) => messenger(stack, "Shop", shop));
        });
        project.declare((app) => {
          monolith(app, () => undefined);
          own(app, shop, { adopt: adoptionOf(live) });
        });

        await isRefused(/The plan would delete the deployment/);
        expect(project.remembered("shop")).toEqual([live.id]);
      });
    });
  });

  inFull(() => {
    test("out of a monolith, a stack for each: every id stays, and the old state is empty", async () => {
      project.declare((app) => {
        monolith(app, (stack) => {
          messenger(stack, "Shop", shop);
          messenger(stack, "Careers", careers);
        });
      });
      await project.deploy();
      const [careersLive, shopLive] = await project.live();
      if (careersLive === undefined || shopLive === undefined) throw new Error("There are to be two deployments.");
      project.takeWrites();
      project.declare((app) => {
        monolith(app, (stack) => {
          new ReleasedMessenger(stack, "Shop");
          new ReleasedMessenger(stack, "Careers");
        });
        own(app, shop, { adopt: adoptionOf(shopLive) });
        own(app, careers, { adopt: adoptionOf(careersLive) });
      });

      await changesHandsAlone(shopLive.id, careersLive.id);
      expect(project.remembered("monolith")).toEqual([]);
    });
  });

  inFull(() => {
    test("out of the program stays in Genesys Cloud, and may come back", async () => {
      const live = await made((app) => {
        monolith(app, (stack) => messenger(stack, "Shop", shop));
      });
      project.declare((app) => {
        monolith(app, (stack) => new ReleasedMessenger(stack, "Shop"));
      });
      const { stdout } = await project.deploy();
      expect(stdout).toContain("deployed, 2 released");
      expect(project.takeWrites()).toEqual([]);
      project.declare((app) => {
        monolith(app, () => undefined);
      });
      await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });

      project.declare((app) => {
        monolith(
          app,
          (stack) => new WebMessenger(stack, "Shop", { environment: shop, defaultLanguage, adopt: adoptionOf(live) }),
        );
      });
      await changesHandsAlone(live.id);
    });
  });
});
