import { stateEdits, repairsOf, unreadRepairs } from "../../lib/operations/repairs";
import { type VersionReading } from "../../lib/platform/public-files";
import { type RememberedConfiguration } from "../../lib/terraform/remembered-deployment";
import { notAsked, reading } from "../audit/subjects";
import { stateOf } from "../terraform/messenger-state";
import { declared, messengerOf } from "../cli/examined";

const { address, configurationAddress = "" } = declared;
const kept = (version?: string): RememberedConfiguration => ({
  address: configurationAddress,
  isTainted: false,
  ...(version !== undefined && { version }),
});
const cut = (version?: string): RememberedConfiguration => ({ ...kept(version), isTainted: true });
const edits = (...messengers: Parameters<typeof stateEdits>[0]): readonly object[] =>
  stateEdits(messengers, { recreate: false }).map(({ edit }) => edit);

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

  test.each(["Active", "Inactive", "Error"])(
    "that what is there need not be replaced, although Terraform did not see its creation end: %s",
    (status) => {
      const tainted = [configurationAddress, address];
      expect(edits(messengerOf(reading({ status }), { tainted }))).toEqual([
        { address: configurationAddress, attribute: "tainted", value: false },
        { address, attribute: "tainted", value: false },
      ]);
    },
  );

  test.each<[string, VersionReading]>([
    ["not read", notAsked],
    ["never published", { outcome: "served" }],
  ])("nothing of a configuration that was cut short and is %s", (_, versions) => {
    expect(edits(messengerOf(reading({}, { versions }), { tainted: [configurationAddress] }))).toEqual([]);
  });

  test("nothing of a configuration that is not this stack's", () => {
    const published = messengerOf(reading({}, { versions: { outcome: "served", newest: "5" } }));
    expect(edits({ ...published, declared: { address, name: "Shop" } })).toEqual([]);
  });

  test("all of the state, where it was read from its backup", () => {
    const state = { ...stateOf(), readFrom: "terraform.tfstate.backup" };
    expect(repairsOf({ state, messengers: [messengerOf()] }, { recreate: false })).toEqual([
      {
        why: expect.stringMatching(
          /was killed while it wrote it: it is restored from "terraform.tfstate.backup"$/,
        ) as string,
      },
    ]);
  });

  test("nothing while what has come of a creation that was cut short is not settled, or not known", () => {
    const tainted = [address];
    for (const status of ["Pending", "Deleting"])
      expect(edits(messengerOf(reading({ status }), { tainted }))).toEqual([]);
    expect(edits(messengerOf(reading({}, { api: notAsked }), { tainted }))).toEqual([]);
  });

  describe("of a configuration whose deployment was never made", () => {
    const untainted = { address: configurationAddress, attribute: "tainted", value: false };
    const unpublished = {
      address: configurationAddress,
      attribute: "description",
      value: "Not published: its creation was cut short",
    };
    const published = { address: configurationAddress, attribute: "version", value: "1" };

    test.each<[string, RememberedConfiguration, VersionReading, readonly object[]]>([
      ["cut short before it was published", cut("DRAFT"), { outcome: "served" }, [untainted, unpublished]],
      ["the same, and untainted by hand", kept("DRAFT"), { outcome: "served" }, [unpublished]],
      ["cut short after it was published", cut("DRAFT"), { outcome: "served", newest: "1" }, [untainted, published]],
      ["the same, where the state has no version", cut(), { outcome: "served", newest: "1" }, [untainted, published]],
      ["tainted by hand", cut("1"), { outcome: "served", newest: "1" }, [untainted]],
      ["in order, and published by hand since", kept("12"), { outcome: "served", newest: "13" }, []],
      ["of a version that no publication gives", kept("1a"), { outcome: "served", newest: "1" }, [published]],
      ["of another such version", kept("a1"), { outcome: "served", newest: "1" }, [published]],
      ["in order", kept("1"), { outcome: "served", newest: "1" }, []],
      ["not read", cut("DRAFT"), notAsked, []],
      ["gone", cut("DRAFT"), { outcome: "gone" }, []],
    ])("%s", (_, configuration, versions, expected) => {
      const messenger = messengerOf(reading({}, { api: notAsked, versions }), { state: undefined });
      expect(edits({ ...messenger, configuration })).toEqual(expected);
    });
  });
});

test("a version that only the public files show cannot be repaired before the platform API is read", () => {
  const shown = reading({ configuration: { id: "c-1", version: "5" } }, { api: notAsked, versions: notAsked });
  const [message] = unreadRepairs([messengerOf(shown)]);
  expect(message).toContain("the deployment shows version 5 of its configuration");
  expect(edits(messengerOf(shown))).toEqual([]);
});

test.each([
  ["a tainted deployment", { tainted: [address] }],
  ["a state that was read from its copy", { stateEmptied: "the state is empty" }],
])("%s can be repaired whatever was read", (_, changes) => {
  const messenger = messengerOf(reading(), changes);
  expect(messenger.audit.drifts).toMatchObject([{ mendedBy: "repair" }]);
  expect(unreadRepairs([messenger])).toEqual([]);
});
