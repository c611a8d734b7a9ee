import fc from "../../../../__tests__/fast-check";
import { toSchema } from "../../lib/provider/codec";
import { validate } from "../../lib/provider/plan";
import { unknown } from "../../lib/provider/value";
import { resourceBlock, valuesOf } from "./arbitrary";
import { everyProperty } from "./every-property";

const configuration = resourceBlock("configuration");
const deployment = resourceBlock("deployment");
const problems = (values: object): readonly (readonly [path: string, detail: string])[] =>
  validate(configuration, toSchema(configuration, values)).map(({ path, detail }) => [path.join("."), detail]);

test.each([
  ["a configuration", configuration],
  ["a deployment", deployment],
])("%s as the schema allows it passes, known or not", (_, block) => {
  fc.assert(
    fc.property(valuesOf(block, { unknowns: true, asConfigured: true }), (values) => {
      expect(validate(block, values)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("every property at once passes", () => {
  expect(problems(everyProperty)).toEqual([]);
});

test.each([
  ["an unknown status", { status: "Sleeping" }, "status", `one of ["Pending","Active"`],
  ["another case", { status: "active" }, "status", "one of"],
  ["an empty name", { name: "" }, "name", "to have 1 to 100 characters"],
  ["a long name", { name: "é".repeat(101) }, "name", "to have 1 to 100 characters"],
  ["a member of a list", { cobrowse: [{ channels: ["Voice", "Fax"] }] }, "cobrowse.0.channels", `got "Fax"`],
  [
    "a condition",
    { cobrowse: [{ pause_criteria: [{ condition: "Like", url_fragment: "/" }] }] },
    "cobrowse.0.pause_criteria.0.condition",
    "one of",
  ],
  [
    "a short colour",
    { messenger: [{ styles: [{ primary_color: "#12" }] }] },
    "messenger.0.styles.0.primary_color",
    "#",
  ],
  [
    "a negative size",
    fileMode({ max_file_size_kb: -1 }),
    "messenger.0.file_upload.0.mode.0.max_file_size_kb",
    "(0 - 10240)",
  ],
  [
    "a large size",
    fileMode({ max_file_size_kb: 10241 }),
    "messenger.0.file_upload.0.mode.0.max_file_size_kb",
    "(0 - 10240)",
  ],
  ["a fraction", { position: [{ side_space: 1.5 }] }, "position.0.side_space", "a whole number"],
  [
    "51 parameters",
    { journey_events: [{ tracking_settings: [{ search_query_parameters: Array<string>(51).fill("q") }] }] },
    "journey_events.0.tracking_settings.0.search_query_parameters",
    "at most 50 items",
  ],
  [
    "an image that is not https",
    {
      support_center: [{ enabled: true, enabled_categories: [{ category_id: "1", image_uri: "http://x.example/a" }] }],
    },
    "support_center.0.enabled_categories.0.image_uri",
    "https://",
  ],
])("%s is refused at its place", (_, values, path, detail) => {
  expect(problems(values)).toEqual([[path, expect.stringContaining(detail)]]);
});

test("the case of a condition does not matter", () => {
  const criteria = ["includes", "STARTSWITH"].map((condition) => ({ condition, url_fragment: "/" }));
  expect(problems({ cobrowse: [{ pause_criteria: criteria }] })).toEqual([]);
});

test("the file types are documented, not enforced", () => {
  expect(problems(fileMode({ file_types: ["application/pdf"] }))).toEqual([]);
});

test("what is unknown yet is not judged", () => {
  expect(problems({ name: unknown, status: unknown })).toEqual([]);
});

test("neither the entries of the list nor their company are looked at", () => {
  const values = { name: "Shop", allow_all_domains: true, allowed_domains: ["", "https://*.example.com/x"] };
  expect(validate(deployment, toSchema(deployment, values))).toEqual([]);
});

function fileMode(settings: object): object {
  return { messenger: [{ file_upload: [{ mode: [settings] }] }] };
}
