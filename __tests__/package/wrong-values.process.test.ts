import { App, Lazy, LocalBackend, TerraformStack } from "cdktf";
import { quote } from "../../lib/base/problem";
import * as library from "../../lib";
import * as addresses from "../../lib/addresses";
import * as testing from "../../lib/testing";
import { nothingIsWritten, platformStack } from "../messenger/synthesis";
import { DeclaredTypes, type DeclaredValue, type WrongValue, entryFiles } from "./declared-types";

const environment = library.nextEnvironment("production", { kind: "production", addresses: ["www.example.com"] });
const { allowList } = environment;
const place = { file: "environments.ts" };
const written = { value: "www.example.com", place };
const finding = { rule: "loopback", severity: "error", value: "x", message: "x", remedy: "y" };
const policy = library.contentSecurityPolicy();
const outer = platformStack();

/** Objects that are made elsewhere, by the names of their types. */
const samples = {
  NextEnvironment: environment,
  AddressSource: library.envFile(".env"),
  AllowList: allowList,
  Construct: outer,
  WebdeploymentsConfiguration: new library.MessengerConfiguration(outer, "Look", { defaultLanguage: "en-us" }).resource,
  IConstruct: outer,
  TerraformProvider: new library.GenesyscloudProvider(outer, "Other", { alias: "other" }),
  ITerraformDependable: { fqn: "null_resource.first" },
  Iterable: [],
  IResolvable: Lazy.anyValue({ produce: () => [] }),
};

/** What no message shows. */
const secrets = new Set(["accessToken", "oauthclientSecret", "username", "password"]);

/** What the library makes, and a program passes on. */
const made = new Set(["Place", "WrittenAddress", "Finding", "DomainPolicy", "NamedAllowList"]);

/** An argument that is made anew for every call. */
type Argument = () => unknown;
const always =
  (value: unknown): Argument =>
  () =>
    value;
const scope: Argument = () => new App(nothingIsWritten);
const stack: Argument = () => new TerraformStack(new App(nothingIsWritten), "platform");
const options = always({});
const ofStack = { environment, defaultLanguage: "en-us" };

/** How everything public is called when all is well. The last arguments of one with rest parameters are a list. */
const calls: Readonly<Record<string, readonly Argument[]>> = {
  appHosting: [always("apps/shop"), options],
  envCmdrc: [always(".env-cmdrc"), always("staging"), options],
  envFile: [always(".env"), options],
  envFiles: [always("apps/shop"), options],
  lockFile: [always("origins.lock.json"), always("vercel shop"), always(["production"])],
  netlifySite: [always("shop"), options],
  netlifyToml: [always("netlify.toml"), options],
  nextConfig: [always("apps/shop"), options],
  nextEnvironment: [always("production"), always({ kind: "production", addresses: [] })],
  nextIntlRouting: [always("apps/shop"), options],
  vercelProject: [always("shop"), options],
  wrangler: [always("wrangler.toml"), options],
  "new AllowList": [always([]), options],
  "AllowList.admits": [always("www.example.com")],
  "AllowList.entryFor": [always("www.example.com")],
  "AllowList.explain": [always("www.example.com")],
  "AllowList.diff": [always({ allowAllDomains: false, allowedDomains: [] })],
  deriveAllowList: [always({ kind: "production", written: [written] })],
  formatFinding: [always(finding)],
  formatPlace: [always(place)],
  parseAddress: [always("www.example.com")],
  refuses: [always(finding)],
  sharedHosts: [always([environment])],
  entryAdmits: [always("example.com"), always("www.example.com")],
  policyAdmits: [always({ allowAllDomains: false, allowedDomains: [] }), always("www.example.com")],
  findRegion: [always("us-east-1")],
  contentSecurityPolicy: [options],
  messengerEnvironmentVariables: [always({ deploymentId: "id" })],
  mergeContentSecurityPolicy: [always("default-src 'self'"), always(policy)],
  "new GenesyscloudProvider": [stack, always("Genesys"), options],
  "new MessengerConfiguration": [stack, always("Look"), always({ defaultLanguage: "en-us" })],
  "MessengerConfiguration.fromConfigurationName": [stack, always("Existing"), always("House style"), options],
  "MessengerConfiguration.renamedFrom": [always("House")],
  "new MessengerStack": [scope, always("production"), always(ofStack)],
  "new ReleasedMessenger": [stack, always("Messenger")],
  messengerSnippet: [always({ deploymentId: "id" })],
  terraformValue: [always("${var.domain}"), options],
  "new WebMessenger": [stack, always("Messenger"), always(ofStack)],
  "WebMessenger.fromDeploymentName": [stack, always("Existing"), always("Support"), options],
  "WebMessenger.fromDeploymentId": [stack, always("Existing"), always("id"), options],
  "WebMessenger.fromDeploymentAttributes": [stack, always("Existing"), always({ deploymentId: "id" })],
  "WebMessenger.addAddress": [always(["www.example.com"])],
  "WebMessenger.renamedFrom": [always("Shop")],
  allowLists: [always(environment), options],
  findings: [always(environment), options],
  resources: [always(environment)],
  review: [always(environment), options],
};

