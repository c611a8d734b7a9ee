import { renderReport, reportOn } from "../../lib/cli/report/environment-report";
import { answers, readPage } from "../../lib/cli/explain/answer";
import { printableLines } from "../../lib/base/printable";
import { type AddressSource } from "../../lib/sources/address-source";
import { appHosting } from "../../lib/sources/platforms/app-hosting";
import { envCmdrc } from "../../lib/sources/env/env-cmdrc";
import { envFile, envFiles } from "../../lib/sources/env/env-file";
import { lockFile } from "../../lib/sources/lock/lock-file";
import { netlifySite, vercelProject } from "../../lib/sources/lock/hosted-project";
import { netlifyToml } from "../../lib/sources/platforms/netlify-toml";
import { nextConfig } from "../../lib/sources/next-config/next-config";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { nextIntlRouting } from "../../lib/sources/next-config/next-intl";
import { wrangler } from "../../lib/sources/platforms/wrangler";
import { project } from "./project";

type LeaveOut = Readonly<Record<string, string>>;

const preview = "*.vercel.app";
const list = `https://shop.example.com,${preview}`;
const reason = "developers' tunnels";
const lock = (key: string): string =>
  `{"version": 1, "projects": {"${key}": {"shop.example.com": ["production"], "${preview}": ["production"], "pulled": ["production"]}}}`;

/** Every source, which holds one address that stays and one that cannot. */
const sources: readonly (readonly [
  call: string,
  source: (leaveOut?: LeaveOut) => AddressSource,
  file: string,
  text: string,
])[] = [
  [
    "envFile",
    (leaveOut) => envFile(".env", { variables: "SITE_URL", separator: ",", ...(leaveOut && { leaveOut }) }),
    ".env",
    `SITE_URL=${list}`,
  ],
  [
    "envFiles",
    (leaveOut) => envFiles(".", { variables: "SITE_URL", ...(leaveOut && { leaveOut }) }),
    ".env",
    `SITE_URL=${list}`,
  ],
  [
    "envCmdrc",
    (leaveOut) => envCmdrc(".env-cmdrc", "a", { variables: "SITE_URL", ...(leaveOut && { leaveOut }) }),
    ".env-cmdrc",
    `{"a": {"SITE_URL": "${list}"}}`,
  ],
  [
    "netlifyToml",
    (leaveOut) => netlifyToml(".", { variables: "SITE_URL", ...(leaveOut && { leaveOut }) }),
    "netlify.toml",
    `build.environment.SITE_URL = "${list}"`,
  ],
  [
    "appHosting",
    (leaveOut) => appHosting(".", { variables: "SITE_URL", ...(leaveOut && { leaveOut }) }),
    "apphosting.yaml",
    `env: [{variable: SITE_URL, value: "${list}"}]`,
  ],
  [
    "wrangler",
    (leaveOut) => wrangler(".", leaveOut && { leaveOut }),
    "wrangler.json",
    `{"routes": ["shop.example.com/*", "${preview}"]}`,
  ],
  [
    "nextConfig",
    (leaveOut) => nextConfig(".", leaveOut && { leaveOut }),
    "next.config.mjs",
    `export default { experimental: { serverActions: { allowedOrigins: ["shop.example.com", "${preview}"] } } };`,
  ],
  [
    "nextIntlRouting",
    (leaveOut) => nextIntlRouting("routing.ts", leaveOut && { leaveOut }),
    "routing.ts",
    `import { defineRouting } from "next-intl/routing"; export const routing = defineRouting({ locales: ["en"], defaultLocale: "en", domains: [{ domain: "shop.example.com", defaultLocale: "en" }, { domain: "${preview}", defaultLocale: "en" }] });`,
  ],
  [
    "lockFile",
    (leaveOut) =>
      leaveOut
        ? lockFile("origins.lock.json", "vercel a/b", "production", { leaveOut })
        : lockFile("origins.lock.json", "vercel a/b", "production"),
    "origins.lock.json",
    lock("vercel a/b"),
  ],
  [
    "vercelProject",
    (leaveOut) => vercelProject("shop", leaveOut && { leaveOut }),
    "origins.lock.json",
    lock("vercel shop"),
  ],
  [
    "netlifySite",
    (leaveOut) => netlifySite("shop", leaveOut && { leaveOut }),
    "origins.lock.json",
    lock("netlify shop"),
  ],
];

