import { join } from "node:path";
import { diagnose, type Diagnosed, ownOptions } from "./compiler";

const imports = `import * as library from "../../lib";
  import { App, TerraformResource, TerraformStack } from "cdktf";
  const { appHosting, envCmdrc, envFile, envFiles, MessengerStack, netlifyToml, nextConfig, nextEnvironment, terraformValue, WebMessenger, wrangler } = library;
  declare const stack: TerraformStack;
  declare const resource: TerraformResource;
  declare const environment: library.NextEnvironment;
  declare const messenger: library.WebMessenger;
  const kind = "production", addresses = ["www.example.com"], defaultLanguage = "en-us";
  void [App, TerraformResource, appHosting, envCmdrc, envFile, envFiles, MessengerStack, netlifyToml, nextConfig, nextEnvironment, terraformValue, WebMessenger, wrangler, stack, resource, environment, messenger, kind, addresses, defaultLanguage];`;

/** Mistakes that someone makes in an environments.ts or a main.ts, each in one expression, and the word that the compiler stumbles over. */
const mistakes: readonly (readonly [snippet: string, at: string])[] = [
  // the environment
  [`nextEnvironment({ kind, addresses })`, "nextEnvironment"],
  [`nextEnvironment("production", { addresses })`, "{ addresses"],
  [`nextEnvironment("production", { kind: "prod", addresses })`, "kind"],
  [`nextEnvironment("production", { kind })`, "{ kind"],
  [`nextEnvironment("production", { kind, adresses: [] })`, "adresses"],
  [`nextEnvironment("production", { kind, addresses: "www.example.com" })`, "addresses"],
  [`nextEnvironment("production", { kind, addresses: [443] })`, "443"],
  [`nextEnvironment("production", { kind, addresses: [undefined] })`, "undefined"],
  [`nextEnvironment("production", { kind, addresses: [process.env["SITE_URL"]] })`, "process"],
  [`nextEnvironment("production", { kind, addresses: [envFile] })`, "envFile"],
  [`nextEnvironment("production", { kind, addresses: [["www.example.com"]] })`, "["],
  [`nextEnvironment("production", { kind, addresses, acknowledge: ["loopback"] })`, "acknowledge"],
  [`nextEnvironment("production", { kind, addresses, acknowledge: { "plain-http": true } })`, '"plain-http"'],
  [`nextEnvironment("production", { kind, addresses, allowAllDomains: "no" })`, "allowAllDomains"],
  [`environment.with(["www.example.com"])`, "["],
  [`environment.kind = "staging"`, "kind"],
  // sources
  [`envFile()`, "envFile"],
  [`envFile(".env", { variabels: "SITE_URL" })`, "variabels"],
  [`envFile(".env", { variables: [443] })`, "{ variables"],
  [`envFiles("apps/shop", { mode: true })`, "mode"],
  [`envFiles("apps/shop", { variable: "SITE_URL" })`, "variable"],
  [`nextConfig("apps/shop", { keys: ["i18n.domain"] })`, '"i18n.domain"'],
  [`nextConfig("apps/shop", { keys: "i18n.domains" })`, "keys"],
  [`nextConfig("apps/shop", { evaluate: "yes" })`, "evaluate"],
  [`netlifyToml()`, "netlifyToml"],
  [`wrangler("wrangler.toml", { enviroment: "staging" })`, "enviroment"],
  [`envCmdrc(".env-cmdrc", { enviroment: "staging" })`, "enviroment"],
  [`appHosting("apps/shop", { enviroment: "staging" })`, "enviroment"],
  // a custom source
  [`nextEnvironment("a", { kind, addresses: [{ read: () => ["www.example.com"] }] })`, "["],
  [`nextEnvironment("a", { kind, addresses: [{ read: () => ({ addresses: [] }) }] })`, "({"],
  [
    `nextEnvironment("a", { kind, addresses: [{ read: () => ({ addresses: [{ value: "a.example.com" }], findings: [] }) }] })`,
    "{ value",
  ],
  [
    `nextEnvironment("a", { kind, addresses: [{ read: async () => ({ addresses: [], findings: [] }) }] })`,
    "({ addresses",
  ],
  // what only Terraform knows
  [`terraformValue()`, "terraformValue"],
  [`terraformValue(443)`, "443"],
  [`terraformValue(resource)`, "resource"],
  [`terraformValue({ shop: "www.example.com" })`, "shop"],
  [`terraformValue(undefined)`, "undefined"],
  [`terraformValue("\${var.domain}", "the domain")`, '"the domain"'],
  [`messenger.addAddress(resource)`, "resource"],
  // the constructs
  [`new MessengerStack(new App(), "production", { defaultLanguage })`, "{ defaultLanguage"],
  [`new MessengerStack(new App(), "production", { environment })`, "{ environment"],
  [`new WebMessenger(stack, "Messenger", { environment })`, "{ environment"],
  [`new MessengerStack(new App(), "production", { environment: "production", defaultLanguage })`, "environment"],
  [`new MessengerStack(new App(), "production", { environment, defaultLanguage, region: "eu-central-9" })`, "region"],
  [`new MessengerStack(new App(), "production", { environment, defaultLanguage, region: "mypurecloud.de" })`, "region"],
  [`new MessengerStack(new App(), "production", { environment, defaultLanguage, backend: { type: "s4" } })`, "backend"],
  [`new MessengerStack(new App(), "production", { environment, defaultLanguage, backend: { type: "s3" } })`, "backend"],
  [
    `new WebMessenger(stack, "Messenger", { environment, defaultLanguage, allowedDomains: ["www.example.com"] })`,
    "allowedDomains",
  ],
  [`new WebMessenger(stack, "Messenger", { environment, defaultLanguage, flow: "Support" })`, "flow"],
  [`new WebMessenger(stack, "Messenger", { environment, defaultLanguage, adopt: "4711" })`, "adopt"],
  [
    `new WebMessenger(stack, "Messenger", { environment, defaultLanguage, adopt: { deploymentId: "4711" } })`,
    "{ environment",
  ],
  [
    `new WebMessenger(stack, "Messenger", { environment, defaultLanguage, adopt: { deploymentID: "4711", configurationId: "4712" } })`,
    "deploymentID",
  ],
  [
    `new WebMessenger(stack, "Messenger", { environment, defaultLanguage, styles: { primaryColour: "#0A6EBD" } })`,
    "primaryColour",
  ],
];

