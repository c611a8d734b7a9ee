import { type Deployment } from "../../lib/genesys/deployment";
import { type Audit, type AuditSubject } from "../../lib/audit/audit";
import { compare } from "../../lib/audit/compare";
import { wantedDomains } from "../../lib/audit/compare-domains";
import { type LiveReading } from "../../lib/platform/public-files";
import { everything, listOf } from "./lists";
import { deployment, notAsked, reading, subject } from "./subjects";

type Changes = { readonly [Key in keyof AuditSubject]?: AuditSubject[Key] | undefined };

/** Every drift as `kind by mender`. */
function kinds({ drifts }: Audit): readonly string[] {
  return drifts.map(({ kind, mendedBy }) => `${kind} by ${mendedBy}`);
}

function edits({ drifts }: Audit): readonly unknown[] {
  return drifts.flatMap(({ stateEdit }) => stateEdit ?? []);
}

const configured = (version: string, id = "c-1"): Partial<Deployment> => ({ configuration: { id, version } });
const newest = (version: string): Partial<LiveReading> => ({ versions: { outcome: "served", newest: version } });
const state = (changes: Partial<Deployment>): Partial<AuditSubject> => ({ state: { ...deployment, ...changes } });
const emptied = { allowedDomains: [] };
const open = { allowAllDomains: true, allowedDomains: [] };
const nullEdit = { attribute: "allowed_domains", value: null };
const versionEdit = (value: string): object => ({ attribute: "version", value });

test("what the program and the state tell beside is noted, and is not drift", () => {
  expect(compare({ ...subject, notes: ["Genesys has x"] }, reading())).toMatchObject({
    verdict: "equal",
    notes: ["Genesys has x"],
  });
});

