import { nextEnvironment } from "../../lib/sources/next-environment";
import { environmentNameOf, kindOf } from "../../lib/codegen/environment";
import { adopted, programOf } from "./live";

const live = (...allowedDomains: readonly string[]) => ({ domains: { allowedDomains } });

test("entries that work become addresses; what never matched is dropped, and told", () => {
  const { domains, environment, changes } = adopted(
    live(
      "www.example.com",
      "https://old.example.com",
      "*.example.com",
      "shop.example.com:8443",
      "Shop.example.com",
      "a.example.com.",
    ),
  );

  expect(environment?.addresses).toEqual(["shop.example.com", "www.example.com"]);
  expect(domains).toMatchObject({ live: 6, derived: 2, kept: 2, equal: false });
  expect(domains.dropped.map(({ entry, advice }) => [entry, advice])).toEqual([
    ["https://old.example.com", 'let the deploy drop it, or add "old.example.com" to the addresses'],
    ["*.example.com", 'let the deploy drop it, or add "example.com" to the addresses'],
    ["shop.example.com:8443", 'let the deploy drop it, or add "shop.example.com" to the addresses'],
    ["a.example.com.", 'let the deploy drop it, or add "a.example.com" to the addresses'],
  ]);
  expect(domains.dropped[0]?.message).toContain("can never match");
  expect(domains.others.join()).toContain('"Shop.example.com" contains capital letters');
  expect(changes).toEqual({ configuration: [], deployment: ["allowed_domains"] });
});

test("another order is a change to Terraform, and is told as one", () => {
  const { domains, changes } = adopted(live("www.example.com", "shop.example.com"));

  expect(domains).toMatchObject({ live: 2, derived: 2, kept: 2, dropped: [], added: [], equal: false });
  expect(domains.others).toEqual([expect.stringContaining("different order")]);
  expect(changes.deployment).toEqual(["allowed_domains"]);
});

test("the sources of an environment that is declared decide; what is live beside them is a question", () => {
  const { allowList } = nextEnvironment("production", {
    kind: "production",
    addresses: ["www.example.com", "new.example.com"],
  });
  const { environment, domains } = adopted({
    ...live("forgotten.example.com", "www.example.com"),
    environment: { allowList },
  });

  expect(environment).toBeUndefined();
  expect(domains.dropped).toEqual([
    {
      entry: "forgotten.example.com",
      message: expect.stringContaining("is unexpected") as string,
      advice: 'add "forgotten.example.com" to the addresses of the environment, or let the deploy drop it',
    },
  ]);
  expect(domains.added).toEqual([
    {
      entry: "new.example.com",
      message: expect.stringContaining("now blocked") as string,
      advice: "the deploy adds it",
    },
  ]);
});

test("entries that break a rule are acknowledged with a reason, so that nothing changes", () => {
  const adoption = adopted(live("10.0.0.1", "www.example.com"));

  expect(adoption.domains.equal).toBe(true);
  expect(programOf(adoption).environment).toBe(`nextEnvironment("production", {
  kind: "production",
  addresses: ["10.0.0.1", "www.example.com"],
  acknowledge: { "ip-address": "was live when the deployment was adopted: decide whether it stays" },
})`);
});

test("all domains allowed", () => {
  const adoption = adopted({ domains: { allowAllDomains: true, allowedDomains: [] } });

  expect(adoption.domains.equal).toBe(true);
  expect(programOf(adoption).environment).toContain("addresses: [],\n  allowAllDomains: true,\n  acknowledge: {");
});

test.each([
  ["messenger-staging", "staging", "staging"],
  ["Messenger Brand", "brand", "production"],
  ["Shop (UAT) – Ünïted", "shop-uat-n-ted", "staging"],
  ["QA", "qa", "staging"],
  ["preview/7", "preview-7", "preview"],
  ["My dev box", "my-dev-box", "development"],
  ["messenger-", "messenger", "production"],
  ["???", "production", "production"],
])("%s is for the environment %s, of kind %s", (deployment, name, kind) => {
  expect(environmentNameOf(deployment)).toBe(name);
  expect(kindOf(environmentNameOf(deployment))).toBe(kind);
});
