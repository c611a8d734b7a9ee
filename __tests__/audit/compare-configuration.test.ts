import { compareConfiguration, type ConfigurationSides } from "../../lib/audit/compare-configuration";
import { type VersionReading } from "../../lib/platform/public-files";
import { notAsked } from "./subjects";

type Found = readonly [kind: string, mendedBy: string, words: string, stateEdit?: string];

const newest = (version: string): VersionReading => ({ outcome: "served", newest: version });
const never: VersionReading = { outcome: "served" };
const gone: VersionReading = { outcome: "gone" };
const refused: VersionReading = { outcome: "refused", reason: "no permission" };
const shows = (version: string, id = "c-1"): NonNullable<ConfigurationSides["live"]> => ({ id, version });
/** What only the public file says. */
const publicly = (version: string): NonNullable<ConfigurationSides["live"]> => ({ version });

/** Every drift with its exact words. */
function found(sides: Partial<ConfigurationSides>): readonly Found[] {
  const drifts = compareConfiguration({
    remembered: { id: "c-1", version: "2" },
    published: "2",
    live: shows("2"),
    versions: newest("2"),
    ...sides,
  });
  return drifts.map(({ kind, mendedBy, message, stateEdit }) =>
    stateEdit === undefined
      ? [kind, mendedBy, message]
      : [kind, mendedBy, message, `${stateEdit.attribute} ${String(stateEdit.value)}`],
  );
}

const another =
  'the deployment shows the configuration "c-2" instead of "c-1": visitors see another Messenger' as const;
const older = (live: string, published: string): string =>
  `the deployment shows version ${live} of its configuration, and ${published} is published: visitors see the older one`;
const byHand = (live: string, published: string): string =>
  `the deployment shows version ${live} of its configuration, which was published by hand (Terraform knows ${published}): ` +
  "visitors see undeclared changes, and every deploy fails until the state has that version";
const unknownToTerraform = (version: string, published: string, shown: string): string =>
  `version ${version} of the configuration was published by hand, but Terraform knows ${published}${shown}, no plan notices, ` +
  "and the next change of the deployment fails";
const cutShort = (remembered: string, published: string): string =>
  `a repair or a deploy was cut short: Terraform's state has the deployment at version ${remembered} of its configuration and ` +
  `${published} as published, so visitors may see undeclared changes`;
const vanished = (what: string): string =>
  `the configuration "c-1" no longer has a published version 2 (${what}): Terraform treats it as missing, and a deploy creates another one`;
const deleted =
  'the configuration "c-1" no longer exists: a deploy creates another one, and its plan waits while the provider ' +
  "searches for the old one (custom_retry_timeout, 5 minutes)";
const unversioned = (more: string): string =>
  `Terraform's state has the configuration "c-1" without a published version${more}`;
const elsewhere =
  "the deployment shows version 3 of a configuration that this stack does not manage, and Terraform last saw 2: declare the " +
  "version that visitors should see, or reference its resource";
const madeByHouse =
  'the deployment shows version 3 of the configuration that the stack "house" makes, and Terraform last saw 2: a deploy of ' +
  '"house" publishes what is declared, and a later deploy of this stack shows that version';

