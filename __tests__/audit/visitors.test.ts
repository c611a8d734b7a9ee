import { type Credentials } from "../../lib/platform/endpoints";
import { Http } from "../../lib/base/http";
import { type LiveState, liveStateOf, LiveStates } from "../../lib/audit/visitors";
import { type LiveReading } from "../../lib/platform/public-files";
import { html, json, type Reply, ScriptedHost, status } from "../base/scripted-host";
import { deployment, notAsked, reading } from "./subjects";

const list = { allowAllDomains: false, allowedDomains: ["example.com", "www.example.com"] };
const down = { outcome: "unreachable", reason: "the host is down" } as const;
const unknown = { outcome: "unknown-deployment" } as const;
const publicly = (publicFiles: Partial<LiveReading["publicFiles"]> = {}): LiveReading => {
  const current = reading({}, { api: notAsked });
  return { ...current, publicFiles: { ...current.publicFiles, ...publicFiles } };
};

describe("what is live, as an audit read it", () => {
  test.each<[string, LiveReading, object]>([
    [
      "is what the platform API says",
      reading({ status: "Inactive" }),
      {
        outcome: "served",
        source: "the platform API",
        policy: { ...deployment, status: "Inactive" },
        status: "Inactive",
      },
    ],
    [
      "is nothing where the platform API has no such deployment, whatever the files say",
      reading({}, { api: { outcome: "gone" } }),
      { outcome: "gone", source: "the platform API" },
    ],
    [
      "is what the public files say where the API was not asked",
      publicly(),
      { outcome: "served", source: "the public files", policy: list, status: "Active" },
    ],
    [
      "has no status where config.json says none",
      publicly({ configuration: { outcome: "served", content: { version: "2" } } }),
      { outcome: "served", source: "the public files", policy: list },
    ],
    [
      "has no status where config.json cannot be read",
      publicly({ configuration: down }),
      { outcome: "served", source: "the public files", policy: list },
    ],
    [
      "is nothing where the public files know no such deployment",
      publicly({ domains: unknown }),
      { outcome: "gone", source: "the public files" },
    ],
    [
      "is not known where neither answers, for both reasons",
      publicly({ domains: down }),
      { outcome: "unknown", reason: "there are no credentials, and the host is down" },
    ],
  ])("%s", (_, live, expected) => {
    expect(liveStateOf({ live })).toStrictEqual(expected);
  });
});

describe("what is live of a single deployment", () => {
  let host: ScriptedHost;
  afterEach(() => host.close());

  const shop = { id: "d-1", name: "Shop", status: "Active", ...list, configuration: { id: "c-1", version: "2" } };
  const token = { accessToken: "t0ken" };
  const client = { clientId: "client", clientSecret: "s3cret" };
  const given: Reply = json(200, { access_token: "t0ken", token_type: "bearer", expires_in: 86400 });
  const files: readonly Reply[] = [json(200, list), json(200, { version: "2", status: "Active" })];

  async function read(credentials: Credentials | undefined, ...script: readonly Reply[]): Promise<LiveState> {
    host = await ScriptedHost.start(...script);
    const states = new LiveStates(new Http({ attempts: 1, concurrency: 1 }));
    return states.read({ login: host.url, api: host.url, publicFiles: host.url, credentials }, "d-1");
  }

  test("is asked of the platform API alone where that answers", async () => {
    expect(await read(token, json(200, shop))).toStrictEqual({
      outcome: "served",
      source: "the platform API",
      policy: { ...deployment },
      status: "Active",
    });
    expect(host.calls).toEqual(["GET /api/v2/webdeployments/deployments/d-1"]);
  });

  test("is asked of no one else where the platform API has no such deployment", async () => {
    expect(await read(token, json(404, {}))).toStrictEqual({ outcome: "gone", source: "the platform API" });
    expect(host.calls).toHaveLength(1);
  });

  test("is read from the public files without credentials", async () => {
    expect(await read(undefined, ...files)).toStrictEqual({
      outcome: "served",
      source: "the public files",
      policy: list,
      status: "Active",
    });
    const folder = "GET /webdeployments/v1/deployments/d-1";
    expect(host.calls).toEqual([`${folder}/domains.json`, `${folder}/config.json`]);
  });

  test("is read from the public files where the platform API refuses to say it", async () => {
    expect(await read(token, json(403, {}), ...files)).toMatchObject({ outcome: "served", source: "the public files" });
  });

  test.each([
    ["without credentials", undefined, [html(200)], "credentials for the platform API are missing, and "],
    ["with them", token, [json(403, {}), html(200)], "does not let the OAuth client read "],
  ] as const)("is not known where neither tells it: %s", async (_, credentials, script, words) => {
    const state = await read(credentials, ...script);
    expect(state).toEqual({ outcome: "unknown", reason: expect.stringContaining(words) as string });
    expect(state.outcome === "unknown" && state.reason).toContain("answers with an HTML page (200)");
  });

  test("is asked with one token for all deployments of an organisation, and with another one for another client", async () => {
    host = await ScriptedHost.start(given, json(200, shop), json(200, shop), given, json(200, shop));
    const states = new LiveStates(new Http({ attempts: 1 }));
    const endpoints = { login: host.url, api: host.url, publicFiles: host.url, credentials: client };
    await states.read(endpoints, "d-1");
    await states.read({ ...endpoints, credentials: { clientSecret: "s3cret", clientId: "client" } }, "d-2");
    await states.read({ ...endpoints, credentials: { ...client, clientId: "other" } }, "d-1");
    expect(host.calls.map((call) => call.replace(/^.*\//, ""))).toEqual(["token", "d-1", "d-2", "token", "d-1"]);
  });

  test("rejects for nothing but a defect of the program", async () => {
    host = await ScriptedHost.start(status(500));
    const states = new LiveStates(new Http({ attempts: 1 }));
    const endpoints = { login: "no address", api: host.url, publicFiles: host.url, credentials: client };
    await expect(states.read(endpoints, "d-1")).rejects.toThrow("Invalid URL");
  });
});
