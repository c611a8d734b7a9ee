import { AnnotationMetadataEntryType, Testing, Token } from "cdktf";
import { type EnvironmentKind, environmentKinds, type RuleId } from "../../lib/origins/rule";
import { type Severity } from "../../lib/origins/finding";
import { nextEnvironment, type NextEnvironment } from "../../lib/sources/next-environment";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { type WebMessengerProps } from "../../lib/messenger/web-messenger-props";
import { production } from "./environments";
import { platformStack, refusals, stackWith } from "./synthesis";

const warning: string = AnnotationMetadataEntryType.WARN;

/** The warnings that the CLI shows for a stack. */
function warnings(stack: ReturnType<typeof platformStack>): string[] {
  Testing.synth(stack);
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === warning)
    .map(({ data }) => String(data));
}

const environmentOf = (
  kind: EnvironmentKind,
  addresses: readonly string[],
  more: { acknowledge?: Record<string, string>; allowAllDomains?: boolean } = {},
): NextEnvironment => nextEnvironment(kind, { kind, addresses, ...more });

type Severities = Readonly<Record<EnvironmentKind, Severity | "none">>;

const everywhere = (severity: Severity): Severities => ({
  production: severity,
  staging: severity,
  preview: severity,
  development: severity,
});

/** One row a rule: what breaks it, what does not, and how bad it is for each kind of environment. */
const table: readonly (readonly [RuleId, string, string, Severities])[] = [
  ["invalid-address", "ftp://files.example.com", "https://files.example.com", everywhere("error")],
  ["public-suffix", "https://vercel.app", "https://vercel.com", everywhere("error")],
  ["loopback", "localhost", "local.example.com", { ...everywhere("error"), development: "none" }],
  ["ip-address", "https://192.0.2.1", "https://host.example.com", { ...everywhere("error"), development: "none" }],
  [
    "private-name",
    "https://shop.internal",
    "https://shop.example.com",
    { production: "error", staging: "warning", preview: "warning", development: "none" },
  ],
  [
    "plain-http",
    "http://www.example.com",
    "https://www.example.com",
    { production: "error", staging: "warning", preview: "warning", development: "none" },
  ],
  [
    "wildcard",
    "*.example.com",
    "example.com",
    { production: "error", staging: "warning", preview: "none", development: "none" },
  ],
  [
    "platform-host",
    "https://shop.vercel.app",
    "https://shop.example.com",
    { production: "warning", staging: "none", preview: "none", development: "none" },
  ],
  [
    "preview-host",
    "https://shop-git-branch-team.vercel.app",
    "https://www.example.com",
    { production: "error", staging: "warning", preview: "none", development: "none" },
  ],
];

describe("the rules, through the construct", () => {
  const cases = table.flatMap(([rule, breaking, keeping, severities]) =>
    environmentKinds.map((kind) => ({ rule, breaking, keeping, kind, severity: severities[kind] })),
  );
  const of = (rule: string, lines: readonly string[]) => lines.filter((line) => line.includes(`(${rule})`));

  test.each(cases)("$rule in $kind: $severity", ({ rule, breaking, kind, severity }) => {
    const environment = environmentOf(kind, [breaking, "https://other.example.com"]);

    expect(of(rule, refusals({ environment }))).toHaveLength(severity === "error" ? 1 : 0);
    expect(of(rule, warnings(stackWith({ environment })))).toHaveLength(severity === "warning" ? 1 : 0);
  });

  test.each(cases)("$rule in $kind: nothing to say of $keeping", ({ rule, keeping, kind }) => {
    const environment = environmentOf(kind, [keeping]);

    expect(of(rule, [...refusals({ environment }), ...warnings(stackWith({ environment }))])).toEqual([]);
  });

  test.each(environmentKinds)("empty-list in %s: error", (kind) => {
    expect(of("empty-list", refusals({ environment: environmentOf(kind, []) }))).toHaveLength(1);
    expect(of("empty-list", refusals({ environment: environmentOf(kind, ["https://a.example.com"]) }))).toEqual([]);
  });

  test.each([
    ["production", 1, 0],
    ["staging", 0, 1],
    ["preview", 0, 1],
    ["development", 0, 1],
  ] as const)("allow-all in %s", (kind, errors, warned) => {
    const environment = environmentOf(kind, [], { allowAllDomains: true });

    expect(of("allow-all", refusals({ environment }))).toHaveLength(errors);
    expect(of("allow-all", warnings(stackWith({ environment })))).toHaveLength(warned);
  });

  test("a rule that is acknowledged, with its reason, neither refuses nor warns", () => {
    const environment = environmentOf("production", ["http://www.example.com", "https://shop.vercel.app"], {
      acknowledge: { "plain-http": "the proxy in front of it redirects", "platform-host": "the shop lives there" },
    });

    expect(refusals({ environment })).toEqual([]);
    expect(warnings(stackWith({ environment }))).toEqual([]);
  });

  test("a missing file is refused with its name", () => {
    const source = { read: () => ({ addresses: [], findings: [missing] }) };
    const missing = {
      rule: "source-missing",
      severity: "error",
      value: "",
      place: { file: ".env.production" },
      message: "the file is not there",
      remedy: "commit it",
    } as const;
    const environment = nextEnvironment("production", {
      kind: "production",
      addresses: ["https://www.example.com", source],
    });

    expect(refusals({ environment })).toEqual(["the file is not there (.env.production) (source-missing): commit it"]);
  });
});