describe("published × shown × newest", () => {
  test.each<[string, Partial<ConfigurationSides>, ...Found[]]>([
    ["all say the same", {}],
    [
      "all say the same version of two digits",
      { remembered: { id: "c-1", version: "10" }, published: "10", live: shows("10"), versions: newest("10") },
    ],
    ["only the public file was read", { live: publicly("2"), versions: notAsked }],
    ["nothing live was read", { live: undefined, versions: refused }],

    ["another configuration", { live: shows("2", "c-2") }, ["configuration", "deploy", another]],
    ["an older version", { live: shows("1") }, ["configuration", "deploy", older("1", "2")]],
    [
      "a newer version",
      { live: shows("3"), versions: newest("3") },
      ["newer-version-deployed", "repair", byHand("3", "2"), "version 3"],
    ],
    [
      "a newer version, and a newer one is published",
      { live: shows("3"), versions: newest("4") },
      ["newer-version-deployed", "repair", byHand("3", "2"), "version 4"],
    ],
    [
      "a newer version that the list does not have yet",
      { live: shows("3") },
      ["newer-version-deployed", "repair", byHand("3", "2"), "version 3"],
    ],
    [
      "a newer version, and the newest is not known",
      { live: publicly("3"), versions: notAsked },
      ["newer-version-deployed", "repair", byHand("3", "2")],
    ],
    [
      "a newer version of a configuration without any",
      { live: shows("3"), versions: never },
      ["newer-version-deployed", "repair", byHand("3", "2"), "version 3"],
      ["configuration-gone", "deploy", vanished("none at all")],
    ],

    [
      "one published by hand",
      { versions: newest("3") },
      [
        "newer-version-published",
        "repair",
        unknownToTerraform("3", "2", ": visitors still see version 2"),
        "version 3",
      ],
    ],
    [
      "one published by hand, and nothing is known of what is live",
      { live: undefined, versions: newest("10") },
      ["newer-version-published", "repair", unknownToTerraform("10", "2", ""), "version 10"],
    ],
    [
      "one published by hand, and an older one is shown",
      { live: shows("1"), versions: newest("3") },
      ["configuration", "deploy", older("1", "2")],
      [
        "newer-version-published",
        "repair",
        unknownToTerraform("3", "2", ": visitors still see version 1"),
        "version 3",
      ],
    ],

    [
      "the state was repaired, and not deployed since",
      { published: "3", live: shows("3"), versions: newest("3") },
      ["configuration", "deploy", cutShort("2", "3")],
    ],
    [
      "the deployment's version is the newer one in the state",
      { published: "1", live: shows("1"), versions: newest("1") },
    ],

    ["the configuration was deleted", { versions: gone }, ["configuration-gone", "deploy", deleted]],
    [
      "the published version was deleted, and an older one is the newest",
      { versions: newest("1") },
      ["configuration-gone", "deploy", vanished("the newest is 1")],
    ],
    [
      "every published version was deleted",
      { versions: never },
      ["configuration-gone", "deploy", vanished("none at all")],
    ],
    ["the versions could not be read", { versions: refused }],
  ])("%s", (_, sides, ...expected) => {
    expect(found(sides)).toEqual(expected);
  });
});

describe("a state that has the configuration without a version's number", () => {
  test.each(["", "DRAFT", "v2", "2-draft"])("%j is repaired with the newest version", (published) => {
    expect(found({ published, versions: newest("2") })).toEqual([
      ["configuration", "repair", unversioned(", and 2 is the newest"), "version 2"],
    ]);
  });

  test.each<[string, VersionReading]>([
    ["nothing was ever published", never],
    ["they could not be read", refused],
  ])("is the deploy's to mend where %s", (_, versions) => {
    expect(found({ published: "", versions })).toEqual([["configuration", "deploy", unversioned("")]]);
  });

  test("and another configuration is live says only that", () => {
    expect(found({ published: "", live: shows("1", "c-2"), versions: never })).toEqual([
      ["configuration", "deploy", another],
    ]);
  });
});

describe("a configuration that the stack does not have", () => {
  test.each<[string, Partial<ConfigurationSides>, ...Found[]]>([
    ["as it was last seen", {}],
    ["with a newer version that no one shows", { versions: newest("3") }],
    ["deleted, which is another stack's to notice", { versions: gone }],
    ["at another version", { live: shows("3") }, ["configuration", "person", elsewhere]],
    [
      "at another version, by another stack",
      { live: shows("3"), madeBy: "house" },
      ["configuration", "deploy", madeByHouse],
    ],
    ["as it was last seen, by another stack", { madeBy: "house" }],
    ["replaced by another", { live: shows("2", "c-2"), madeBy: "house" }, ["configuration", "deploy", another]],
  ])("%s", (_, sides, ...expected) => {
    expect(found({ published: undefined, ...sides })).toEqual(expected);
  });
});