describe("who mends what", () => {
  test("nothing where all sides agree", () => {
    expect(compare(subject, reading())).toMatchObject({ verdict: "equal", drifts: [], lost: [], gained: [] });
  });

  const rows: readonly [string, Changes, LiveReading, readonly string[], ...object[]][] = [
    ["never deployed", { state: undefined }, reading(), ["not-deployed by deploy"]],

    ["the state read from its copy", { stateEmptied: "it is empty" }, reading(), ["state-emptied by repair"]],
    [
      "the same, never deployed",
      { state: undefined, stateEmptied: "it is empty" },
      reading(),
      ["state-emptied by repair", "not-deployed by deploy"],
    ],
    ["a host removed by hand", {}, reading({ allowedDomains: ["example.com"] }), ["domains by deploy"]],
    [
      "a host added by hand",
      {},
      reading({ allowedDomains: ["example.com", "www.example.com", "x.org"] }),
      ["domains by deploy"],
    ],
    [
      "the order changed by hand",
      {},
      reading({ allowedDomains: ["www.example.com", "example.com"] }),
      ["domains by deploy"],
    ],
    ["everything allowed by hand", {}, reading(open), ["domains by deploy"]],
    ["everything allowed by hand, beside the list", {}, reading({ allowAllDomains: true }), ["domains by deploy"]],
    ["the code changed", { derived: listOf("example.com") }, reading(), ["undeployed-change by deploy"]],
    ["the code allows everything now", { derived: everything() }, reading(), ["undeployed-change by deploy"]],
    [
      "the code and the list changed alike",
      { derived: listOf("example.com") },
      reading({ allowedDomains: ["example.com"] }),
      [],
    ],
    [
      "the state remembers that everything is allowed, and it is not",
      { derived: everything(), ...state(open) },
      reading(),
      ["domains by deploy"],
    ],
    ["everything is allowed, as it should be", { derived: everything(), ...state(open) }, reading(open), []],

    ["the list emptied", {}, reading(emptied), ["emptied-list by repair"], nullEdit],
    [
      "the list emptied, and the code changed",
      { derived: listOf("example.com") },
      reading(emptied),
      ["emptied-list by deploy"],
    ],
    [
      "the list emptied, and the code allows everything now",
      { derived: everything() },
      reading(emptied),
      ["emptied-list by deploy"],
    ],
    ["the list emptied, and the state repaired", state(emptied), reading(emptied), ["domains by deploy"]],
    [
      "everything should be allowed, and nothing is",
      { derived: everything(), ...state(open) },
      reading(emptied),
      ["domains by deploy"],
    ],

    [
      "a version published by hand",
      {},
      reading({}, newest("3")),
      ["newer-version-published by repair"],
      versionEdit("3"),
    ],
    ["and deployed", {}, reading(configured("3"), newest("3")), ["newer-version-deployed by repair"], versionEdit("3")],
    [
      "and another one published since",
      {},
      reading(configured("3"), newest("4")),
      ["newer-version-deployed by repair"],
      versionEdit("4"),
    ],
    [
      "and the list of versions does not say it yet",
      {},
      reading(configured("3"), newest("2")),
      ["newer-version-deployed by repair"],
      versionEdit("3"),
    ],
    [
      "a tenth version, which is newer than a ninth",
      { stateConfigurationVersion: "9" },
      reading(configured("10"), newest("10")),
      ["newer-version-deployed by repair"],
      versionEdit("10"),
    ],
    [
      "published by hand, and the state repaired",
      { stateConfigurationVersion: "3" },
      reading({}, newest("3")),
      ["configuration by deploy"],
    ],
    [
      "deployed by hand, the state repaired, and no deploy since",
      { stateConfigurationVersion: "3" },
      reading(configured("3"), newest("3")),
      ["configuration by deploy"],
    ],
    ["an older version deployed by hand", {}, reading(configured("1")), ["configuration by deploy"]],
    [
      "an older version deployed, and a newer one published",
      {},
      reading(configured("1"), newest("3")),
      ["configuration by deploy", "newer-version-published by repair"],
      versionEdit("3"),
    ],
    ["another configuration deployed", {}, reading(configured("7", "c-2")), ["configuration by deploy"]],
    [
      "another configuration deployed, and a newer version of it published",
      {},
      reading(configured("7", "c-2"), newest("3")),
      ["configuration by deploy", "newer-version-published by repair"],
      versionEdit("3"),
    ],
    ["the configuration deleted", {}, reading({}, { versions: { outcome: "gone" } }), ["configuration-gone by deploy"]],
    [
      "a configuration that the stack does not manage",
      { stateConfigurationVersion: undefined },
      reading({}, newest("3")),
      [],
    ],
    [
      "a configuration that the stack does not manage, and another version of it",
      { stateConfigurationVersion: undefined },
      reading(configured("3"), newest("3")),
      ["configuration by person"],
    ],

    ["Inactive, and Active declared", {}, reading({ status: "Inactive" }), ["status by deploy"]],
    ["Inactive, and nothing declared", { status: undefined }, reading({ status: "Inactive" }), ["status by person"]],
    ["Inactive, as declared", { status: "Inactive" }, reading({ status: "Inactive" }), []],
    ["Active, and Inactive declared", { status: "Inactive" }, reading(), ["status by deploy"]],
    ["Active, and nothing declared", { status: undefined }, reading(), []],
    ["Error", {}, reading({ status: "Error" }), ["status by deploy"]],
    ["Pending", {}, reading({ status: "Pending" }), ["status by time"]],
    ["Deleting", {}, reading({ status: "Deleting" }), ["deployment-gone by deploy"]],
    ["a status that no one has heard of", {}, reading({ status: "Paused" }), ["status by deploy"]],

    ["renamed", {}, reading({ name: "Laden" }), ["attributes by deploy"]],
    [
      "a description and a flow set by hand",
      {},
      reading({ description: "x", flowId: "f-1" }),
      ["attributes by deploy", "attributes by deploy"],
    ],
    ["a description removed by hand", state({ description: "x" }), reading(), ["attributes by deploy"]],
    ["an empty description, which counts as missing", state({ description: "" }), reading(), []],
    [
      "supported content, which the provider takes over",
      {},
      reading({ supportedContentId: "s-1" }),
      ["attributes by person"],
    ],

    ["an expression decides, and no one touched it", { derived: undefined }, reading(), []],
    [
      "an expression decides, and a host was removed",
      { derived: undefined },
      reading({ allowedDomains: ["example.com"] }),
      ["domains by deploy"],
    ],
    [
      "an expression decides, and the order is another",
      { derived: undefined, ...state({ allowedDomains: ["www.example.com", "example.com"] }) },
      reading(),
      ["domains by deploy"],
    ],
    [
      "an expression decides, and the list was emptied",
      { derived: undefined },
      reading(emptied),
      ["emptied-list by repair"],
      nullEdit,
    ],
    [
      "an expression decides, the list was emptied and the state repaired",
      { derived: undefined, ...state(emptied) },
      reading(emptied),
      ["domains by deploy"],
    ],

    [
      "all at once, the worst first",
      {},
      reading({ ...emptied, status: "Inactive", name: "x", ...configured("3") }, newest("3")),
      ["status by deploy", "emptied-list by repair", "newer-version-deployed by repair", "attributes by deploy"],
      nullEdit,
      versionEdit("3"),
    ],
  ];
  test.each(rows)("%s", (_, changes, live, expected, ...stateEdits) => {
    const audit = compare(withChanges(changes), live);
    expect(kinds(audit)).toEqual(expected);
    expect(edits(audit)).toEqual(stateEdits);
    expect(audit.verdict).toBe(expected.length === 0 ? "equal" : "drift");
  });
});

