import { appHosting } from "../../../lib/sources/platforms/app-hosting";
import { project, reading } from "../project";

const files = {
  "apps/shop/apphosting.yaml": `# https://firebase.google.com/docs/app-hosting/configure
runConfig:
  minInstances: 0
env:
  - variable: NEXT_PUBLIC_SITE_URL
    value: https://shop.example.com
    availability:
      - BUILD
      - RUNTIME
  - variable: DOCS_URL
    value: "https://docs.example.com" # quoted
  - variable: NEXTAUTH_URL
    secret: nextauth-url
  - { variable: PORT_URL, value: 3000, availability: [RUNTIME] }
`,
  "apps/shop/apphosting.staging.yaml": `env:
- variable: NEXT_PUBLIC_SITE_URL
  value: >-
    https://staging.example.com
`,
};
const root = (): string => project(files);

test("the variables of all environments are read, with the lines of their values", () => {
  expect(reading(appHosting("apps/shop", { variables: ["NEXT_PUBLIC_SITE_URL", "DOCS_URL"] }), root())).toEqual({
    addresses: [
      "https://shop.example.com <- apps/shop/apphosting.yaml:6 NEXT_PUBLIC_SITE_URL",
      "https://docs.example.com <- apps/shop/apphosting.yaml:11 DOCS_URL",
    ],
    findings: [],
  });
});

test("an environment's own file wins, variable by variable", () => {
  const source = appHosting("apps/shop", { environment: "staging", variables: ["NEXT_PUBLIC_SITE_URL", "DOCS_URL"] });
  expect(reading(source, root()).addresses).toEqual([
    "https://staging.example.com <- apps/shop/apphosting.staging.yaml:3 NEXT_PUBLIC_SITE_URL",
    "https://docs.example.com <- apps/shop/apphosting.yaml:11 DOCS_URL",
  ]);
});

test("an environment's own file is enough", () => {
  const staging = project({ "apphosting.staging.yaml": files["apps/shop/apphosting.staging.yaml"] });
  expect(reading(appHosting(".", { environment: "staging" }), staging).addresses).toHaveLength(1);
});

test("an alias stands for the last anchor of that name above it, also one of a key", () => {
  const yaml =
    "x: &a https://a.example.com\n&k https://k.example.com: &a https://b.example.com\nenv:\n- {variable: A, value: *a}\n- {variable: K, value: *k}\n";
  const { addresses } = reading(appHosting(".", { variables: ["A", "K"] }), project({ "apphosting.yaml": yaml }));
  expect(addresses.map((address) => address.split(" ")[0])).toEqual(["https://b.example.com", "https://k.example.com"]);
});

test("anchors, aliases and merge keys mean what they say; an alias has its own line", () => {
  const yaml = `shared: &shared
  value: https://shop.example.com
env:
  - variable: A
    <<: *shared
  - variable: B
    value: &b https://b.example.com
  - variable: C
    value: *b
`;
  const source = appHosting(".", { variables: ["A", "B", "C"] });
  expect(reading(source, project({ "apphosting.yaml": yaml })).addresses).toEqual([
    "https://shop.example.com <- apphosting.yaml:2 A",
    "https://b.example.com <- apphosting.yaml:7 B",
    "https://b.example.com <- apphosting.yaml:9 C",
  ]);
});

describe("a secret", () => {
  test("that was named is a mistake", () => {
    expect(reading(appHosting("apps/shop", { variables: "NEXTAUTH_URL" }), root())).toEqual({
      addresses: [],
      findings: [
        'error: "NEXTAUTH_URL" (apps/shop/apphosting.yaml:13 NEXTAUTH_URL) is a secret, whose value is not in the file ' +
          "(secret-value): a page address is not a secret: write it as value, or in the list of addresses",
      ],
    });
  });

  test("among the usual variables is worth a warning", () => {
    expect(reading(appHosting("apps/shop"), root())).toEqual({
      addresses: ["https://shop.example.com <- apps/shop/apphosting.yaml:6 NEXT_PUBLIC_SITE_URL"],
      findings: [expect.stringMatching(/^warning: "NEXTAUTH_URL".*\(secret-value\)/)],
    });
  });
});

