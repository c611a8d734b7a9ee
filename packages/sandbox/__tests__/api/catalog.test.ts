import { entitiesOf, Sandbox, textOf } from "./fixture";

const names = async (sandbox: Sandbox, path: string): Promise<unknown[]> =>
  entitiesOf((await sandbox.call("GET", path)).body).map((entity) => entity["name"]);

test("the organisation and its products are what the Terraform provider asks for first", async () => {
  const sandbox = new Sandbox();
  const organization = await sandbox.call("GET", "/api/v2/organizations/me");
  expect(organization.body).toMatchObject({ name: "Sandbox", defaultCountryCode: "US", defaultLanguage: "en-us" });
  const products = await sandbox.call("GET", "/api/v2/authorization/products");
  expect(products.body["total"]).toBe(entitiesOf(products.body).length);
});

test.each([
  ["name=Inbound Messages", ["Inbound Messages"]],
  ["name=inbound messages", ["Inbound Messages"]],
  ["name=Inbound*", ["Inbound Messages", "Inbound Messages (Test)"]],
  ["name=Inbound Messages (Test)", ["Inbound Messages (Test)"]],
  ["name=Nothing", []],
  ["type=inboundshortmessage", ["Inbound Messages", "Inbound Messages (Test)"]],
  ["type=INBOUNDSHORTMESSAGE&name=*(test)", ["Inbound Messages (Test)"]],
  ["type=inboundcall", []],
  ["type=&name=", ["Inbound Messages", "Inbound Messages (Test)"]],
  ["includeSchemas=true&pageSize=1&pageNumber=2", ["Inbound Messages (Test)"]],
  ["pageSize=1&pageNumber=3", []],
])("flows?%s finds %j", async (query, found) => {
  expect(await names(new Sandbox(), `/api/v2/flows?${encodeURI(query)}`)).toEqual(found);
});

test("a numbered page tells how many there are and where its neighbours lie", async () => {
  const { body } = await new Sandbox().call("GET", "/api/v2/flows?pageSize=1&pageNumber=2");
  expect(body).toMatchObject({
    total: 2,
    pageCount: 2,
    pageSize: 1,
    pageNumber: 2,
    firstUri: "/api/v2/flows?pageSize=1&pageNumber=1",
    previousUri: "/api/v2/flows?pageSize=1&pageNumber=1",
    lastUri: "/api/v2/flows?pageSize=1&pageNumber=2",
  });
  expect(body).not.toHaveProperty("nextUri");
});

test.each([
  ["/api/v2/integrations", ["Messenger Sign-in"]],
  ["/api/v2/knowledge/knowledgebases?name=Help Centre&coreLanguage=en-US", ["Help Centre"]],
  ["/api/v2/knowledge/knowledgebases?coreLanguage=de-DE", []],
  ["/api/v2/knowledge/knowledgebases?coreLanguage=", ["Help Centre"]],
  ["/api/v2/conversations/messaging/supportedcontent?pageSize=100&pageNumber=1", ["Default"]],
])("%s finds %j", async (path, found) => {
  expect(await names(new Sandbox(), encodeURI(path))).toEqual(found);
});

test.each(["flows", "integrations", "knowledge/knowledgebases", "conversations/messaging/supportedcontent"])(
  "each of %s can be read by the link that the list gives",
  async (list) => {
    const sandbox = new Sandbox();
    const [first] = entitiesOf((await sandbox.call("GET", `/api/v2/${list}`)).body);
    const { status, body } = await sandbox.call("GET", textOf(first ?? {}, "selfUri"));
    expect([status, body]).toEqual([200, first]);
  },
);
