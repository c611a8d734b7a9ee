import { parseWhere } from "../../lib/faults/read-fault";

const id = "5a9db0c5-0000-4000-8000-000000000002";

test.each([
  ["api", "GET", "/api/v2/organizations/me", true],
  ["api", "POST", "/oauth/token", false],
  ["api", "GET", "/apis", false],
  ["oauth", "POST", "/oauth/token", true],
  ["public", "GET", `/webdeployments/v1/deployments/${id}/domains.json`, true],
  ["public", "GET", "/api/v2/webdeployments/deployments", false],
  ["loader", "GET", "/genesys-bootstrap/genesys.min.js", true],
  ["deployments", "GET", "/api/v2/webdeployments/deployments", true],
  ["deployments", "PUT", `/api/v2/webdeployments/deployments/${id}`, true],
  ["deployments", "POST", "/api/v2/webdeployments/configurations", false],
  ["configurations", "POST", `/api/v2/webdeployments/configurations/${id}/versions/draft/publish`, true],
  ["any", "OPTIONS", "/", true],
  ["* any", "OPTIONS", "/", true],
  ["POST deployments", "POST", "/api/v2/webdeployments/deployments", true],
  ["POST deployments", "GET", "/api/v2/webdeployments/deployments", false],
  ["POST|PUT deployments", "PUT", `/api/v2/webdeployments/deployments/${id}`, true],
  ["GET /api/v2/webdeployments/deployments/*", "GET", `/api/v2/webdeployments/deployments/${id}`, true],
  ["GET /api/v2/webdeployments/deployments/*", "GET", "/api/v2/webdeployments/deployments", false],
  ["/api/*/versions", "GET", "/api/v2/x/versions", false],
  ["/api/**/versions", "GET", "/api/v2/x/versions", true],
  ["/a.b", "GET", "/axb", false],
])("%s, %s %s: %s", (where, method, path, applies) => {
  expect(parseWhere(where)(method, path)).toBe(applies);
});
