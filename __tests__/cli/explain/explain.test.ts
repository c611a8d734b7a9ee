import { explainExitCode } from "../../../lib/cli/commands/explain";
import { type PageAnswer, answers, readPage, verdictOf } from "../../../lib/cli/explain/answer";
import { explainJson } from "../../../lib/cli/explain/json";
import { renderAnswers } from "../../../lib/cli/explain/report";
import { terraformValue } from "../../../lib/messenger/terraform-value";
import { type AddressSource } from "../../../lib/sources/address-source";
import { nextEnvironment, type NextEnvironment } from "../../../lib/sources/next-environment";

/** Addresses as if each stood on a separate line in an env file. */
const lines = (file: string, ...values: readonly string[]): AddressSource => ({
  read: () => ({
    addresses: values.map((value, index) => ({ value, place: { file, line: index + 1, key: "SITE_URL" } })),
    findings: [],
  }),
});

const production = nextEnvironment("production", {
  kind: "production",
  addresses: [lines(".env.production", "https://www.example.com", "https://shop.example.com")],
});
const staging = nextEnvironment("staging", {
  kind: "staging",
  addresses: [lines(".env.staging", "https://staging.example.com")],
});
const development = nextEnvironment("development", {
  kind: "development",
  addresses: [lines(".env.development", "http://localhost:3000")],
});
const all = [production, staging, development];

/** What `origins explain` prints of these environments, without the name of this file. */
function explained(
  address: string,
  environments: readonly NextEnvironment[] = all,
  named: readonly string[] = [],
): string {
  const page = readPage(address);
  const chosen = environments.filter(({ name }) => named.length === 0 || named.includes(name));
  const text = renderAnswers(page, answers(page, chosen, environments), { named: named.length > 0 });
  return text.replace(/__tests__\/cli\/explain\/explain\.test\.ts:\d+/g, "environments.ts:7");
}

test("an admitted page has the entry and who wrote it; the others say who admits it", () => {
  expect(explained("https://www.example.com/cart")).toBe(
    `www.example.com, read from "https://www.example.com/cart": the scheme https and the path play no part

✔ production   admits it by its own entry
               .env.production:1 SITE_URL
✖ staging      does not admit it, production does
✖ development  does not admit it, production does`,
  );
});

test("a subdomain is admitted by the entry above it", () => {
  expect(explained("pr-7.shop.example.com", [production])).toContain(
    'admits it by "shop.example.com": an entry admits every subdomain',
  );
});

test("many places of one entry are counted", () => {
  const many = nextEnvironment("shop", {
    kind: "production",
    addresses: [lines(".env", ...["a", "b", "c", "d", "e"].map((path) => `https://www.example.com/${path}`))],
  });
  expect(explained("www.example.com", [many])).toMatch(/:3 SITE_URL\n +and 2 more$/);
});

describe("a page that no environment admits has the nearest entry, and what to add where", () => {
  test("a slip of a finger shows only where it is one", () => {
    expect(explained("https://shpo.example.com")).toBe(
      `shpo.example.com, read from "https://shpo.example.com": the scheme https plays no part

✖ production   does not admit it
               nearest  shop.example.com (.env.production:2 SITE_URL), spelled differently
               add      "https://shpo.example.com" to its addresses, environments.ts:7
✖ staging      does not admit it
✖ development  does not admit it

use --environment <name> to see how one of the others could admit it`,
    );
  });

  test.each([
    [
      "example.com",
      "www.example.com (.env.production:1 SITE_URL), the same with www.: an entry never admits its parent domain",
    ],
    [
      "blog.example.com",
      'shop.example.com (.env.production:2 SITE_URL), a sibling: "example.com" would admit both, and everything else under it',
    ],
    ["127.0.0.1:3000", "localhost (.env.development:1 SITE_URL), a different host to the browser"],
  ])("%s: %s", (page, nearest) => {
    expect(explained(page)).toContain(`nearest  ${nearest}`);
  });

  test("nothing is near a stranger", () => {
    expect(explained("www.example.net", [production])).toMatch(
      /does not admit it\n +add +"www\.example\.net" to its addresses, /,
    );
  });
});

describe("where to add a page depends on what the environment is for", () => {
  test("production takes no localhost, and says where it belongs", () => {
    expect(explained("http://localhost:3001", [production])).toContain(
      `add      nothing: "http://localhost:3001" is the visitor's own machine (loopback): move it to the development environment`,
    );
  });

  test("of a page without encryption, production is given the one with it", () => {
    expect(explained("http://help.example.com", [production])).toContain('add      "https://help.example.com" to its');
    expect(explained("http://help.example.com:3000", [development])).toContain(
      'add      "http://help.example.com:3000" to its',
    );
  });

  test("a warning is told before it is met", () => {
    expect(explained("shop.example.com", all, ["staging"])).toMatch(
      /add +"shop\.example\.com" .*\n +warning "shop\.example\.com" is also admitted by production, .* \(shared-host\): give each environment its own hosts$/,
    );
  });

  test("a rule that is acknowledged says nothing", () => {
    const vercel = nextEnvironment("vercel", {
      kind: "production",
      addresses: ["https://shop.vercel.app"],
      acknowledge: { "platform-host": "before the launch" },
    });
    expect(explained("https://other.vercel.app", [vercel])).not.toContain("platform-host");
    expect(explained("https://other.vercel.app", [production])).toContain("platform-host");
  });

  test("an address that is there and refused is shown with its line, and not to be added again", () => {
    const broken = nextEnvironment("shop", {
      kind: "production",
      addresses: [lines(".env", "http://www.example.com", "http://localhost:3000", "https://a.example.org")],
    });
    const text = explained("https://www.example.com", [broken]);
    expect(text).toContain(
      'refused  "http://www.example.com" is an unencrypted page (plain-http): serve it over https',
    );
    expect(text).toContain("(.env:1 SITE_URL)");
    expect(text).toContain("beware   1 error stops its deploy, and its list may be incomplete: origins list shop");
    expect(text).not.toContain("add ");
  });
});

