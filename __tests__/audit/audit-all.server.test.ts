import { auditAll } from "../../lib/audit/audit-all";
import { type AuditSubject } from "../../lib/audit/audit";
import { type DriftKind, type Mender } from "../../lib/audit/drift";
import { type Deployed, Genesys } from "./genesys";

describe("an audit of the embedded Genesys Cloud", () => {
  let genesys: Genesys;
  let shop: Deployed;

  beforeEach(async () => {
    genesys = await Genesys.start();
    shop = genesys.deploy("example.com", "www.example.com");
  });
  afterEach(async () => {
    await genesys.close();
  });

  async function audit(subject: AuditSubject = shop): Promise<Awaited<ReturnType<typeof auditAll>>[number]> {
    const [first] = await auditAll([subject]);
    if (first === undefined) throw new Error("no audit");
    return first;
  }

  test("finds nothing where no one touched anything, in three calls of the API", async () => {
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
      "GET /api/v2/webdeployments/deployments?pageSize=300",
      "POST /oauth/token",
    ]);
  });

  const byHand: readonly [string, (subject: Deployed) => void, DriftKind, Mender][] = [
    [
      "a domain removed",
      (it) => {
        genesys.edit(it, { allowedDomains: ["example.com"] });
      },
      "domains",
      "deploy",
    ],
    [
      "everything allowed",
      (it) => {
        genesys.edit(it, { allowAllDomains: true, allowedDomains: [] });
      },
      "domains",
      "deploy",
    ],
    [
      "the list emptied",
      (it) => {
        genesys.edit(it, { allowedDomains: [] });
      },
      "emptied-list",
      "repair",
    ],
    [
      "it set Inactive",
      (it) => {
        genesys.edit(it, {}, { status: "Inactive" });
      },
      "status",
      "deploy",
    ],
    [
      "a description set",
      (it) => {
        genesys.edit(it, { description: "by hand" });
      },
      "attributes",
      "deploy",
    ],
    [
      "a version published",
      (it) => {
        genesys.publish(it.state.configuration.id);
      },
      "newer-version-published",
      "repair",
    ],
    [
      "a version published and deployed",
      (it) => {
        const { id } = it.state.configuration;
        genesys.publish(id);
        genesys.edit(it, { configuration: { id, version: "2" } });
      },
      "newer-version-deployed",
      "repair",
    ],
    [
      "another configuration deployed",
      (it) => {
        genesys.edit(it, { configuration: { id: genesys.configuration(), version: "1" } });
      },
      "configuration",
      "deploy",
    ],
    [
      "it deleted",
      (it) => {
        genesys.delete(it);
      },
      "deployment-gone",
      "deploy",
    ],
  ];
  test.each(byHand)("%s by hand", async (_, edit, kind, mendedBy) => {
    edit(shop);
    const { verdict, drifts } = await audit();
    expect(verdict).toBe("drift");
    expect(drifts).toMatchObject([{ kind, mendedBy }]);
  });

  test("without credentials reads the public files alone, and says what that leaves open", async () => {
    genesys.edit(shop, { allowedDomains: ["www.example.com"] });
    const anonymous = { ...shop, endpoints: { ...shop.endpoints, credentials: undefined } };
    const audits = await Promise.all([
      audit(anonymous),
      auditAll([shop], { publicOnly: true }).then(([first]) => first),
    ]);
    for (const each of audits) {
      expect(each).toMatchObject({ verdict: "drift", lost: ["example.com"], live: { api: { outcome: "not-asked" } } });
      expect(each?.unchecked).toHaveLength(1);
    }
    expect(genesys.calls()).toEqual([]);
  });

  test("with a client that may not see deployments says which permission is missing", async () => {
    const made = await fetch(`${genesys.api.url}/sandbox/clients`, {
      method: "POST",
      body: JSON.stringify({ id: "blind", secret: "blind-secret", permissions: ["webDeployments:configuration:view"] }),
    });
    expect(made.status).toBe(201);
    const credentials = { clientId: "blind", clientSecret: "blind-secret" };
    const { verdict, drifts } = await audit({ ...shop, endpoints: genesys.endpoints(credentials) });
    expect(verdict).toBe("unknown");
    expect(drifts).toMatchObject([{ kind: "unreachable", mendedBy: "person" }]);
    expect(drifts[0]?.message).toContain("[webDeployments:deployment:view]");
  });

  test("with wrong credentials is unknown, and says which variables to look at", async () => {
    const credentials = { clientId: "sandbox-client", clientSecret: "wr0ng" };
    const { verdict, drifts } = await audit({ ...shop, endpoints: genesys.endpoints(credentials) });
    expect(verdict).toBe("unknown");
    expect(drifts).toHaveLength(1);
    expect(drifts[0]?.message).toMatch(/check GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET/);
    expect(drifts[0]?.message).not.toContain("wr0ng");
  });

  test("of what was never deployed asks no one", async () => {
    const { verdict, drifts, deploymentId } = await audit({ ...shop, state: undefined });
    expect({ verdict, deploymentId }).toEqual({ verdict: "drift", deploymentId: undefined });
    expect(drifts).toMatchObject([{ kind: "not-deployed", mendedBy: "deploy" }]);
    expect(genesys.calls()).toEqual([]);
  });
});

