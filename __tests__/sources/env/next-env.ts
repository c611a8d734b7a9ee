import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { project } from "../project";

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
  return answersOf(["-e", program], sets);
}

/** The files of an application that env-cmd starts `next build` for, and whether it runs with `--recursive`. */
export interface EnvCmdBuild {
  readonly files: Readonly<Record<string, string>>;
  readonly recursive: boolean;
}

/**
 * What the process sees that `env-cmd -f .env.staging -- next build` starts in an empty environment: env-cmd's own functions, and
 * then @next/env's over `.env.production` and `.env`; a fresh one for each, because it keeps the first environment that it saw.
 */
export function buildWithEnvCmd(builds: readonly EnvCmdBuild[]): readonly Readonly<Record<string, string>>[] {
  const load = (name: string): string => JSON.stringify(pathToFileURL(join(envCmd, "dist", name)).href);
  const program = `
    import { createRequire } from "node:module";
    import { parseEnvString } from ${load("parse-env-file.js")};
    import { expandEnvs } from ${load("expand-envs.js")};
    const nextEnv = ${JSON.stringify(require.resolve("@next/env"))};
    const require = createRequire(nextEnv);
    const silent = { info() {}, error() {} };
    let text = "";
    for await (const chunk of process.stdin) text += chunk;
    const answers = [];
    for (const { files, recursive } of JSON.parse(text)) {
      const env = parseEnvString(files[".env.staging"]);
      if (recursive) for (const key of Object.keys(env)) env[key] = expandEnvs(env[key], env);
      for (const name of Object.keys(process.env)) delete process.env[name];
      for (const [name, value] of Object.entries(env)) if (name !== "") process.env[name] = value;
      process.env.NODE_ENV ||= "production"; // next/dist/bin/next
      delete require.cache[nextEnv];
      const read = [".env.production", ".env"].map((path) => ({ path, contents: files[path], env: {} }));
      require(nextEnv).processEnv(read, "/", silent, true);
      answers.push({ ...process.env });
    }
    process.stdout.write(JSON.stringify(answers));
  `;
  return answersOf(["--input-type=module", "-e", program], builds);
}

const envCmd = join(__dirname, "../../../node_modules/env-cmd");

/** The same of one set, with the command itself and the files that Next.js looks for in the folder. */
export function runBuildWithEnvCmd({ files, recursive }: EnvCmdBuild): Readonly<Record<string, string>> {
  const program = `require(${JSON.stringify(require.resolve("@next/env"))}).loadEnvConfig(process.cwd(), false, { info() {}, error() {} });
    console.log(JSON.stringify(process.env))`;
  const flags = ["-f", ".env.staging", ...(recursive ? ["--recursive"] : [])];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(envCmd, "bin/env-cmd.js"), ...flags, "--", process.execPath, "-e", program],
    { cwd: project(files), env: { NODE_ENV: "production" }, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`env-cmd failed: ${stderr}`);
  return JSON.parse(stdout) as Readonly<Record<string, string>>;
}

function answersOf(parameters: readonly string[], input: unknown): readonly Readonly<Record<string, string>>[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--stack-size=256", ...parameters], {
    env: {},
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(`@next/env failed: ${stderr}`);
  return JSON.parse(stdout) as Readonly<Record<string, string>>[];
}

/** What `next build`, `next dev` or a test sees of the files of each folder, in an environment that holds NODE_ENV alone. */
export function loadWithNext(
  mode: "production" | "development" | "test",
  sets: readonly Readonly<Record<string, string>>[],
): readonly Readonly<Record<string, string>>[] {
  const folders = sets.map((files) => project(files));
  const loader = `
    const nextEnv = ${JSON.stringify(require.resolve("@next/env"))};
    const silent = { info() {}, error() {} };
    const chunks = [];
    process.stdin.on("data", (chunk) => chunks.push(chunk)).on("end", () => {
      const answers = JSON.parse(Buffer.concat(chunks).toString()).map((folder) => {
        for (const name of Object.keys(process.env)) delete process.env[name];
        process.env.NODE_ENV = ${JSON.stringify(mode)};
        delete require.cache[nextEnv];
        require(nextEnv).loadEnvConfig(folder, ${mode === "development"}, silent, true);
        return { ...process.env };
      });
      process.stdout.write(JSON.stringify(answers));
    });
  `;
  return answersOf(["-e", loader], folders);
}