describe("hosts that several Messengers of an app have", () => {
  const staging = nextEnvironment("staging", { kind: "staging", addresses: ["https://www.example.com"] });

  test("are warned of at each of them, in any order of declaration", () => {
    const stack = platformStack();
    new WebMessenger(stack, "Production", { environment: production(), defaultLanguage: "en-us" });
    new WebMessenger(stack, "Staging", { environment: staging, defaultLanguage: "en-us" });

    expect(warnings(stack)).toEqual([
      expect.stringMatching(/"https:\/\/www\.example\.com".* is also admitted by staging.*\(shared-host\)/),
      expect.stringMatching(/"https:\/\/www\.example\.com".* is also admitted by production.*\(shared-host\)/),
    ]);
  });

  test("are told apart by the construct where two environments have one name", () => {
    const stack = platformStack();
    new WebMessenger(stack, "BrandA", { environment: production(), defaultLanguage: "en-us" });
    new WebMessenger(stack, "BrandB", { environment: production("https://www.example.com"), defaultLanguage: "en-us" });

    expect(warnings(stack)).toEqual([
      expect.stringContaining("is also admitted by platform/BrandB"),
      expect.stringContaining("is also admitted by platform/BrandA"),
    ]);
  });

  test("are meant where two Messengers have the same environment", () => {
    const stack = platformStack();
    const environment = production();
    new WebMessenger(stack, "Chat", { environment, defaultLanguage: "en-us" });
    new WebMessenger(stack, "Sales", { environment, defaultLanguage: "en-us" });

    expect(warnings(stack)).toEqual([]);
  });

  test("are found when one of them was added afterwards", () => {
    const stack = platformStack();
    new WebMessenger(stack, "Production", { environment: production(), defaultLanguage: "en-us" });
    const other = nextEnvironment("staging", { kind: "staging", addresses: ["https://staging.example.com"] });
    const messenger = new WebMessenger(stack, "Staging", { environment: other, defaultLanguage: "en-us" });
    expect(warnings(stack)).toEqual([]);

    messenger.addAddress("https://shop.example.com");
    expect(warnings(stack)).toHaveLength(2);
  });

  test("are no concern of another app", () => {
    const stack = platformStack();
    new WebMessenger(stack, "Staging", { environment: staging, defaultLanguage: "en-us" });
    new WebMessenger(platformStack(), "Production", { environment: production(), defaultLanguage: "en-us" });

    expect(warnings(stack)).toEqual([]);
  });
});

test("a second synthesis does not warn again", () => {
  const stack = stackWith({ environment: environmentOf("staging", ["http://staging.example.com"]) });

  expect(warnings(stack)).toHaveLength(1);
  expect(warnings(stack)).toHaveLength(1);
});

describe("languages", () => {
  test.each(["en-us", "de", "pt-br", "es-419", "zh-hant-tw", "fil"])("%s is one", (defaultLanguage) => {
    expect(refusals({ defaultLanguage })).toEqual([]);
  });

  test.each([
    ["en_US", '"en-us"'],
    ["DE", '"de"'],
    ["pt-BR", '"pt-br"'],
    ["english", 'a language code in lower case, such as "en-us" or "de"'],
  ])("%s is invalid", (defaultLanguage, remedy) => {
    expect(refusals({ defaultLanguage })).toEqual([`Invalid defaultLanguage "${defaultLanguage}": expected ${remedy}`]);
  });

  test("the default one must be there", () => {
    expect(refusals({ defaultLanguage: "" })).toEqual([
      `Invalid defaultLanguage "": expected the language of most visitors, such as "en-us"`,
    ]);
  });

  test("the default one is one of them, and none is there twice", () => {
    expect(refusals({ defaultLanguage: "en-us", languages: ["de", "fr", "de"] })).toEqual([
      `Invalid languages[2] "de": it is listed twice; write it once`,
      `Invalid defaultLanguage "en-us": it is not one of languages; add it there, or choose one of them`,
    ]);
  });

  test("custom texts are in one of them", () => {
    const labels = { fr: { MessengerHomeHeaderTitle: "Bonjour" } };

    expect(refusals({ labels, languages: ["en-us", "fr"] })).toEqual([]);
    expect(refusals({ labels })).toEqual([
      `Invalid labels "fr": it is not one of languages; add it there, or leave its texts out`,
    ]);
  });
});