describe("what visitors lose and strangers gain", () => {
  const rows: readonly [string, Changes, LiveReading, readonly string[], readonly string[]][] = [
    ["a host removed", {}, reading({ allowedDomains: ["www.example.com"] }), ["example.com"], []],
    ["a subdomain removed that its parent still admits", {}, reading({ allowedDomains: ["example.com"] }), [], []],
    ["a host added", {}, reading({ allowedDomains: ["example.com", "www.example.com", "Evil.org"] }), [], ["evil.org"]],
    [
      "a subdomain added that its parent admits anyway",
      {},
      reading({ allowedDomains: ["a.example.com", "example.com", "www.example.com"] }),
      [],
      [],
    ],
    [
      "an entry added that no page matches",
      {},
      reading({ allowedDomains: ["*.org", "example.com", "https://x.org", "www.example.com"] }),
      [],
      [],
    ],
    [
      "a host replaced by its parent",
      { derived: listOf("www.example.com") },
      reading({ allowedDomains: ["example.com"] }),
      [],
      ["example.com"],
    ],
    ["the list emptied", {}, reading(emptied), ["example.com", "www.example.com"], []],
    ["everything allowed", {}, reading(open), [], ["every page"]],
    ["everything allowed, as it should be", { derived: everything() }, reading(open), [], []],
    ["everything should be allowed", { derived: everything() }, reading(), [], []],
    ["the deployment deleted", {}, reading({}, { api: { outcome: "gone" } }), ["example.com", "www.example.com"], []],
    ["never deployed: what was never there is not lost", { state: undefined }, reading(emptied), [], []],
    [
      "an expression decides: what Terraform last wrote counts",
      { derived: undefined },
      reading({ allowedDomains: ["x.org"] }),
      ["example.com", "www.example.com"],
      ["x.org"],
    ],
  ];
  test.each(rows)("%s", (_, changes, live, lost, gained) => {
    expect(compare(withChanges(changes), live)).toMatchObject({ lost, gained });
  });
});

describe("what visitors' browsers were told", () => {
  const old = {
    outcome: "served",
    content: { allowAllDomains: false, allowedDomains: ["example.com", "x.org"] },
  } as const;
  const inactive = { status: "Inactive" };
  const late = (publicFiles: Partial<LiveReading["publicFiles"]>, live: Partial<Deployment> = {}): LiveReading => {
    const current = reading(live);
    return { ...current, publicFiles: { ...current.publicFiles, ...publicFiles } };
  };

  test.each<[string, LiveReading, message: string, Changes?]>([
    ["an old list", late({ domains: old }), 'pages of "x.org" still show the Messenger'],
    [
      "an old list that blocks",
      late({ domains: { ...old, content: { allowAllDomains: false, allowedDomains: ["www.example.com"] } } }),
      'pages of "example.com" are still blocked',
    ],
    [
      "everything allowed until now",
      late({ domains: { ...old, content: open } } as const),
      "every page still shows the Messenger",
    ],
    [
      "an old version",
      late({ configuration: { outcome: "served", content: { version: "1", status: "Active" } } }),
      "still says version 1 of the configuration instead of 2",
    ],
    [
      "an old status",
      late({ configuration: { outcome: "served", content: { version: "2", status: "Inactive" } } }),
      "pages still show no Messenger",
    ],
    [
      "that it was Active",
      late({ configuration: { outcome: "served", content: { version: "2", status: "Active" } } }, inactive),
      "pages still show the Messenger",
      inactive,
    ],
    ["nothing yet", late({ domains: { outcome: "unknown-deployment" } }), "no page shows the Messenger"],
    [
      "no configuration yet",
      late({ configuration: { outcome: "unknown-deployment" } }),
      "config.json does not exist yet",
    ],
  ])("%s: time mends it", (_, live, message, changes = {}) => {
    const { verdict, drifts } = compare(withChanges(changes), live);
    expect(verdict).toBe("drift");
    expect(drifts).toMatchObject([
      { kind: "propagation", mendedBy: "time", message: expect.stringContaining(message) as string },
    ]);
  });

  test("in another order is the same", () => {
    const content = { allowAllDomains: false, allowedDomains: ["www.example.com", "example.com"] };
    expect(compare(subject, late({ domains: { outcome: "served", content } })).verdict).toBe("equal");
  });

  test.each(["domains", "configuration"])("is not known where %s cannot be read, whatever the API says", (file) => {
    const blocked = { outcome: "blocked-by-proxy", reason: "a proxy answered" } as const;
    expect(compare(subject, late({ [file]: blocked }))).toMatchObject({
      verdict: "unknown",
      drifts: [
        {
          kind: "public-files-unread",
          mendedBy: "person",
          message: "what visitors' browsers receive could not be read: a proxy answered",
        },
      ],
    });
  });
});

