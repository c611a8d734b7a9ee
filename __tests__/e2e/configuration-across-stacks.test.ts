import { MessengerStack, nextEnvironment } from "../../lib";
import { DeclaredProject } from "./declared-project";
import { needsTerraform } from "./terraform";

needsTerraform("one configuration for the deployments of several stacks", () => {
  let project: DeclaredProject;
  beforeAll(async () => {
    project = await DeclaredProject.start();
  });
  afterAll(async () => {
    await project.close();
  });

  const site = (name: string) => nextEnvironment(name, { kind: "staging", addresses: [`${name}.example.com`] });
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
  const versions = async () =>
    (await project.live()).map(({ name, configuration }) => `${name} ${configuration.version}`);

  test("is published by one of them, and followed by the others in the same deploy", async () => {
    declare("en-us");
    await project.deploy();
    await expect(versions()).resolves.toEqual(["messenger-careers 1", "messenger-shop 1"]);
    await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
    await expect(project.origins("audit")).resolves.toMatchObject({ code: 0 });

    declare("en-us", "de");
    await project.deploy();
    await expect(versions()).resolves.toEqual(["messenger-careers 2", "messenger-shop 2"]);
    await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
  });

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
