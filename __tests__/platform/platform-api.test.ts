import { type Credentials } from "../../lib/platform/endpoints";
import { Http } from "../../lib/base/http";
import { ApiFailure, PlatformApi } from "../../lib/platform/platform-api";
import { html, json, type Reply, ScriptedHost, status } from "../base/scripted-host";

const client = { clientId: "client", clientSecret: "s3cret" };
const given = { accessToken: "t0ken" };
const token = (name: string): Reply => json(200, { access_token: name, token_type: "bearer", expires_in: 86400 });
const page = (entities: readonly object[], after?: string): Reply =>
  json(200, { entities, ...(after !== undefined && { nextUri: `https://elsewhere.example.com/x?after=${after}` }) });
const shop = {
  id: "d-1",
  name: "Shop",
  status: "Active",
  allowAllDomains: false,
  allowedDomains: ["example.com"],
  configuration: { id: "c-1", version: "3", selfUri: "/x" },
  flow: { id: "f-1", name: "Inbound" },
  supportedContent: { id: "s-1" },
  snippet: "<script>",
};

describe("the platform API", () => {
  let host: ScriptedHost;
  afterEach(() => host.close());

  async function api(credentials: Credentials, ...script: readonly Reply[]): Promise<PlatformApi> {
    host = await ScriptedHost.start(...script);
    const { url } = host;
    const http = new Http({ attempts: 2, shortestBackOffMs: 1 });
    return new PlatformApi(http, { login: url, api: url, publicFiles: url, credentials }, credentials);
  }

  async function failureOf(asked: Promise<unknown>): Promise<ApiFailure> {
    const error: unknown = await asked.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof ApiFailure) return error;
    throw new Error(`no failure of the API: ${String(error)}`);
  }

  test("answers a deployment, and what matters of it is taken", async () => {
    await expect((await api(given, json(200, shop))).deployment("d/1")).resolves.toEqual({
      id: "d-1",
      name: "Shop",
      status: "Active",
      allowAllDomains: false,
      allowedDomains: ["example.com"],
      configuration: { id: "c-1", version: "3" },
      flowId: "f-1",
      supportedContentId: "s-1",
    });
    expect(host.calls).toEqual(["GET /api/v2/webdeployments/deployments/d%2F1"]);
    expect(host.authorizations).toEqual(["Bearer t0ken"]);
  });

  test.each([
    ["an empty list left out is an empty list", { ...shop, allowedDomains: undefined }, []],
    ["a version may be a number", { ...shop, configuration: { id: "c-1", version: 3 } }, ["example.com"]],
  ])("%s", async (_, body, allowedDomains) => {
    const found = await (await api(given, json(200, body))).deployment("d-1");
    expect(found).toMatchObject({ allowedDomains, configuration: { version: "3" } });
  });

  test.each([
    ["nothing", {}],
    ["no flag: it might block every page, or none", { ...shop, allowAllDomains: undefined }],
    ["no configuration", { ...shop, configuration: undefined }],
  ])("%s is not taken for a deployment", async (_, body) => {
    const failure = await failureOf((await api(given, json(200, body))).deployment("d-1"));
    expect(failure).toMatchObject({
      outcome: "malformed",
      message: `${host.host} answers with an invalid deployment "d-1"`,
    });
  });

  test("is asked with one token for all calls", async () => {
    const asked = await api(client, token("one"), json(200, shop));
    await Promise.all([asked.deployment("d-1"), asked.deployment("d-2"), asked.deployment("d-3")]);
    const basic = `Basic ${Buffer.from("client:s3cret").toString("base64")}`;
    expect(host.authorizations).toEqual([basic, "Bearer one", "Bearer one", "Bearer one"]);
  });

  test("is asked again with another token when one has expired, and the other is for all, too", async () => {
    const expired = json(401, { message: "expired" });
    const asked = await api(client, token("one"), expired, expired, token("two"), json(200, shop));
    await Promise.all([asked.deployment("d-1"), asked.deployment("d-2")]);
    expect(host.calls.filter((call) => call === "POST /oauth/token")).toHaveLength(2);
    expect(host.authorizations.slice(-2)).toEqual(["Bearer two", "Bearer two"]);
  });

  test("lists page by page by the cursor of the next link, wherever that leads, and no further than wanted", async () => {
    const asked = await api(
      given,
      page([shop, { id: "of a later version" }], "a=b"),
      page([{ ...shop, id: "d-2" }], "more"),
    );
    const ids: string[] = [];
    for await (const deployments of asked.deployments()) {
      ids.push(...deployments.map(({ id }) => id));
      if (ids.includes("d-2")) break;
    }
    expect(ids).toEqual(["d-1", "d-2"]);
    const list = "GET /api/v2/webdeployments/deployments?pageSize=300";
    expect(host.calls).toEqual([list, `${list}&after=a%3Db`]);
  });

  test("a list whose pages form a circle is invalid", async () => {
    const failure = await failureOf((await api(given, page([], "same"))).newestVersion("c-1"));
    expect(failure.outcome).toBe("malformed");
    expect(host.calls).toHaveLength(2);
  });

  test.each([
    [
      "the highest number, in whatever order",
      [
        ["9", "10"],
        ["DRAFT", "2"],
      ],
      "10",
    ],
    ["none while there is only a draft", [["DRAFT"], []], undefined],
  ])("the newest version is %s", async (_, [first = [], second = []], newest) => {
    const versions = (names: readonly string[]): object[] => names.map((version) => ({ id: "c-1", version }));
    const asked = await api(given, page(versions(first), "2"), page(versions(second)));
    await expect(asked.newestVersion("c-1")).resolves.toBe(newest);
  });

  test("lists configurations", async () => {
    const asked = await api(given, page([{ id: "c-1", name: "Shop", version: "DRAFT" }]));
    await expect(asked.configurations().next()).resolves.toMatchObject({ value: [{ id: "c-1", name: "Shop" }] });
  });

  const unauthorized = (echo: string): Reply => json(401, { message: `Invalid login credentials: ${echo}` });
  test.each([
    [
      "a client that no one knows",
      client,
      [json(400, { error: "invalid_client", error_description: "authentication failed" })],
      "refused",
      'refuses the credentials ("authentication failed"): check GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET',
    ],
    [
      "a client whose tokens are refused",
      client,
      [token("one"), unauthorized(""), token("t0ken"), unauthorized("t0ken s3cret")],
      "refused",
      "check GENESYSCLOUD_OAUTHCLIENT_ID",
    ],
    [
      "a token that has expired",
      given,
      [unauthorized("t0ken")],
      "refused",
      "GENESYSCLOUD_ACCESS_TOKEN may have expired",
    ],
    [
      "a missing permission",
      given,
      [json(403, { message: "Missing the following permission(s):\n [webDeployments:deployment:view]" })],
      "refused",
      'does not let the OAuth client read the deployment "d-1" ("Missing the following permission(s): [webDeployments:deployment:view]"): give its role that permission',
    ],
    [
      "no such deployment",
      given,
      [json(404, { message: "not found" })],
      "gone",
      'has no deployment "d-1" ("not found")',
    ],
    [
      "an id that makes no sense",
      given,
      [json(400, { message: "bad id" })],
      "refused",
      'answers 400 for the deployment "d-1" ("bad id")',
    ],
    ["429 every time", given, [status(429)], "unreachable", "keeps answering 429 (too many requests)"],
    ["503 every time", given, [status(503)], "unreachable", "keeps answering 503"],
    ["a page in between", given, [html(200)], "blocked-by-proxy", "answers with an HTML page (200)"],
    [
      "a page in between that says it is not there",
      given,
      [html(404)],
      "blocked-by-proxy",
      "answers with an HTML page (404)",
    ],
    [
      "a page in between that says who are you",
      given,
      [html(401)],
      "blocked-by-proxy",
      "answers with an HTML page (401)",
    ],
    ["a page instead of a token", client, [html(200)], "blocked-by-proxy", "answers with an HTML page (200)"],
    ["something instead of a token", client, [json(200, {})], "malformed", "an invalid access token"],
    ["a connection that is closed", given, [(response) => response.destroy()], "unreachable", "cannot be reached ("],
  ] as const satisfies readonly [string, Credentials, readonly Reply[], string, string][])(
    "%s is said in words, and no secret among them",
    async (_, credentials, script, outcome, words) => {
      const failure = await failureOf((await api(credentials, ...script)).deployment("d-1"));
      expect(failure.outcome).toBe(outcome);
      expect(failure.message).toContain(words);
      expect(failure.message).not.toMatch(/s3cret|t0ken/);
    },
  );
});
