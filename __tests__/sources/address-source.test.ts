import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
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
