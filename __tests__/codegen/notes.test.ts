import { adopted, plainConfiguration, type Special } from "./live";

const notesOn = (special: Special) => adopted(special).notes.map(({ level, text }) => `${level}: ${text}`);
const journeyEvents = { enabled: true, pageviewConfig: "Auto", shouldKeepUrlFragment: true };

test("nothing is said of a plain one", () => {
  expect(notesOn({})).toEqual([]);
});

test.each<[string, Special, string]>([
  [
    "an inactive deployment",
    { deployment: { status: "Inactive" } },
    'warning: The deployment is "Inactive", so no page shows the Messenger.',
  ],
  [
    "an older version on the pages that says the same",
    { newest: { ...plainConfiguration, version: "4" } },
    "the deploy points the deployment to version 4, and visitors see no difference.",
  ],
  [
    "an older version on the pages, and the newest one in the program",
    { configuration: { ...plainConfiguration, version: "4" } },
    "The program is version 4: the deploy shows it on all pages.",
  ],
  [
    "a draft that was not published",
    { draft: { ...plainConfiguration, version: "DRAFT", languages: ["en-us", "de"] } },
    "warning: The configuration has an unpublished draft: languages.",
  ],
  [
    "a configuration that others show",
    { sharing: [{ id: "other-id", name: "Careers" }] },
    'is also used by "Careers" (other-id).',
  ],
  [
    "a field that the provider does not manage",
    { configuration: { ...plainConfiguration, surveys: { enabled: true } } },
    "warning: Genesys has what this version of the provider does not manage: surveys.",
  ],
  [
    "a property that Genesys ignores",
    { configuration: { ...plainConfiguration, journeyEvents } },
    "remark: Genesys ignores journeyEvents.shouldKeepUrlFragment;",
  ],
  [
    "all domains allowed",
    { domains: { allowAllDomains: true, allowedDomains: [] } },
    "warning: Any website can show the Messenger: all domains are allowed.",
  ],
  ["an empty list", { domains: { allowedDomains: [] } }, "problem: The live list is empty: every page is blocked now."],
  [
    "a language that the construct refuses",
    { configuration: { ...plainConfiguration, languages: ["en-us", "de_DE"] } },
    'problem: Synthesis refuses the program. Invalid languages[1] "de_DE": expected "de-de".',
  ],
  [
    "an entry that no environment may have",
    { domains: { allowedDomains: ["shop.example.com", "vercel.app"] } },
    '"vercel.app"',
  ],
])("%s is told", (_, special, told) => {
  expect(notesOn(special).join("\n")).toContain(told);
});

test("the draft that is what was published last is not news, and neither is a field that is off", () => {
  const surveys = { enabled: false, ids: [] };
  expect(notesOn({ draft: { ...plainConfiguration, version: "DRAFT" } })).toEqual([]);
  expect(notesOn({ configuration: { ...plainConfiguration, surveys } })).toEqual([]);
});
