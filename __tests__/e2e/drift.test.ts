import { type JsonObject } from "../../lib/sandbox/json";
import { Genesys } from "../sandbox/provider/genesys";
import { shop, type ShopOptions } from "../sandbox/provider/shop";
import { needsTerraform, Workspace } from "./terraform";

const refresh = ["GET configurations/{id}/versions/1", "GET deployments/{id}"];
const update = ["GET configurations/{id}/versions", "PUT deployments/{id}", "GET deployments/{id}"];
const create = ["GET configurations/{id}/versions", "POST deployments", "GET deployments/{id}"];

/** A deployed shop, and the person who edits it in the administrator's page. */
class DeployedShop {
  static async deploy(genesys: Genesys, options: ShopOptions): Promise<DeployedShop> {
    const workspace = await new Workspace(genesys.provider.reattach).write(shop(options)).init();
    await workspace.apply();
    genesys.takeCalls();
    const id = workspace.attributes("genesyscloud_webdeployments_deployment")?.["id"];
    const configuration = workspace.attributes("genesyscloud_webdeployments_configuration")?.["id"];
    return new DeployedShop(genesys, workspace, String(id), String(configuration));
  }

  private constructor(
    readonly genesys: Genesys,
    readonly workspace: Workspace,
    readonly id: string,
    readonly configurationId: string,
  ) {}

  live(): Promise<JsonObject> {
    return this.genesys.byHand("GET", `/api/v2/webdeployments/deployments/${this.id}`);
  }

  /** The page shows the whole deployment and sends the whole deployment. */
  async edit(changes: object): Promise<void> {
    await this.genesys.byHand("PUT", `/api/v2/webdeployments/deployments/${this.id}`, {
      ...(await this.live()),
      ...changes,
    });
  }

  /** Publishes the configuration once more, with other languages. */
  async publish(): Promise<void> {
    const draft = `/api/v2/webdeployments/configurations/${this.configurationId}/versions/draft`;
    const languages = ["en-us", "de"];
    await this.genesys.byHand("PUT", draft, { ...(await this.genesys.byHand("GET", draft)), languages });
    await this.genesys.byHand("POST", `${draft}/publish`);
  }

  async remove(): Promise<void> {
    await this.genesys.byHand("DELETE", `/api/v2/webdeployments/deployments/${this.id}`);
  }
}

interface Row {
  readonly changed: string;
  /** What the stack declares beside its domains. */
  readonly declared?: ShopOptions;
  readonly byHand: (shop: DeployedShop) => Promise<void>;
  /** The exit code of `terraform plan -detailed-exitcode`. */
  readonly plan: 0 | 2;
  /** The calls of `terraform apply`. */
  readonly applies: readonly string[];
  /** The deployment afterwards. */
  readonly ends: object;
  /** The field that it has no longer. */
  readonly cleared?: string;
}

const restored = { allowAllDomains: false, allowedDomains: ["example.com", "www.example.com"], status: "Active" };
const flowId = "5a9db0c5-0000-4000-8000-000000000011";

const rows: readonly Row[] = [
  {
    changed: "a domain removed",
    byHand: (deployed) => deployed.edit({ allowedDomains: ["www.example.com"] }),
    plan: 2,
    applies: [...refresh, ...update],
    ends: restored,
  },
  {
    changed: "a domain added",
    byHand: (deployed) => deployed.edit({ allowedDomains: ["example.com", "stranger.example", "www.example.com"] }),
    plan: 2,
    applies: [...refresh, ...update],
    ends: restored,
  },
  {
    changed: "the order of the domains changed",
    byHand: (deployed) => deployed.edit({ allowedDomains: ["www.example.com", "example.com"] }),
    plan: 2,
    applies: [...refresh, ...update],
    ends: restored,
  },
  {
    changed: "allowAllDomains set true, list emptied",
    byHand: (deployed) => deployed.edit({ allowAllDomains: true, allowedDomains: [] }),
    plan: 2,
    applies: [...refresh, ...update],
    ends: restored,
  },
  {
    changed: "list emptied, flag left false: not seen, every page stays blocked",
    byHand: (deployed) => deployed.edit({ allowedDomains: [] }),
    plan: 0,
    applies: refresh,
    ends: { allowAllDomains: false, allowedDomains: [] },
  },
  {
    changed: "status set Inactive, not declared: not seen",
    byHand: (deployed) => deployed.edit({ status: "Inactive" }),
    plan: 0,
    applies: refresh,
    ends: { ...restored, status: "Inactive" },
  },
  {
    changed: "status set Inactive, Active declared",
    declared: { deployment: { status: "Active" } },
    byHand: (deployed) => deployed.edit({ status: "Inactive" }),
    plan: 2,
    applies: [...refresh, ...update],
    ends: restored,
  },
  {
    changed: "description set, not declared",
    byHand: (deployed) => deployed.edit({ description: "edited by hand" }),
    plan: 2,
    applies: [...refresh, ...update],
    ends: restored,
    cleared: "description",
  },
  {
    changed: "flow set, not declared",
    byHand: (deployed) => deployed.edit({ flow: { id: flowId } }),
    plan: 2,
    applies: [...refresh, ...update],
    ends: restored,
    cleared: "flow",
  },
  {
    changed: "a newer configuration version published, deployment not pointed to it: not seen",
    byHand: (deployed) => deployed.publish(),
    plan: 0,
    applies: refresh,
    ends: { ...restored, configuration: expect.objectContaining({ version: "1" }) as object },
  },
];

