import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programFiles } from "../../../lib/cli/adopt/files";

const before = process.cwd();
let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "adopting-")));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const onCdktf = "cdktf-genesys-messenger";
const onCdktn = "cdktf-genesys-messenger/cdktn";

test.each([
  ["both on cdktn", onCdktn, onCdktn, onCdktn],
  ["both on cdktf", onCdktf, onCdktf, onCdktf],
  ["the stacks on cdktn, the environments on cdktf", onCdktn, onCdktf, onCdktn],
  ["a checkout of the library", "../lib", "./lib", "../lib"],
  ["stacks of the team's own", undefined, onCdktn, onCdktn],
  ["nothing that tells", undefined, undefined, onCdktf],
])("what is written imports the entry that the stacks are made with: %s", (_, main, environments, expected) => {
  const importing = (name: string, from: string | undefined) =>
    from === undefined ? "" : `import { ${name} } from "${from}";`;
  writeFileSync("main.ts", importing("MessengerStack", main));
  writeFileSync("environments.ts", importing("nextEnvironment", environments));
  writeFileSync("cdktf.json", JSON.stringify({ app: "tsx main.ts" }));

  expect(programFiles("environments.ts").library).toBe(expected);
});
