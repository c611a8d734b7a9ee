import { type Audit, type AuditSubject } from "../../lib/audit/audit";
import { auditAll, type AuditOptions, type ManagedElsewhere } from "../../lib/audit/audit-all";
import { endless, ScriptedHost, status } from "../base/scripted-host";
import { type Deployed, Genesys } from "./genesys";

const deploymentList = "GET /api/v2/webdeployments/deployments?pageSize=300";
const versionList = "GET /api/v2/webdeployments/configurations/{id}/versions?pageSize=300";
const token = "POST /oauth/token";

const start = Genesys.inTests();

async function audit(subject: AuditSubject, options: AuditOptions = {}): Promise<Audit> {
  const [first] = await auditAll([subject], options);
  if (first === undefined) throw new Error("no audit");
  return first;
}

/** The calls in the order of the alphabet: they are made side by side. */
const callsTo = (genesys: Genesys): readonly string[] => [...genesys.calls()].sort();

describe("an audit asks for no more than it needs", () => {
  let genesys: Genesys;
  let shop: Deployed;
  beforeEach(async () => {
    genesys = await start();
    shop = genesys.deploy("example.com");
  });

  const never = ({ endpoints, derived }: Deployed): AuditSubject => ({
    name: "production",
    derived,
    state: undefined,
    endpoints,
  });

  test.each<[string, (shop: Deployed) => AuditSubject, verdict: string, ...calls: string[]]>([
    ["deployed", (it) => it, "equal", versionList, deploymentList, token],
    ["never deployed, and nothing known of how it is declared", never, "drift"],
    [
      "never deployed, with a name",
      (it) => ({ ...never(it), declared: { name: "New" } }),
      "drift",
      deploymentList,
      token,
    ],
    [
      "never deployed, with a configuration that is there",
      (it) => ({ ...never(it), declared: { name: "New", configurationId: it.state.configuration.id } }),
      "drift",
      versionList,
      deploymentList,
      token,
    ],
    [
      "to be adopted",
      (it) => ({
        ...never(it),
        adoptee: { deploymentId: it.state.id, configurationId: it.state.configuration.id },
      }),
      "drift",
      versionList,
      deploymentList,
      token,
    ],
    [
      "to be adopted, of another Messenger's configuration",
      (it) => ({ ...never(it), adoptee: { deploymentId: it.state.id } }),
      "drift",
      deploymentList,
      token,
    ],
  ])("%s", async (_, subjectOf, verdict, ...calls) => {
    expect((await audit(subjectOf(shop))).verdict).toBe(verdict);
    expect(callsTo(genesys)).toEqual(calls);
  });

  test("what the state has is asked for before what it adopts, whatever the property says", async () => {
    const { deploymentId } = await audit({ ...shop, adoptee: { deploymentId: "d-9" } });
    expect(deploymentId).toBe(shop.state.id);
  });

  test("what a cut-short deploy left is read, although it was never deployed", async () => {
    const { live } = await audit({
      ...never(shop),
      declared: { name: "New", configurationId: shop.state.configuration.id },
    });
    expect(live).toMatchObject({ api: { outcome: "not-asked" }, newestVersion: "1" });
  });

  test("nothing of the platform API where only the public files are to be read", async () => {
    const { unchecked } = await audit(shop, { publicOnly: true });
    expect(genesys.calls()).toEqual([]);
    expect(unchecked[0]).toContain("the platform API was not read (only the public files were requested)");
  });

  test("and says after each how many are done", async () => {
    const progress: string[] = [];
    await auditAll([shop, shop, never(shop)], { onProgress: (done, total) => progress.push(`${done}/${total}`) });
    expect(progress).toEqual(["1/3", "2/3", "3/3"]);
  });
});

describe("who answers and who asks makes an organisation", () => {
  test("the order of the credentials does not", async () => {
    const genesys = await start();
    const shop = genesys.deploy("example.com");
    const { clientId, clientSecret } = genesys.api.credentials;
    const one = { ...shop, endpoints: genesys.endpoints({ clientId, clientSecret }) };
    const other = { ...shop, endpoints: genesys.endpoints({ clientSecret, clientId }) };
    expect((await auditAll([one, other])).map(({ verdict }) => verdict)).toEqual(["equal", "equal"]);
    expect(callsTo(genesys)).toEqual([versionList, deploymentList, token]);
  });

  test("each is asked at its own address", async () => {
    const [one, other] = await Promise.all([start(), start()]);
    const audits = await auditAll([one.deploy("example.com"), other.deploy("example.com")]);
    expect(audits.map(({ verdict }) => verdict)).toEqual(["equal", "equal"]);
    expect(callsTo(one)).toEqual(callsTo(other));
  });

  test("and one without credentials is not asked with those of another", async () => {
    const genesys = await start();
    const shop = genesys.deploy("example.com");
    const anonymous = { ...shop, endpoints: { ...shop.endpoints, credentials: undefined } };
    const audits = await auditAll([shop, anonymous]);
    expect(audits.map(({ live }) => live.api.outcome)).toEqual(["served", "not-asked"]);
  });
});