describe("what cannot be read is a finding", () => {
  test("a missing file: the one of the environment, or the one of all", () => {
    expect(reading(appHosting("apps/shop", { environment: "prod" }), root()).findings).toEqual([
      expect.stringContaining(
        '"apps/shop/apphosting.prod.yaml" (apps/shop/apphosting.prod.yaml) does not exist (missing-file)',
      ),
    ]);
    expect(reading(appHosting("apps"), root()).findings).toEqual([
      expect.stringContaining('"apps/apphosting.yaml" (apps/apphosting.yaml) does not exist (missing-file)'),
    ]);
  });

  test("a variable that may be in the console", () => {
    const { findings } = reading(appHosting("apps/shop", { environment: "staging", variables: "SITE_URL" }), root());
    expect(findings).toEqual([
      'error: "SITE_URL" (apps/shop/apphosting.staging.yaml:1 SITE_URL) is not defined in apps/shop/apphosting.staging.yaml, ' +
        'apps/shop/apphosting.yaml (missing-variable): add "- variable: SITE_URL" with its value to env of ' +
        "apps/shop/apphosting.staging.yaml, or use one of NEXT_PUBLIC_SITE_URL, NEXTAUTH_URL; the variables of " +
        "the Firebase console are not in the file",
    ]);
  });

  test.each([
    ["no value", "env:\n  - variable: A\n", '"A" is empty (apphosting.yaml:2 A) (empty-value)'],
    ["a value of nothing", "env:\n  - variable: A\n    value:\n", '"A" is empty (apphosting.yaml:3 A) (empty-value)'],
    [
      "a table",
      "env:\n  - variable: A\n    value: {b: c}\n",
      "(apphosting.yaml:3 A) is a table, but a string is expected",
    ],
    ["a table of variables", "env:\n  A: b\n", '"env" (apphosting.yaml:1 env) is not a list (invalid-config)'],
    ["no variables", "env:\n", "is not defined in apphosting.yaml"],
    ["an empty file", "", "is not defined in apphosting.yaml"],
    ["a tab", "env:\n\t- variable: A\n", "(apphosting.yaml:2) is not valid YAML: tabs are not allowed as indentation"],
    ["a key twice", "env: []\nenv: []\n", "(apphosting.yaml:2) is not valid YAML: duplicate key"],
    [
      "two documents",
      "env: []\n---\nenv: []\n",
      "(apphosting.yaml:2) is not valid YAML: a second document begins here",
    ],
    [
      "an alias of nothing",
      "env: *s3cr3t\n",
      "(apphosting.yaml:1) is not valid YAML: an alias without an anchor above it",
    ],
    ["a circle", "env: &a\n  - *a\n", "(apphosting.yaml:2) is not valid YAML: a value refers to itself"],
  ])("%s", (_, yaml, said) => {
    const { addresses, findings } = reading(appHosting(".", { variables: "A" }), project({ "apphosting.yaml": yaml }));
    expect(addresses).toEqual([]);
    expect(findings).toEqual([expect.stringContaining(said)]);
  });

  test("a file of text made to grow without end is harmless", () => {
    const levels = Array.from({ length: 30 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`);
    const yaml = ["a0: &a0 x", ...levels, "env: []"].join("\n");
    expect(reading(appHosting(".", { variables: "A" }), project({ "apphosting.yaml": yaml })).findings).toHaveLength(1);
  });

  test("a file of thousands of aliases does not take forever", () => {
    const yaml = `env: [{variable: A, value: &a https://a.example.com}]\nothers:\n${"- *a\n".repeat(5_000)}`;
    expect(reading(appHosting(".", { variables: "A" }), project({ "apphosting.yaml": yaml })).addresses).toHaveLength(
      1,
    );
  });
});

test.each([
  [
    "an environment that leads elsewhere",
    () => appHosting(".", { environment: "../x" }),
    'Invalid environment "../x": expected a part of a file',
  ],
  [
    "an empty separator",
    () => appHosting(".", { separator: "" }),
    'Invalid separator "": expected what stands between two addresses',
  ],
])("a call that cannot be meant is refused: %s", (_, call, message) => {
  expect(call).toThrow(message);
});
