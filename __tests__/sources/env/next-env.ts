import { spawnSync } from "node:child_process";

/** The texts of a chain of env files, the highest priority first. */
export type EnvTexts = readonly string[];

const program = `
const { processEnv } = require(${JSON.stringify(require.resolve("@next/env"))});
const silent = { info() {}, error() {} };
const read = (texts) => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  const files = texts.map((contents, index) => ({ path: "file" + index, contents, env: {} }));
  return processEnv(files, "/", silent, true)[1];
};
const chunks = [];
process.stdin.on("data", (chunk) => chunks.push(chunk)).on("end", () => {
  const sets = JSON.parse(Buffer.concat(chunks).toString());
  process.stdout.write(JSON.stringify(sets.map(read)));
});
`;

/** What @next/env itself makes of each chain: one child process, whose environment is empty, for all of them. */
export function readWithNext(sets: readonly EnvTexts[]): readonly Readonly<Record<string, string>>[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--stack-size=256", "-e", program], {
    env: {},
    input: JSON.stringify(sets),
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(`@next/env failed: ${stderr}`);
  return JSON.parse(stdout) as Readonly<Record<string, string>>[];
}
