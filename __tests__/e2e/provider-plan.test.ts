import { zeroes } from "../conformance/scenarios/unusual-values";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { everyDeploymentProperty, everyProperty } from "../../packages/sandbox/__tests__/provider/every-property";
import { shop, type ShopOptions } from "../../packages/sandbox/__tests__/provider/shop";
import { needsTerraform, Workspace } from "./terraform";
import { someOf } from "../in-full";

const stacks: readonly (readonly [name: string, stack: ShopOptions])[] = [
  ["every property", { configuration: everyProperty, deployment: everyDeploymentProperty }],
  ["nothing but name and languages", {}],
  ["zero values everywhere", { configuration: zeroes, deployment: { description: "" } }],
  ["all domains", { deployment: { allowed_domains: [], allow_all_domains: true } }],
];

// The conformance suite shows the same with the answers of the genuine provider's SDK, which ask Terraform to tolerate mistakes.
// Without them, Terraform itself checks that a plan follows the configuration and that an apply follows the plan.
needsTerraform("what is planned is what is applied is what is read back, with Terraform as the judge", () => {
  let genesys: Genesys;
  let workspace: Workspace;
  beforeAll(async () => {
    genesys = await Genesys.start({ provider: { legacyTypeSystem: false } });
  });
  beforeEach(async () => {
    workspace = await new Workspace(genesys.provider.reattach).write(shop()).init();
  });
  afterEach(() => {
    workspace.remove();
  });
  afterAll(() => genesys.close());

  test.each(someOf(stacks, (_, index) => index === 3))(
    "%s: applied at once, the next plan is empty",
    async (_name, stack) => {
      workspace.write(shop(stack));
      await workspace.apply();
      expect((await workspace.plan()).text).toContain("No changes. Your infrastructure matches the configuration.");
      await workspace.destroy();
    },
  );

  test.each(someOf(stacks, (_, index) => index === 0 || index === 2))(
    "%s: from a plain shop there and back again",
    async (_name, stack) => {
      await workspace.apply();
      await workspace.write(shop(stack)).apply();
      expect(await workspace.plan()).toMatchObject({ code: 0 });
      await workspace.write(shop()).apply();
      expect(await workspace.plan()).toMatchObject({ code: 0 });
      await workspace.destroy();
    },
  );

  test("a change of the configuration takes the wired deployment along in the same apply", async () => {
    await workspace.apply();
    workspace.write(shop({ configuration: { languages: ["en-us", "de"] } }));
    const plan = await workspace.plan();
    expect(plan.text).toContain("Plan: 0 to add, 2 to change, 0 to destroy.");
    expect(plan.text).toMatch(/version += "1" -> \(known after apply\)/);
    await workspace.apply();
    expect(await workspace.plan()).toMatchObject({ code: 0 });
    await workspace.destroy();
  });
});