describe("without credentials the public files are judged, and what they cannot say is said", () => {
  const publicly = (live: Partial<Deployment> = {}): LiveReading =>
    reading(live, { api: notAsked, versions: notAsked });

  const rows: readonly [string, LiveReading, readonly string[]][] = [
    ["nothing", publicly(), []],
    ["a host removed", publicly({ allowedDomains: ["example.com"] }), ["domains by deploy"]],
    ["the list emptied", publicly(emptied), ["emptied-list by repair"]],
    ["a newer version deployed", publicly(configured("3")), ["newer-version-deployed by repair"]],
    ["an older version deployed", publicly(configured("1")), ["configuration by deploy"]],
    ["Inactive", publicly({ status: "Inactive" }), ["status by deploy"]],
  ];
  test.each(rows)("%s", (_, live, expected) => {
    const audit = compare(subject, live);
    expect(kinds(audit)).toEqual(expected);
    expect(audit.unchecked).toEqual([
      expect.stringMatching(/^the platform API was not read \(there are no credentials\): name, .* were not checked$/),
    ]);
  });

  test("a newer version is not called the newest: a repair must ask the API for that", () => {
    expect(edits(compare(subject, publicly(configured("3"))))).toEqual([]);
  });

  test("a deployment that the files do not know is gone, or the region is a wrong one", () => {
    const files = {
      domains: { outcome: "unknown-deployment" },
      configuration: { outcome: "unknown-deployment" },
    } as const;
    const audit = compare(subject, { ...publicly(), publicFiles: files });
    expect(kinds(audit)).toEqual(["deployment-gone by deploy"]);
    expect(audit.drifts[0]?.message).toContain("unless the region is wrong");
    expect(audit.lost).toEqual(["example.com", "www.example.com"]);
  });

  test("a file that cannot be read leaves it unknown", () => {
    const cut = { outcome: "unreachable", reason: "the host is down" } as const;
    const files = { domains: cut, configuration: cut };
    const audit = compare(subject, { ...publicly(), publicFiles: files });
    expect(audit).toMatchObject({ verdict: "unknown", lost: [], gained: [] });
    expect(audit.drifts).toEqual([{ kind: "unreachable", mendedBy: "person", message: "the host is down" }]);
  });
});

describe("what cannot be read is not called equal", () => {
  const refused = { outcome: "refused", reason: "no permission" } as const;

  test("the deployment: the public files are judged meanwhile", () => {
    const audit = compare(subject, reading({ allowedDomains: ["www.example.com"] }, { api: refused }));
    expect(audit.verdict).toBe("unknown");
    expect(kinds(audit)).toEqual(["unreachable by person", "domains by deploy"]);
    expect(audit.lost).toEqual(["example.com"]);
  });

  test("the versions, where a version published by hand would be drift", () => {
    expect(compare(subject, reading({}, { versions: refused })).verdict).toBe("unknown");
    expect(
      compare(withChanges({ stateConfigurationVersion: undefined }), reading({}, { versions: refused })).verdict,
    ).toBe("equal");
  });

  test("one reason is said once", () => {
    const audit = compare(subject, reading({}, { api: refused, versions: refused }));
    expect(audit.drifts.map(({ message }) => message)).toEqual(["no permission"]);
  });
});

describe("what the next plan changes whatever is live", () => {
  const tainted = { kind: "tainted", mendedBy: "person", message: "it is tainted" } as const;

  test.each<[string, Changes, LiveReading, readonly string[]]>([
    ["alone", {}, reading(), ["tainted by person"]],
    ["beside what differs live", {}, reading({ name: "Laden" }), ["tainted by person", "attributes by deploy"]],
    ["never deployed", { state: undefined }, reading(), ["tainted by person", "not-deployed by deploy"]],
  ])("is drift: %s", (_, changes, live, expected) => {
    const audit = compare(withChanges({ ...changes, pending: [tainted] }), live);
    expect(kinds(audit)).toEqual(expected);
    expect(audit.verdict).toBe("drift");
  });
});

