import { repairsOf, unreadRepairs } from "../../../lib/cli/stacks/repairs";
import { notAsked, reading } from "../../live/subjects";
import { declared, messengerOf } from "../examined";

const { address, configurationAddress = "" } = declared;
const edits = (...messengers: Parameters<typeof repairsOf>[0]): readonly object[] =>
  repairsOf(messengers, { recreate: false }).map(({ edit }) => edit);

describe("what a repair writes into the state", () => {
  test("nothing where all is well, or where a plan sees the drift", () => {
    expect(edits(messengerOf())).toEqual([]);
    expect(edits(messengerOf(reading({ allowedDomains: ["example.com"] })))).toEqual([]);
  });

  test("no domains, where the live list is empty and the state remembers one", () => {
    expect(edits(messengerOf(reading({ allowedDomains: [] })))).toEqual([
      { address, attribute: "allowed_domains", value: null },
    ]);
  });

  test.each([
    ["published", {}],
    ["published and shown", { configuration: { id: "c-1", version: "5" } }],
  ])("the newest version, where one was %s by hand", (_, live) => {
    expect(edits(messengerOf(reading(live, { versions: { outcome: "served", newest: "5" } })))).toEqual([
      { address: configurationAddress, attribute: "version", value: "5" },
    ]);
  });

  test("once, where two deployments show the same configuration", () => {
    const published = reading({}, { versions: { outcome: "served", newest: "5" } });
    expect(edits(messengerOf(published), messengerOf(published))).toHaveLength(1);
  });

  test("that what works is in order, although Terraform did not see its creation end", () => {
    const tainted = [configurationAddress, address];
    expect(edits(messengerOf(reading(), { tainted }))).toEqual([
      { address: configurationAddress, attribute: "tainted", value: false },
      { address, attribute: "tainted", value: false },
    ]);
    expect(edits(messengerOf(reading({ status: "Error" }), { tainted: [address] }))).toEqual([]);
    expect(edits(messengerOf(reading({}, { api: notAsked }), { tainted: [address] }))).toEqual([]);
  });
});

test("a version that only the public files show cannot be repaired before the platform API is read", () => {
  const shown = reading({ configuration: { id: "c-1", version: "5" } }, { api: notAsked, versions: notAsked });
  const [message] = unreadRepairs([messengerOf(shown)]);
  expect(message).toContain("the deployment shows version 5 of its configuration");
  expect(edits(messengerOf(shown))).toEqual([]);
});
