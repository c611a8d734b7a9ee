import { existsSync, readdirSync } from "node:fs";
import { usualNames } from "../programs/environments-file";

/** A command and what it does. */
type Suggestion = readonly [command: string, purpose: string];

/**
 * What could be done next in a folder, for `origins` without arguments: outside a project `init`, in one that was never deployed a try in the
 * sandbox, otherwise what a deployed project needs.
 */
export function nextSteps(folder = "."): string {
  const names = new Set(readdirSync(folder));
  const environments = usualNames.find((name) => names.has(name));
  if (environments === undefined && !names.has("cdktf.json")) {
    return lines("No project found in this folder. In the folder of your repository:", [
      ["npx cdktf-genesys-messenger init", "find its Next.js applications, and write a project for them"],
    ]);
  }
  if (environments === undefined || !names.has("cdktf.json")) {
    const [there, missing] =
      environments === undefined ? ["cdktf.json", "environments.ts"] : [environments, "cdktf.json"];
    return lines(
      `This folder has ${there}, but not ${missing}. To write what is missing, in the folder of your repository:`,
      [["npx cdktf-genesys-messenger init --folder <this folder>", "existing files stay as they are"]],
    );
  }
  const isDeployed = [...names].some((name) => name.endsWith(".tfstate")) || existsSync(`${folder}/.origins/backups`);
  const first: readonly Suggestion[] = [
    ["npx origins list", `the allowed domains that ${environments} derives, each with its source`],
    ["npx origins sandbox -- npx origins deploy --auto-approve", "try it: offline, without an account"],
  ];
  const then: readonly Suggestion[] = [
    ["npx origins plan", "what a deploy would change, and what visitors would notice"],
    ["npx origins deploy", "deploy all environments, and undo drift"],
    ["npx origins audit", "what Genesys serves, beside what the program derives"],
  ];
  return isDeployed
    ? lines("This project was deployed from here. Next:", [
        ...then,
        ["npx origins env <environment>", "what the application is built with"],
      ])
    : lines("This folder has a project. Next:", [...first, ...then]);
}

function lines(head: string, suggestions: readonly Suggestion[]): string {
  const width = Math.max(...suggestions.map(([command]) => command.length));
  const rows = suggestions.map(([command, purpose]) => `  ${command.padEnd(width)}  # ${purpose}`);
  return [head, "", ...rows, "", "origins --help lists all commands."].join("\n");
}
