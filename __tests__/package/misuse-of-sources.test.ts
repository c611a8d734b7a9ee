import * as library from "../../lib";
import { type AddressSource, nextEnvironment } from "../../lib";

/** What is said of an environment with a source that answers this, as a program that no one compiled may have it. */
function said(read: () => unknown): readonly string[] {
  const source = { read } as AddressSource;
  const { findings } = nextEnvironment("production", { kind: "production", addresses: ["www.example.com", source] });
  return findings.map(({ rule, message, remedy }) => `${rule}: ${message}: ${remedy}`);
}

test.each<[string, () => unknown, string]>([
  ["a promise", () => Promise.resolve({ addresses: [], findings: [] }), "is a promise: read synchronously"],
  ["nothing", () => undefined, "is not a reading: return { addresses:"],
  ["bare addresses", () => ["www.example.com"], "is not a reading: return { addresses:"],
  ["no findings", () => ({ addresses: [] }), "is not a reading: return { addresses:"],
  [
    "texts as addresses",
    () => ({ addresses: ["a.example.com"], findings: [] }),
    "contains an invalid address (addresses[0])",
  ],
  [
    "a number",
    () => ({ addresses: [{ value: 443, place: { file: "a" } }], findings: [] }),
    "contains an invalid address",
  ],
  ["no place", () => ({ addresses: [{ value: "a.example.com" }], findings: [] }), "contains an invalid address"],
  ["a finding of nothing", () => ({ addresses: [], findings: [{}] }), "contains an invalid finding"],
])("a custom source that answers with %s is told what to answer", (_, read, message) => {
  expect(said(read)).toEqual([expect.stringContaining(`source-failed: the result of an address source ${message}`)]);
});

test("one that answers as it should has nothing said of it", () => {
  expect(said(() => ({ addresses: [{ value: "a.example.com", place: { file: "hosts" } }], findings: [] }))).toEqual([]);
});

/** The source as a program may call it that no one compiled. */
function call(name: keyof typeof library, ...given: readonly unknown[]): unknown {
  return Reflect.apply(library[name] as (...given: readonly unknown[]) => unknown, undefined, given);
}

test.each<[keyof typeof library, readonly unknown[], string]>([
  ["envFile", [], 'Missing files: expected a file, such as ".env", or a list of files'],
  ["envFile", [[".env", 1]], "Invalid files[1] 1: expected a file"],
  [
    "envFile",
    [".env", { variabels: "A" }],
    'envFile(".env") has invalid arguments:\n    - Unknown option "variabels": did you mean "variables"?',
  ],
  [
    "envFile",
    [".env", 443],
    "Invalid variables 443: expected the name of a variable, a list of names, or an object with variables",
  ],
  ["envFiles", [], "Missing folder: expected the application's folder"],
  ["envFiles", ["apps/shop", { mode: true }], "Invalid mode true: expected a part of a file's name"],
  [
    "envFiles",
    ["apps/shop", { variable: "A", separator: 7 }],
    'envFiles("apps/shop") has invalid arguments:\n    - Invalid separator 7: expected what stands between two addresses\n    - Unknown option "variable": did you mean "variables"?',
  ],
  ["envCmdrc", [], "Missing path: expected a file"],
  ["envCmdrc", [".env-cmdrc"], "Missing environment: expected the name of an environment"],
  ["envCmdrc", [".env-cmdrc", "staging", { recursive: "yes" }], 'Invalid recursive "yes": expected true or false'],
  ["netlifyToml", [], "Missing path: expected a file"],
  [
    "netlifyToml",
    ["netlify.toml", "production"],
    'Invalid options "production": expected an object with context, branch, variables, separator and leaveOut',
  ],
  [
    "wrangler",
    ["wrangler.toml", { enviroment: "staging" }],
    'Unknown option "enviroment": did you mean "environment"?',
  ],
  [
    "appHosting",
    ["apps/shop", { constructor: "staging" }],
    'Unknown option "constructor": expected one of environment, variables, separator',
  ],
  ["nextConfig", [], "Missing path: expected a file"],
  [
    "nextConfig",
    ["apps/shop", { keys: "i18n.domains" }],
    'Invalid keys "i18n.domains": expected a list, such as ["i18n.domains"]',
  ],
  [
    "nextConfig",
    ["apps/shop", { evaluate: "yes" }],
    'Invalid evaluate "yes": expected true, false or an object with mode',
  ],
  [
    "nextConfig",
    ["apps/shop", { evaluate: { timeout: 3 } }],
    'Unknown option "timeout" in evaluate: expected one of mode',
  ],
  ["nextIntlRouting", [null], "Invalid path null: expected a file"],
  ["vercelProject", [], "Missing project: expected the name or id of a project"],
  ["vercelProject", ["shop", { teem: "acme" }], 'Unknown option "teem": did you mean "team"?'],
  ["vercelProject", ["shop", { deployments: 20 }], "Invalid deployments 20: expected an object with newest"],
  [
    "netlifySite",
    ["shop", { environment: "production" }],
    'Unknown option "environment": expected one of context, branch',
  ],
  ["lockFile", [], "Missing path: expected a file"],
  ["lockFile", ["origins.lock.json", "vercel shop"], "Invalid sections []: expected at least 1 element, not 0"],
  [
    "lockFile",
    ["origins.lock.json", "vercel shop", "production", { leaveout: {} }],
    'Unknown option "leaveout": did you mean "leaveOut"?',
  ],
  [
    "lockFile",
    ["origins.lock.json", "vercel shop", ["production"]],
    'Invalid sections[0] ["production"]: expected a part',
  ],
  [
    "nextConfig",
    ["apps/shop", { evaluate: { unset: "CI" } }],
    'Invalid evaluate.unset "CI": expected a list, such as ["CI"]',
  ],
  ["nextConfig", ["apps/shop", { pulled: "yes" }], 'Invalid pulled "yes": expected true or false'],
])("%s called with %j says what to write instead", (name, given, message) => {
  expect(() => call(name, ...given)).toThrow(message);
});
