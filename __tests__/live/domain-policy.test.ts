import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { readDomainPolicy } from "../../lib/live";

describe("the public list of a deployment", () => {
  let server: Server;
  let asked: string | undefined;
  let answer: { readonly status: number; readonly body: string };
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  beforeEach(async () => {
    server = createServer((request, response) => {
      asked = request.url;
      response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
  });

  test("is read from where the Messenger's loader reads it, and nothing but the list is taken", async () => {
    answer = { status: 200, body: `{"allowAllDomains": false, "allowedDomains": ["example.com"], "more": 1}` };
    await expect(readDomainPolicy(url(), "d-1")).resolves.toEqual({
      outcome: "served",
      policy: { allowAllDomains: false, allowedDomains: ["example.com"] },
    });
    expect(asked).toBe("/webdeployments/v1/deployments/d-1/domains.json");
  });

  test("a deployment that does not exist is answered with 403, never 404", async () => {
    answer = { status: 403, body: "" };
    await expect(readDomainPolicy(url(), "d-1")).resolves.toEqual({ outcome: "unknown-deployment" });
  });

  test.each([
    [502, "<html>proxy</html>", "answered 502"],
    [200, "<html>log in</html>", "no list of allowed domains"],
    [200, `{"allowAllDomains": false}`, "no list of allowed domains"],
    [200, `{"allowAllDomains": false, "allowedDomains": [1]}`, "no list of allowed domains"],
  ])("%i %s is not taken for a list", async (status, body, reason) => {
    answer = { status, body };
    await expect(readDomainPolicy(url(), "d-1")).resolves.toMatchObject({
      outcome: "unexpected",
      reason: expect.stringContaining(reason) as string,
    });
  });

  test("a host that does not answer is named, with the reason", async () => {
    const unused = url();
    await new Promise((resolve) => server.close(resolve));
    await expect(readDomainPolicy(unused, "d-1")).resolves.toMatchObject({
      outcome: "unexpected",
      reason: expect.stringMatching(/^127\.0\.0\.1:\d+ cannot be reached \(.*ECONNREFUSED/) as string,
    });
    server = createServer().listen(0);
  });
});
