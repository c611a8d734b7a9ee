import { routes } from "../../lib/api/platform-api";
import { permissions } from "../../lib/cloud/state";
import { Sandbox } from "./fixture";

const guarded = routes.flatMap(({ method, path, permission }) =>
  permission === undefined ? [] : [{ method, path: path.replace(/:\w+/g, "x"), permission }],
);

test.each(guarded)("$method $path asks for $permission and names it", async ({ method, path, permission }) => {
  const sandbox = new Sandbox();
  const token = await sandbox.tokenWith(permissions.filter((other) => other !== permission));
  const answer = await sandbox.call(method, path, undefined, token);
  expect(answer.status).toBe(403);
  expect(answer.body).toMatchObject({
    code: "missing.any.permissions",
    message: expect.stringContaining(`[${permission}]`) as string,
  });
});

test.each(guarded)("$method $path asks for nothing but $permission", async ({ method, path, permission }) => {
  const sandbox = new Sandbox();
  const answer = await sandbox.call(method, path, undefined, await sandbox.tokenWith([permission]));
  expect([200, 400, 404]).toContain(answer.status);
});

test("who may do nothing may still ask whose organisation it is", async () => {
  const sandbox = new Sandbox();
  const token = await sandbox.tokenWith([]);
  for (const path of ["/api/v2/organizations/me", "/api/v2/authorization/products"]) {
    expect((await sandbox.call("GET", path, undefined, token)).status).toBe(200);
  }
});
