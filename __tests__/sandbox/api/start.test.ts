import { get } from "node:http";
import { createServer } from "node:net";

import { startApi } from "../../../lib/sandbox/api";
import { Store } from "../../../lib/sandbox/store";

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

test("the control plane is closed to a name that somebody pointed to this machine, the public files are open", async () => {
  const api = await startApi({ store: store() });
  const status = (path: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      get(`${api.url}${path}`, { headers: { Host: "apps.mypurecloud.com" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on("error", reject);
    });
  expect(await status("/sandbox/state")).toBe(403);
  expect(await status("/genesys-bootstrap/genesys.min.js")).toBe(200);
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
    new RegExp(`Port ${port} of 127\\.0\\.0\\.1 is taken\\.\\n\\nName another port`),
  );
  await new Promise((resolve) => other.close(resolve));
});

test("a region that Genesys Cloud does not have is refused, quoted", async () => {
  await expect(startApi({ store: store(), region: "eu-north-9" })).rejects.toThrow('"eu-north-9" is no region');
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
