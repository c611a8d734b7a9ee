import { join } from "node:path";
import { either, flag, mapOf, numberWhere, object, text, texts } from "../../base/shape";
import { type Finding } from "../../origins/finding";
import { type EnvironmentKind } from "../../origins/rule";
import { fileEnding } from "../call-site";
import { expandAsEnvCmd, parseEnvCmdFile } from "../env/env-cmd";
import {
  composeEnv,
  type EnvFileText,
  type EnvVariable,
  notCounting,
  noTrail,
  parseEnvText,
} from "../env/env-expansion";
import { filesOfMode } from "../env/env-file";
import { readTextFile } from "../formats/text-file";

/** The environment in which a configuration is evaluated. */
export interface ConfigEvaluation {
  /**
   * The mode of the env files, as in `envFiles`: `staging` means what `env-cmd -f .env.staging -- next build` sees (for development
   * `next dev`). For a tool that reads the file as Next.js does, name the files by `envFiles`.
   * @default "development" for an environment of that kind, "production" otherwise
   */
  readonly mode?: string;
  /**
   * Whether env-cmd runs with `--recursive`, which fills in `$NAME` and `${NAME}` in the file of a custom mode.
   * @default false
   */
  readonly recursive?: boolean;
  /**
   * The env files themselves, the highest priority first, each from the project's folder. Each must be there.
   * @default those of the mode in the application's folder that are there
   */
  readonly envFiles?: readonly string[];
  /**
   * Variables that the shell sets on top of the env files: what the hosting platform sets, or what a configuration insists on
   * and no committed file holds.
   * @default none
   * @example { VERCEL_ENV: "production", NEXTAUTH_SECRET: "unused" }
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Variables that the configuration reads and that are not set in this environment, on purpose. Every other one is reported.
   * `"*"` means all of them.
   * @default none
   * @example ["ANALYZE", "CI"]
   */
  readonly unset?: readonly string[];
  /**
   * How long it may take, in seconds.
   * @default 30
   */
  readonly timeoutSeconds?: number;
}

/** What `evaluate` must be. */
export const evaluateShape = either<boolean | ConfigEvaluation>(
  [
    flag,
    object<ConfigEvaluation>({
      mode: fileEnding,
      recursive: flag,
      envFiles: texts,
      variables: mapOf(text, '{ NAME: "value" }'),
      unset: texts,
      timeoutSeconds: numberWhere(
        "a number of seconds up to 3600, such as 60",
        (seconds) => seconds > 0 && seconds <= 3600,
      ),
    }),
  ],
  "true, false or an object with mode, recursive, envFiles, variables, unset and timeoutSeconds",
);

/** What a configuration sees of the environment when Next.js evaluates it. */
export interface ConfigEnvironment {
  /** What Next.js calls the occasion. */
  readonly phase: "phase-production-build" | "phase-development-server";
  /** `production` for `next build` and `development` for `next dev`, unless something else is set before they start. */
  readonly nodeEnv: string;
  /** The env files that there are, or would be, the highest priority first, as a place shows them. */
  readonly files: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Those of them that are set before Next.js reads its own files, as they are then. */
  readonly shell: Readonly<Record<string, string>>;
  /** The variables of a file that env-cmd loads and that Next.js would read in another way. */
  readonly ambiguous: readonly string[];
  /** The files that had to be there and are not. */
  readonly findings: readonly Finding[];
}

/** Which env files an environment has. */
interface ConfigEnvironmentOptions {
  readonly mode?: string | undefined;
  readonly recursive?: boolean | undefined;
  readonly envFiles?: readonly string[] | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/**
 * The environment in which `next build`, or `next dev` for development, evaluates a configuration when the shell's own is
 * empty: its env files without those that differ between machines. The file of a mode of the team's own is loaded by env-cmd, which
 * starts Next.js.
 */
export function configEnvironment(
  root: string,
  folder: string,
  kind: EnvironmentKind,
  { mode, recursive = false, envFiles, variables: set = {} }: ConfigEnvironmentOptions,
): ConfigEnvironment {
  const base = kind === "development" ? "development" : "production";
  const { names, isOwn } = filesOfMode(mode ?? base, base);
  const [ownName, ...baseNames] = names;
  const isOfEnvCmd = isOwn && envFiles === undefined;

  const own = isOfEnvCmd ? readAll(root, [join(folder, ownName)], true) : nothing;
  const definitions = parseEnvCmdFile(own.texts[0] ?? "");
  const { variables: loaded, failure } = expandAsEnvCmd(own.files[0]?.file ?? "", [definitions], {
    isRecursive: recursive,
    separator: undefined,
  });
  const shell = new Map([...loaded, ...Object.entries(set).map(([name, value]) => [name, given(value)] as const)]);
  const inFile = shell.get("NODE_ENV")?.value ?? "";
  const nodeEnv = inFile !== "" ? inFile : mode === "test" ? mode : base;
  shell.set("NODE_ENV", given(nodeEnv));

  const ofNext = nodeEnv === "test" ? filesOfMode(nodeEnv).names : isOfEnvCmd ? baseNames : names;
  const others = readAll(root, envFiles ?? ofNext.map((name) => join(folder, name)), envFiles !== undefined);
  const { variables, dropped } = composeEnv(others.files, { given: shell });

  const asNext = composeEnv([...own.files, ...others.files], { nodeEnv }).variables;
  const ofOwn = new Set(isOfEnvCmd ? own.files.flatMap((file) => [...file.definitions.keys(), ...loaded.keys()]) : []);
  const isAmbiguous = (name: string): boolean =>
    name !== "NODE_ENV" && !Object.hasOwn(set, name) && asNext.get(name)?.value !== variables.get(name)?.value;
  return {
    phase: kind === "development" ? "phase-development-server" : "phase-production-build",
    nodeEnv,
    files: [...own.names, ...others.names],
    variables: { ...valuesOf(variables), ...set, NODE_ENV: nodeEnv },
    shell: valuesOf(shell),
    ambiguous: [...ofOwn].filter(isAmbiguous),
    findings: [
      ...own.findings,
      ...(failure === undefined ? [] : [failure]),
      ...others.findings,
      ...dropped.map(notCounting),
    ],
  };
}

interface ReadFiles {
  readonly names: readonly string[];
  readonly files: readonly EnvFileText[];
  readonly texts: readonly string[];
  readonly findings: readonly Finding[];
}

const nothing: ReadFiles = { names: [], files: [], texts: [], findings: [] };

function readAll(root: string, paths: readonly string[], mustExist: boolean): ReadFiles {
  const reads = paths.map((path) => readTextFile(root, path));
  const found = reads.flatMap((read) => (read.ok ? [read] : []));
  return {
    names: reads.map(({ file }) => file),
    files: found.map(({ file, text }) => ({ file, definitions: parseEnvText(text) })),
    texts: found.map(({ text }) => text),
    findings: reads.flatMap((read) => (read.ok || (read.missing && !mustExist) ? [] : [read.finding])),
  };
}

/** A variable that no file defines. */
function given(value: string): EnvVariable {
  return { text: value, value, line: 1, file: "", trail: noTrail };
}

function valuesOf(variables: ReadonlyMap<string, EnvVariable>): Readonly<Record<string, string>> {
  // No process can have the others.
  const possible = [...variables].filter(([name]) => name !== "" && !name.includes("="));
  return Object.fromEntries(possible.map(([name, { value }]) => [name, value]));
}
