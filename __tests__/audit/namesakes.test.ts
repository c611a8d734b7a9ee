import { type Deployment } from "../../lib/genesys/deployment";
import { type Audit, type AuditSubject } from "../../lib/audit/audit";
import { auditAll } from "../../lib/audit/audit-all";
import { compare } from "../../lib/audit/compare";
import { type Likeness, likenessOf, namesOf } from "../../lib/audit/compare-namesakes";
import { type LiveReading } from "../../lib/platform/public-files";
import { type Deployed, Genesys } from "./genesys";
import { everything, listOf } from "./lists";
import { deployment, notAsked, reading, subject } from "./subjects";

const description = `Managed as code, for the environment "production"`;
const declared = { name: "Shop", description };
const gone: Partial<LiveReading> = { api: { outcome: "gone" }, versions: { outcome: "served", newest: "2" } };

/** A deployment of the same name that no state has. */
const namesake = (changes: Partial<Deployment> = {}): Deployment => ({ ...deployment, id: "d-2", ...changes });
const among = (...deployments: readonly Deployment[]): Partial<LiveReading> => ({
  namesakes: { outcome: "served", deployments },
});
const never = (changes: Partial<AuditSubject["declared"]> = {}): AuditSubject => ({
  ...subject,
  state: undefined,
  declared: { ...declared, ...changes },
});

function kinds({ drifts }: Audit): readonly string[] {
  return drifts.map(({ kind, mendedBy }) => `${kind} by ${mendedBy}`);
}