describe("how an audit asks", () => {
  test("as many requests at the same time as it may", async () => {
    // The first answer is given once twenty have asked.
    const waiting: (() => void)[] = [];
    const host = await ScriptedHost.start((response, request) => {
      waiting.push(() => {
        status(403)(response, request);
      });
      if (waiting.length === 20) for (const answer of waiting.splice(0)) answer();
    });
    const genesys = await start();
    const { state, ...shop } = genesys.deploy("example.com");
    const endpoints = { login: host.url, api: host.url, publicFiles: host.url, credentials: undefined };
    const subjects = Array.from({ length: 20 }, (_, n) => ({ ...shop, state: { ...state, id: `d-${n}` }, endpoints }));
    const audits = await auditAll(subjects, { concurrency: 20, http: { attempts: 1 } });
    await host.close();
    expect(audits.map(({ live }) => live.publicFiles.domains.outcome)).toEqual(Array(20).fill("unknown-deployment"));
  });

  test("no longer than it may wait for one answer", async () => {
    const genesys = await start();
    const host = await ScriptedHost.start(endless);
    const endpoints = { login: host.url, api: host.url, publicFiles: host.url, credentials: { accessToken: "t0ken" } };
    const { verdict, drifts } = await audit(
      { ...genesys.deploy("example.com"), endpoints },
      { timeoutMs: 50, http: { attempts: 1 } },
    );
    await host.close();
    expect(verdict).toBe("unknown");
    expect(drifts[0]?.message).toContain("did not answer within 0.05 s");
  });
});

describe("a deployment of the same name", () => {
  let genesys: Genesys;
  let shop: Deployed;
  beforeEach(async () => {
    genesys = await start();
    shop = { ...genesys.deploy("example.com"), declared: { name: "Shop", description: "Managed" } };
  });

  /** Makes another one beside the shop, and says in which other states it was looked for. */
  async function lookedFor(
    changes: Partial<Parameters<Genesys["create"]>[0]>,
    subjectChanges: Partial<AuditSubject> = {},
  ): Promise<readonly ManagedElsewhere[]> {
    const { name, allowAllDomains, allowedDomains, configuration } = shop.state;
    genesys.create({ name, allowAllDomains, allowedDomains, configuration, ...changes });
    const asked: ManagedElsewhere[] = [];
    const managedElsewhere = async (which: ManagedElsewhere): Promise<ReadonlySet<string>> => {
      asked.push(which);
      return Promise.resolve(new Set());
    };
    await auditAll([{ ...shop, ...subjectChanges }], { managedElsewhere });
    return asked;
  }

  test("is looked for in other states where it seems to be a copy", async () => {
    expect(await lookedFor({})).toEqual(["namesakes"]);
  });

  test("is looked for in all of them where one of another name seems to be a copy, too", async () => {
    expect(await lookedFor({ name: "Old shop", description: "Managed" }, { state: undefined })).toEqual(["all"]);
  });

  test("is looked for there where it looks like ours, and does not share its configuration", async () => {
    const configuration = { id: genesys.configuration(), version: "1" };
    expect(await lookedFor({ description: "Managed", configuration, allowedDomains: ["brand.example.com"] })).toEqual([
      "namesakes",
    ]);
  });

  test("is not looked for where it is another brand's", async () => {
    const configuration = { id: genesys.configuration(), version: "1" };
    expect(await lookedFor({ description: "Brand", configuration, allowedDomains: ["brand.example.com"] })).toEqual([]);
  });

  test("is not a copy where the same state has it under another name", async () => {
    const { name, allowAllDomains, allowedDomains, configuration } = shop.state;
    const id = genesys.create({ name, allowAllDomains, allowedDomains, configuration });
    expect((await audit({ ...shop, stateIds: [shop.state.id, id] })).drifts).toEqual([]);
    expect((await audit(shop)).drifts).toMatchObject([{ kind: "second-deployment", found: { deploymentId: id } }]);
  });

  test("is not known where the list is refused", async () => {
    const endpoints = genesys.endpoints({ clientId: "nobody", clientSecret: "wr0ng" });
    const { verdict, notes } = await audit({ ...shop, endpoints });
    expect({ verdict, notes }).toEqual({ verdict: "unknown", notes: [] });
  });
});
