import { request } from "node:http";
import { createServer } from "node:net";

import { type RunningApi, startApi } from "../../lib/api/start";
import { Store } from "../../lib/cloud/store";

const store = (): Store => Store.open();
const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;

test("one server answers for the login, the API, the public files and the loader", async () => {
  const api = await startApi({ store: store() });
  const { clientId, clientSecret } = api.credentials;
  const token = await fetch(`${api.url}/oauth/token`, {
    method: "POST",
    headers: { Authorization: basic(clientId, clientSecret) },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token: accessToken } = (await token.json()) as { access_token: string };
  const headers = { Authorization: `Bearer ${accessToken}` };
  const organization = await fetch(`${api.url}/api/v2/organizations/me`, { headers });
  expect(await organization.json()).toMatchObject({ name: "Sandbox" });

  const unknown = await fetch(`${api.url}/webdeployments/v1/deployments/x/domains.json`);
  expect([unknown.status, await unknown.text()]).toEqual([403, "Forbidden"]);
  const loader = await fetch(`${api.url}/genesys-bootstrap/genesys.min.js`);
  expect(loader.headers.get("Content-Type")).toMatch(/^text\/javascript\b/);
  expect(await loader.text()).toContain("domainNotAllowed");
  for (const frame of ["launcher", "messenger"]) {
    const page = await fetch(`${api.url}/messenger/${frame}.html`);
    expect(page.headers.get("Content-Type")).toMatch(/^text\/html\b/);
    expect(await page.text()).toMatch(/^<!doctype html>/);
  }
  const calls = await fetch(`${api.url}/sandbox/calls`);
  expect(await calls.json()).toMatchObject({ last: 2 });
  expect(api.calls.after().map(({ path, client }) => [path, client])).toEqual([
    ["/oauth/token", clientId],
    ["/api/v2/organizations/me", clientId],
  ]);
  await api.close();
});

test("it listens on 127.0.0.1, on a free port unless one is named", async () => {
  const first = await startApi({ store: store() });
  expect(first.url).toBe(`http://127.0.0.1:${first.port}`);
  const second = await startApi({ store: store() });
  expect(second.port).not.toBe(first.port);
  const { port } = first;
  await first.close();
  const again = await startApi({ store: store(), port });
  expect(again.port).toBe(port);
  await Promise.all([second.close(), again.close()]);
});

describe("a request that names another host than this machine is refused", () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi({ store: store() });
  });
  afterAll(() => api.close());

  function status(method: string, path: string, host: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      request(`${api.url}${path}`, { method, headers: { Host: host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
  }

  test.each([
    ["GET", "/sandbox/state"],
    ["POST", "/sandbox/reset"],
    ["POST", "/oauth/token"],
    ["GET", "/api/v2/organizations/me"],
    ["GET", "/api/v2/nothing"],
    ["GET", "/genesys-bootstrap/genesys.min.js"],
    ["GET", "/nothing"],
    ["OPTIONS", "/genesys-bootstrap/genesys.min.js"],
  ])("on %s %s", async (method, path) => {
    const usual = await status(method, path, `127.0.0.1:${api.port}`);
    expect(usual).not.toBe(403);
    for (const own of [`localhost:${api.port}`, "localhost"]) expect(await status(method, path, own)).toBe(usual);
    const strangers = ["apps.mypurecloud.com", "127.0.0.1.example.com", "localhost.example.com:80", "0.0.0.0"];
    for (const stranger of [...strangers, `rebound.example.com:${api.port}`])
      expect(await status(method, path, stranger)).toBe(403);
  });
});

test.each([
  ["with a declared length", undefined],
  ["that comes in pieces", "half"],
] as const)("a body that is too large, %s, is refused by every route, and the server goes on", async (_, duplex) => {
  const api = await startApi({ store: store() });
  const large = "x".repeat(9 * 1024 * 1024);
  for (const path of ["/oauth/token", "/api/v2/webdeployments/deployments", "/sandbox/flows", "/nothing"]) {
    const body = duplex === undefined ? large : new Blob([large]).stream();
    const asked = fetch(`${api.url}${path}`, { method: "POST", body, ...(duplex && { duplex }) });
    // The server may hang up before the last piece is sent.
    const status = await asked.then((response) => response.status).catch(() => (duplex === undefined ? "none" : 413));
    expect(status).toBe(413);
  }
  const flow = { method: "POST", body: JSON.stringify({ name: "y".repeat(1024 * 1024) }) };
  expect((await fetch(`${api.url}/sandbox/flows`, flow)).status).toBe(201);
  await api.close();
});

test("a taken port is refused, with what to do", async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, "127.0.0.1", () => {
      const address = other.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  await expect(startApi({ store: store(), port })).rejects.toThrow(
    new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is already in use\\.\\n\\nUse another port`),
  );
  await new Promise((resolve) => other.close(resolve));
});

test("a region that Genesys Cloud does not have is refused, quoted", async () => {
  await expect(startApi({ store: store(), region: "eu-north-9" })).rejects.toThrow('Invalid region "eu-north-9"');
});

test("it stops although clients keep their connections, after what is under way has been answered", async () => {
  let arrived: () => void = () => undefined;
  let release: () => void = () => undefined;
  const hasArrived = new Promise<void>((resolve) => (arrived = resolve));
  const held = new Promise<void>((resolve) => (release = resolve));
  const api = await startApi({
    store: store(),
    before: async (c, next) => {
      if (c.req.path === "/genesys-bootstrap/genesys.min.js") {
        arrived();
        await held;
      }
      return next();
    },
  });
  await (await fetch(`${api.url}/messenger/launcher.html`)).text();
  const slow = fetch(`${api.url}/genesys-bootstrap/genesys.min.js`);
  await hasArrived;
  const closed = api.close();
  expect(api.close()).toBe(closed);
  release();
  expect((await slow).status).toBe(200);
  await closed;
  await expect(fetch(`${api.url}/messenger/launcher.html`)).rejects.toThrow("fetch failed");
});