describe("languages that only Terraform knows", () => {
  const labels = { fr: { MessengerHomeHeaderTitle: "Bonjour" } };

  test.each([
    ["the list", Token.asList("${var.languages}")],
    ["one of the list", ["de", Token.asString("${var.language}")]],
    ["one of the list, written by hand", ["de", "${var.language}"]],
  ])("%s: they may be the default one and that of the texts", (_, languages) => {
    expect(refusals({ languages, labels })).toEqual([]);
  });

  test("the default one", () => {
    expect(refusals({ defaultLanguage: Token.asString("${var.language}"), languages: ["de"] })).toEqual([]);
    expect(refusals({ defaultLanguage: Token.asString("${var.language}"), labels })).toEqual([]);
  });
});

describe("what the provider cannot express is refused, with what to do", () => {
  const untyped = (props: object): Partial<WebMessengerProps> => props;

  test.each([
    [
      { supportCenter: { styleSetting: {} } },
      "Invalid supportCenter.styleSetting {}: expected globalStyle, heroStyle or both; write one, or leave styleSetting out",
    ],
    [{ supportCenter: { labelIds: [] } }, "Invalid supportCenter.labelIds []: expected at least 1 element, not 0"],
    [
      { supportCenter: { enabledCategories: [{ categoryId: "c" }] } },
      "Missing supportCenter.enabledCategories[0].imageUri: expected an https URL",
    ],
    [{ fileUpload: { modes: [] } }, "Invalid fileUpload.modes []: expected at least 1 element, not 0"],
    [{ styles: {} }, "Missing styles.primaryColor: expected a hex colour"],
    [{ homeScreen: {} }, "Missing homeScreen.logoUrl: expected an https URL"],
    [
      { conversations: { humanize: { bot: { name: "Robin" } } } },
      "Missing conversations.humanize.bot.avatarUrl: expected an https URL",
    ],
    [
      { labels: { "en-us": {} } },
      "Invalid labels.en-us {}: expected one text at least; write one, or leave the language out",
    ],
    [{ cobrowse: { channels: [] } }, "Invalid cobrowse.channels []: expected at least 1 element, not 0"],
  ])("%j", (props, problem) => {
    expect(refusals(untyped(props))).toEqual([expect.stringContaining(problem)]);
  });
});

describe("what nothing works without", () => {
  test.each([
    [{ authentication: { integrationId: "" } }, `Invalid authentication.integrationId "": expected the id`],
    [{ knowledge: { knowledgeBaseId: "" } }, `Invalid knowledge.knowledgeBaseId "": expected the id`],
    [{ flow: { name: "" } }, `Invalid flow.name "": expected the name`],
    [{ supportedContent: { id: "" } }, `Invalid supportedContent.id "": expected the id`],
    [
      { pushIntegrations: [{ id: "", provider: "FCM" as const }] },
      `Invalid pushIntegrations[0].id "": expected the id`,
    ],
    [
      { video: { agent: { background: "IMAGE" as const } } },
      "Missing video.agent.backgroundImageUrl: expected the https URL",
    ],
  ])("%j", (props, problem) => {
    expect(refusals(props)).toEqual([expect.stringContaining(problem)]);
  });

  test.each([
    [{ launcher: { iconUrl: "/icon.svg" } }, "launcher.iconUrl"],
    [{ homeScreen: { logoUrl: "logo.svg" } }, "homeScreen.logoUrl"],
    [
      { conversations: { humanize: { bot: { name: "Robin", avatarUrl: "http://a.example.com/b.png" } } } },
      "conversations.humanize.bot.avatarUrl",
    ],
    [{ video: { agent: { backgroundImageUrl: "wall.jpg" } } }, "video.agent.backgroundImageUrl"],
  ])("a picture that a page can show: %j", (props, property) => {
    expect(refusals(props)).toEqual([expect.stringMatching(`^Invalid ${property} ".*": expected an https URL`)]);
  });

  test.each([
    ["name", { name: "" }],
    ["name", { name: "x".repeat(101) }],
    [
      "name",
      { environment: nextEnvironment("x".repeat(95), { kind: "production", addresses: ["https://a.example.com"] }) },
    ],
  ])("a %s of 1 to 100 characters", (property, props) => {
    expect(refusals(props)).toContainEqual(
      expect.stringMatching(`^Invalid ${property} ".*": expected 1 to 100 characters`),
    );
  });
});

test("everything that is wrong is in one error, with the construct's path", () => {
  const file = ".env.production";
  const written = ["https://www.example.com", "http://localhost:3000", "*.vercel.app"];
  const source = {
    read: () => ({
      addresses: written.map((value, index) => ({ value, place: { file, line: index + 1, key: "SITE_URL" } })),
      findings: [],
    }),
  };
  const stack = stackWith({
    environment: nextEnvironment("production", { kind: "production", addresses: [source] }),
    defaultLanguage: "en_US",
    styles: { primaryColor: "blue" },
    journeyEvents: { scrollDepthEvents: [{ eventName: "deep", percentage: 120 }] },
  });

  expect(() => {
    stack.runAllValidations();
  }).toThrowErrorMatchingSnapshot();
});
