import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { StackError } from "../base/errors";
import { blocksOf, isRecord, type JsonRecord, parseRecord, recordAt } from "../base/json";
import { explainAppFailure, withoutModuleTypeAdvice } from "../programs/app-failure";
import { withInstalledPrograms } from "../programs/packages";
import { type CommandEnd, runCommand } from "./command";

/** The part of a cdktf.json that a synthesis needs. cdktn has the file under the same name. */
interface CdktfProject {
  /** The command that runs the app, for the system's shell. */
  readonly app: string;
  /** The folder that the app writes, from the folder of cdktf.json on. */
  readonly output: string;
  readonly content: JsonRecord;
}

/**
 * Reads a cdktf.json. The variables that stand for the options `--app` and `--output` of cdktf-cli and cdktn-cli come first, as they
 * do there.
 *
 * @throws StackError when there is none, or when it does not say how the app is run
 */
export function readCdktfProject(file: string, environment: NodeJS.ProcessEnv): CdktfProject {
  if (!existsSync(file)) {
    throw new StackError(`Missing "${file}".\n\nRun the command in the folder of your app's cdktf.json.`);
  }
  const content = parseRecord(readFileSync(file, "utf8"));
  if (content === undefined) throw new StackError(`"${file}" is not a JSON object.`);
  const { app, output = "cdktf.out" } = content;
  if (typeof app !== "string" || typeof output !== "string") {
    throw new StackError(`"${file}" does not define how to run the app.\n\nAdd: "app": "node --import tsx main.ts"`);
  }
  return { app: environment["CDKTF_APP"] ?? app, output: environment["CDKTF_OUTPUT"] ?? output, content };
}

/**
 * The variables that cdktf-cli 0.21 and cdktn-cli 0.24 set for the app, and the ones that they keep from it. They are the same of
 * both; `targetVersions` is cdktn's, and cdktf does not look at it.
 */
function environmentOfApp(environment: NodeJS.ProcessEnv, { output, content }: CdktfProject): NodeJS.ProcessEnv {
  const withoutValues = Object.entries(environment).filter(([name]) => !name.startsWith("TF_VAR_"));
  const { context: declared, targetVersions } = content;
  const context =
    isRecord(declared) || targetVersions !== undefined
      ? { ...(isRecord(declared) && declared), ...(targetVersions !== undefined && { targetVersions }) }
      : (parseRecord(environment["CDKTF_CONTEXT_JSON"] ?? "") ?? {});
  const modules: readonly unknown[] = Array.isArray(content["terraformModules"]) ? content["terraformModules"] : [];
  const isRelative = (module: unknown): boolean => {
    const source = isRecord(module) ? module["source"] : module;
    return typeof source === "string" && /^\.\.?\//.test(source);
  };
  return {
    NODE_OPTIONS: "--max-old-space-size=4096",
    ...Object.fromEntries(withoutValues),
    CDKTF_OUTDIR: output,
    // The errors that constructs carry are told from the manifest, all at once.
    CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true",
    CDKTF_CONTEXT_JSON: JSON.stringify({ ...context, cdktfRelativeModules: modules.filter(isRelative) }),
    SYNTH_HCL_OUTPUT: "false",
  };
}

/** How an app is synthesised. */
interface SynthesisOptions {
  /** The folder of cdktf.json. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** When it fires, the app gets one SIGINT and is waited for. */
  readonly interruption?: AbortSignal;
}

/** What a synthesis wrote and said. */
interface Synthesis {
  /** The absolute path of the folder that it wrote, such as `cdktf.out`. */
  readonly outdir: string;
  /** What the app printed, and the warnings that its constructs carry; empty where it had nothing to say. */
  readonly said: string;
}

/**
 * Runs the app of a project as `cdktf synth` and `cdktn synth` do, and writes the same files, without either command: they take
 * seconds to load, and do not run on every version of Node.js.
 *
 * What an earlier synthesis wrote does not count as soon as this one begins: an app that fails, or ends without a call of
 * `app.synth()`, leaves nothing that a deploy could take for its stacks.
 *
 * @throws StackError with all that the app said, when it fails or writes nothing
 */
export async function synthesise({ folder, environment, interruption }: SynthesisOptions): Promise<Synthesis> {
  const project = readCdktfProject(join(folder, "cdktf.json"), environment);
  const { app, output } = project;
  const outdir = resolve(folder, output);
  const manifest = join(outdir, "manifest.json");
  rmSync(manifest, { force: true });
  const appEnvironment = withInstalledPrograms(environmentOfApp(environment, project), resolve(folder));
  const how = { folder, environment: appEnvironment, interruption, shell: true };
  const end = await runCommand(app, [], how);
  if (end.interrupted) throw new StackError(`Interrupted: the synthesis (${app}) did not finish.`);
  if (end.code !== 0) {
    const explanation = explainAppFailure({ app, folder: resolve(folder), ...end });
    throw new StackError(`The app (${app}) cannot be synthesised:\n\n${explanation}`);
  }
  if (!existsSync(manifest)) {
    throw new StackError(
      `The app (${app}) wrote no stacks to "${output}".\n\nIts last line must be: app.synth();\n\n${allThatItSaid(end)}`.trim(),
    );
  }
  const { warnings, errors } = readAnnotations(readFileSync(manifest, "utf8"));
  if (errors.length > 0) {
    rmSync(manifest, { force: true });
    throw new StackError(`The app (${app}) cannot be synthesised:\n\n${errors.join("\n")}`);
  }
  return { outdir, said: [allThatItSaid(end), ...warnings].filter((text) => text !== "").join("\n") };
}

/** The warnings and errors that the constructs of the stacks carry (`Annotations.of(construct).addWarning(…)`). */
function readAnnotations(manifest: string): {
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
} {
  const stacks = Object.values(recordAt(parseRecord(manifest) ?? {}, "stacks")).filter(isRecord);
  const annotations = stacks.flatMap((stack) => blocksOf(stack, "annotations"));
  const ofLevel = (level: string): readonly string[] =>
    annotations
      .filter((annotation) => String(annotation["level"]).endsWith(level))
      .map(({ constructPath, message }) => `[${String(constructPath)}] ${String(message)}`);
  return { warnings: ofLevel("warn"), errors: ofLevel("error") };
}

/** Everything but the lines of a stack trace that are about Node.js and packages: they do not help the user. */
function allThatItSaid({ output, errors }: CommandEnd): string {
  return withoutModuleTypeAdvice(`${output.trimEnd()}\n${errors.trimEnd()}`)
    .split("\n")
    .filter((line) => !/^ {4}at .*(\(|\b)(node:|.*[\\/]node_modules[\\/])|^Node\.js v\d/.test(line))
    .join("\n")
    .trim();
}
