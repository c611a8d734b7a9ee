import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { type Duplex } from "node:stream";
import { type RunningApi, startApi } from "../../lib/api/start";
import { createDeployment } from "../../lib/cloud/state";
import { Store } from "../../lib/cloud/store";

describe("the handshake of a WebSocket", () => {
  let api: RunningApi;
  let store: Store;
  let id: string;
  beforeAll(async () => {
    store = Store.open();
    api = await startApi({ store });
    id = deployment(["example.com"]);
  });
  afterAll(async () => {
    await api.close();
    store.close();
  });

  function deployment(allowedDomains: readonly string[], allowAllDomains = false): string {
    const settings = { name: "Shop", allowAllDomains, allowedDomains, configuration: { id: "c", version: "1" } };
    const stamp = { now: new Date(), user: "u", activationDelayMs: 0 };
    return store.change((state) => createDeployment(state, settings, { status: "Active" }, stamp)).id;
  }

  /** The answer's status, and what the server sends after it. */
  async function handshake(
    deploymentId: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number | undefined; readonly accept: string | undefined; readonly bytes: Buffer }> {
    const asked = request(`${api.url}/v1?deploymentId=${deploymentId}`, {
      headers: {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        ...headers,
      },
    }).end();
    const [answer, socket, head = Buffer.alloc(0)] = (await Promise.race([
      once(asked, "upgrade"),
      once(asked, "response"),
    ])) as [IncomingMessage, Duplex?, Buffer?];
    const chunks = [head];
    for await (const chunk of socket ?? answer) chunks.push(Buffer.from(chunk as Uint8Array));
    const { statusCode: status, headers: answered } = answer;
    return { status, accept: answered["sec-websocket-accept"], bytes: Buffer.concat(chunks) };
  }

  test.each([
    ["of an allowed page", "https://example.com", 101],
    ["of a subdomain", "https://www.example.com", 101],
    ["of a page with a port", "http://example.com:3000", 101],
    ["of another page", "https://example.net", 403],
    ["of a name that only ends alike", "https://notexample.com", 403],
    ["of no page", "null", 403],
  ])("%s (%s) is answered with %i", async (_, origin, status) => {
    await expect(handshake(id, { Origin: origin })).resolves.toMatchObject({ status });
  });

  test("without an Origin is refused, unless all domains are allowed", async () => {
    await expect(handshake(id, {})).resolves.toMatchObject({ status: 403 });
    await expect(handshake(deployment([], true), {})).resolves.toMatchObject({ status: 101 });
  });

  test("with an id that no deployment has, or with an empty list, is refused", async () => {
    const origin = { Origin: "https://example.com" };
    await expect(handshake("11111111-2222-4333-8444-555555555555", origin)).resolves.toMatchObject({ status: 403 });
    await expect(handshake(deployment([]), origin)).resolves.toMatchObject({ status: 403 });
  });

  test("proves the protocol, and the connection is closed at once: no session is opened", async () => {
    const { accept, bytes } = await handshake(id, { Origin: "https://example.com" });
    expect(accept).toBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); // the example of RFC 6455
    expect(bytes[0]).toBe(0x88);
    expect(bytes.readUInt16BE(2)).toBe(1013);
    expect(bytes.subarray(4).toString()).toBe("the sandbox does not open sessions");
  });

  test("suffers from faults as every other call does", async () => {
    const { id: fault } = api.faults.add("503 on /v1");
    await expect(handshake(id, { Origin: "https://example.com" })).resolves.toMatchObject({ status: 503 });
    api.faults.remove(fault);
    const reset = api.faults.add("reset on /v1");
    await expect(handshake(id, { Origin: "https://example.com" })).rejects.toThrow(/ECONNRESET|hang up/);
    api.faults.remove(reset.id);
  });

  test("a plain request is asked to upgrade", async () => {
    expect((await fetch(`${api.url}/v1?deploymentId=${id}`)).status).toBe(426);
  });
});
