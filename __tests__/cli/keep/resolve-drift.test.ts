import { keptText, liveChanges } from "../../../lib/cli/keep/resolve-drift";
import { type Deployment } from "../../../lib/genesys/deployment";
import { deployment, notAsked, reading } from "../../audit/subjects";
import { everything } from "../../audit/lists";
import { messengerOf } from "../examined";

const none = { hosts: [], lines: [] };
const changes = (live: Partial<Deployment>, known: Parameters<typeof messengerOf>[1] = {}) =>
  liveChanges(messengerOf(reading(live), known));

describe("what was changed by hand, as a program would have it", () => {
  test.each<[string, Partial<Deployment>, readonly string[], readonly string[]]>([
    ["nothing", {}, [], []],
    ["the order alone", { allowedDomains: deployment.allowedDomains.toReversed() }, [], []],
    ["a host", { allowedDomains: [...deployment.allowedDomains, "b.example.com"] }, ["b.example.com"], []],
    [
      "hosts in capitals, each once",
      { allowedDomains: ["EXAMPLE.com", "www.example.com", "B.example.com", "b.example.com"] },
      ["b.example.com"],
      [],
    ],
    ["no host", { allowedDomains: [...deployment.allowedDomains, "two words", "https://c.example.com"] }, [], []],
    ["an emptied list, which no program has", { allowedDomains: [] }, [], []],
    [
      "every page",
      { allowAllDomains: true, allowedDomains: [] },
      [],
      ["allowAllDomains: true, // in place of the addresses"],
    ],
    ["a name", { name: 'The "shop"' }, [], [`name: 'The "shop"',`]],
    [
      "a new description, flow and content",
      { description: "d", flowId: "f-1", supportedContentId: "s-1" },
      [],
      ['description: "d",', 'flow: "f-1",', 'supportedContent: "s-1",'],
    ],
    ["an empty description", { description: "" }, [], []],
  ])("is %s", (_, live, hosts, lines) => {
    expect(changes(live)).toEqual({ hosts, lines });
  });

  test("is a host that was removed, with the places that it comes from", () => {
    const { hosts, lines } = changes({ allowedDomains: ["example.com", "b.example.com"] });
    expect(hosts).toEqual(["b.example.com"]);
    expect(lines).toEqual([
      expect.stringMatching(
        /^"www\.example\.com" was removed by hand: remove it from .+, or leave it out with leaveOut$/,
      ),
    ]);
  });

  test.each(["", undefined])("is a property that was taken out: %j", (description) => {
    const live = { ...(description !== undefined && { description }) };
    const state = { ...deployment, description: "before" };
    expect(changes(live, { state })).toEqual({ hosts: [], lines: ["leave out description"] });
  });

  test("is nothing where the program admits every page as well", () => {
    const state = { ...deployment, allowAllDomains: true, allowedDomains: [] };
    expect(changes({ ...state, name: "Other" }, { state, derived: everything() })).toEqual({
      hosts: [],
      lines: ['name: "Other",'],
    });
  });

  test("is not known of the hosts where an expression of Terraform decides them", () => {
    expect(changes({ name: "Other", allowedDomains: ["b.example.com"] }, { derived: undefined })).toEqual({
      hosts: [],
      lines: ['name: "Other",'],
    });
  });

  test("is not known without a state, and without an answer of the platform API", () => {
    expect(changes({ name: "Other" }, { state: undefined })).toEqual(none);
    expect(liveChanges(messengerOf(reading({ name: "Other" }, { api: notAsked })))).toEqual(none);
  });
});

test.each([
  [undefined, 'Nothing to do: "production" declares these hosts already.'],
  [
    {
      file: "environments.ts",
      hosts: ["a.example.com", "localhost"],
      acknowledge: { loopback: "x", "plain-http": "x" },
    },
    'Added "a.example.com", "localhost" to "production" in environments.ts. It acknowledges loopback, plain-http. Commit the file.',
  ],
  [
    { file: "environments.ts", hosts: ["a.example.com"], acknowledge: {} },
    'Added "a.example.com" to "production" in environments.ts. Commit the file.',
  ],
])("what was written is told: %j", (kept, text) => {
  expect(keptText(kept, "production")).toBe(text);
});
