import { Genesys } from "../sandbox/provider/genesys";
import { everyDeploymentProperty, everyProperty } from "../sandbox/provider/every-property";
import { shop, type ShopOptions } from "../sandbox/provider/shop";
import { needsTerraform, Workspace } from "./terraform";

const zeroes = {
  description: "",
  headless_mode_enabled: false,
  cobrowse: [{ enabled: false, channels: [], mask_selectors: [], allow_draw: false }],
  journey_events: [{ enabled: false, excluded_query_parameters: [], pageview_config: "Off" }],
  messenger: [
    {
      enabled: false,
      apps: [{ conversations: [{ enabled: false, humanize: [{ enabled: false, bot: [{ name: "" }] }] }] }],
      home_screen: [{ enabled: false, logo_url: "" }],
      file_upload: [{ mode: [{ file_types: [], max_file_size_kb: 0 }] }],
    },
  ],
  position: [{ alignment: "Auto", bottom_space: 0, side_space: 0 }],
  support_center: [{ enabled: false, feedback_enabled: false }],
};

const emptyBlocks = {
  cobrowse: [{}],
  journey_events: [{ tracking_settings: [{}] }],
  messenger: [
    {
      apps: [
        {
          conversations: [{ conversation_disconnect: [{}], humanize: [{ bot: [{}] }], notifications: [{}] }],
          knowledge: [{}],
        },
      ],
      file_upload: [{ mode: [{}] }],
      home_screen: [{}],
      launcher_button: [{ icon: [{}] }],
      styles: [{}],
    },
  ],
  position: [{}],
  video: [{ agent: [{ background_image: [{}] }], user: [{}] }],
};

const stacks: readonly (readonly [name: string, stack: ShopOptions])[] = [
  ["every property", { configuration: everyProperty, deployment: everyDeploymentProperty }],
  ["nothing but name and languages", {}],
  ["zero values everywhere", { configuration: zeroes, deployment: { description: "" } }],
  ["blocks with nothing in them", { configuration: emptyBlocks }],
  ["all domains", { deployment: { allowed_domains: [], allow_all_domains: true } }],
];

// With the flag off, Terraform itself checks that a plan follows the configuration and that an apply follows the plan.
needsTerraform("what is planned is what is applied is what is read back", () => {
  describe.each([
    ["as the genuine provider, which asks Terraform to tolerate its mistakes", true],
    ["with Terraform as the judge", false],
  ])("%s", (_, legacyTypeSystem) => {
    let genesys: Genesys;
    let workspace: Workspace;
    beforeAll(async () => {
      genesys = await Genesys.start({ provider: { legacyTypeSystem } });
    });
    beforeEach(async () => {
      workspace = await new Workspace(genesys.provider.reattach).write(shop()).init();
    });
    afterEach(() => {
      workspace.remove();
    });
    afterAll(() => genesys.close());

    test.each(stacks)("%s: applied at once, the next plan is empty", async (_name, stack) => {
      workspace.write(shop(stack));
      await workspace.apply();
      expect((await workspace.plan()).text).toContain("No changes. Your infrastructure matches the configuration.");
      await workspace.destroy();
    });

    test.each(stacks)("%s: from a plain shop there and back again", async (_name, stack) => {
      await workspace.apply();
      await workspace.write(shop(stack)).apply();
      expect(await workspace.plan()).toMatchObject({ code: 0 });
      await workspace.write(shop()).apply();
      expect(await workspace.plan()).toMatchObject({ code: 0 });
      await workspace.destroy();
    });

    test("a change of the configuration takes the wired deployment along in the same apply", async () => {
      await workspace.apply();
      workspace.write(shop({ configuration: { languages: ["en-us", "de"] } }));
      const plan = await workspace.plan();
      expect(plan.text).toContain("Plan: 0 to add, 2 to change, 0 to destroy.");
      expect(plan.text).toMatch(/version += "1" -> \(known after apply\)/);
      genesys.takeCalls();
      await workspace.apply();
      expect(genesys.takeCalls()).toEqual([
        "GET configurations/{id}/versions/1",
        "GET deployments/{id}",
        "PUT configurations/{id}/versions/draft",
        "GET configurations/{id}/versions/draft",
        "POST configurations/{id}/versions/draft/publish",
        "GET configurations/{id}/versions/2",
        "GET configurations/{id}/versions",
        "PUT deployments/{id}",
        "GET deployments/{id}",
      ]);
      expect(await workspace.plan()).toMatchObject({ code: 0 });
      await workspace.destroy();
    });
  });
});
