import fc, { cases } from "../../../../__tests__/fast-check";

import { routes } from "../../lib/api/platform-api";
import { configurationsPath, deploymentsPath, Sandbox, textOf } from "./fixture";

const methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

test("no request causes an internal server error, whatever its path, query and body", async () => {
  const sandbox = new Sandbox();
  const id = textOf(await sandbox.deployment(), "id");
  const part = fc.oneof(fc.constantFrom(id, "draft", "DRAFT", "1", "%E0%A4%A", "..", "%2F", "__proto__"), fc.string());
  const known = fc.constantFrom(...routes.map(({ path }) => path), "/webdeployments/v1/deployments/:id/config.json");
  const paths = fc
    .tuple(known, fc.array(part, { minLength: 2, maxLength: 2 }))
    .map(([path, [first, second]]) =>
      path.replace(":id", encode(first ?? "")).replace(":version", encode(second ?? "")),
    );
  const query = fc.dictionary(
    fc.constantFrom("pageSize", "pageNumber", "after", "before", "name", "type", "coreLanguage"),
    fc.oneof(fc.string(), fc.integer().map(String)),
  );
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc.record({ name: fc.jsonValue(), configuration: fc.jsonValue(), pushIntegrations: fc.jsonValue() }).map(json),
    fc.record({ name: fc.string(), languages: fc.jsonValue(), messenger: fc.jsonValue() }).map(json),
  );
  const token = await sandbox.tokenWith([
    "webDeployments:deployment:view",
    "webDeployments:deployment:add",
    "webDeployments:deployment:edit",
    "webDeployments:configuration:view",
    "webDeployments:configuration:add",
    "webDeployments:configuration:edit",
    "architect:flow:view",
    "knowledge:knowledgebase:view",
  ]);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...methods), paths, query, body, async (method, path, search, text) => {
      const parameters = new URLSearchParams(search);
      const response = await sandbox.app.request(`http://127.0.0.1${path}?${parameters.toString()}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        ...(method !== "GET" && method !== "HEAD" && { body: text }),
      });
      expect(response.status).toBeLessThan(500);
    }),
    { numRuns: cases(600) },
  );
  for (const list of [deploymentsPath, configurationsPath]) {
    expect((await sandbox.call("GET", list)).status).toBe(200);
  }
});

test("a key of JavaScript's own in a body is an unknown field", async () => {
  const sandbox = new Sandbox();
  const token = await sandbox.tokenWith(["webDeployments:configuration:add"]);
  for (const name of ["__proto__", "constructor", "hasOwnProperty"]) {
    const response = await sandbox.app.request(`http://127.0.0.1${configurationsPath}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: `{"name":"x","languages":["en-us"],"defaultLanguage":"en-us","${name}":{"x":1}}`,
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("unknown.field");
  }
});

/** What is encoded already stays as it is, so that broken encodings come through. */
function encode(part: string): string {
  return /^[\w.%-]*$/.test(part) ? part : encodeURIComponent(part);
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