describe("what a deployment of the same name is to a Messenger", () => {
  const own = { name: "Shop", description };
  const lost: Partial<AuditSubject> = { state: undefined };
  const remembered: Partial<AuditSubject> = { state: { ...deployment, description } };
  const ownConfiguration: Partial<AuditSubject> = { ...remembered, declared: { ...own, configurationId: "c-1" } };
  const shared: Partial<AuditSubject> = { ...remembered, declared: own };
  const byExpression: Partial<AuditSubject> = { declared: { name: "Shop" } };
  const none: Partial<AuditSubject> = { declared: { name: "Shop", description: "" } };
  const [same, emptied] = [{ description }, { allowedDomains: [] }];
  const elsewhere = { allowedDomains: ["www.brand.example"] };
  const renamed = { name: "Old shop" };
  const all = { allowAllDomains: true, allowedDomains: [] };
  const otherConfiguration = { configuration: { id: "c-2", version: "1" } };

  const rows: readonly [string, Partial<AuditSubject>, Partial<Deployment>, Likeness][] = [
    // The stack makes the configuration itself: it alone tells a copy.
    ["its own configuration", ownConfiguration, elsewhere, "copy"],
    ["its own configuration, without a state of the deployment", { ...ownConfiguration, ...lost }, elsewhere, "copy"],
    [
      "its description, of another configuration",
      ownConfiguration,
      { ...same, ...elsewhere, ...otherConfiguration },
      "alike",
    ],
    [
      "the same, without domains",
      { ...ownConfiguration, ...lost },
      { ...same, ...emptied, ...otherConfiguration },
      "alike",
    ],
    ["its domains, of another configuration", ownConfiguration, otherConfiguration, "alike"],
    ["nothing but its name", ownConfiguration, { ...elsewhere, ...otherConfiguration }, "other"],
    ["nothing but its name, and no domains", ownConfiguration, { ...emptied, ...otherConfiguration }, "other"],
    // The configuration is shared, and the state has the deployment: the configuration and the domains.
    ["the configuration and some domains", shared, {}, "copy"],
    ["the configuration and no domains", shared, emptied, "copy"],
    ["the configuration, for other domains", shared, elsewhere, "other"],
    ["the configuration and its description, for other domains", shared, { ...same, ...elsewhere }, "alike"],
    ["the configuration, for every page", shared, all, "other"],
    ["another configuration and some domains", shared, otherConfiguration, "alike"],
    // Nothing is left of it in the state: the description and the domains.
    ["its description and some domains", { ...lost, declared: own }, same, "copy"],
    ["its description and no domains", { ...lost, declared: own }, { ...same, ...emptied }, "copy"],
    ["its description, for other domains", { ...lost, declared: own }, { ...same, ...elsewhere }, "alike"],
    ["its description, for every page", { ...lost, declared: own }, { ...same, ...all }, "copy"],
    [
      "its description, for every page, as it is declared",
      { ...lost, declared: own, derived: everything() },
      { ...same, ...all },
      "copy",
    ],
    [
      "its description, for some domains, where every page is declared",
      { ...lost, declared: own, derived: everything() },
      { ...same, ...elsewhere },
      "alike",
    ],
    [
      "its description, where an expression decides the domains",
      { ...lost, declared: own, derived: undefined },
      { ...same, ...elsewhere },
      "copy",
    ],
    [
      "another description, where an expression decides the domains",
      { ...lost, declared: own, derived: undefined },
      elsewhere,
      "other",
    ],
    ["another description, for every page", { ...lost, declared: own }, all, "other"],
    ["the configuration and its description, for every page", shared, { ...same, ...all }, "alike"],
    ["any description, for every page", { ...lost, ...byExpression }, { ...same, ...all }, "alike"],
    ["another description and some domains", { ...lost, declared: own }, {}, "alike"],
    ["another description and no domains", { ...lost, declared: own }, emptied, "other"],
    // Which description it has.
    ["one without a description, as declared", { ...lost, ...none }, emptied, "copy"],
    ["one with a description, where none is declared", { ...lost, ...none }, { ...same, ...emptied }, "other"],
    ["any description, where only Terraform knows it", { ...lost, ...byExpression }, { ...same, ...emptied }, "copy"],
    ["any description, for other domains", { ...lost, ...byExpression }, { ...same, ...elsewhere }, "alike"],
    ["the description that was deployed last", { ...byExpression, ...remembered }, { ...same, ...elsewhere }, "alike"],
    ["another one than was deployed last", { ...byExpression, ...remembered }, elsewhere, "other"],
    [
      "the description from before it changed",
      { ...remembered, declared: { name: "Shop", description: "new" } },
      { ...same, ...elsewhere },
      "alike",
    ],
    ["none, as it was deployed last", { declared: own }, elsewhere, "alike"],
    // It was renamed while the state was lost: another name.
    ["another name, its description and some domains", { ...lost, declared: own }, { ...same, ...renamed }, "copy"],
    [
      "another name and its description, for other domains",
      { ...lost, declared: own },
      { ...same, ...renamed, ...elsewhere },
      "other",
    ],
    [
      "another name and its description, without domains",
      { ...lost, declared: own },
      { ...same, ...renamed, ...emptied },
      "other",
    ],
    [
      "another name and its description, for every page",
      { ...lost, declared: own },
      { ...same, ...renamed, ...all },
      "other",
    ],
    ["another name and some domains", { ...lost, declared: own }, { ...renamed, description: "Another" }, "other"],
    ["another name and no description, where none is declared", { ...lost, ...none }, renamed, "other"],
    [
      "another name and an empty description, where none is declared",
      { ...lost, ...none },
      { ...renamed, description: "" },
      "other",
    ],
    [
      "another name, where only Terraform knows the description",
      { ...lost, ...byExpression },
      { ...same, ...renamed },
      "other",
    ],
    ["another name and its configuration", { ...ownConfiguration, ...lost }, { ...renamed, ...elsewhere }, "copy"],
    [
      "another name, of another configuration",
      { ...ownConfiguration, ...lost },
      { ...same, ...renamed, ...otherConfiguration },
      "other",
    ],
    [
      "another name, and a configuration that is shared",
      { ...lost, declared: { ...own, configurationId: "c-1", sharesConfiguration: true } },
      { ...same, ...renamed },
      "other",
    ],
    ["another name, where the state has the deployment", shared, { ...same, ...renamed }, "other"],
    ["whatever it has, where nothing is declared", {}, { ...elsewhere, ...otherConfiguration }, "other"],
  ];
  test.each(rows)("%s", (_, changes, found, expected) => {
    expect(likenessOf({ ...subject, ...changes }, namesake(found))).toBe(expected);
  });
});

