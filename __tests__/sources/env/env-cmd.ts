import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { project } from "../project";

const packageFolder = resolve(__dirname, "../../../node_modules/env-cmd");

/** A file of environments, and how env-cmd is told to read it. */
export interface EnvCmdCase {
  readonly file: string;
  readonly text: string;
  readonly environments: readonly string[];
  readonly recursive: boolean;
}

/** What env-cmd's own functions make of each file when the shell's environment is empty; null where they fail. */
export function readWithEnvCmd(cases: readonly EnvCmdCase[]): readonly (Readonly<Record<string, string>> | null)[] {
  const files = cases.map(({ file, text }, index) => [`${index}/${file}`, text] as const);
  const root = project({ ...Object.fromEntries(files), "cases.json": JSON.stringify(cases) });
  const load = (name: string): string => JSON.stringify(pathToFileURL(join(packageFolder, "dist", name)).href);
  const program = `
    import { readFileSync } from "node:fs";
    import { getRCFileVars } from ${load("parse-rc-file.js")};
    import { expandEnvs } from ${load("expand-envs.js")};
    const answers = [];
    for (const [index, { file, environments, recursive }] of JSON.parse(readFileSync("cases.json", "utf8")).entries()) {
      try {
        const env = await getRCFileVars({ environments, filePath: index + "/" + file });
        if (recursive) for (const key of Object.keys(env)) env[key] = expandEnvs(env[key], env);
        answers.push(Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)])));
      } catch {
        answers.push(null);
      }
    }
    console.log(JSON.stringify(answers));
  `;
  const answer = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  return JSON.parse(answer) as readonly (Readonly<Record<string, string>> | null)[];
}

/** What a program sees that the command `env-cmd` starts; null where it does not start one. */
export function runEnvCmd({ file, text, environments, recursive }: EnvCmdCase): unknown {
  const flags = ["-f", file, "-e", environments.join(","), ...(recursive ? ["--recursive"] : [])];
  const command = [
    join(packageFolder, "bin/env-cmd.js"),
    ...flags,
    "--",
    process.execPath,
    "-p",
    "JSON.stringify(process.env)",
  ];
  try {
    const options = { cwd: project({ [file]: text }), env: {}, encoding: "utf8", stdio: "pipe" } as const;
    return JSON.parse(execFileSync(process.execPath, command, options));
  } catch {
    return null;
  }
}