const rest = new Set(["lockFile", "WebMessenger.addAddress"]);

/** What is judged otherwise: as a finding of the environment, with the others; entry by entry, in whatever they come. */
const judgedElsewhere = new Set(["terraformValue value", "new AllowList entries"]);

const everything: Readonly<Record<string, unknown>> = { ...library, ...addresses, ...testing };

/** Calls what goes by a name. */
function call(name: string, given: readonly unknown[]): unknown {
  const flat = rest.has(name) ? [...given.slice(0, -1), ...Array.from(given.at(-1) as Iterable<unknown>)] : given;
  const [owner = "", member] = name.replace("new ", "").split(".");
  const target = everything[owner];
  if (typeof target !== "function") throw new Error(`There is no "${owner}".`);
  if (name.startsWith("new ")) return Reflect.construct(target, flat) as unknown;
  if (member === undefined) return Reflect.apply(target, undefined, flat) as unknown;
  const receiver: unknown = member in target ? target : receivers[owner]?.();
  const method: unknown = Reflect.get(Object(receiver) as object, member);
  if (typeof method !== "function") throw new Error(`There is no "${name}".`);
  return Reflect.apply(method, receiver, flat) as unknown;
}

const receivers: Readonly<Record<string, () => unknown>> = {
  AllowList: () => allowList,
  MessengerConfiguration: () =>
    new library.MessengerConfiguration(platformStack(), "Look", { defaultLanguage: "en-us" }),
  WebMessenger: () => new library.WebMessenger(platformStack(), "Messenger", ofStack),
};

/** What is wrong with what was said of a mistake; undefined where it is told as it should be. */
function complaint(
  run: () => unknown,
  parameter: string,
  { path: way, instead, isUnknownName }: WrongValue,
): string | undefined {
  const path = way.startsWith("[") ? `${parameter}${way}` : way;
  try {
    run();
    return "was accepted";
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "Error") return `was told as ${String(error)}`;
    const lines = error.message.split("\n").map((line) => line.trim().replace(/^- /, ""));
    const isTold = lines.some((line) => isAbout(line));
    return isTold ? undefined : `was told as ${error.message}`;
  }

  function isAbout(line: string): boolean {
    const container = path.replace(/\.?[^.]*$/, "");
    if (isUnknownName) return /^Unknown (property|option) "/.test(line) && line.includes(`"${String(instead)}"`);
    if (instead === undefined) {
      return line.startsWith(`Missing ${path}: expected`) || line.startsWith(`Invalid ${container} {`);
    }
    if (secrets.has(path.split(".").at(-1) ?? "")) return line === `Invalid ${path} (not shown): expected a string`;
    return path === ""
      ? /^Invalid \S+ /.test(line) && line.includes(` ${quote(instead)}: `)
      : line.startsWith(`Invalid ${path} ${quote(instead)}: `);
  }
}