describe("another deployment of the same name", () => {
  const elsewhere = { configuration: { id: "c-2", version: "1" } };
  const brand = { allowedDomains: ["www.brand.example"] };
  const rows: readonly [string, AuditSubject, Partial<LiveReading>, readonly string[], notes: number][] = [
    ["none", subject, among(), [], 0],
    ["of the same configuration", subject, among(namesake()), ["second-deployment by person"], 0],
    [
      "two of the same configuration",
      subject,
      among(namesake(), namesake({ id: "d-3" })),
      ["second-deployment by person", "second-deployment by person"],
      0,
    ],
    ["of another configuration", subject, among(namesake({ description, ...elsewhere })), [], 1],
    [
      "beside one that is gone",
      subject,
      { ...gone, ...among(namesake()) },
      ["deployment-gone by deploy", "unclaimed-deployment by person"],
      0,
    ],
    [
      "beside one that is gone, of another configuration",
      subject,
      { ...gone, ...among(namesake(elsewhere)) },
      ["deployment-gone by deploy"],
      1,
    ],

    ["never deployed: none", never(), among(), ["not-deployed by deploy"], 0],
    [
      "never deployed: nothing is declared",
      { ...subject, state: undefined },
      among(namesake()),
      ["not-deployed by deploy"],
      1,
    ],
    [
      "never deployed: an expression decides the domains",
      { ...never(), derived: undefined },
      among(namesake()),
      ["not-deployed by deploy"],
      0,
    ],
    [
      "never deployed: the same description",
      never(),
      among(namesake({ description })),
      ["unclaimed-deployment by person"],
      0,
    ],
    ["never deployed: another description", never(), among(namesake()), ["not-deployed by deploy"], 1],
    [
      "never deployed: the same description, for other domains",
      never(),
      among(namesake({ description, ...brand })),
      ["not-deployed by deploy"],
      1,
    ],
    [
      "never deployed: the same description, and only localhost in common",
      { ...never(), derived: listOf("localhost", "127.0.0.1", "dev.example.com") },
      among(namesake({ description, allowedDomains: ["localhost", "127.0.0.1"] })),
      ["not-deployed by deploy"],
      1,
    ],
    [
      "never deployed: the same description, its domains taken away by hand",
      never(),
      among(namesake({ description, allowedDomains: [] })),
      ["unclaimed-deployment by person"],
      0,
    ],
    [
      "never deployed: the same description, for every page",
      never(),
      among(namesake({ description, allowAllDomains: true, allowedDomains: [] })),
      ["unclaimed-deployment by person"],
      0,
    ],
    [
      "deployed: the same description, without domains, of another configuration",
      { ...subject, declared },
      among(namesake({ description, allowedDomains: [], configuration: { id: "c-9", version: "1" } })),
      [],
      1,
    ],
    ["another brand's, of a configuration that all show", subject, among(namesake(brand)), [], 0],
    [
      "of the stack's own configuration, whatever its domains",
      { ...subject, declared: { name: "Shop", configurationId: "c-1" } },
      among(namesake(brand)),
      ["second-deployment by person"],
      0,
    ],
    [
      "never deployed: a description that only Terraform knows is not evidence against it",
      { ...never(), declared: { name: "Shop" } },
      among(namesake()),
      ["unclaimed-deployment by person"],
      0,
    ],
    [
      "never deployed: the state's configuration",
      never({ configurationId: "c-1" }),
      among(namesake()),
      ["unclaimed-deployment by person"],
      0,
    ],
    [
      "never deployed: the same description, but not the state's configuration",
      never({ configurationId: "c-9" }),
      among(namesake({ description })),
      ["not-deployed by deploy"],
      1,
    ],
  ];
  test.each(rows)("%s", (_, asked, changes, expected, notes) => {
    const audit = compare(asked, reading({}, changes));
    expect(kinds(audit)).toEqual(expected);
    expect(audit.verdict).toBe(expected.length === 0 ? "equal" : "drift");
    expect(audit.notes).toHaveLength(notes);
  });

  test("is named with the one that Terraform manages, and with what to do", () => {
    const [drift] = compare(subject, reading({}, among(namesake()))).drifts;
    expect(drift).toEqual({
      kind: "second-deployment",
      mendedBy: "person",
      message:
        'there is a second deployment "Shop" that shows the same configuration: Terraform manages "d-1", which pages that are ' +
        'built now name, and "d-2" is a leftover, as happens when the answer to a creation is lost and the ' +
        'creation is repeated. When no page uses "d-2", delete it in Genesys Cloud',
      found: { deploymentId: "d-2", configurationId: "c-1" },
    });
  });

  test("that Terraform can take over is named with the command that does", () => {
    const asked = never({ importCommand: ({ id, configuration }) => `import ${configuration.id} ${id}` });
    expect(compare(asked, reading({}, among(namesake({ description })))).drifts[0]?.message).toBe(
      'Genesys Cloud has a deployment "Shop" with the same description, for some of the same domains, "d-2", that no ' +
        "stack manages: the answer to its creation was lost, or it was moved here from another stack; a deploy would create a " +
        'second one. Unless a deploy is under way, let Terraform take it over, by adopt: { deploymentId: "d-2", ' +
        'configurationId: "c-1" } in the program or in the state alone (import c-1 d-2), or delete it in Genesys Cloud; if ' +
        "another state manages it, give this one another name, or create another one with origins deploy --new",
    );
  });

  test.each<[string, Partial<AuditSubject["declared"]>, adopt: string]>([
    ["both, where it makes the configuration", {}, 'adopt: { deploymentId: "d-2", configurationId: "c-1" }'],
    ["the deployment alone, where that is another's", { sharesConfiguration: true }, 'adopt: { deploymentId: "d-2" }'],
  ])("that the program can take over is named with the property: %s", (_, changes, adopt) => {
    const [drift] = compare(never(changes), reading({}, among(namesake({ description })))).drifts;
    expect(drift?.message).toContain(`let Terraform take it over, by ${adopt} in the program, or`);
  });

  const unclaimed = (evidence: string): string =>
    `Genesys Cloud has a deployment "Shop" with ${evidence}, "d-2", that no stack manages: the answer to its creation was lost, or ` +
    "it was moved here from another stack; a deploy would create a second one. Unless a deploy is under way, let Terraform take it " +
    'over, by adopt: { deploymentId: "d-2", configurationId: "c-1" } in the program, or delete it in Genesys Cloud; if another ' +
    "state manages it, give this one another name, or create another one with origins deploy --new";
  const madeForIt = "the configuration that Terraform made for it";

  test.each<[string, AuditSubject, Partial<LiveReading>, evidence: string]>([
    ["the state's configuration", subject, { ...gone, ...among(namesake()) }, madeForIt],
    ["the stack's own configuration", never({ configurationId: "c-1" }), among(namesake()), madeForIt],
    [
      "the description and some of the domains",
      never(),
      among(namesake({ description, allowedDomains: ["www.example.com", "x.org"] })),
      "the same description, for some of the same domains",
    ],
    [
      "its name, where an expression decides the description, and some of the domains",
      { ...never(), declared: { name: "Shop" } },
      among(namesake()),
      "the same name, for some of the same domains",
    ],
    [
      "the description and no domains",
      never(),
      among(namesake({ description, allowedDomains: [] })),
      "the same description, and no domains",
    ],
    [
      "the description, for every page",
      never(),
      among(namesake({ description, allowAllDomains: true, allowedDomains: [] })),
      "the same description, and for every page",
    ],
    [
      "the description, where an expression decides the domains",
      { ...never(), derived: undefined },
      among(namesake({ description, ...brand })),
      "the same description, for domains that cannot be compared",
    ],
  ])("that Terraform can take over is told by %s", (_, asked, changes, evidence) => {
    const { drifts } = compare(asked, reading({}, changes));
    expect(drifts.find(({ kind }) => kind === "unclaimed-deployment")?.message).toBe(unclaimed(evidence));
  });

  test.each<[string, readonly Partial<Deployment>[], words: string]>([
    ["one", [{}], 'another deployment of the name "Shop" ("d-2") for some of the same domains,'],
    [
      "one that looks like ours",
      [{ description, ...brand }],
      'another deployment of the name "Shop" ("d-2") with the same description,',
    ],
    [
      "one that looks like ours, without domains",
      [{ description, allowedDomains: [] }],
      'another deployment of the name "Shop" ("d-2") with the same description, without domains,',
    ],
    [
      "two, of which each looks like ours in another way",
      [{}, { description, ...brand }],
      '2 other deployments of the name "Shop" ("d-2", "d-3"), which no state',
    ],
    [
      "two, of which one has no domains",
      [{ description }, { description, allowedDomains: [] }],
      '2 other deployments of the name "Shop" ("d-2", "d-3") with the same description, which no state',
    ],
    [
      "three",
      [{}, {}, {}],
      '3 other deployments of the name "Shop" ("d-2", "d-3", "d-4") for some of the same domains, which no state',
    ],
  ])("that may be meant is described: %s", (_, others, words) => {
    const deployments = others.map((other, index) =>
      namesake({ id: `d-${index + 2}`, ...elsewhere, description: "Of another brand", ...other }),
    );
    const asked = { ...subject, declared };
    const [note, ...more] = compare(asked, reading({}, among(...deployments))).notes;
    expect(note).toContain(`Genesys Cloud has ${words}`);
    expect(more).toEqual([]);
  });

  test.each<[string, entries: readonly string[], shared: boolean]>([
    ["a host", ["www.example.com"], true],
    ["one host of several", ["www.brand.example", "www.example.com"], true],
    ["a host that ends in a number", ["shop.7"], true],
    ["a host that begins with a number", ["7.example.com"], true],
    ["another host", ["www.brand.example"], false],
    ["a subdomain, which is another entry", ["a.www.example.com"], false],
    ["localhost, which is in every list", ["localhost"], false],
    ["an address of numbers", ["127.0.0.1"], false],
  ])("shares domains, or does not: %s", (_, allowedDomains, shared) => {
    const derived = listOf("www.example.com", "other.example.com", "localhost", "127.0.0.1", "7.example.com");
    const asked: AuditSubject = {
      ...subject,
      derived,
      state: { ...deployment, allowedDomains: ["shop.7"] },
    };
    const { drifts } = compare(asked, reading({}, among(namesake({ allowedDomains }))));
    expect(drifts.some(({ kind }) => kind === "second-deployment")).toBe(shared);
  });

  test.each<[string, AuditSubject, names: readonly string[]]>([
    ["the one it has", subject, ["Shop"]],
    ["the one that it is to have", never(), ["Shop"]],
    ["both", { ...subject, declared: { name: "New" } }, ["New", "Shop"]],
    ["none", { ...subject, state: undefined }, []],
  ])("goes by %s", (_, asked, names) => {
    expect(namesOf(asked)).toEqual(names);
  });

  test("is not judged where the list could not be read", () => {
    const audit = compare(subject, reading({}, { namesakes: notAsked }));
    expect(audit).toMatchObject({ verdict: "equal", drifts: [], notes: [] });
  });

  test("in great number is named by the first three", () => {
    const many = [2, 3, 4, 5, 6].map((n) => namesake({ id: `d-${n}`, ...elsewhere }));
    expect(compare(subject, reading({}, among(...many))).notes).toEqual([
      'Genesys Cloud has 5 other deployments of the name "Shop" ("d-2", "d-3", "d-4" and 2 more) for some of the same domains, which ' +
        "no state of this project has: names are not unique, so this may be intended",
    ]);
  });

  test("was not looked for where no one could ask", () => {
    const audit = compare(never(), reading({}, { namesakes: notAsked }));
    expect(kinds(audit)).toEqual(["not-deployed by deploy"]);
    expect(audit.unchecked).toEqual([
      "could not check whether an interrupted deploy created it: there are no credentials",
    ]);
  });
});

