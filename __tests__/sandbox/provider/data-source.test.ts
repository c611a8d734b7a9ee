import { dataSources } from "../../../lib/sandbox/provider/data-source";
import { json, ScriptedApi } from "./scripted-api";

describe("a name that nothing has exactly", () => {
  let api: ScriptedApi;
  beforeAll(async () => {
    api = await ScriptedApi.start(json(200, { entities: [{ id: "1", name: "Shop" }], pageCount: 1 }));
  });
  afterAll(() => api.close());

  test.each([
    ["genesyscloud_webdeployments_deployment", "web deployment"],
    ["genesyscloud_webdeployments_configuration", "web deployment configuration"],
    ["genesyscloud_flow", "flow"],
    ["genesyscloud_integration", "integration"],
    ["genesyscloud_knowledge_knowledgebase", "knowledge base"],
    ["genesyscloud_conversations_messaging_supportedcontent", "supported content profile"],
  ])("%s: no %s found", async (type, what) => {
    const looking = dataSources[type]?.(await api.client(), { name: "shop", type: null, core_language: "en-US" });
    await expect(looking).rejects.toThrow(`No ${what} found with name "shop"`);
  });
});
