import { join } from "node:path";
import { type EnvironmentKind } from "../../origins/environment-kind";
import { type Finding } from "../../origins/finding";
import { composeEnv, type EnvFileText } from "../env/env-expansion";
import { filesOfMode } from "../env/env-mode";
import { parseEnvText } from "../env/env-text";
import { readTextFile, shownFile } from "../formats/text-file";

/** What a configuration sees of the environment when Next.js evaluates it. */
export interface ConfigEnvironment {
  /** What Next.js calls the occasion. */
  readonly phase: "phase-production-build" | "phase-development-server";
  readonly nodeEnv: "production" | "development";
  /** The env files that there are, or would be, the highest priority first, as a place shows them. */
  readonly files: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Those of them that the shell sets before Next.js reads its own files. */
  readonly shell: Readonly<Record<string, string>>;
  /** The files that had to be there and are not. */
  readonly findings: readonly Finding[];
}

/** Which env files an environment has. */
export interface ConfigEnvironmentOptions {
  readonly mode?: string | undefined;
  readonly envFiles?: readonly string[] | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/**
 * The environment in which `next build`, or `next dev` for development, evaluates a configuration when the shell's own is
 * empty: its env files without those that differ between machines.
 */
export function configEnvironment(
  root: string,
  folder: string,
  kind: EnvironmentKind,
  { mode, envFiles, variables: set = {} }: ConfigEnvironmentOptions,
): ConfigEnvironment {
  const nodeEnv = kind === "development" ? "development" : "production";
  const { names, isOwn } = filesOfMode(mode ?? nodeEnv, nodeEnv);
  const paths = envFiles ?? names.map((name) => join(folder, name));
  const reads = paths.map((path) => ({ path, read: readTextFile(root, path) }));
  const texts: EnvFileText[] = [];
  const findings: Finding[] = [];
  for (const { path, read } of reads) {
    const mustExist = envFiles !== undefined || (isOwn && path === paths[0]);
    if (read.ok) texts.push({ file: read.file, definitions: parseEnvText(read.text) });
    else if (mustExist || !read.missing) findings.push(read.finding);
  }
  // What the shell sets, and what Next.js does before it reads the files: references to it are filled in, it itself is not.
  const given = Object.entries({ ...set, NODE_ENV: nodeEnv }).map(([name, value]) => {
    return [name, { text: value.replaceAll("$", "\\$"), line: 1 }] as const;
  });
  const { variables } = composeEnv([{ file: "", definitions: new Map(given) }, ...texts]);
  const ofNext = filesOfMode(nodeEnv, nodeEnv).names.map((name) => shownFile(root, join(folder, name)));
  const ofShell = [...variables].filter(([, { file }]) => envFiles !== undefined || !ofNext.includes(file));
  const plain = (all: readonly (readonly [string, { readonly value: string }])[]): Readonly<Record<string, string>> =>
    Object.fromEntries(all.map(([name, { value }]) => [name, value]));
  return {
    phase: kind === "development" ? "phase-development-server" : "phase-production-build",
    nodeEnv,
    files: reads.map(({ read }) => read.file),
    variables: plain([...variables]),
    shell: plain(ofShell),
    findings,
  };
}
