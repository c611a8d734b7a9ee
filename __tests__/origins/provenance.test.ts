import fc from "fast-check";
import { AllowList } from "../../lib/origins/allow-list";
import { deriveAllowList } from "../../lib/origins/derive";
import { type Provenance, printProvenance, readProvenance, type RecordedDomains } from "../../lib/origins/provenance";

const derived = deriveAllowList({
  kind: "staging",
  written: [
    { value: "https://www.example.com/shop", place: { file: "../shop/.env.staging", line: 4, key: "SITE_URL" } },
    { value: "https://shop.example.com?token=s3cr3t-token", place: { file: "environments.ts", line: 7 } },
    { value: "http://shop.example.com", place: { file: "next.config.ts", key: "HOSTS", computed: true } },
  ],
  late: [{ value: "aws_lb.front.dns_name", place: { file: "main.ts", line: 12 } }],
  acknowledge: { "plain-http": "inside of the company" },
});
const recorded: RecordedDomains = {
  address: "genesyscloud_webdeployments_deployment.Messenger",
  environment: {
    name: "staging",
    kind: "staging",
    place: { file: "environments.ts", line: 5 },
    acknowledge: { "plain-http": "inside of the company" },
    allowAllDomains: false,
    ...derived,
  },
  overridden: { allowAllDomains: false, allowedDomains: ["www.example.com"] },
};
const provenance: Provenance = { repository: "../..", deployments: [recorded] };

const content = JSON.parse(printProvenance(provenance)) as {
  readonly deployments: readonly [Readonly<Record<string, unknown>>];
};
const changed = (changes: object): string => JSON.stringify({ ...content, ...changes });
const withDeployment = (changes: object): string =>
  changed({ deployments: [{ ...content.deployments[0], ...changes }] });

describe("the record of where allowed domains come from", () => {
  test("is read as it was written", () => {
    expect(readProvenance(printProvenance(provenance))).toEqual({ ok: true, provenance });
  });

  test("is read as it was written where there is the least to tell", () => {
    const environment = {
      name: "everywhere",
      kind: "development",
      place: undefined,
      acknowledge: {},
      findings: [],
    } as const;
    const all = { allowAllDomains: true, allowList: new AllowList([], { allowAllDomains: true }) };
    const least = { deployments: [{ address: "a.b", environment: { ...environment, ...all } }] };
    const text = printProvenance(least);
    expect(readProvenance(text)).toStrictEqual({ ok: true, provenance: least });
    const { name, kind, findings } = environment;
    expect(JSON.parse(text)).toStrictEqual({
      version: 1,
      deployments: [
        { address: "a.b", environment: { name, kind }, allowAllDomains: true, allowedDomains: [], findings },
      ],
    });
  });

  test("names each source of each domain, marks what is known at apply, and holds no secret", () => {
    expect(content.deployments[0]).toMatchObject({
      allowedDomains: [
        {
          domain: "shop.example.com",
          sources: [
            { value: "https://shop.example.com?…", place: { file: "environments.ts", line: 7 } },
            { value: "http://shop.example.com", place: { file: "next.config.ts", key: "HOSTS", computed: true } },
          ],
        },
        { domain: "www.example.com", sources: [{ place: { file: "../shop/.env.staging", line: 4, key: "SITE_URL" } }] },
      ],
      knownAtApply: [{ value: "aws_lb.front.dns_name", place: { file: "main.ts", line: 12 } }],
    });
    expect(JSON.stringify(content)).not.toContain("s3cr3t");
  });

  test("has deployments in the order of their addresses", () => {
    const other = { ...recorded, address: "genesyscloud_webdeployments_deployment.Another" };
    const [one, two] = [
      [recorded, other],
      [other, recorded],
    ].map((deployments) => printProvenance({ deployments }));
    expect(one).toBe(two);
  });

  test("has acknowledgements in the order of their rules", () => {
    const [loopback, plainHttp] = [{ loopback: "for a kiosk" }, { "plain-http": "inside of the company" }];
    const [one, two] = [
      { ...loopback, ...plainHttp },
      { ...plainHttp, ...loopback },
    ].map((acknowledge) =>
      printProvenance({ deployments: [{ ...recorded, environment: { ...recorded.environment, acknowledge } }] }),
    );
    expect(one).toBe(two);
  });

  test("may have fields that a later release adds", () => {
    expect(readProvenance(changed({ note: "new" }))).toEqual({ ok: true, provenance });
    expect(readProvenance(withDeployment({ note: "new" }))).toEqual({ ok: true, provenance });
  });

  test.each([
    ["", "is not a JSON object"],
    ["[]", "is not a JSON object"],
    ['{"version": 1', "is not a JSON object"],
    ["{}", "has no version, but this release of origins reads version 1"],
    [changed({ version: 2 }), "has version 2, but this release of origins reads version 1"],
    [changed({ deployments: undefined }), "is malformed: Missing deployments"],
    [changed({ deployments: {} }), "is malformed: Invalid deployments"],
    [changed({ repository: 7 }), "is malformed: Invalid repository"],
    [withDeployment({ address: undefined }), "is malformed: Missing deployments[0].address"],
    [withDeployment({ environment: null }), "is malformed: Invalid deployments[0].environment"],
    [
      withDeployment({ environment: { name: "a", kind: "b" } }),
      "is malformed: Invalid deployments[0].environment.kind",
    ],
    [
      withDeployment({ allowedDomains: [{ domain: "a.example.com" }] }),
      "is malformed: Missing deployments[0].allowedDomains",
    ],
    [
      withDeployment({ allowedDomains: [{ domain: "A.example.com", sources: [] }] }),
      'is malformed: Invalid domain "A.example',
    ],
    [
      withDeployment({ allowedDomains: [{ domain: "not a host", sources: [] }] }),
      'is malformed: Invalid domain "not a host"',
    ],
    [withDeployment({ knownAtApply: ["aws_lb.front"] }), "is malformed: Invalid deployments[0].knownAtApply[0]"],
    [withDeployment({ findings: [{}] }), "is malformed: Missing deployments[0].findings[0]"],
    [withDeployment({ overridden: {} }), "is malformed: Missing deployments[0].overridden"],
  ])("%.40s cannot be used: it %s", (text, problem) => {
    expect(readProvenance(text)).toEqual({ ok: false, problem: expect.stringContaining(problem) as unknown });
  });

  test("is never an exception, whatever is in its place", () => {
    const part = fc.constantFrom("version", "repository", "deployments", "environment", "allowedDomains", "findings");
    fc.assert(
      fc.property(part, fc.jsonValue(), (name, value) => {
        expect(() => readProvenance(changed({ [name]: value }))).not.toThrow();
        expect(() => readProvenance(withDeployment({ [name]: value }))).not.toThrow();
        expect(() => readProvenance(JSON.stringify(value))).not.toThrow();
      }),
    );
  });
});