describe("what the compiler refuses is refused by name where no compiler looks", () => {
  const types = new DeclaredTypes(samples, made);
  const signatures = new Map(entryFiles.flatMap((entry) => [...types.signatures(entry)]));

  test("everything public is tried", () => {
    expect([...signatures.keys()].sort()).toEqual(Object.keys(calls).sort());
  });

  test.each(Object.keys(calls))("%s takes what it is called with here", (name) => {
    const given = (calls[name] ?? []).map((argument) => argument());
    expect(() => call(name, given)).not.toThrow();
  });

  const parameters = Object.entries(calls).flatMap(([name, given]) => {
    const signature = signatures.get(name);
    const declared = signature === undefined ? [] : types.parameters(signature);
    return declared.flatMap(({ name: parameter, type }, index) => {
      if (judgedElsewhere.has(`${name} ${parameter}`)) return [];
      const values = (choose?: (member: string) => boolean): DeclaredValue => types.valuesOf(type, choose);
      const isSharing = (member: string): boolean => member.startsWith("Sharing");
      const variants: readonly (readonly [string, DeclaredValue])[] =
        /^new (MessengerStack|WebMessenger)$/.test(name) && index === 2
          ? [
              [`${parameter}, its own configuration`, values((member) => !isSharing(member))],
              [`${parameter}, a shared configuration`, values(isSharing)],
            ]
          : [[parameter, values()]];
      // Who shares no configuration makes one.
      const isChoice = ({ path, instead }: WrongValue): boolean => path === "configuration" && instead === undefined;
      return variants.map(([what, { wrong: all }]) => {
        const wrong = all.filter((mistake) => !isChoice(mistake));
        return { name, parameter, what, index, given, wrong };
      });
    });
  });

  test.each(parameters)("$name: $what", ({ name, parameter, index, given, wrong }) => {
    const told = wrong.flatMap((mistake) => {
      const values = given.map((argument, position) => (position === index ? mistake.value : argument()));
      // What a rest parameter gets is a list in any case.
      if (rest.has(name) && index === given.length - 1 && !Array.isArray(mistake.value)) return [];
      const problem = complaint(() => call(name, values), parameter, mistake);
      return problem === undefined ? [] : [`${mistake.path} = ${quote(mistake.instead)} ${problem}`];
    });

    expect(wrong.length).toBeGreaterThan(0);
    expect(told).toEqual([]);
  });

  test("there are thousands of mistakes", () => {
    expect(parameters.reduce((sum, { wrong }) => sum + wrong.length, 0)).toBeGreaterThan(2_000);
  });
});

test("all mistakes are told at once, each in one line", () => {
  const props = {
    ...ofStack,
    flow: "Support",
    languages: "de",
    launcher: "On",
    overrides: { configuraton: {} },
    regoin: "eu-central-1",
  };

  expect(() => call("new MessengerStack", [scope(), "production", props])).toThrow(
    [
      'MessengerStack "production" cannot be made:',
      'Invalid flow "Support": expected an object, such as { name: "Support" } or { id: "…" }',
      'Invalid languages "de": expected a list, such as ["de"]',
      'Invalid launcher "On": expected an object, such as { visibility: "On" }',
      'Unknown property "configuraton" in overrides: did you mean "configuration"?',
      'Unknown property "regoin": did you mean "region"?',
    ].join("\n    - "),
  );
});

test("what belongs elsewhere is told where", () => {
  const props = { ...ofStack, allowedDomains: ["www.example.com"], provider: samples.TerraformProvider };

  expect(() => call("new MessengerStack", [scope(), "production", props])).toThrow(
    [
      'Unknown property "allowedDomains": declare the addresses on the environment',
      'Unknown property "provider": the stack makes its provider; make a WebMessenger in a stack with yours',
    ].join("\n    - "),
  );
});

test.each<[string, string, readonly unknown[], string]>([
  ["an id", "new WebMessenger", [stack(), ofStack], "Invalid id { environment, defaultLanguage }: expected a string"],
  ["a scope", "new WebMessenger", ["Messenger", ofStack], 'Invalid scope "Messenger": expected a construct'],
  ["a host", "new AllowList", [[{ sources: [] }]], "Missing host: expected a string"],
  [
    "a place",
    "new AllowList",
    [new Set([{ host: "a", sources: [{ value: "a" }] }])],
    "Missing sources[0].place: expected",
  ],
  ["the entries", "new AllowList", [], "Missing entries: expected a list of entries"],
])("%s that is forgotten is told: %s", (_, name, given, message) => {
  expect(() => call(name, given)).toThrow(message);
});

test("a construct in the place of what has an id is taken, as the compiler takes it", () => {
  const within = platformStack();
  const flow = new LocalBackend(within, {});
  const reference = Object.assign(Object.create(flow) as object, { id: "flow-1" });
  expect(() => call("new WebMessenger", [within, "Messenger", { ...ofStack, flow: reference }])).not.toThrow();
  expect(() => call("new WebMessenger", [within, "Other", { ...ofStack, launcher: flow }])).toThrow(
    "Invalid launcher (a LocalBackend)",
  );
});
