import { dataSources } from "../../lib/provider/data-source";
import { type Answer, json, ScriptedApi } from "./scripted-api";

const page = (entities: readonly object[], more: object = {}): Answer => json(200, { entities, pageCount: 1, ...more });
const shop = { id: "1", name: "Shop" };

let api: ScriptedApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

async function look(type: string, config: object, ...answers: readonly Answer[]): Promise<unknown> {
  api = await ScriptedApi.start(...answers);
  return dataSources[`genesyscloud_${type}`]?.(await api.client(), { type: null, core_language: "en-US", ...config });
}

const calls = (): readonly string[] => (api?.requests ?? []).map(({ call }) => call.replace(/^GET \/api\/v2\//, ""));

describe("a name that nothing has exactly", () => {
  test.each([
    ["webdeployments_deployment", "web deployment"],
    ["webdeployments_configuration", "web deployment configuration"],
  ])("%s: no %s found, and not asked again", async (type, what) => {
    await expect(look(type, { name: "shop" }, page([shop]))).rejects.toThrow(`No ${what} found with name "shop"`);
    expect(calls()).toHaveLength(1);
  });

  test.each([
    ["flow", "flow"],
    ["integration", "integration"],
  ])("%s: no %s found, after it was asked for again", async (type, what) => {
    await expect(look(type, { name: "shop" }, page([shop]))).rejects.toThrow(`No ${what} found with name "shop"`);
    expect(calls().length).toBeGreaterThan(2);
  });

  test("is found when it appears in time", async () => {
    await expect(look("flow", { name: "Shop" }, page([]), page([]), page([shop]))).resolves.toEqual({ id: "1" });
  });

  test("knowledge base: no error, and no id", async () => {
    const found = look("knowledge_knowledgebase", { name: "shop" }, page([{ ...shop, coreLanguage: "en-US" }]));
    await expect(found).resolves.toEqual({ id: null });
    expect(calls()).toEqual([
      "knowledge/knowledgebases?pageSize=100&published=true",
      "knowledge/knowledgebases?pageSize=100&published=false",
    ]);
  });

  test("knowledge base: an error without any knowledge base", async () => {
    await expect(look("knowledge_knowledgebase", { name: "Shop" }, page([]))).rejects.toThrow(
      'No knowledge base found with name "Shop"',
    );
    expect(calls().length).toBeGreaterThan(2);
  });

  test("supported content: no error, and no id", async () => {
    const found = look("conversations_messaging_supportedcontent", { name: "shop" }, page([shop]));
    await expect(found).resolves.toEqual({ id: null });
    expect(calls()).toHaveLength(2);
  });
});

describe("a name that several have", () => {
  const flows = page([
    { ...shop, id: "1", type: "inboundcall" },
    { ...shop, id: "2", type: "inboundshortmessage" },
  ]);

  test("flow: the one of the type, in whatever case that is written", async () => {
    const found = look("flow", { name: "Shop", type: "INBOUNDSHORTMESSAGE" }, flows);
    await expect(found).resolves.toEqual({ id: "2" });
    expect(calls()).toEqual(["flows?includeSchemas=true&name=Shop&pageNumber=1&pageSize=500&type=inboundshortmessage"]);
  });

  test("knowledge base: the one of the language, published before unpublished", async () => {
    const base = (id: string, coreLanguage: string): object => ({ ...shop, id, coreLanguage });
    const found = look(
      "knowledge_knowledgebase",
      { name: "Shop" },
      page([base("1", "de-DE"), base("2", "en-US")]),
      page([base("3", "en-US")]),
    );
    await expect(found).resolves.toEqual({ id: "2" });
  });
});

test("a configuration that was never published cannot be used", async () => {
  await expect(look("webdeployments_configuration", { name: "Shop" }, page([shop]), page([]))).rejects.toThrow(
    "Web deployment configuration Shop has no published versions and so cannot be used",
  );
});
