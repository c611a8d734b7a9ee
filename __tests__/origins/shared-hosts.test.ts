import { AllowList } from "../../lib/origins/allow-list";
import { type EnvironmentKind } from "../../lib/origins/rule";
import { formatFinding } from "../../lib/origins/finding";
import { type NamedAllowList, sharedHosts } from "../../lib/origins/shared-hosts";
import { derived } from "./derived";

function environment(
  name: EnvironmentKind,
  hosts: string[],
  input: Parameters<typeof derived>[1] = {},
): NamedAllowList {
  const { allowList } = derived(hosts, { kind: name, ...input });
  return { name, kind: name, allowList, ...(input.acknowledge !== undefined && { acknowledge: input.acknowledge }) };
}

function messages(...environments: readonly NamedAllowList[]): Record<string, string[]> {
  return Object.fromEntries(
    Array.from(sharedHosts(environments), ([name, findings]) => [name, findings.map(({ message }) => message)]),
  );
}

test("environments with their own hosts share nothing, and each is answered for", () => {
  expect(
    messages(environment("production", ["www.example.com"]), environment("staging", ["staging.example.com"])),
  ).toEqual({ production: [], staging: [] });
});

test("the same host in two lists is reported in both", () => {
  const both = messages(environment("production", ["www.example.com"]), environment("staging", ["www.example.com"]));
  expect(both).toEqual({
    production: ['"www.example.com" is also admitted by staging, so a page there can run with either deployment'],
    staging: ['"www.example.com" is also admitted by production, so a page there can run with either deployment'],
  });
});

test("a parent in another list admits the host as well; the parent itself is not shared", () => {
  expect(messages(environment("production", ["example.com"]), environment("staging", ["staging.example.com"]))).toEqual(
    {
      production: [],
      staging: [
        '"staging.example.com" is also admitted by production ("example.com"), so a page there can run with either deployment',
      ],
    },
  );
});

test("all other environments are named in one finding, which says where the host was written", () => {
  const found = sharedHosts([
    environment("production", ["example.com"]),
    environment("staging", ["www.example.com"]),
    environment("preview", ["www.example.com"]),
  ]);
  expect(found.get("staging")?.map(formatFinding)).toEqual([
    '"www.example.com" (.env:1 SITE_URL) is also admitted by preview and by production ("example.com"), so a page there can run with either deployment (shared-host): give each environment its own hosts',
  ]);
  expect(found.get("staging")?.[0]?.severity).toBe("warning");
});

test("an environment that allows all domains lists none", () => {
  const everything = environment("development", ["www.example.com"], { allowAllDomains: true });
  expect(messages(environment("production", ["www.example.com"]), everything)).toEqual({
    production: [],
    development: [],
  });
});

test("the rule can be acknowledged, and an acknowledgement of nothing is a warning", () => {
  const acknowledge = { "shared-host": "staging serves a tenth of production's pages" };
  const staging = environment("staging", ["www.example.com"], { acknowledge });
  expect(sharedHosts([environment("production", ["www.example.com"]), staging]).get("staging")).toMatchObject([
    { rule: "shared-host", acknowledged: acknowledge["shared-host"] },
  ]);
  expect(sharedHosts([environment("production", ["example.org"]), staging]).get("staging")).toMatchObject([
    { rule: "acknowledgement", severity: "warning" },
  ]);
});

test("an environment by itself is compared with nothing, so its acknowledgement is not called superfluous", () => {
  const staging = environment("staging", ["www.example.com"], { acknowledge: { "shared-host": "one shop" } });
  expect(sharedHosts([staging]).get("staging")).toEqual([]);
});

test("an entry that no one wrote is quoted by its host", () => {
  const [entry] = derived(["www.example.com"]).allowList.entries;
  const allowList = new AllowList(entry === undefined ? [] : [{ ...entry, sources: [] }]);
  const staging: NamedAllowList = { name: "staging", kind: "staging", allowList };
  const [finding] = sharedHosts([environment("production", ["www.example.com"]), staging]).get("staging") ?? [];
  expect(finding?.message).toMatch(/^"www\.example\.com" is also admitted by production,/);
  expect(Object.keys(finding ?? {}).sort()).toEqual(["message", "remedy", "rule", "severity", "value"]);
});

test("the value is quoted as it was written, like those of the other rules", () => {
  const staging = environment("staging", ["https://WWW.example.com/shop"]);
  const [finding] = sharedHosts([environment("production", ["www.example.com"]), staging]).get("staging") ?? [];
  expect(finding?.value).toBe("https://WWW.example.com/shop");
  expect(finding?.message).toMatch(/^"https:\/\/WWW\.example\.com\/shop" is also admitted by production,/);
});