describe("in the embedded Genesys Cloud", () => {
  let genesys: Genesys;
  let shop: Deployed;
  let copyId: string;
  beforeEach(async () => {
    genesys = await Genesys.start();
    shop = genesys.deploy("example.com");
    const { name, allowAllDomains, allowedDomains, configuration } = shop.state;
    copyId = genesys.create({ name, allowAllDomains, allowedDomains, configuration });
  });
  afterEach(async () => {
    await genesys.close();
  });

  async function audit(options: Parameters<typeof auditAll>[1] = {}, asked: AuditSubject = shop): Promise<Audit> {
    const [first] = await auditAll([asked], options);
    if (first === undefined) throw new Error("no audit");
    return first;
  }

  test("a copy is found beside a deployment, and instead of one that is not there", async () => {
    expect((await audit()).drifts).toMatchObject([{ kind: "second-deployment", found: { deploymentId: copyId } }]);
    const configurationId = shop.state.configuration.id;
    const undeployed = { ...shop, state: undefined, declared: { name: "Shop", configurationId } };
    genesys.delete(shop);
    for (const asked of [shop, undeployed]) {
      expect((await audit({}, asked)).drifts).toContainEqual(
        expect.objectContaining({ kind: "unclaimed-deployment", found: { deploymentId: copyId, configurationId } }),
      );
    }
  });

  test("one of another name is found, where the state was lost while the Messenger was renamed", async () => {
    genesys.delete(shop);
    const { allowAllDomains, allowedDomains, configuration } = shop.state;
    const old = { name: "Old", description, allowAllDomains, configuration };
    const oldId = genesys.create({ ...old, allowedDomains });
    genesys.create({ ...old, allowedDomains: ["www.brand.example"] });
    genesys.create({ ...old, description: "Of another brand", allowedDomains });
    const lost: AuditSubject = { ...shop, state: undefined, declared: { name: "New", description } };
    const [drift, ...more] = (await audit({}, lost)).drifts;
    expect(drift).toMatchObject({ kind: "unclaimed-deployment", found: { deploymentId: oldId } });
    expect(drift?.message).toMatch(
      /"Old" with the same description, for some of the same domains.*renamed.*if another state manages it, create/,
    );
    expect(more).toEqual([]);
    const managedElsewhere = jest.fn(() => Promise.resolve(new Set([oldId])));
    expect((await audit({ managedElsewhere }, lost)).drifts).toMatchObject([{ kind: "not-deployed" }]);
    expect(managedElsewhere.mock.calls).toEqual([["all"]]);
  });

  test("what some state has is not a copy; the expensive ones are asked for it once, and only where there seems to be one", async () => {
    const managedElsewhere = jest.fn(() => Promise.resolve(new Set([copyId])));
    expect((await auditAll([shop, shop], { managedElsewhere })).map(({ drifts }) => drifts)).toEqual([[], []]);
    expect(managedElsewhere).toHaveBeenCalledTimes(1);
    managedElsewhere.mockClear();
    expect((await audit({ managed: new Set([copyId]), managedElsewhere })).drifts).toEqual([]);
    expect(
      (await auditAll([shop, { ...shop, state: { ...shop.state, id: copyId } }], { managedElsewhere })).flatMap(kinds),
    ).toEqual([]);
    expect(managedElsewhere).not.toHaveBeenCalled();
  });
});
