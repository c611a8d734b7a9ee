import type * as ShapeCheck from "../../lib/base/shape-check";
import { checkText } from "../../lib/base/shape-check";
import { type AddressSource } from "../../lib/sources/address-source";
import { envFile, envFiles } from "../../lib/sources/env/env-file";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { netlifyToml } from "../../lib/sources/platforms/netlify-toml";
import { wrangler } from "../../lib/sources/platforms/wrangler";
import { project } from "./project";

// Every parse begins with a look at what it is given, which is counted here.
jest.mock("../../lib/base/shape-check", () => {
  const actual = jest.requireActual<typeof ShapeCheck>("../../lib/base/shape-check");
  return { ...actual, checkText: jest.fn(actual.checkText) };
});

/** The texts that are parsed from the declaration of an environment to its allow-list. */
function parsedBy(source: AddressSource, root: string): readonly string[] {
  const environment = nextEnvironment("production", { kind: "production", addresses: [source], root });
  jest.mocked(checkText).mockClear();
  expect(environment.allowList.domains).not.toEqual([]);
  return jest
    .mocked(checkText)
    .mock.calls.flatMap(([call, , value]) => (call === "parseAddress" && typeof value === "string" ? [value] : []));
}

const one = "https://www.example.com/shop";

describe("a value is parsed once on its way from a source to the allow-list", () => {
  test.each<[string, string, AddressSource, readonly string[]]>([
    ["an address", `SITE_URL=${one}`, envFile(".env"), [one]],
    ["one of env-cmd's files", `SITE_URL=${one}`, envFiles(".", { mode: "live" }), [one]],
    [
      "one with references",
      "SITE_URL=https://$NAME.example.com/$NAME\nNAME=www",
      envFile(".env"),
      ["https://www.example.com/www"],
    ],
    [
      "several addresses",
      'SITE_URL="a.example.com|b.example.com"',
      envFile(".env", { separator: "|" }),
      ["a.example.com", "b.example.com"],
    ],
    [
      "a list, first as a whole",
      'SITE_URL="a.example.com, b.example.com"',
      envFile(".env"),
      ["a.example.com, b.example.com", "a.example.com", "b.example.com"],
    ],
    [
      "a JSON list, first as a whole",
      `SITE_URL='["a.example.com"]'`,
      envFile(".env"),
      ['["a.example.com"]', "a.example.com"],
    ],
    [
      "the values of several variables",
      `SITE_URL=${one}\nAPP_URL=b.example.com`,
      envFile(".env"),
      [one, "b.example.com"],
    ],
  ])("%s in an env file", (_, text, source, parsed) => {
    const root = project({ ".env": text, ".env.live": text });
    expect([...parsedBy(source, root)].sort()).toEqual([...parsed].sort());
  });

  test.each<[string, AddressSource]>([
    ["netlify.toml", netlifyToml("netlify.toml")],
    ["wrangler.toml", wrangler("wrangler.toml")],
  ])("in %s", (_, source) => {
    const root = project({
      "netlify.toml": `[build.environment]\nSITE_URL = "${one}"\n`,
      "wrangler.toml": 'name = "shop"\nroute = "www.example.com/*"\n',
    });
    expect(parsedBy(source, root)).toHaveLength(1);
  });
});
