import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type App, LocalBackend, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { GenesyscloudProvider, MessengerConfiguration, MessengerStack, nextEnvironment, WebMessenger } from "../../lib";
import { DeclaredProject } from "./declared-project";
import { SandboxProject } from "./sandbox-project";
import { needsTerraform } from "./terraform";
import { inFull } from "../in-full";

const site = (name: string) => nextEnvironment(name, { kind: "staging", addresses: [`${name}.example.com`] });

needsTerraform("one configuration for the deployments of several stacks", () => {
  let project: DeclaredProject;
  beforeAll(async () => {
    project = await DeclaredProject.start();
  });
  afterAll(async () => {
    await project.close();
  });

  /** The shop makes the look, in those languages; careers has it too. */
  const declare = (...languages: readonly string[]): void => {
    project.declare((app) => {
      const shop = new MessengerStack(app, "shop", {
        environment: site("shop"),
        defaultLanguage: "en-us",
        languages,
        gateway: true,
      });
      const { configuration } = shop.messenger;
      new MessengerStack(app, "careers", { environment: site("careers"), configuration, gateway: true });
    });
  };
  /** As a version of this project synthesised it that did not say where other workspaces are. */
  const withoutFoldersOfWorkspaces = (): void => {
    const file = join(project.folder, "cdktf.out", "stacks", "careers", "cdk.tf.json");
    const text = readFileSync(file, "utf8");
    const before = text.replace(/,\s*"workspace_dir": "[^"]*"/, "");
    expect(before).not.toBe(text);
    writeFileSync(file, before);
  };
  const versions = async () =>
    (await project.live()).map(({ name, configuration }) => `${name} ${configuration.version}`);

  test("is published by one of them, and followed by the others in the same deploy", async () => {
    declare("en-us");
    await project.deploy();
    await expect(versions()).resolves.toEqual(["messenger-careers 1", "messenger-shop 1"]);
    await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
    await expect(project.origins("audit")).resolves.toMatchObject({ code: 0 });
    withoutFoldersOfWorkspaces();
    await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });

    declare("en-us", "de");
    await project.deploy();
    await expect(versions()).resolves.toEqual(["messenger-careers 2", "messenger-shop 2"]);
    await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
  });

  inFull(() => {
    test("is put right where it is made, and the others name that stack and follow", async () => {
      const [careers, shop] = await project.live();
      if (careers === undefined || shop === undefined) throw new Error("There are to be two deployments.");
      await project.publishByHand(shop.configuration.id, { languages: ["fr"], defaultLanguage: "fr" });
      await project.editByHand(careers.id, { configuration: { id: shop.configuration.id, version: "3" } });

      const { code, stdout } = await project.origins("audit");
      expect(code).toBe(2);
      expect(stdout).toMatch(
        /the deployment shows version 3 of the configuration that the stack "shop" makes, and Terraform last saw 2: a deploy of "shop"/,
      );
      await project.deploy();
      await expect(versions()).resolves.toEqual(["messenger-careers 4", "messenger-shop 4"]);
      await expect(project.origins("audit")).resolves.toMatchObject({ code: 0 });
      await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
      expect((await project.live()).map(({ id }) => id)).toEqual([careers.id, shop.id]);
    });
  });
});