describe("a state that had to be read from its copy", () => {
  const copy = { stateEmptied: "the state is empty" };

  test.each<[string, LiveReading, verdict: string]>([
    ["drift, although all else is equal", reading(), "drift"],
    ["drift beside another", reading({ name: "Laden" }), "drift"],
    [
      "unknown where something could not be read",
      reading({}, { api: { outcome: "refused", reason: "no permission" } }),
      "unknown",
    ],
  ])("is %s", (_, live, verdict) => {
    const audit = compare(withChanges(copy), live);
    expect(audit.verdict).toBe(verdict);
    expect(audit.drifts).toContainEqual({
      kind: "state-emptied",
      mendedBy: "repair",
      message: "the state is empty",
    });
  });
});

describe("what Genesys answered is kept beside the verdict", () => {
  test.each<[string, LiveReading["versions"], object]>([
    ["the newest version", { outcome: "served", newest: "2" }, { newestVersion: "2" }],
    ["that nothing was ever published", { outcome: "served" }, { neverPublished: true }],
    ["nothing of versions that are not known", { outcome: "refused", reason: "no permission" }, {}],
    ["nothing of a configuration that is gone", { outcome: "gone" }, {}],
  ])("%s", (_, versions, expected) => {
    const { api, publicFiles } = reading();
    expect(compare(subject, reading({}, { versions })).live).toStrictEqual({ api, publicFiles, ...expected });
  });
});

describe("what an expression decides is compared with what Terraform last wrote", () => {
  const remembered = { allowAllDomains: false, allowedDomains: ["www.example.com", "not a host", "example.com"] };

  test("entries that are no hosts admit no page", () => {
    expect(wantedDomains(undefined, remembered).list.domains).toEqual(["example.com", "www.example.com"]);
  });

  test("Genesys is told exactly what it was told before", () => {
    expect(wantedDomains(undefined, remembered)).toMatchObject({ policy: remembered, remembered });
  });

  test("where every page is admitted, it still is", () => {
    expect(wantedDomains(undefined, { ...remembered, allowAllDomains: true }).list.admits("x.org")).toBe(true);
  });

  test("and an entry says where it comes from", () => {
    const { list } = wantedDomains(undefined, remembered);
    expect(list.explain("www.example.com").message).toContain("which Terraform's state wrote");
  });
});

describe("the words", () => {
  test.each([
    [
      reading({}, { api: { outcome: "gone" } }),
      'the deployment "d-1" no longer exists, and no page shows the Messenger: a deploy creates another one under a new id, which every page must then use',
    ],
    [
      reading(
        {},
        {
          api: notAsked,
          publicFiles: { domains: { outcome: "unknown-deployment" }, configuration: { outcome: "unknown-deployment" } },
        },
      ),
      'the public files of the region have no deployment "d-1": no page shows the Messenger; unless the region is wrong, a deploy creates another one under a new id, which every page must then use',
    ],
    [reading({ description: "x" }), 'the description is "x" instead of empty: no visitor notices'],
    [
      reading({ pushIntegrations: ["Firebase p-1", "APNs p-2"] }),
      'the list of push integrations is "Firebase p-1, APNs p-2" instead of empty: mobile applications receive notifications differently',
    ],
    [reading({ flowId: "f-1" }), 'the flow is "f-1" instead of empty: conversations are routed differently'],
    [
      reading({ supportedContentId: "s-1" }),
      'the supported content is "s-1" instead of empty: visitors may send other kinds of files; a deploy restores it only where the program declares it',
    ],
    [
      reading({ allowedDomains: ["www.example.com"] }),
      '"example.com" is missing: pages there are now blocked: visitors see no Messenger, and the page shows no error',
    ],
    [
      reading(emptied),
      'the list is empty: the Messenger is blocked on every page, "example.com", "www.example.com" among them, and the pages show no error; no plan notices, because Terraform\'s state remembers the old entries',
    ],
    [
      reading({}, newest("3")),
      "version 3 of the configuration was published by hand, but Terraform knows 2: visitors still see version 2, no plan notices, and the next change of the deployment fails",
    ],
    [reading({ name: "Laden" }), 'the name is "Laden" instead of "Shop": no visitor notices'],
    [reading({ status: "Inactive" }), "the deployment is Inactive: the Messenger starts on no page"],
  ])("%#", (live, message) => {
    expect(compare(subject, live).drifts[0]?.message).toBe(message);
  });

  test("say of the code's own change that it was not deployed", () => {
    const changed = withChanges({ derived: listOf("example.com", "shop.org", "www.example.com") });
    expect(compare(changed, reading()).drifts[0]?.message).toMatch(/^not deployed yet: "shop.org" is missing/);
  });
});

/** The subject with changes; undefined takes something away. */
function withChanges(changes: Changes): AuditSubject {
  return Object.assign({ ...subject }, changes);
}
