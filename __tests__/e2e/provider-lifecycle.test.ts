import { Genesys } from "../sandbox/provider/genesys";
import { shop } from "../sandbox/provider/shop";
import { needsTerraform, Workspace } from "./terraform";

const configureCalls = [
  ...Array.from({ length: 11 }, () => "POST /oauth/token"),
  "GET /api/v2/organizations/me",
  "GET /api/v2/authorization/products",
];

needsTerraform("create, update, no-op, destroy", () => {
  let genesys: Genesys;
  let workspace: Workspace;
  beforeAll(async () => {
    genesys = await Genesys.start();
    workspace = await new Workspace(genesys.provider.reattach).write(shop()).init();
  });
  afterAll(async () => {
    await genesys.close();
    workspace.remove();
  });

  test("the whole life of a deployment, with the genuine provider's calls", async () => {
    const created = await workspace.apply();
    expect(created.text).toContain("Apply complete! Resources: 2 added");
    expect(genesys.takeCalls()).toEqual([
      "POST configurations",
      "GET configurations/{id}/versions/draft",
      "POST configurations/{id}/versions/draft/publish",
      "GET configurations/{id}/versions/1",
      "GET configurations/{id}/versions",
      "POST deployments",
      "GET deployments/{id}",
    ]);

    expect(await workspace.plan()).toMatchObject({ code: 0 });
    expect(genesys.takeAllCalls().slice(0, 13)).toEqual(configureCalls);
  });
});
