import { spawnSync } from "node:child_process";
import { project } from "../project";

test("the parser is loaded when a configuration is read, not with the library", () => {
  const library = require.resolve("../../../lib/sources/next-config/next-config");
  const program = `
    const loaded = () => Object.keys(require.cache).some((path) => path.includes("@babel/parser"));
    const { nextConfig } = require(${JSON.stringify(library)});
    const source = nextConfig("next.config.js");
    const before = loaded();
    source.read({ root: ".", kind: "production" });
    console.log(before, loaded());
  `;
  const root = project({ "next.config.js": "module.exports = {};" });
  const tsNode = require.resolve("ts-node/register");
  const { stdout } = spawnSync(process.execPath, ["-r", tsNode, "-e", program], {
    cwd: root,
    env: { ...process.env, TS_NODE_PROJECT: require.resolve("../../../tsconfig.json") },
    encoding: "utf8",
  });
  expect(stdout).toBe("false true\n");
});
