import { netlifyToml } from "../../../lib/sources/platforms/netlify-toml";
import { project, reading } from "../project";

const text = `# The shop
[build]
  command = "npm run build"
  environment = { SITE_URL = "https://build.example.com", NODE_VERSION = "22" }

[context.production.environment]
  SITE_URL = "https://www.example.com"
  TOKEN = "s3cr3t"

[context.deploy-preview]
  command = "npm run build:preview"
  environment.SITE_URL = "https://preview.example.com"

[context.branch-deploy.build.environment]
  SITE_URL = "https://branch.example.com"
  DOCS_URL = "https://docs.example.com"

[context.staging.environment]
  SITE_URL = """\\
    https://staging.example.com"""

[context."feat/*".environment]
  SITE_URL = "https://feature.example.com"

[context."feat/cart".environment]
  SITE_URL = "https://cart.example.com"

[context.main.environment]
  SITE_URL = "https://main.example.com"

[[redirects]]
  from = "/*"
  to = "/index.html"
`;
const root = (): string => project({ "netlify.toml": text });

test.each([
  ["production", {}, "https://www.example.com <- netlify.toml:7 SITE_URL"],
  ["a preview", { context: "deploy-preview" }, "https://preview.example.com <- netlify.toml:12 SITE_URL"],
  [
    "a branch without a context",
    { context: "branch-deploy" },
    "https://branch.example.com <- netlify.toml:15 SITE_URL",
  ],
  ["a branch by its name", { context: "staging" }, "https://staging.example.com <- netlify.toml:19 SITE_URL"],
  ["a branch by a pattern", { context: "feat/search" }, "https://feature.example.com <- netlify.toml:23 SITE_URL"],
  [
    "a branch by its name rather than by a pattern",
    { context: "feat/cart" },
    "https://cart.example.com <- netlify.toml:26 SITE_URL",
  ],
  ["the branch of production", { branch: "main" }, "https://main.example.com <- netlify.toml:29 SITE_URL"],
  [
    "the local server, which has no context here",
    { context: "dev" },
    "https://build.example.com <- netlify.toml:4 SITE_URL",
  ],
])("the context's variables win over those of every build, and the branch's over both: %s", (_, options, address) => {
  expect(reading(netlifyToml("netlify.toml", { ...options, variables: "SITE_URL" }), root())).toEqual({
    addresses: [address],
    findings: [],
  });
});

test("a branch has what branch deploys have beside its own variables", () => {
  expect(reading(netlifyToml(".", { context: "staging", variables: "DOCS_URL" }), root()).addresses).toEqual([
    "https://docs.example.com <- netlify.toml:16 DOCS_URL",
  ]);
});

test("of build and environment in one context, the one below counts", () => {
  const long = '[context.production]\nbuild = { environment = { A = "long.example.com" } }';
  const short = 'environment = { A = "short.example.com" }';
  const [header, build] = long.split("\n");
  const valueOf = (toml: string): readonly string[] =>
    reading(netlifyToml(".", { variables: "A" }), project({ "netlify.toml": toml })).addresses;
  expect(valueOf(`${long}\n${short}`)).toEqual(["short.example.com <- netlify.toml:3 A"]);
  expect(valueOf([header, short, build].join("\n"))).toEqual(["long.example.com <- netlify.toml:3 A"]);
});

describe("what cannot be read is a finding", () => {
  test("a branch without a context, with the contexts that are there", () => {
    expect(reading(netlifyToml("netlify.toml", { context: "next" }), root()).findings).toEqual([
      'error: "next" (netlify.toml:6) is not a context of netlify.toml (missing-environment): add [context.next.environment], ' +
        "or use one of production, deploy-preview, branch-deploy, staging, feat/*, feat/cart, main",
    ]);
  });

  test("a variable that may be in Netlify's UI", () => {
    expect(reading(netlifyToml("netlify.toml", { context: "feat/cart", variables: "X_URL" }), root()).findings).toEqual(
      [
        'error: "X_URL" (netlify.toml:25 X_URL) is not defined in [context."feat/cart".environment] or [build.environment] of ' +
          'netlify.toml (missing-variable): add X_URL = "https://…" to [context."feat/cart".environment], or use one of ' +
          "SITE_URL; the variables of Netlify's UI are not in the file",
      ],
    );
  });
});

test.each([
  ["no file", () => netlifyToml(""), 'Invalid path "": expected a file, such as "netlify.toml"'],
  ["no context", () => netlifyToml(".", { context: "" }), 'Invalid context "": expected a deploy context'],
  ["no branch", () => netlifyToml(".", { branch: "" }), 'Invalid branch "": expected the name of a branch'],
  [
    "an empty separator",
    () => netlifyToml(".", { separator: "" }),
    'Invalid separator "": expected what stands between two addresses',
  ],
])("a call that cannot be meant is refused: %s", (_, call, message) => {
  expect(call).toThrow(message);
});
