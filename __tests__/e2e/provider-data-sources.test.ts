import { type JsonObject } from "../../lib/sandbox/json";
import { Genesys } from "../sandbox/provider/genesys";
import { shop } from "../sandbox/provider/shop";
import { needsTerraform, Workspace } from "./terraform";

interface Case {
  readonly type: string;
  readonly config: object;
  readonly calls: readonly string[];
  readonly found: object;
}

const cases: readonly Case[] = [
  {
    type: "genesyscloud_webdeployments_deployment",
    config: { name: "Shop" },
    calls: ["GET /api/v2/webdeployments/deployments"],
    found: { id: expect.any(String) as string, name: "Shop" },
  },
  {
    type: "genesyscloud_webdeployments_configuration",
    config: { name: "Shop" },
    calls: [
      "GET /api/v2/webdeployments/configurations?showOnlyPublished=false",
      "GET /api/v2/webdeployments/configurations/{id}/versions",
    ],
    found: { id: expect.any(String) as string, name: "Shop", version: "1" },
  },
  {
    type: "genesyscloud_flow",
    config: { name: "Inbound Messages", type: "inboundshortmessage" },
    calls: [
      "GET /api/v2/flows?includeSchemas=true&name=Inbound+Messages&pageNumber=1&pageSize=100&type=inboundshortmessage",
    ],
    found: { id: "5a9db0c5-0000-4000-8000-000000000011" },
  },
  {
    type: "genesyscloud_flow",
    config: { name: "Inbound Messages" },
    calls: ["GET /api/v2/flows?includeSchemas=true&name=Inbound+Messages&pageNumber=1&pageSize=100"],
    found: { id: "5a9db0c5-0000-4000-8000-000000000011", type: null },
  },
  {
    type: "genesyscloud_integration",
    config: { name: "Messenger Sign-in" },
    calls: ["GET /api/v2/integrations?pageNumber=1&pageSize=100"],
    found: { id: "5a9db0c5-0000-4000-8000-000000000021" },
  },
  {
    type: "genesyscloud_knowledge_knowledgebase",
    config: { name: "Help Centre", core_language: "en-US" },
    calls: ["GET /api/v2/knowledge/knowledgebases?name=Help+Centre&coreLanguage=en-US"],
    found: { id: "5a9db0c5-0000-4000-8000-000000000031" },
  },
  {
    type: "genesyscloud_conversations_messaging_supportedcontent",
    config: { name: "Default" },
    calls: ["GET /api/v2/conversations/messaging/supportedcontent?pageNumber=1&pageSize=100"],
    found: { id: "5a9db0c5-0000-4000-8000-000000000041" },
  },
  {
    type: "genesyscloud_organizations_me",
    config: {},
    calls: ["GET /api/v2/organizations/me"],
    found: { name: "Sandbox", domain: "sandbox", default_country_code: "US", voicemail_enabled: false },
  },
];

needsTerraform("data sources", () => {
  let genesys: Genesys;
  let workspace: Workspace;
  const lookUp = (type: string, config: object): Workspace =>
    workspace.write({ data: { [type]: { found: config } }, output: { found: { value: `\${data.${type}.found}` } } });

  beforeAll(async () => {
    genesys = await Genesys.start();
    workspace = await new Workspace(genesys.provider.reattach).write(shop()).init();
    await workspace.apply();
    await workspace.run("state", "rm", "genesyscloud_webdeployments_configuration.shop");
    await workspace.run("state", "rm", "genesyscloud_webdeployments_deployment.shop");
  });
  afterAll(async () => {
    await genesys.close();
    workspace.remove();
  });

  test.each(cases)("$type $config", async ({ type, config, calls, found }) => {
    genesys.takeAllCalls();
    await lookUp(type, config).apply();
    expect(genesys.takeAllCalls().map((call) => call.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "{id}"))).toEqual(
      expect.arrayContaining([...calls]),
    );
    const output = JSON.parse((await workspace.run("output", "-json", "found")).stdout) as JsonObject;
    expect(output).toMatchObject(found);
  });

  test.each(cases.filter(({ type }) => type !== "genesyscloud_organizations_me"))(
    "$type: nothing of exactly that name is an error",
    async ({ type, config }) => {
      const plan = await lookUp(type, { ...config, name: "shop" }).plan();
      expect(plan.code).toBe(1);
      expect(plan.text).toMatch(/No [\w ]+ found with name "shop"/);
    },
  );

  test("of several with the same name, the first of the list is taken", async () => {
    const deployments = "/api/v2/webdeployments/deployments";
    const configuration = { id: [...genesys.store.state.configurations.keys()][0] };
    for (let n = 0; n < 2; n++) {
      await genesys.byHand("POST", deployments, { name: "Twin", allowAllDomains: true, configuration });
    }
    const { entities } = await genesys.byHand("GET", deployments);
    const twins = (entities as readonly JsonObject[]).filter(({ name }) => name === "Twin");
    expect(twins).toHaveLength(2);

    await lookUp("genesyscloud_webdeployments_deployment", { name: "Twin" }).apply();
    const found = JSON.parse((await workspace.run("output", "-json", "found")).stdout) as JsonObject;
    expect(found["id"]).toBe(twins[0]?.["id"]);
  });
});
