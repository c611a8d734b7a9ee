import { Http } from "../../lib/base/http";
import { PublicFiles } from "../../lib/platform/public-files";
import { html, json, type Reply, ScriptedHost, status } from "../base/scripted-host";

describe("the public files of a deployment", () => {
  let host: ScriptedHost;
  afterEach(() => host.close());

  async function files(...script: readonly Reply[]): Promise<PublicFiles> {
    host = await ScriptedHost.start(...script);
    return new PublicFiles(new Http({ attempts: 2, shortestBackOffMs: 1 }), host.url);
  }

  test("are read from where the Messenger's loader reads them, and only what decides is taken", async () => {
    const list = { allowAllDomains: false, allowedDomains: ["example.com"] };
    const read = await files(
      json(200, { ...list, more: 1 }),
      json(200, { version: "3", status: "Active", messenger: {} }),
    );
    await expect(read.domains("d 1")).resolves.toEqual({ outcome: "served", content: list });
    await expect(read.configuration("d 1")).resolves.toEqual({
      outcome: "served",
      content: { version: "3", status: "Active" },
    });
    const folder = "GET /webdeployments/v1/deployments/d%201";
    expect(host.calls).toEqual([`${folder}/domains.json`, `${folder}/config.json`]);
    expect(host.authorizations).toEqual([undefined, undefined]);
  });

  test("say 403 of a deployment that does not exist, never 404", async () => {
    const read = await files(status(403, { "content-type": "application/xml" }));
    await expect(read.domains("d-1")).resolves.toEqual({ outcome: "unknown-deployment" });
  });

  test.each([
    ["403 with a page", html(403), "blocked-by-proxy", "answers with an HTML page (403)"],
    ["200 with a page", html(200), "blocked-by-proxy", "answers with an HTML page (200)"],
    ["407", status(407), "blocked-by-proxy", "requires authentication (407)"],
    ["511", status(511), "blocked-by-proxy", "requires authentication (511)"],
    [
      "a redirect",
      status(302, { location: "https://login.example.com/?next=secret" }),
      "blocked-by-proxy",
      "redirects the request (302 to login.example.com)",
    ],
    ["404", json(404, {}), "malformed", "answers domains.json with 404"],
    ["no JSON", status(200), "malformed", "an invalid list of allowed domains"],
    ["half a list", json(200, { allowedDomains: [] }), "malformed", "an invalid list of allowed domains"],
    ["a list of numbers", json(200, { allowAllDomains: false, allowedDomains: [1] }), "malformed", "an invalid list"],
    ["503 every time", status(503), "unreachable", "keeps answering 503"],
    ["429 every time", status(429), "unreachable", "keeps answering 429 (too many requests)"],
  ])("%s is not taken for a list", async (_, reply, outcome, words) => {
    const read = await (await files(reply)).domains("d-1");
    expect(read).toEqual({ outcome, reason: expect.stringContaining(words) as string });
    expect(JSON.stringify(read)).not.toContain("secret");
  });

  test("a configuration that says nothing does not count", async () => {
    const read = await files(json(200, { languages: [] }));
    await expect(read.configuration("d-1")).resolves.toMatchObject({ outcome: "malformed" });
  });

  test("a host that does not answer is named, with the reason", async () => {
    const read = await files();
    await host.close();
    await expect(read.domains("d-1")).resolves.toEqual({
      outcome: "unreachable",
      reason: expect.stringMatching(/^127\.0\.0\.1:\d+ cannot be reached \(.*ECONNREFUSED/) as string,
    });
    host = await ScriptedHost.start();
  });
});
