import fc from "../../../../__tests__/fast-check";
import { cases } from "../../../../__tests__/fast-check";
import { expand, flatten, none, ofConfiguration } from "../../lib/provider/body";
import { plan } from "../../lib/provider/plan";
import { type Values } from "../../lib/provider/value";
import { CrashError } from "../../lib/provider/diagnostic";
import { toSchema } from "../../lib/provider/codec";
import { resourceBlock, valuesOf } from "./arbitrary";
import { everyProperty } from "./every-property";

const configuration = resourceBlock("configuration");
const deployment = resourceBlock("deployment");
const peculiarities = ofConfiguration;

/** What the platform answers: what it was sent, and what it adds on its own. */
const answerTo = (body: object): Record<string, unknown> => ({
  ...(JSON.parse(JSON.stringify(body)) as object),
  id: "5a9db0c5-0000-4000-8000-000000000099",
  version: "1",
  status: "Active",
  dateCreated: "2026-01-02T03:04:05.000Z",
  selfUri: "/api/v2/webdeployments/configurations/5a9db0c5",
});

const emptyMode = { messenger: [{ enabled: false, file_upload: [{ enable_attachments: true, mode: [{}] }] }] };
const sentMode = messenger({ fileUpload: { enableAttachments: true, modes: [{}] } });
const wholePosition = { position: { alignment: "", sideSpace: 0, bottomSpace: 0 } };

describe("what is sent", () => {
  test("every property of the schema, at the API's own names", () => {
    const body = expand(configuration, toSchema(configuration, everyProperty), { peculiarities });
    expect(body).toMatchSnapshot();
  });

  test("of a plain configuration nothing but name and languages", () => {
    const plain = toSchema(configuration, { name: "Shop", languages: ["en-us"], default_language: "en-us" });
    expect(expand(configuration, plain)).toEqual({ name: "Shop", languages: ["en-us"], defaultLanguage: "en-us" });
  });

  test.each([
    ["headless_mode_enabled = false is not sent", { headless_mode_enabled: false }, {}],
    ["headless_mode_enabled = true is", { headless_mode_enabled: true }, { headlessMode: { enabled: true } }],
    ["empty strings are not sent", { description: "" }, {}],
    ["a block whose only value is an empty string is not sent", { position: [{ alignment: "" }] }, {}],
    ["a block in which nothing has a value is not sent", { position: [{}] }, {}],
    [
      "a block with a block that may be computed has a value",
      { messenger: [{ enabled: false, apps: [{}] }] },
      messenger({ apps: {} }),
    ],
    ["in a list of blocks, one without a value is an object without fields", emptyMode, sentMode],
    ["a boolean of a block is sent, also when false", { messenger: [{ enabled: false }] }, messenger({})],
    ["a block that is there is sent whole", { position: [{ side_space: 0 }] }, wholePosition],
    [
      "what is left out when zero, is",
      { messenger: [{ launcher_button: [{ visibility: "On", display_type: "" }], session_persistence_type: "" }] },
      messenger({ launcherButton: { visibility: "On" } }),
    ],
    [
      "the lists of a block are sent, also when empty, and the pause criteria as null",
      { cobrowse: [{ enabled: true }] },
      {
        cobrowse: {
          enabled: true,
          allowAgentControl: false,
          allowAgentNavigation: false,
          allowDraw: false,
          channels: [],
          maskSelectors: [],
          readonlySelectors: [],
          pauseCriteria: null,
        },
      },
    ],
    [
      "the URL fragment of journey events only when true",
      { journey_events: [{ enabled: true, should_keep_url_fragment: false }] },
      { journeyEvents: { enabled: true, excludedQueryParameters: [], searchQueryParameters: [] } },
    ],
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
    expect(expand(configuration, toSchema(configuration, values), { peculiarities })).toEqual(body);
  });

  test.each([
    ["cobrowse", { cobrowse: [{}] }],
    ["support_center.style_setting", { support_center: [{ enabled: true, style_setting: [{}] }] }],
    ["video.user", { video: [{ enabled: true, user: [{}] }] }],
  ])("a crash where %s has no values", (path, values) => {
    const act = (): unknown => expand(configuration, toSchema(configuration, values), { peculiarities });
    expect(act).toThrow(new CrashError(`the block "${path}" has no values`));
  });

  test("a block that was there before is sent whole, whatever the configuration says of it now", () => {
    const prior = toSchema(configuration, { position: [{ alignment: "Left", side_space: 0, bottom_space: 0 }] });
    const planned = toSchema(configuration, { position: [{}] });
    expect(expand(configuration, planned, { prior, peculiarities })).toEqual({
      position: { alignment: "", sideSpace: 0, bottomSpace: 0 },
    });
  });
});

function messenger(more: object): object {
  return { messenger: { enabled: false, ...more } };
}

describe("what comes back", () => {
  test.each([
    ["a configuration", configuration, ofConfiguration],
    ["a deployment", deployment, none],
  ])("of %s: the plan after the apply is empty, unless a block was dropped", (_, block, peculiarities) => {
    fc.assert(
      fc.property(valuesOf(block, { asConfigured: true }), (given) => {
        const configured: Values = { ...given, id: null, status: null };
        const planned = plan(block, { prior: null, proposed: configured, legacy: true });
        if (planned === null) throw new Error("A create was planned as a destroy.");
        let state: Values;
        try {
          const answer = answerTo(expand(block, planned, { peculiarities }));
          state = flatten(block, answer, planned, peculiarities);
          expect(flatten(block, answer, state, peculiarities)).toEqual(state);
        } catch (error) {
          if (error instanceof CrashError) return;
          throw error;
        }
        const next = plan(block, { prior: state, proposed: proposedBy(configured, state), legacy: true });
        if (blockCount(block, state) === blockCount(block, configured)) expect(next).toEqual(state);
        else expect(next).not.toEqual(state);
      }),
      { numRuns: cases(200, 50) },
    );
  });

  /** How many blocks there are, at any depth. */
  function blockCount(block: typeof configuration, values: Values): number {
    return Object.entries(block.blocks).reduce((sum, [name, nested]) => {
      const items = values[name] as readonly Values[];
      return items.reduce((count, item) => count + 1 + blockCount(nested, item), sum);
    }, 0);
  }

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

  test("an import takes what the API says, and a zero for what a block lacks", () => {
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
      messenger: [{ enabled: false, session_persistence_type: "", apps: [], styles: [] }],
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