needsTerraform("drift, as terraform plan sees it and terraform apply repairs it", () => {
  let genesys: Genesys;
  let workspace: Workspace | undefined;
  const deploy = async (options: ShopOptions = {}): Promise<DeployedShop> => {
    const deployed = await DeployedShop.deploy(genesys, options);
    workspace = deployed.workspace;
    return deployed;
  };
  beforeAll(async () => {
    genesys = await Genesys.start();
  });
  afterEach(() => {
    workspace?.remove();
  });
  afterAll(() => genesys.close());

  test.each(rows)("$changed", async ({ declared = {}, byHand, plan, applies, ends, cleared = "-" }) => {
    const deployed = await deploy(declared);
    expect(await deployed.workspace.plan()).toMatchObject({ code: 0 });

    await byHand(deployed);
    expect(await deployed.workspace.plan()).toMatchObject({ code: plan });
    expect(genesys.takeCalls()).toEqual(refresh);

    await deployed.workspace.apply();
    expect(genesys.takeCalls()).toEqual(applies);
    const live = await deployed.live();
    expect(live).toMatchObject(ends);
    expect(live).not.toHaveProperty([cleared]);
    expect(await deployed.workspace.plan()).toMatchObject({ code: 0 });
  });

  test("… and the deployment pointed to it: planned back, and the apply fails, now and for ever", async () => {
    const deployed = await deploy();
    await deployed.publish();
    await deployed.edit({ configuration: { id: deployed.configurationId, version: "2" } });

    for (const attempt of ["the first", "every later"]) {
      const plan = await deployed.workspace.plan();
      expect(plan.code).toBe(2);
      expect(plan.text).toContain(`version = "2" -> "1"`);
      genesys.takeCalls();

      const apply = await deployed.workspace.tryApply();
      expect({ attempt, code: apply.code }).toEqual({ attempt, code: 1 });
      expect(apply.text).toContain("mismatch on attribute configuration.0.version");
      expect(genesys.takeCalls()).toEqual([...refresh, ...update]);
      expect(await deployed.live()).toMatchObject({ ...restored, configuration: { version: "2" } });
    }
  });

  test("deployment deleted: created again under a new id, after custom_retry_timeout", async () => {
    const deployed = await deploy({ provider: { custom_retry_timeout: "500ms" } });
    await deployed.remove();
    const plan = await deployed.workspace.plan();
    expect(plan.code).toBe(2);
    expect(plan.text).toContain("Plan: 1 to add, 0 to change, 0 to destroy.");
    const [configuration, ...looks] = genesys.takeCalls();
    expect(configuration).toBe("GET configurations/{id}/versions/1");
    expect(looks.length).toBeGreaterThan(1);
    expect(new Set(looks)).toEqual(new Set(["GET deployments/{id}"]));

    await deployed.workspace.apply();
    expect(genesys.takeCalls().slice(-3)).toEqual(create);
    const id = deployed.workspace.attributes("genesyscloud_webdeployments_deployment")?.["id"];
    expect(id).toEqual(expect.any(String));
    expect(id).not.toBe(deployed.id);
    expect(await deployed.workspace.plan()).toMatchObject({ code: 0 });
  });

  test("a state that says what is live makes the emptied list visible: restored in one PUT", async () => {
    const deployed = await deploy();
    await deployed.edit({ allowedDomains: [] });
    await deployed.workspace.editState("genesyscloud_webdeployments_deployment", { allowed_domains: null });

    expect(await deployed.workspace.plan()).toMatchObject({ code: 2 });
    genesys.takeCalls();
    await deployed.workspace.apply();
    expect(genesys.takeCalls()).toEqual([...refresh, ...update]);
    expect(await deployed.live()).toMatchObject(restored);
    expect(await deployed.workspace.plan()).toMatchObject({ code: 0 });
  });

  test("a state that names the newest version makes the hand-published one visible: one publish, one PUT", async () => {
    const deployed = await deploy();
    await deployed.publish();
    await deployed.edit({ configuration: { id: deployed.configurationId, version: "2" } });
    await deployed.workspace.editState("genesyscloud_webdeployments_configuration", { version: "2" });

    expect(await deployed.workspace.plan()).toMatchObject({ code: 2 });
    genesys.takeCalls();
    await deployed.workspace.apply();
    expect(genesys.takeCalls()).toEqual([
      "GET configurations/{id}/versions/2",
      "GET deployments/{id}",
      "PUT configurations/{id}/versions/draft",
      "GET configurations/{id}/versions/draft",
      "POST configurations/{id}/versions/draft/publish",
      "GET configurations/{id}/versions/3",
      ...update,
    ]);
    expect(await deployed.live()).toMatchObject({ ...restored, id: deployed.id, configuration: { version: "3" } });
    expect(await deployed.workspace.plan()).toMatchObject({ code: 0 });
  });
});
