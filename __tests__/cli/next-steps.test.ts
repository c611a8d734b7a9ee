import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { nextSteps } from "../../lib/cli/next-steps";
import { createProgram } from "../../lib/cli/program";

const folder = mkdtempSync(join(tmpdir(), "next-steps-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The commands that are suggested in a folder with these files. */
function suggested(...files: readonly string[]): { readonly head: string; readonly commands: readonly string[] } {
  const own = mkdtempSync(join(folder, "project-"));
  for (const file of files) {
    mkdirSync(dirname(join(own, file)), { recursive: true });
    writeFileSync(join(own, file), "");
  }
  const [head = "", ...rest] = nextSteps(own).split("\n");
  const commands = rest.flatMap((line) => /^ {2}npx (.*?) +# ./.exec(line)?.[1] ?? []);
  return { head, commands };
}

test.each([
  [
    "without a project",
    [],
    "No project found in this folder. In the folder of your repository:",
    ["cdktf-genesys-messenger init"],
  ],
  [
    "of an application alone",
    ["package.json", "next.config.ts"],
    "No project found in this folder. In the folder of your repository:",
    ["cdktf-genesys-messenger init"],
  ],
  [
    "with half of a project",
    ["environments.mts"],
    "This folder has environments.mts, but not cdktf.json. To write what is missing, in the folder of your repository:",
    ["cdktf-genesys-messenger init --folder <this folder>"],
  ],
  [
    "with the other half",
    ["cdktf.json"],
    "This folder has cdktf.json, but not environments.ts. To write what is missing, in the folder of your repository:",
    ["cdktf-genesys-messenger init --folder <this folder>"],
  ],
  [
    "with a new project",
    ["environments.ts", "cdktf.json"],
    "This folder has a project. Next:",
    [
      "origins list",
      "origins sandbox -- npx origins deploy --auto-approve",
      "origins plan",
      "origins deploy",
      "origins audit",
    ],
  ],
  [
    "with a local state",
    ["environments.ts", "cdktf.json", "terraform.production.tfstate"],
    "This project was deployed from here. Next:",
    ["origins plan", "origins deploy", "origins audit", "origins env <environment>"],
  ],
  [
    "with copies of a state",
    ["environments.ts", "cdktf.json", ".origins/backups/x"],
    "This project was deployed from here. Next:",
    ["origins plan", "origins deploy", "origins audit", "origins env <environment>"],
  ],
])("in a folder %s, origins says what could be done next", (_, files, head, commands) => {
  expect(suggested(...files)).toEqual({ head, commands });
});

test("every command that is suggested exists", async () => {
  const known = new Set((await createProgram([])).commands.map((command) => command.name()));
  const all = [[], ["cdktf.json"], ["environments.ts", "cdktf.json"], ["environments.ts", "cdktf.json", "a.tfstate"]]
    .flatMap((files) => suggested(...files).commands)
    .map((command) => command.split(" ")[1]);
  expect(all.filter((name) => !known.has(name ?? ""))).toEqual([]);
});
