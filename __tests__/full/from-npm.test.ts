import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNextAppConfig } from "../create-next-app";
import { fromRegistry, nodePackages, npm } from "../from-npm";

test.each(Object.entries(nodePackages))("npm has a Node 24 for %s, where it is looked for", (platform, name = "") => {
  const { code, stdout, stderr } = npm(["view", `${name}@24`, "bin.node", "--json"], tmpdir());
  expect(stderr).toBe("");
  expect(code).toBe(0);
  const found: unknown = JSON.parse(stdout);
  const executables = Array.isArray(found) ? found : [found];
  expect(new Set(executables)).toEqual(new Set([platform.startsWith("win32") ? "bin/node.exe" : "bin/node"]));
});

test("create-next-app 16 writes the tsconfig.json that tests use", () => {
  const file = join(fromRegistry("create-next-app", 16), "dist/templates/app/ts/tsconfig.json");
  expect(createNextAppConfig).toEqual(JSON.parse(readFileSync(file, "utf8")));
});