describe.each(sources)("%s", (_, source, file, text) => {
  const root = project({ [file]: text });
  const environment = (leaveOut?: LeaveOut) =>
    nextEnvironment("production", { kind: "production", addresses: [source(leaveOut)], root });

  test("is unusable with an entry that no rule lets pass", () => {
    expect(environment().findings.map(({ severity }) => severity)).toContain("error");
  });

  test.each([preview, ` ${preview}`, "vercel.app"])("leaves out %j, says where it is, and shows the reason", (name) => {
    const { allowList, findings, written } = environment({ [name]: reason });
    expect(allowList.domains).toEqual(["shop.example.com"]);
    expect(written).toHaveLength(1);
    expect(findings).toEqual([
      expect.objectContaining({
        rule: "leave-out",
        value: preview,
        acknowledged: reason,
        place: expect.objectContaining({ file }) as object,
      }),
    ]);
    const [report] = reportOn([environment({ [name]: reason })]);
    const shown = report === undefined ? "" : printableLines(renderReport(report));
    expect(shown).toContain(`acknowledged (${reason}) "${preview}" (${file}`);
  });

  test("reports an entry that it does not have, and one without a reason", () => {
    const { findings, allowList } = environment({ [preview]: " ", "www.example.org": reason });
    expect(allowList.domains).toEqual(["shop.example.com"]);
    expect(findings.filter(({ acknowledged }) => acknowledged === undefined)).toMatchObject([
      {
        rule: "leave-out",
        severity: "warning",
        value: "www.example.org",
        message: '"www.example.org" does not need to be left out: the source has no such entry',
      },
      { rule: "leave-out", severity: "error", value: preview, message: `"${preview}" is left out without a reason` },
    ]);
  });

  test("says nothing of an entry where it could not be read", () => {
    const { findings } = nextEnvironment("production", {
      kind: "production",
      addresses: [source({ [preview]: reason })],
      root: project({}),
    });
    expect(findings.map(({ rule }) => rule)).not.toContain("leave-out");
  });

  test("refuses what is no entry and reason", () => {
    expect(() => source(JSON.parse('{"x": 1}') as LeaveOut)).toThrow("Invalid leaveOut.x 1: expected the reason");
    expect(() => source(JSON.parse('"x"') as LeaveOut)).toThrow('Invalid leaveOut "x": expected an object');
  });
});

test.each([
  ["https://shop.example.com:8443/x", "https://shop.example.com:8443/x", true],
  ["https://shop.example.com:8443/x", "shop.example.com", true],
  ["https://Shop.Example.com", "SHOP.example.com", true],
  ["münchen.example.com", "xn--mnchen-3ya.example.com", true],
  ["https://shop.example.com:8443/x", "https://shop.example.com", false],
  ["shop.example.com", "example.com", false],
  ["shop.example.com", "*.shop.example.com", false],
])("of %s, %s is the entry: %s", (value, name, isEntry) => {
  const source = envFile(".env", { variables: "A", leaveOut: { [name]: "why" } });
  const { addresses } = source.read({ root: project({ ".env": `A=${value}` }), kind: "production" });
  expect(addresses).toHaveLength(isEntry ? 0 : 1);
});

test("an entry that an allowed domain cannot express is left out as well", () => {
  const root = project({
    "next.config.mjs": `export default { allowedDevOrigins: ["shop-*.example.com", "a.example.com"] };`,
  });
  const source = nextConfig(".", { leaveOut: { "shop-*.example.com": reason } });
  const { findings, allowList } = nextEnvironment("dev", { kind: "development", addresses: [source], root });
  expect(allowList.domains).toEqual(["a.example.com"]);
  expect(findings).toMatchObject([{ rule: "leave-out", acknowledged: reason }]);
});

test("explain says that the page's entry is left out, rather than to add it", () => {
  const root = project({ ".env": "A='https://a.example.com https://b.example.com'" });
  const source = envFile(".env", { variables: "A", leaveOut: { "b.example.com": reason } });
  const environment = nextEnvironment("production", { kind: "production", addresses: [source], root });
  const [answer] = answers(readPage("b.example.com"), [environment], [environment]);
  expect(answer?.refused).toMatchObject([{ rule: "leave-out", message: '"https://b.example.com" is left out' }]);
  expect(answer?.addition).toBeUndefined();
  expect(answer?.otherErrors).toBe(0);
});
