import { existsSync } from "node:fs";
import { basename, isAbsolute, join, posix, relative, resolve } from "node:path";
import { manifestOf } from "./packages";

/** What runs a program: by the name of its command. */
type Runner = "node" | "ts-node" | "tsx" | "other";

/** What a command line runs. */
export interface AppCommand {
  readonly runner: Runner;
  /** The program's file, from the project's folder on; undefined where the command does not name it. */
  readonly file: string | undefined;
}

/** The commands that run a program, and their options that are followed by a value. */
const runners: readonly { readonly name: RegExp; readonly runner: Runner; readonly values: RegExp }[] = [
  {
    name: /^node(js)?$/,
    runner: "node",
    values:
      /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--env-file-if-exists|--title|--icu-data-dir)$/,
  },
  { name: /^tsx$/, runner: "tsx", values: /^(--tsconfig|-r|--require|--import|--loader|-C|--conditions|--env-file)$/ },
  {
    name: /^ts-node(-esm|-cwd|-script|-transpile-only)?$/,
    runner: "ts-node",
    values:
      /^(-r|--require|-P|--project|-C|--compiler|-I|--ignore|-O|--compiler-?[oO]ptions|-D|--ignore-?[dD]iagnostics|--cwd|--dir|--script-?[mM]ode|--transpiler)$/,
  },
  {
    name: /^(bun|deno|jiti|vite-node|swc-node|esno|esr|ts-node-dev|tsimp)$/,
    runner: "other",
    values: /^(--preload|-r|--require|--config|-c|--tsconfig)$/,
  },
];

/** Words between the name of a runner and the program that it runs. */
const subcommands = /^(run|watch)$/;

/**
 * Finds the program that an `app` command runs: behind `npx`, `pnpm exec` and the like, variables and options, and in the scripts of
 * package.json.
 *
 * @param folder the folder of cdktf.json
 */
export function parseAppCommand(command: string, folder: string): AppCommand {
  return ofLine(command, folder, ".", 0) ?? { runner: "other", file: undefined };
}

/** @param base where the command runs, from the folder on */
function ofLine(line: string, folder: string, base: string, depth: number): AppCommand | undefined {
  const { words, way } = lastCommand(line);
  return ofWords(words, folder, posix.join(base, way), depth);
}

function ofWords(words: readonly string[], folder: string, base: string, depth: number): AppCommand | undefined {
  const index = words.findIndex((word) => runnerOf(word) !== undefined);
  const found = words[index] === undefined ? undefined : runnerOf(words[index]);
  if (found === undefined) return ofScript(words, folder, base, depth);
  const rest = words.slice(index + 1);
  while (rest[0] !== undefined) {
    const word = rest[0];
    if (word.startsWith("-")) rest.splice(0, found.values.test(word) ? 2 : 1);
    else if (subcommands.test(word)) rest.shift();
    // The value of an option of a wrapper (`npx -p tsx tsx main.ts`), or a runner that Node.js runs from its file.
    else if (runnerOf(word) !== undefined) return ofWords(rest, folder, base, depth);
    else {
      const file = isAbsolute(word) ? word : posix.join(base, word.replaceAll("\\", "/"));
      return { runner: preloaded(words, found.runner), file: withExtension(file, folder) };
    }
  }
  return { runner: found.runner, file: undefined };
}

/** `node --require ts-node/register` and `node --import tsx` are those runners. */
function preloaded(words: readonly string[], runner: Runner): Runner {
  if (words.some((word) => /^ts-node\/|[\\/=]ts-node\//.test(word))) return "ts-node";
  return words.some((word) => /^(--[\w-]+=)?tsx(\/\w+)?$/.test(word)) ? "tsx" : runner;
}

function runnerOf(word: string): (typeof runners)[number] | undefined {
  const path = word.replaceAll("\\", "/");
  const inside = /node_modules\/(?!\.bin\/)(tsx|ts-node)\//.exec(path)?.[1];
  const name =
    inside ??
    basename(path)
      .replace(/\.(cmd|exe|ps1)$/, "")
      .replace(/@[\w.^~-]+$/, "");
  return runners.find((each) => each.name.test(name));
}

/** The program that a script of package.json runs. */
function ofScript(words: readonly string[], folder: string, base: string, depth: number): AppCommand | undefined {
  const manager = words.findIndex((word) => /^(npm|pnpm|yarn)$/.test(basename(word)));
  if (manager === -1) return undefined;
  const [first = "", ...others] = words.slice(manager + 1).filter((word) => !word.startsWith("-"));
  const name = /^(run|run-script)$/.test(first) ? others[0] : first;
  const manifest = manifestOf(join(folder, base));
  const script = manifest?.scripts[name ?? ""];
  if (manifest === undefined || typeof script !== "string" || depth > 5) return undefined;
  return ofLine(script, folder, relative(folder, manifest.folder).replaceAll("\\", "/"), depth + 1);
}

/** The words of the last command of a line, and the folder that the ones before change to. */
function lastCommand(line: string): { readonly words: readonly string[]; readonly way: string } {
  const commands = line.split(/&&|;/).map(wordsOf);
  const folders = commands.slice(0, -1).flatMap(([program, folder]) => (program === "cd" && folder ? [folder] : []));
  const words = commands.at(-1) ?? [];
  return { words, way: posix.join(".", ...folders) };
}

/** The words of a command, without the quotes around them. */
export function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/["']/g, ""));
}

/** The file that a program without an extension is found as. */
function withExtension(file: string, folder: string): string {
  const extensions = ["", ".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];
  return `${file}${extensions.find((extension) => existsSync(resolve(folder, `${file}${extension}`))) ?? ""}`;
}
