import { compare } from "../../lib/audit/compare";
import { type AuditSubject } from "../../lib/audit/audit";
import { deployment, notAsked, reading, subject } from "./subjects";

const adoptee = { deploymentId: "d-1", configurationId: "c-1" };
/** A Messenger that adopts, before the first deploy. */
const adopting = (changes: Partial<AuditSubject> = {}): AuditSubject => {
  const { name, derived, status = "", endpoints } = subject;
  return { name, derived, status, endpoints, state: undefined, adoptee, ...changes };
};
const kinds = (...asked: Parameters<typeof compare>): readonly string[] =>
  compare(...asked).drifts.map(({ kind, mendedBy }) => `${kind} ${mendedBy}`);
const unknown = { outcome: "unknown-deployment" } as const;
const toBeAdopted = "to-be-adopted deploy";

describe("a deployment that the next deploy adopts", () => {
  test("names a deployment that was never made, and where all is equal nothing else is said", () => {
    const audit = compare(adopting(), reading());
    expect(audit).toMatchObject({ verdict: "drift", deploymentId: "d-1", lost: [], gained: [], notes: [] });
    expect(audit.drifts.map(({ message }) => message)).toEqual([
      'the deployment "d-1" ("Shop") is live but in no state: the next deploy adopts it under the same id',
    ]);
  });

  test.each([
    [
      "another list",
      adopting(),
      reading({ allowedDomains: ["example.com"] }),
      ["undeployed-change deploy", toBeAdopted],
    ],
    ["an empty list", adopting(), reading({ allowedDomains: [] }), ["domains deploy", toBeAdopted]],
    ["another status", adopting(), reading({ status: "Inactive" }), ["status deploy", toBeAdopted]],
    ["another name", adopting({ declared: { name: "New" } }), reading(), ["undeployed-change deploy", toBeAdopted]],
    [
      "a description, where none is declared",
      adopting({ declared: { name: "Shop", description: "" } }),
      reading({ description: "By hand" }),
      ["undeployed-change deploy", toBeAdopted],
    ],
    [
      "the same name and description",
      adopting({ declared: { name: "Shop", description: "x" } }),
      reading({ description: "x" }),
      [toBeAdopted],
    ],
    [
      "an empty description, where Genesys has none",
      adopting({ declared: { name: "Shop", description: "" } }),
      reading(),
      [toBeAdopted],
    ],
    [
      "a description that the program leaves to Terraform",
      adopting({ declared: { name: "Shop" } }),
      reading({ description: "x" }),
      [toBeAdopted],
    ],
    ["nothing published", adopting(), reading({}, { versions: { outcome: "served" } }), [toBeAdopted]],
    [
      "versions that cannot be read",
      adopting(),
      reading({}, { versions: { outcome: "refused", reason: "403" } }),
      ["unreachable person", toBeAdopted],
    ],
    [
      "a newer version",
      adopting(),
      reading({}, { versions: { outcome: "served", newest: "3" } }),
      ["undeployed-change deploy", toBeAdopted],
    ],
    ["a list that an expression decides", adopting({ derived: undefined }), reading(), [toBeAdopted]],
    ["a shared configuration", adopting({ adoptee: { deploymentId: "d-1" } }), reading(), [toBeAdopted]],
  ])("%s: every difference is the deploy's to mend, for no state hides it", (_, asked, live, expected) => {
    expect(kinds(asked, live)).toEqual(expected);
  });

  test.each([
    [
      { name: "New", description: "x" },
      [
        'not deployed yet: the name "Shop" becomes "New": no visitor notices',
        'not deployed yet: the description "" becomes "x": no visitor notices',
      ],
    ],
    [{ name: "Shop", description: "y" }, ['not deployed yet: the description "" becomes "y": no visitor notices']],
  ])("the words that people in Genesys read: %j", (declared, expected) => {
    const { drifts } = compare(adopting({ declared }), reading());
    expect(drifts.filter(({ kind }) => kind !== "to-be-adopted").map(({ message }) => message)).toEqual(expected);
  });

  test("a version that pages do not show yet is named with the one that they show", () => {
    const { drifts } = compare(adopting(), reading({}, { versions: { outcome: "served", newest: "3" } }));
    expect(drifts[0]?.message).toBe(
      "not deployed yet: version 3 of the configuration is published, and pages show 2: the next deploy shows them what the program declares",
    );
  });

  test.each([
    ["a host that it blocks", adopting(), { allowedDomains: ["example.com", "x.org"] }, [], ["x.org"]],
    ["everything blocked", adopting(), { allowedDomains: [] }, ["example.com", "www.example.com"], []],
    [
      "nothing is told where an expression decides",
      adopting({ derived: undefined }),
      { allowedDomains: ["x.org"] },
      [],
      [],
    ],
    ["nothing where it is being deleted", adopting(), { allowedDomains: ["x.org"], status: "Deleting" }, [], []],
  ])("what visitors lose and strangers gain meanwhile: %s", (_, asked, live, lost, gained) => {
    expect(compare(asked, reading(live))).toMatchObject({ lost, gained });
  });

  test("has namesakes that are worth a note", () => {
    const namesake = { ...deployment, id: "d-2", configuration: { id: "c-2", version: "1" } };
    const { notes } = compare(
      adopting({ declared: { name: "Shop", description: "Of the shop" } }),
      reading({}, { namesakes: { outcome: "served", deployments: [namesake] } }),
    );
    expect(notes).toEqual([expect.stringContaining('another deployment of the name "Shop" ("d-2")') as string]);
  });

  test("is named by its id where only the public files were read", () => {
    const { drifts } = compare(adopting(), reading({}, { api: notAsked, versions: notAsked }));
    expect(drifts.map(({ message }) => message)).toEqual([
      'the deployment "d-1" is live but in no state: the next deploy adopts it under the same id',
    ]);
  });

  test("is not judged where nothing could be read", () => {
    const down = { outcome: "unreachable", reason: "down" } as const;
    const { drifts, lost } = compare(
      adopting(),
      reading({}, { api: down, versions: down, publicFiles: { domains: down, configuration: down } }),
    );
    expect(drifts.map(({ kind }) => kind)).toEqual(["unreachable", "public-files-unread"]);
    expect(lost).toEqual([]);
  });

  test("is seen in the public files alone as far as they go", () => {
    expect(
      kinds(adopting(), reading({ allowedDomains: ["example.com"] }, { api: notAsked, versions: notAsked })),
    ).toEqual(["undeployed-change deploy", toBeAdopted]);
  });

  test.each([
    [
      "the API knows none",
      reading({}, { api: { outcome: "gone" } }),
      'this organisation of Genesys Cloud has no deployment "d-1"',
    ],
    [
      "the public files know none",
      reading({}, { api: notAsked, publicFiles: { domains: unknown, configuration: unknown } }),
      'the public files of the region have no deployment "d-1"',
    ],
    [
      "it is being deleted",
      reading({ status: "Deleting" }),
      'the deployment "d-1" (adopt.deploymentId) is being deleted',
    ],
    [
      "it shows another configuration",
      reading({ configuration: { id: "c-2", version: "1" } }),
      'the deployment shows the configuration "c-2", but the one to adopt is "c-1"',
    ],
  ])("cannot be adopted where %s", (_, live, words) => {
    const { drifts, verdict } = compare(adopting(), live);
    expect(verdict).toBe("drift");
    expect(drifts).toEqual([
      { kind: "not-adoptable", mendedBy: "person", message: expect.stringContaining(words) as string },
    ]);
  });

  test("is not adopted twice by one state", () => {
    const { drifts } = compare(adopting({ stateIds: ["d-1"] }), reading());
    expect(drifts).toMatchObject([{ kind: "not-adoptable" }]);
    expect(drifts[0]?.message).toContain('use renamedFrom("<its previous id>") instead of adopt');
  });

  test("is not called adoptable by someone who could not look", () => {
    const refused = { outcome: "refused", reason: "403" } as const;
    const { drifts, verdict } = compare(adopting(), reading({}, { api: refused }));
    expect(verdict).toBe("unknown");
    expect(drifts[0]).toMatchObject({ kind: "unreachable", message: "403" });
  });

  test("is compared with the state alone once the state has it, whatever the property says", () => {
    expect(kinds({ ...subject, adoptee }, reading())).toEqual([]);
  });
});

test("a version by hand of another stack's configuration is mended by deploys of both", () => {
  const { name, derived, state, endpoints } = subject;
  const { drifts } = compare(
    { name, derived, state, endpoints, configurationStack: "house" },
    reading({ configuration: { id: "c-1", version: "3" } }),
  );
  expect(drifts).toMatchObject([{ kind: "configuration", mendedBy: "deploy" }]);
  expect(drifts[0]?.message).toContain(
    'a deploy of "house" publishes what is declared, and a later deploy of this stack',
  );
});
