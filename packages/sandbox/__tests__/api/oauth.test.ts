import { Sandbox, textOf } from "./fixture";

const form = { "Content-Type": "application/x-www-form-urlencoded" };
const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

test("client credentials buy a bearer token that opens the API", async () => {
  const sandbox = new Sandbox();
  const { status, body } = await sandbox.tokenFor("sandbox-client", "sandbox-secret");
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: "bearer", expires_in: 3600 });
  const organization = await sandbox.call("GET", "/api/v2/organizations/me", undefined, textOf(body, "access_token"));
  expect(organization.status).toBe(200);
});

test.each([
  ["a wrong secret", basic("sandbox-client:wrong"), "grant_type=client_credentials", 401, "invalid_client"],
  ["an unknown client", basic("nobody:x"), "grant_type=client_credentials", 401, "invalid_client"],
  ["no credentials", undefined, "grant_type=client_credentials", 400, "invalid_request"],
  ["credentials without a colon", basic("sandbox-client"), "grant_type=client_credentials", 400, "invalid_request"],
  ["another grant", basic("sandbox-client:sandbox-secret"), "grant_type=password", 400, "unsupported_grant_type"],
  ["no grant", basic("sandbox-client:sandbox-secret"), "", 400, "invalid_request"],
])("%s is refused in the login service's own form", async (_what, authorization, body, status, error) => {
  const sandbox = new Sandbox();
  const headers = { ...form, ...(authorization !== undefined && { Authorization: authorization }) };
  const answer = await sandbox.request("/oauth/token", { method: "POST", headers, body });
  expect(answer.status).toBe(status);
  expect(answer.body["error"]).toBe(error);
  expect(answer.body["error_description"]).toBe(answer.body["description"]);
  expect(answer.headers.has("WWW-Authenticate")).toBe(status === 401);
});

test("a token ends when its time is over, and says so", async () => {
  const sandbox = new Sandbox();
  const token = textOf((await sandbox.tokenFor("sandbox-client", "sandbox-secret")).body, "access_token");
  const status = async (): Promise<number> =>
    (await sandbox.call("GET", "/api/v2/organizations/me", undefined, token)).status;
  sandbox.now = new Date(sandbox.now.getTime() + 3_599_000);
  expect(await status()).toBe(200);
  sandbox.now = new Date(sandbox.now.getTime() + 1_000);
  expect(await status()).toBe(401);
  const late = await sandbox.call("GET", "/api/v2/organizations/me", undefined, token);
  expect(late.body["code"]).toBe("credentials.expired");
});

test("a token dies with its client", async () => {
  const sandbox = new Sandbox();
  const token = await sandbox.tokenWith([]);
  expect((await sandbox.call("GET", "/api/v2/organizations/me", undefined, token)).status).toBe(200);
  sandbox.store.reset();
  const answer = await sandbox.call("GET", "/api/v2/organizations/me", undefined, token);
  expect([answer.status, answer.body["code"]]).toEqual([401, "bad.credentials"]);
});
