import { isJsonObject } from "../../packages/sandbox/lib/cloud/json";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { shapes } from "../../packages/sandbox/__tests__/provider/partial-properties.json";
import { needsTerraform, Workspace } from "./terraform";

const type = "genesyscloud_webdeployments_configuration";

/** What came of one configuration, in the words of the file. */
interface Outcome {
  readonly apply: number;
  readonly plan: number;
  readonly body: unknown;
  readonly state: unknown;
}

/** A null and an absent key of a body are the same: which of them it was depends on the client that was measured. */
function withoutNulls(body: unknown): unknown {
  return body === null
    ? null
    : JSON.parse(JSON.stringify(body), (_, value: unknown) =>
        isJsonObject(value) ? Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null)) : value,
      );
}

// One stack with a resource for each shape: two runs of Terraform answer for all of them.
needsTerraform("configurations with partly filled blocks, as measured on provider 1.84.1", () => {
  const outcomes = new Map<string, Outcome>();

  beforeAll(async () => {
    const genesys = await Genesys.start();
    const workspace = new Workspace(genesys.provider.reattach);
    try {
      const resources = Object.fromEntries(shapes.map(({ name, configuration }) => [name, configuration]));
      workspace.write({ provider: { genesyscloud: {} }, resource: { [type]: resources } });
      await workspace.init();
      await workspace.tryApply();
      const posted = genesys.api.calls.after().flatMap(({ method, path, body }) => {
        return method === "POST" && path === "/api/v2/webdeployments/configurations" && isJsonObject(body)
          ? [body]
          : [];
      });
      const states = workspace.allAttributes(type);
      const actions = await workspace.plannedActions();
      for (const { name, configuration } of shapes) {
        const state = states.get(name);
        const change = actions.get(name) ?? [];
        outcomes.set(name, {
          apply: state === undefined ? 1 : 0,
          plan: change.every((action) => action === "no-op") ? 0 : 2,
          body: withoutNulls(posted.find((body) => body["name"] === configuration.name) ?? null),
          state: state ?? null,
        });
      }
    } finally {
      workspace.remove();
      await genesys.close();
    }
  });

  test.each(shapes)("$name: apply ends with $apply, the next plan with $plan", ({ name, apply, plan, body, state }) => {
    const outcome = outcomes.get(name);
    expect({ ...outcome, state: withoutIdentity(outcome?.state) }).toEqual({
      apply,
      plan,
      body: withoutNulls(body),
      state,
    });
  });
});

function withoutIdentity(state: unknown): unknown {
  if (!isJsonObject(state)) return state;
  return Object.fromEntries(Object.entries(state).filter(([name]) => name !== "id" && name !== "version"));
}
