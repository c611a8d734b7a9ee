import { auditAll, type AuditSubject, type DriftKind, type Mender } from "../../lib/live";
import { type Deployed, Genesys } from "./genesys";

describe("an audit of the embedded Genesys Cloud", () => {
  let genesys: Genesys;
  let shop: Deployed;

  beforeEach(async () => {
    genesys = await Genesys.start();
    shop = await genesys.deploy("example.com", "www.example.com");
  });
  afterEach(async () => {
    await genesys.close();
  });

  async function audit(subject: AuditSubject = shop): Promise<Awaited<ReturnType<typeof auditAll>>[number]> {
    const [first] = await auditAll([subject]);
    if (first === undefined) throw new Error("no audit");
    return first;
  }

  test("finds nothing where nobody touched anything, in three calls of the API", async () => {
    const { verdict, drifts, lost, gained, unchecked, live } = await audit();
    expect({ verdict, drifts, lost, gained, unchecked }).toEqual({
      verdict: "equal",
      drifts: [],
      lost: [],
      gained: [],
      unchecked: [],
    });
    expect(live).toMatchObject({
      api: { outcome: "served", deployment: { id: shop.state.id, name: "Shop" } },
      publicFiles: { domains: { outcome: "served" }, configuration: { outcome: "served", content: { version: "1" } } },
      newestVersion: "1",
    });
    expect([...genesys.calls()].sort()).toEqual([
      "GET /api/v2/webdeployments/configurations/{id}/versions?pageSize=300",
      "GET /api/v2/webdeployments/deployments/{id}",
      "POST /oauth/token",
    ]);
  });

  const byHand: readonly [string, (subject: Deployed) => Promise<void>, DriftKind, Mender][] = [
    ["a domain removed", (it) => genesys.edit(it, { allowedDomains: ["example.com"] }), "domains", "deploy"],
    [
      "everything allowed",
      (it) => genesys.edit(it, { allowAllDomains: true, allowedDomains: [] }),
      "domains",
      "deploy",
    ],
    ["the list emptied", (it) => genesys.edit(it, { allowedDomains: [] }), "emptied-list", "repair"],
    ["it set Inactive", (it) => genesys.edit(it, { status: "Inactive" }), "status", "deploy"],
    ["a description set", (it) => genesys.edit(it, { description: "by hand" }), "attributes", "deploy"],
    ["a version published", (it) => genesys.publish(it.state.configuration.id), "newer-version-published", "repair"],
    [
      "a version published and deployed",
      async (it) => {
        await genesys.publish(it.state.configuration.id);
        await genesys.edit(it, { configuration: { id: it.state.configuration.id, version: "2" } });
      },
      "newer-version-deployed",
      "repair",
    ],
    [
      "another configuration deployed",
      async (it) => {
        await genesys.edit(it, { configuration: { id: await genesys.configuration(), version: "1" } });
      },
      "configuration",
      "deploy",
    ],
    [
      "it deleted",
      async (it) => {
        await genesys.call("DELETE", `/deployments/${it.state.id}`);
      },
      "deployment-gone",
      "deploy",
    ],
  ];
  test.each(byHand)("%s by hand", async (_, edit, kind, mendedBy) => {
    await edit(shop);
    const { verdict, drifts } = await audit();
    expect(verdict).toBe("drift");
    expect(drifts).toMatchObject([{ kind, mendedBy }]);
  });
});
