import * as library from "../../lib";
import { type AddressSource, nextEnvironment } from "../../lib";

/** What is said of an environment with a source that answers this, as a program that nobody compiled may have it. */
function said(read: () => unknown): readonly string[] {
  const source = { read } as AddressSource;
  const { findings } = nextEnvironment("production", { kind: "production", addresses: ["www.example.com", source] });
  return findings.map(({ rule, message, remedy }) => `${rule}: ${message}: ${remedy}`);
}

test.each<[string, () => unknown, string]>([
  ["a promise", () => Promise.resolve({ addresses: [], findings: [] }), "is a promise: read synchronously"],
  ["nothing", () => undefined, "is no reading: return { addresses:"],
  ["bare addresses", () => ["www.example.com"], "is no reading: return { addresses:"],
  ["no findings", () => ({ addresses: [] }), "is no reading: return { addresses:"],
  [
    "texts as addresses",
    () => ({ addresses: ["a.example.com"], findings: [] }),
    "has an address that is none (addresses[0])",
  ],
  [
    "a number",
    () => ({ addresses: [{ value: 443, place: { file: "a" } }], findings: [] }),
    "has an address that is none",
  ],
  ["no place", () => ({ addresses: [{ value: "a.example.com" }], findings: [] }), "has an address that is none"],
  ["a finding of nothing", () => ({ addresses: [], findings: [{}] }), "has a finding that is none"],
])("a source of one's own that answers with %s is told what to answer", (_, read, message) => {
  expect(said(read)).toEqual([
    expect.stringContaining(`source-failed: what a source of addresses answered ${message}`),
  ]);
});

test("one that answers as it should has nothing said of it", () => {
  expect(said(() => ({ addresses: [{ value: "a.example.com", place: { file: "hosts" } }], findings: [] }))).toEqual([]);
});

/** The source as a program may call it that nobody compiled. */
function call(name: keyof typeof library, ...given: readonly unknown[]): unknown {
  return Reflect.apply(library[name] as (...given: readonly unknown[]) => unknown, undefined, given);
}

test.each<[keyof typeof library, readonly unknown[], string]>([
  ["envFile", [], "envFile names no file"],
  ["envFile", [[".env", 1]], "envFile names no file"],
  [
    "envFile",
    [".env", { variabels: "A" }],
    'envFile(".env") cannot be read:\n- the option "variabels" is unknown: write one of variables, separator',
  ],
  ["envFile", [".env", 443], "- the options are 443: write { variables: …, separator: …, leaveOut: … }"],
  ["envFiles", [], "envFiles names no folder"],
  ["envFiles", ["apps/shop", { mode: true }], "- mode is true: write a text"],
  [
    "envFiles",
    ["apps/shop", { variable: "A", separator: 7 }],
    'envFiles("apps/shop") cannot be read:\n- the option "variable" is unknown: write one of mode, recursive, variables, separator, leaveOut\n- separator is 7: write a text',
  ],
  ["envCmdrc", [], "envCmdrc names no file"],
  ["envCmdrc", [".env-cmdrc"], "names no environment"],
  ["envCmdrc", [".env-cmdrc", "staging", { recursive: "yes" }], '- recursive is "yes": write true or false'],
  ["netlifyToml", [], "netlifyToml names no file"],
  ["netlifyToml", ["netlify.toml", "production"], '- the options are "production": write { context: …'],
  ["wrangler", ["wrangler.toml", { enviroment: "staging" }], '- the option "enviroment" is unknown'],
  ["appHosting", ["apps/shop", { constructor: "staging" }], '- the option "constructor" is unknown'],
  ["nextConfig", [], "nextConfig names no file"],
  ["nextConfig", ["apps/shop", { keys: "i18n.domains" }], '- keys is "i18n.domains": write a list of texts'],
  ["nextConfig", ["apps/shop", { evaluate: "yes" }], '- the options are "yes": write { mode: …'],
  ["nextConfig", ["apps/shop", { evaluate: { timeout: 3 } }], '- the option "timeout" is unknown: write one of mode'],
  ["nextIntlRouting", [null], "nextIntlRouting names no file"],
  ["vercelProject", [], "names no project"],
  ["vercelProject", ["shop", { teem: "acme" }], '- the option "teem" is unknown: write one of team'],
  ["vercelProject", ["shop", { deployments: 20 }], "- deployments is 20: write { newest: … }"],
  [
    "netlifySite",
    ["shop", { environment: "production" }],
    '- the option "environment" is unknown: write one of context',
  ],
  ["lockFile", [], "does not name what it reads"],
])("%s called with %j says what to write instead", (name, given, message) => {
  expect(() => call(name, ...given)).toThrow(message);
});
