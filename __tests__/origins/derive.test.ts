import { deriveAllowList } from "../../lib/origins/derive";
import { formatFinding, type WrittenAddress } from "../../lib/origins/finding";
import { derived, written } from "./derived";

test("page addresses become bare hosts, sorted by code unit, each once", () => {
  const { allowList, findings } = derived([
    "https://www.example.com/shop",
    "shop-10.example.com:8443",
    "https://Shop-9.example.com",
    "https://WWW.example.com",
    "a_b.example.com",
  ]);
  expect(allowList.domains).toEqual([
    "a_b.example.com",
    "shop-10.example.com",
    "shop-9.example.com",
    "www.example.com",
  ]);
  expect(findings).toEqual([]);
});

test("an entry knows every place that wrote it, sorted by place and without secrets", () => {
  const places: WrittenAddress[] = [
    { value: "https://www.example.com/?token=s3cret", place: { file: ".env.production", line: 10, key: "APP_URL" } },
    { value: "www.example.com", place: { file: "environments.ts" } },
    { value: "https://www.example.com", place: { file: ".env.production", line: 9, key: "SITE_URL" } },
    { value: "https://www.example.com", place: { file: ".env.production", line: 9, key: "SITE_URL" } },
  ];
  expect(deriveAllowList({ kind: "production", written: places }).allowList.entries).toEqual([
    {
      host: "www.example.com",
      sources: [
        { value: "https://www.example.com", place: { file: ".env.production", line: 9, key: "SITE_URL" } },
        { value: "https://www.example.com/?…", place: { file: ".env.production", line: 10, key: "APP_URL" } },
        { value: "www.example.com", place: { file: "environments.ts" } },
      ],
    },
  ]);
});

test("www.example.com is not dropped because example.com is there", () => {
  expect(derived(["example.com", "www.example.com"]).allowList.domains).toEqual(["example.com", "www.example.com"]);
});

test("an address that a rule refuses stays out, unless the same host was also written in order", () => {
  const { allowList, findings } = derived([
    "http://www.example.com",
    "https://www.example.com",
    "http://shop.example.com",
  ]);
  expect(allowList.domains).toEqual(["www.example.com"]);
  expect(allowList.entries[0]?.sources).toEqual(written("", "https://www.example.com").slice(1));
  expect(findings.map(({ place }) => place?.line)).toEqual([1, 3]);
});

test("a warning leaves the address in the list", () => {
  const { allowList, findings } = derived(["shop.vercel.app"]);
  expect(allowList.domains).toEqual(["shop.vercel.app"]);
  expect(findings).toMatchObject([{ severity: "warning" }]);
});

test("all findings come at once, by place, and read like sentences", () => {
  const { findings } = derived([
    "http://localhost:3000",
    "*.vercel.app",
    "",
    "https://app:s3cret@example.com/?q=s3cret",
  ]);
  expect(findings.map(formatFinding)).toEqual([
    `"http://localhost:3000" (.env:1 SITE_URL) is the visitor's own machine (loopback): move it to the development environment`,
    `"*.vercel.app" (.env:2 SITE_URL) would admit every site on vercel.app (public-suffix): use your own host, such as "shop.vercel.app", or give previews their own domain`,
    `"" is empty (.env:3 SITE_URL) (invalid-address): write the address of a page, such as "https://www.example.com", or remove the empty value`,
    `"https://***@example.com/?…" (.env:4 SITE_URL) contains a user name or password (invalid-address): remove everything up to the @: an allow-list is public, and only the host is used`,
  ]);
});

test("an address that only Terraform knows is one, and stands in the list by its name", () => {
  const late = [{ value: "the shop's domain", place: { file: "environments.ts", line: 7 } }];
  const { allowList, findings } = deriveAllowList({ kind: "production", written: [], late });
  expect(findings).toEqual([]);
  expect(derived(["www.example.com"], { late }).findings).toEqual([]);
  expect(allowList.late).toEqual(late);
});

test("a value is quoted without the white space around it", () => {
  expect(derived([" exam ple.com\n"]).findings[0]?.value).toBe("exam ple.com");
});

test("what a finding does not have is left out", () => {
  expect(Object.keys(derived(["localhost"]).findings[0] ?? {}).sort()).toEqual([
    "message",
    "place",
    "remedy",
    "rule",
    "severity",
    "value",
  ]);
  expect(Object.keys(derived([]).findings[0] ?? {}).sort()).toEqual(["message", "remedy", "rule", "severity", "value"]);
});

test("where every address is refused, that is said, and not that the list is empty", () => {
  expect(derived(["localhost"]).findings.map(({ rule }) => rule)).toEqual(["loopback"]);
});

test("what a source found in the place of an address is judged by place among the addresses, and never parsed", () => {
  const at = (line: number) => ({ file: ".env", line, key: "SITE_URL" });
  const invalid = [
    {
      value: "www.example.net",
      place: at(2),
      problem: { message: '"www.example.net" is a number', remedy: "quote it" },
    },
    {
      value: "BASE_URL",
      place: at(4),
      problem: { message: '"BASE_URL" is a table', remedy: "quote it" },
      isSupposed: true,
    },
  ];
  const { allowList, findings } = derived(["http://localhost", "https://www.example.com", ""], { invalid });
  expect(allowList.domains).toEqual(["www.example.com"]);
  expect(findings.map((finding) => `${finding.severity}: ${formatFinding(finding)}`)).toEqual([
    expect.stringContaining('error: "http://localhost" (.env:1 SITE_URL)'),
    'error: "www.example.net" (.env:2 SITE_URL) is a number (invalid-address): quote it',
    expect.stringContaining('error: "" is empty (.env:3 SITE_URL) (invalid-address)'),
    'warning: "BASE_URL" (.env:4 SITE_URL) is a table (invalid-address): quote it',
  ]);
});

test("an address with a problem that is undefined is an address", () => {
  const address = { value: "www.example.com", place: { file: ".env" }, problem: undefined };
  expect(deriveAllowList({ kind: "production", written: [address] }).allowList.domains).toEqual(["www.example.com"]);
});

test("what is in the place of the only address leaves the list empty, and that is told", () => {
  const problem = { message: '"BASE_URL" is a table', remedy: "quote it" };
  const invalid = [{ value: "BASE_URL", place: { file: "wrangler.toml" }, problem, isSupposed: true }];
  expect(derived([], { invalid }).findings).toMatchObject([
    { rule: "invalid-address", severity: "warning" },
    { rule: "empty-list", severity: "error" },
  ]);
});
