import { existsSync, readFileSync } from "node:fs";
import { isRecord, type JsonRecord, parseRecord } from "./json";
import { StackError } from "../base/errors";

/** The part of a cdktf.json that a synthesis needs. cdktn has the file under the same name. */
export interface CdktfProject {
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
    throw new StackError(
      `There is no "${file}".\n\nRun the command in the folder that holds the cdktf.json of your app.`,
    );
  }
  const content = parseRecord(readFileSync(file, "utf8"));
  if (content === undefined) throw new StackError(`"${file}" is no JSON object.`);
  const { app, output = "cdktf.out" } = content;
  if (typeof app !== "string" || typeof output !== "string") {
    throw new StackError(`"${file}" does not say how the app is run.\n\nWrite: "app": "node --import tsx main.ts"`);
  }
  return { app: environment["CDKTF_APP"] ?? app, output: environment["CDKTF_OUTPUT"] ?? output, content };
}

/**
 * The variables that cdktf-cli 0.21 and cdktn-cli 0.24 set for the app, and the ones that they keep from it. They are the same of
 * both; `targetVersions` is cdktn's, and cdktf does not look at it.
 */
export function environmentOfApp(environment: NodeJS.ProcessEnv, { output, content }: CdktfProject): NodeJS.ProcessEnv {
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