/** What the compiler says of snippets that are files of this folder. */
function diagnosed(snippets: readonly string[]): readonly (readonly Diagnosed[])[] {
  const texts = snippets.map(
    (snippet, index) => [join(__dirname, `snippet-${index}.ts`), `${imports}\n${snippet};\n`] as const,
  );
  return diagnose(new Map(texts), ownOptions());
}

describe("the compiler stops at the mistake itself", () => {
  const found = diagnosed([
    ...mistakes.map(([snippet]) => snippet),
    "nextEnvironment('production', { kind, addresses })",
  ]);

  test.each(mistakes.map(([snippet, at], index) => ({ snippet, at, index })))("$snippet", ({ at, index }) => {
    expect(found[index]?.map((mistake) => mistake.at.slice(0, at.length))).toEqual([at]);
  });

  test.each(["MessengerStack", "WebMessenger"])("a %s without a default language is told of it by name", (name) => {
    const snippet = mistakes.findIndex(
      ([text]) => text.startsWith(`new ${name}(`) && text.endsWith("{ environment })"),
    );

    expect(found[snippet]?.[0]?.message).toContain("Property 'defaultLanguage' is missing");
    expect(found[snippet]?.[0]?.message).not.toContain("configuration");
  });

  test("and at nothing else", () => {
    expect(found.at(-1)).toEqual([]);
  });
});
