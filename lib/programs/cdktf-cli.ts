import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { wordsOf } from "./app-command";
import { manifestOf, packageFolder } from "./packages";

/** The part of cdktf-cli that does not load on every version of Node.js. */
const terminal = "@cdktf/node-pty-prebuilt-multiarch";

/** What they answer everywhere. */
const harmless = /^(--version|--help|-h|help|completion)$/;

/**
 * Why a command runs `cdktf` or `cdktn` in vain: neither runs on every version of Node.js, and what they print then helps no one.
 *
 * @param words the command, as in `["npx", "cdktf", "deploy"]`
 * @param folder the folder of the project
 * @param environment that of the command: its PATH decides which Node.js runs it
 * @returns undefined where nothing speaks against it
 */
export function unusableCli(
  words: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const { cli, parameters } = cliOf(words, folder) ?? {};
  const installed = cli && packageFolder(`${cli}-cli`, folder);
  if (installed === undefined || parameters?.some((word) => harmless.test(word)) === true) return undefined;
  const remedy = `Run npx origins ${parameters?.some((word) => /^(diff|plan)$/.test(word)) === true ? "plan" : "deploy"}, which needs no CLI`;
  return cli === "cdktf" ? withoutTerminal(installed, environment, remedy) : onOldNode(installed, environment, remedy);
}

/** cdktf-cli has its terminal compiled for some versions of Node.js, and loads it for nearly every command. */
function withoutTerminal(installed: string, environment: NodeJS.ProcessEnv, remedy: string): string | undefined {
  const path = resolveFrom(installed, terminal);
  if (path === undefined) return undefined;
  const node = runNode(`require(${JSON.stringify(path)})`, environment);
  if (node === undefined || node.ok) return undefined;
  return Number.parseInt(node.version, 10) > 22
    ? `cdktf-cli runs on Node.js 17 to 22, and this is ${node.version}. ${remedy}, or use cdktn-cli.`
    : `cdktf-cli cannot load its terminal on Node.js ${node.version} (${process.platform}-${process.arch}). ${remedy}, or: npm rebuild ${terminal}`;
}

function onOldNode(installed: string, environment: NodeJS.ProcessEnv, remedy: string): string | undefined {
  const engines = JSON.stringify(manifestOf(installed)?.content["engines"] ?? {});
  const [, major = "0", minor = "0"] = /"node":">=(\d+)\.(\d+)/.exec(engines) ?? [];
  const { version } = runNode("", environment) ?? {};
  if (version === undefined) return undefined;
  const [ownMajor = 0, ownMinor = 0] = version.split(".").map(Number);
  const isNewEnough = ownMajor > Number(major) || (ownMajor === Number(major) && ownMinor >= Number(minor));
  if (isNewEnough) return undefined;
  return `cdktn-cli needs Node.js ${major}.${minor} or newer, and this is ${version}. ${remedy}, or update Node.js.`;
}

/** The CLI that a command runs, and its parameters: by itself, by a package manager, or by a script of package.json. */
function cliOf(
  words: readonly string[],
  folder: string,
  depth = 0,
): { readonly cli: "cdktf" | "cdktn"; readonly parameters: readonly string[] } | undefined {
  for (const [index, word] of words.entries()) {
    const [, cli] = /^(cdktf|cdktn)(?:-cli)?(?:@.*)?(?:\.cmd)?$/.exec(basename(word)) ?? [];
    if (cli === "cdktf" || cli === "cdktn") return { cli, parameters: words.slice(index + 1) };
  }
  const [manager = "", ...others] = words;
  if (!/^(npm|pnpm|yarn|bun)(\.cmd)?$/.test(basename(manager)) || depth > 5) return undefined;
  const name = others.find((word) => !word.startsWith("-") && !/^run(-script)?$/.test(word));
  const script = manifestOf(folder)?.scripts[name ?? ""];
  return typeof script === "string" ? cliOf(wordsOf(script), folder, depth + 1) : undefined;
}

function resolveFrom(folder: string, name: string): string | undefined {
  try {
    return createRequire(join(folder, "index.js")).resolve(name);
  } catch {
    return undefined;
  }
}

/** Runs a program with the Node.js of the PATH; undefined if it is missing. */
function runNode(
  program: string,
  environment: NodeJS.ProcessEnv,
): { readonly version: string; readonly ok: boolean } | undefined {
  const { status, stdout, error } = spawnSync(
    "node",
    ["-e", `process.stdout.write(process.versions.node);${program}`],
    {
      env: environment,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  return error !== undefined || stdout === "" ? undefined : { version: stdout, ok: status === 0 };
}
