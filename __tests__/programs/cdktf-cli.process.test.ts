import { mkdtempSync, realpathSync, rmSync, symlinkSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { unusableCli } from "../../lib/programs/cdktf-cli";
import { nodeBinary } from "../from-npm";

const root = resolve(__dirname, "../..");
const project = realpathSync(mkdtempSync(join(tmpdir(), "clis-")));
const scripts = { deploy: "cdktf deploy '*'", release: "npm run deploy", synth: "tsx main.ts" };
beforeAll(() => {
  mkdirSync(join(project, "node_modules"));
  symlinkSync(join(root, "node_modules/cdktf-cli"), join(project, "node_modules/cdktf-cli"));
  // What counts of cdktn-cli is what it says it needs; the whole of it is a part of the full tests.
  mkdirSync(join(project, "node_modules/cdktn-cli"));
  writeFileSync(join(project, "node_modules/cdktn-cli/package.json"), '{"engines":{"node":">=22.19.0"}}');
  writeFileSync(join(project, "package.json"), JSON.stringify({ scripts }));
});
afterAll(() => {
  rmSync(project, { recursive: true });
});

/** What is said of a command where that Node.js is on the PATH. */
function said(command: string, version: 20.9 | 22 | 24): string | undefined {
  const PATH = [dirname(nodeBinary(version)), process.env["PATH"]].join(delimiter);
  return unusableCli(command.split(" "), project, { ...process.env, PATH });
}

const onNode24 =
  /^cdktf-cli runs on Node\.js 17 to 22, and this is 24\.\d+\.\d+\. Run npx origins (deploy|plan), which needs no CLI, or use cdktn-cli\.$/;
const onNode20 =
  /^cdktn-cli needs Node\.js 22\.19 or newer, and this is 20\.9\.0\. Run npx origins (deploy|plan), which needs no CLI, or update Node\.js\.$/;

describe("a CLI that does not run here is named, and what runs in its place", () => {
  test.each([
    ["npx cdktf deploy *", 24, onNode24],
    ["cdktf diff", 24, onNode24],
    ["npm exec -- cdktf synth", 24, onNode24],
    ["pnpm exec cdktf deploy", 24, onNode24],
    ["node_modules/.bin/cdktf deploy", 24, onNode24],
    ["npm run deploy", 24, onNode24],
    ["yarn release", 24, onNode24],
    ["npx cdktn deploy", 20.9, onNode20],
    ["npx cdktn diff", 20.9, onNode20],
  ] as const)("%s on Node.js %s", (command, version, sentence) => {
    expect(said(command, version)).toMatch(sentence);
  });

  test.each([
    ["npx cdktf deploy", 20.9],
    ["npx cdktf deploy", 22],
    ["npx cdktf --version", 24],
    ["npx cdktn deploy", 22],
    ["npx cdktn deploy", 24],
    ["npx cdktn --help", 20.9],
    ["npx origins deploy", 24],
    ["npm run synth", 24],
    ["echo nothing", 24],
  ] as const)("nothing is said of %s on Node.js %s", (command, version) => {
    expect(said(command, version)).toBeUndefined();
  });
});
