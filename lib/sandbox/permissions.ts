/**
 * The permissions that the sandbox's routes ask for. Those of web deployments are documented; the other four are the
 * ones that the platform's permission pages name for reading, which nobody measured for these routes.
 */
export const permissions = [
  "webDeployments:deployment:view",
  "webDeployments:deployment:add",
  "webDeployments:deployment:edit",
  "webDeployments:deployment:delete",
  "webDeployments:configuration:view",
  "webDeployments:configuration:add",
  "webDeployments:configuration:edit",
  "webDeployments:configuration:delete",
  "architect:flow:view",
  "integrations:integration:view",
  "knowledge:knowledgebase:view",
  "messaging:supportedContent:view",
] as const;

/** One permission of the platform, `domain:entity:action`. */
export type Permission = (typeof permissions)[number];

/** Whether a text names a permission that some route of the sandbox asks for. */
export function isPermission(text: unknown): text is Permission {
  return permissions.some((permission) => permission === text);
}