needsTerraform("a configuration that is moved out of the Messenger that made it", () => {
  let project: DeclaredProject;
  beforeAll(async () => {
    project = await DeclaredProject.start();
  });
  afterAll(async () => {
    await project.close();
  });

  const look = {
    defaultLanguage: "en-us",
    configurationName: "Look",
    configurationDescription: "The look of all sites",
  };
  const declare = (messengers: (stack: TerraformStack) => void): void => {
    project.declare((app) => {
      const stack = new TerraformStack(app, "sites");
      new LocalBackend(stack, { path: join(project.folder, "terraform.sites.tfstate") });
      new GenesyscloudProvider(stack, "Genesys", { gateway: [{}] });
      messengers(stack);
    });
  };
  const ids = async () =>
    (await project.live()).map(({ name, id, configuration }) => [name, id, configuration.id, configuration.version]);

  test("stays the same in Genesys Cloud, and so does the deployment", async () => {
    declare((stack) => {
      new WebMessenger(stack, "Shop", { environment: site("shop"), ...look });
    });
    await project.deploy();
    const [shop = []] = await ids();

    declare((stack) => {
      const configuration = new MessengerConfiguration(stack, "Look", look).renamedFrom("Shop/Configuration");
      new WebMessenger(stack, "Shop", { environment: site("shop"), configuration });
    });
    await project.deploy();
    await expect(ids()).resolves.toEqual([shop]);
    await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
    await expect(project.origins("audit")).resolves.toMatchObject({ code: 0 });
  });

  inFull(() => {
    test("is shown by further deployments, and published for all of them at once", async () => {
      const shared = (...languages: readonly string[]): void => {
        declare((stack) => {
          const configuration = new MessengerConfiguration(stack, "Look", { ...look, languages });
          for (const name of ["Shop", "Outlet"]) {
            new WebMessenger(stack, name, { environment: site(name.toLowerCase()), configuration });
          }
        });
      };
      shared("en-us");
      await project.deploy();
      shared("en-us", "de");
      await project.deploy();
      const [outlet = [], shop = []] = await ids();
      expect(outlet.slice(2)).toEqual([shop[2], "2"]);
      expect(shop.slice(2)).toEqual([shop[2], "2"]);

      await project.publishByHand(String(shop[2]), { languages: ["fr"], defaultLanguage: "fr" });
      await expect(project.origins("audit")).resolves.toMatchObject({ code: 2 });
      await project.deploy();
      await expect(project.origins("audit")).resolves.toMatchObject({ code: 0 });
      await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
    });
  });
});

needsTerraform("references between stacks in the sandbox", () => {
  const project = new SandboxProject();
  afterAll(() => {
    project.remove();
  });

  /** Stacks that keep their local states in every way there is, and two that refer to all of them. */
  const declare = (app: App): void => {
    const backends = {
      "of-cdktf": {},
      "in-its-folder": { path: "own.tfstate" },
      "with-workspaces": { workspaceDir: "spaces" },
    };
    const ids = Object.entries(backends).map(([name, backend]) => {
      const stack = new TerraformStack(app, name);
      new GenesyscloudProvider(stack, "Genesys");
      if (name !== "of-cdktf") new LocalBackend(stack, backend);
      return new WebMessenger(stack, "Messenger", { environment: site(name), defaultLanguage: "en-us" }).deploymentId;
    });
    const platform = new TerraformStack(app, "platform");
    const domain = new TerraformVariable(platform, "domain", { type: "string", default: "www.example.com" });
    const shop = new MessengerStack(app, "shop", { environment: site("shop"), defaultLanguage: "en-us" });
    const { configuration, deploymentId } = shop.messenger;
    new MessengerStack(app, "careers", {
      environment: site("careers"),
      configuration,
      description: domain.stringValue,
    });
    const page = new TerraformStack(app, "page");
    new TerraformOutput(page, "deployments", { value: [...ids, deploymentId] });
    new TerraformOutput(page, "domain", { value: domain.stringValue });
  };

  test("are found, by origins and by cdktf", async () => {
    project.declare(declare);
    await project.succeeds(["deploy --auto-approve", "plan", "audit"]);
    expect(project.deployments()).toHaveLength(5);
    writeFileSync(join(project.folder, "cdktf.json"), JSON.stringify({ language: "typescript", app: "true" }));
    const cdktf = ["npx", "--no-install", "cdktf", "deploy", "*", "--auto-approve", "--skip-synth", "--no-color"];
    const { code, stdout } = await project.run(cdktf);
    expect(stdout.match(/No changes\. Your infrastructure matches the configuration\./g)).toHaveLength(7);
    expect(code).toBe(0);
  });
});