describe("an audit of many deployments", () => {
  const start = Genesys.inTests();

  test("reads one list instead of each of them, but asks again for what is not in it or blocks every page", async () => {
    const genesys = await start();
    const shops = deployments(genesys, 9);
    const [first, second] = shops;
    if (first === undefined || second === undefined) throw new Error("too few");
    genesys.delete(first);
    genesys.edit(second, { allowedDomains: [] });
    const progress: string[] = [];
    const audits = await auditAll(shops, { onProgress: (done, total) => progress.push(`${done}/${total}`) });
    expect(audits.map(({ name, drifts }) => [name, ...drifts.map(({ kind }) => kind)])).toEqual([
      ["shop-0", "deployment-gone"],
      ["shop-1", "emptied-list"],
      ...shops.slice(2).map(({ name }) => [name]),
    ]);
    const calls = genesys.calls().filter((call) => call.includes("/deployments"));
    expect(calls).toEqual([
      "GET /api/v2/webdeployments/deployments?pageSize=300",
      "GET /api/v2/webdeployments/deployments/{id}",
      "GET /api/v2/webdeployments/deployments/{id}",
    ]);
    expect(progress).toEqual(shops.map((_, index) => `${index + 1}/9`));
  });

  test("in two organisations asks each as its own client, and each thing once", async () => {
    const [one, other] = await Promise.all([start(), start()]);
    const shops = [...deployments(one, 2), ...deployments(other, 2)];
    const audits = await auditAll([...shops, ...shops]);
    expect(audits.map(({ verdict }) => verdict)).toEqual(Array(8).fill("equal"));
    for (const genesys of [one, other]) {
      expect([...genesys.calls()].sort()).toEqual([
        "GET /api/v2/webdeployments/configurations/{id}/versions?pageSize=300",
        "GET /api/v2/webdeployments/configurations/{id}/versions?pageSize=300",
        "GET /api/v2/webdeployments/deployments?pageSize=300",
        "POST /oauth/token",
      ]);
    }
  });

  test("gets through the platform's limit of calls a minute, and nothing is lost", async () => {
    const limit = 4;
    const clock = {
      time: 0,
      now: () => clock.time,
      sleep: async (milliseconds: number) => {
        const end = clock.time + milliseconds;
        await Promise.resolve();
        clock.time = Math.max(clock.time, end);
      },
    };
    let limited = false;
    const calls = new Map<number, number>();
    const refused: number[] = [];
    const genesys = await start({
      before: async (c, next) => {
        if (!limited || !c.req.path.startsWith("/api/")) return next();
        const minute = Math.floor(clock.time / 60_000);
        const count = (calls.get(minute) ?? 0) + 1;
        calls.set(minute, count);
        if (count <= limit) return next();
        refused.push(minute);
        return c.json({ message: "Rate limit exceeded the maximum" }, 429, { "Retry-After": "60" });
      },
    });
    const shops = deployments(genesys, 9);
    limited = true;
    const audits = await auditAll(shops, { concurrency: 1, http: { clock, attempts: 1 } });
    expect(audits.map(({ verdict }) => verdict)).toEqual(Array(9).fill("equal"));
    // One list and 9 versions at 4 a minute; the first call that is refused holds all others back.
    expect(clock.time).toBe(2 * 60_000);
    expect(refused).toEqual([0, 1]);
  });

  test("whose host is dead ends, each with the reason", async () => {
    const genesys = await start();
    const shops = deployments(genesys, 3);
    await genesys.close();
    const audits = await auditAll(shops, { http: { attempts: 2, shortestBackOffMs: 1, longestBackOffMs: 1 } });
    for (const { verdict, drifts } of audits) {
      expect(verdict).toBe("unknown");
      expect(drifts.map(({ kind }) => kind)).toEqual(["unreachable", "public-files-unread"]);
      expect(drifts[0]?.message).toMatch(/^127\.0\.0\.1:\d+ cannot be reached \(/);
      expect(drifts[1]?.message).toMatch(/^what visitors' browsers receive could not be read: /);
    }
  });

  test("of no deployments is empty", async () => {
    await expect(auditAll([])).resolves.toEqual([]);
  });
});

function deployments(genesys: Genesys, count: number): readonly Deployed[] {
  return Array.from({ length: count }, (_, n) => ({ ...genesys.deploy(`${n}.example.com`), name: `shop-${n}` }));
}
