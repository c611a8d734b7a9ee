import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { formatFinding } from "../../lib/origins/finding";
import { type AddressSource } from "../../lib/sources/address-source";
import { type NextEnvironment, nextEnvironment } from "../../lib/sources/next-environment";
import { project } from "./project";

// The example of the documentation, word for word:
const caddyfile = (file: string): AddressSource => ({
  read: ({ root }) => ({
    addresses: readFileSync(join(root, file), "utf8")
      .split("\n")
      .flatMap((text, index) => (/^(\S.*)\{$/.exec(text)?.[1] ?? "").split(",").map((host) => ({ host, index })))
      .filter(({ host }) => host.trim() !== "")
      .map(({ host, index }) => ({ value: host.trim(), place: { file, line: index + 1 } })),
    findings: [],
  }),
});
// (the end of the example)

function production(root: string): NextEnvironment {
  return nextEnvironment("production", { kind: "production", addresses: [caddyfile("deploy/Caddyfile")], root });
}

test("a team adds its own platform in ten lines", () => {
  const environment = production(
    project({
      "deploy/Caddyfile": "# the shop\nshop.example.com, www.example.com {\n\treverse_proxy :3000\n}\n",
    }),
  );
  expect(environment.findings).toEqual([]);
  expect(environment.written).toEqual([
    { value: "shop.example.com", place: { file: "deploy/Caddyfile", line: 2 } },
    { value: "www.example.com", place: { file: "deploy/Caddyfile", line: 2 } },
  ]);
  expect(environment.allowList.domains).toEqual(["shop.example.com", "www.example.com"]);
});

test("what it throws is a finding that is the same in every checkout", () => {
  const [finding] = production(project({})).findings;
  expect(finding).toMatchObject({
    rule: "source-failed",
    message: "an address source failed: ENOENT: no such file or directory, open 'deploy/Caddyfile'",
  });
});

describe("what a source finds in the place of an address", () => {
  const place = { file: ".env", line: 1, key: "SITE_URL" };
  const environmentOf = (...addresses: readonly object[]): NextEnvironment => {
    const source = { read: () => ({ addresses, findings: [] }) } as unknown as AddressSource;
    return nextEnvironment("production", { kind: "production", addresses: [source, "https://www.example.com"] });
  };

  test("is a finding with its place, and no address", () => {
    const problem = { message: '"https://***@a.example.com" has a password', remedy: "remove it" };
    const environment = environmentOf({ value: "https://***@a.example.com", place, problem });
    expect(environment.findings.map(formatFinding)).toEqual([
      '"https://***@a.example.com" (.env:1 SITE_URL) has a password (invalid-address): remove it',
    ]);
    expect(environment.written.map(({ value }) => value)).toEqual(["https://www.example.com"]);
    expect(environment.allowList.domains).toEqual(["www.example.com"]);
  });

  test.each<[string, unknown]>([
    ["a text", "is wrong"],
    ["nothing", null],
    ["without a remedy", { message: "is wrong" }],
  ])("must say what is wrong and what to do: the problem is not %s", (_, problem) => {
    const { findings } = environmentOf({ value: "a.example.com", place, problem });
    expect(findings).toMatchObject([
      { rule: "source-failed", message: expect.stringContaining("addresses[0]") as unknown },
    ]);
  });
});

test("the documentation shows that code, and calls it as the test does", () => {
  const text = readFileSync(resolve(__dirname, "../../lib/sources/address-source.ts"), "utf8");
  const shown = /```ts\n(.*?)```/s.exec(text)?.[1]?.replace(/^ \* ?/gm, "") ?? "";
  const tried = /word for word:\n(.*?)\/\/ \(the end/s.exec(readFileSync(__filename, "utf8"))?.[1] ?? "";
  expect(tried.trim().split("\n")).toHaveLength(10);
  expect(shown).toContain(tried.trim());
  expect(shown).toContain(
    'nextEnvironment("production", { kind: "production", addresses: [caddyfile("deploy/Caddyfile")] });',
  );
});