test("what is known at apply may admit a page: no one can tell before", () => {
  const late = nextEnvironment("shop", {
    kind: "production",
    addresses: ["https://www.example.com", terraformValue("${var.domain}", { name: "the tenant's domain" })],
  });
  const page = readPage("shop.example.net");
  const [answer] = answers(page, [late], [late]);
  expect(answer && verdictOf(answer)).toBe("unknown");
  expect(explained("shop.example.net", [late])).toMatch(
    /^\? shop {2}not known before apply\n +perhaps {2}the tenant's domain \(environments\.ts:7\)\n +add +"shop\.example\.net"/m,
  );
  expect(explained("www.example.com", [late])).toContain("✔ shop  admits it by its own entry");
});

test("where everything is allowed every page is admitted", () => {
  const open = nextEnvironment("preview", { kind: "preview", addresses: [], allowAllDomains: true });
  expect(explained("www.example.net", [open])).toContain("✔ preview  admits it, like every other page");
});

test("a final dot is the browser's matter", () => {
  const text = explained("https://www.example.com./");
  expect(text).toContain(
    'www.example.com. ends in a dot: the browser treats it as a different host, which no entry can match. Open the page as "www.example.com"',
  );
  expect(text).not.toContain("add");
});

test.each([
  [
    "WWW.Bücher.example.com",
    'www.xn--bcher-kva.example.com (www.bücher.example.com), read from "WWW.Bücher.example.com"\n',
  ],
  [
    "https://Shop.example.com:8443/cart?token=s3cret#top",
    'shop.example.com, read from "https://Shop.example.com:8443/cart?…": the scheme https, the port 8443, the path, the query and the fragment play no part',
  ],
  ["*.example.com", 'example.com, read from "*.example.com": the wildcard *. plays no part'],
  ["shop.example.com", "shop.example.com\n"],
])("%s is read as %s", (address, line) => {
  expect(`${explained(address)}\n`.startsWith(line)).toBe(true);
});

test.each([
  [
    "https://app:s3cret@www.example.com",
    '"https://***@www.example.com" contains a user name or password (invalid-address): remove',
  ],
  ["", '"" is empty (invalid-address): write the address of a page'],
  ["${TfToken[TOKEN.3]}", "is a value that only Terraform knows (invalid-address): wrap it in terraformValue(…)"],
  [
    "#{TfToken[TOKEN.3]}",
    "is taken from a list that only Terraform knows (invalid-address): write terraformValue(resource.list)",
  ],
])("%s is not a page address", (address, message) => {
  expect(() => readPage(address)).toThrow(message);
});

describe("the exit code", () => {
  const page = readPage("www.example.com");
  const [admitting, other] = answers(page, [production, staging], all) as [PageAnswer, PageAnswer];
  const served = (verdict: "admitted" | "refused" | "unknown") => [{ name: "production", served: verdict, drifts: [] }];

  test.each<[string, readonly PageAnswer[], boolean, number]>([
    ["one environment admits it, and none was named", [admitting, other], false, 0],
    ["one that was named does not", [admitting, other], true, 2],
    ["all that were named do", [admitting], true, 0],
    ["none does", [other], false, 2],
    ["Genesys serves what is declared", [{ ...admitting, live: served("admitted") }], true, 0],
    ["Genesys does not serve what is declared", [{ ...admitting, live: served("refused") }], true, 2],
    [
      "Genesys serves what is not declared",
      [{ ...other, live: [{ name: "a", declared: "refused", served: "admitted", drifts: [] }] }],
      true,
      2,
    ],
    ["Genesys did not answer", [{ ...admitting, live: served("unknown") }, admitting], false, 1],
  ])("%s", (_, found, named, code) => {
    expect(explainExitCode(found, named)).toBe(code);
  });
});

test("as data", () => {
  const page = readPage("https://shpo.example.com/cart");
  expect(explainJson(page, answers(page, [production, development], all))).toMatchObject({
    host: "shpo.example.com",
    dropped: ["the scheme https", "the path"],
    environments: [
      {
        name: "production",
        verdict: "refused",
        nearest: { domain: "shop.example.com", relation: "typo", sources: [{ file: ".env.production", line: 2 }] },
        add: { address: "https://shpo.example.com", place: { line: expect.any(Number) as number }, findings: [] },
      },
      { name: "development", verdict: "refused" },
    ],
  });
});
