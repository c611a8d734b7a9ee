import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AddressSource, nextEnvironment } from "../../lib/sources";
import { project } from "./project";

/** The example of the documentation: the hosts of a Caddyfile. */
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

test("a team adds its own platform in ten lines", () => {
  const root = project({
    "deploy/Caddyfile": "# the shop\nshop.example.com, www.example.com {\n\treverse_proxy :3000\n}\n",
  });
  const environment = nextEnvironment("production", {
    kind: "production",
    addresses: [caddyfile("deploy/Caddyfile")],
    root,
  });
  expect(environment.findings).toEqual([]);
  expect(environment.written).toEqual([
    { value: "shop.example.com", place: { file: "deploy/Caddyfile", line: 2 } },
    { value: "www.example.com", place: { file: "deploy/Caddyfile", line: 2 } },
  ]);
});
