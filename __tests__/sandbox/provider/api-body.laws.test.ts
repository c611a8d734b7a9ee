import fc from "../../fast-check";
import { expand } from "../../../lib/sandbox/provider/expand";
import { flatten } from "../../../lib/sandbox/provider/flatten";
import { plan } from "../../../lib/sandbox/provider/plan";
import { type Values } from "../../../lib/sandbox/provider/value";
import { conform } from "../../../lib/sandbox/provider/conform";
import { resourceBlock, valuesOf } from "./arbitrary";
import { everyProperty } from "./every-property";

const configuration = resourceBlock("configuration");
const deployment = resourceBlock("deployment");

/** What the platform answers: what it was sent, and what it adds on its own. */
const answerTo = (body: object): Record<string, unknown> => ({
  ...(JSON.parse(JSON.stringify(body)) as object),
  id: "5a9db0c5-0000-4000-8000-000000000099",
  version: "1",
  status: "Active",
  dateCreated: "2026-01-02T03:04:05.000Z",
  selfUri: "/api/v2/webdeployments/configurations/5a9db0c5",
});

describe("what is sent", () => {
  test("every property of the schema, at the API's own names", () => {
    const body = expand(configuration, conform(configuration, everyProperty));
    expect(body).toMatchSnapshot();
  });

  test("of a plain configuration nothing but name and languages", () => {
    const plain = conform(configuration, { name: "Shop", languages: ["en-us"], default_language: "en-us" });
    expect(expand(configuration, plain)).toEqual({ name: "Shop", languages: ["en-us"], defaultLanguage: "en-us" });
  });

  test.each([
    ["headless_mode_enabled = false is not sent", { headless_mode_enabled: false }, {}],
    ["headless_mode_enabled = true is", { headless_mode_enabled: true }, { headlessMode: { enabled: true } }],
    ["empty strings are not sent", { description: "" }, {}],
    [
      "an empty string in a block is not sent",
      { messenger: [{ styles: [{ primary_color: "" }] }] },
      messenger({ styles: {} }),
    ],
    ["a boolean of a block is sent, also when false", { messenger: [{ enabled: false }] }, messenger({})],
    ["a boolean of a block is sent, also when nobody set it", { messenger: [{}] }, messenger({})],
    ["zero is a number", { position: [{ side_space: 0 }] }, { position: { sideSpace: 0 } }],
    [
      "feedback is always sent with its block",
      { support_center: [{ enabled: true }] },
      { supportCenter: { enabled: true, feedback: { enabled: false } } },
    ],
    [
      "the labels of a filter are objects",
      { support_center: [{ enabled: true, label_filter: [{ label_ids: ["a", "b"] }] }] },
      {
        supportCenter: {
          enabled: true,
          feedback: { enabled: false },
          labelFilter: { labels: [{ id: "a" }, { id: "b" }] },
        },
      },
    ],
    ["the version and the status are the platform's", { version: "7", status: "Active", id: "x" }, {}],
  ])("%s", (_, values, body) => {
    expect(expand(configuration, conform(configuration, values))).toEqual(body);
  });

  test("the lists that the provider always sends are sent as empty ones", () => {
    const always = ["journey_events.excluded_query_parameters"];
    const values = conform(configuration, { journey_events: [{ enabled: true }] });
    expect(expand(configuration, values, always)).toEqual({
      journeyEvents: { enabled: true, shouldKeepUrlFragment: false, excludedQueryParameters: [] },
    });
  });
});

function messenger(more: object): object {
  return { messenger: { enabled: false, ...more } };
}

describe("what comes back", () => {
  test.each([
    ["a configuration", configuration],
    ["a deployment", deployment],
  ])("of %s is what was sent: whatever the configuration says, the plan after the apply is empty", (_, block) => {
    fc.assert(
      fc.property(valuesOf(block, { asConfigured: true }), fc.boolean(), (given, legacy) => {
        const configured: Values = { ...given, id: null, status: null };
        const planned = plan(block, { prior: null, proposed: configured, legacy });
        if (planned === null) throw new Error("A create was planned as a destroy.");
        const state = flatten(block, answerTo(expand(block, planned)), planned);

        const read = flatten(block, answerTo(expand(block, planned)), state);
        expect(read).toEqual(state);
        const proposed = proposedBy(configured, state);
        expect(plan(block, { prior: state, proposed, legacy })).toEqual(state);
      }),
      { numRuns: 60 },
    );
  });

  /** What Terraform proposes: the configuration, with the state's values where it leaves them to the provider. */
  function proposedBy(configured: Values, state: Values, block = configuration): Values {
    const known = block === configuration && "languages" in configured ? configuration : deployment;
    return merge(known, configured, state);
  }

  function merge(block: typeof configuration, configured: Values, state: Values): Values {
    const own = Object.entries(block.attributes).map(([name, { mode }]) => [
      name,
      configured[name] === null && mode.includes("computed") ? (state[name] ?? null) : (configured[name] ?? null),
    ]);
    const blocks = Object.entries(block.blocks).map(([name, nested]) => {
      const before = state[name] as readonly Values[];
      const items = configured[name] as readonly Values[];
      return [
        name,
        items.map((item, index) => (before[index] === undefined ? item : merge(nested, item, before[index]))),
      ];
    });
    return Object.fromEntries([...own, ...blocks]) as Values;
  }

  test("an import takes what the API says, word for word", () => {
    const state = flatten(
      configuration,
      answerTo({ name: "Shop", languages: ["en-us"], defaultLanguage: "en-us", messenger: { enabled: false } }),
      null,
    );
    expect(state).toMatchObject({
      name: "Shop",
      description: null,
      status: "Active",
      version: "1",
      cobrowse: [],
      messenger: [{ enabled: false, session_persistence_type: null, apps: [], styles: [] }],
    });
  });

  test("a field that the schema does not know is the platform's own affair", () => {
    const state = flatten(deployment, { name: "Shop", somethingNew: { a: 1 } }, null);
    expect(state).not.toHaveProperty("somethingNew");
    expect(Object.keys(state).sort()).toEqual(
      [...Object.keys(deployment.attributes), ...Object.keys(deployment.blocks)].sort(),
    );
  });
});
