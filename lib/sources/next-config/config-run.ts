import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type EnvironmentKind } from "../../origins/environment-kind";
import { type Finding } from "../../origins/finding";
import { checkOptions } from "../call-check";
import { isFileEnding } from "../env/env-mode";
import { configEnvironment, type ConfigEnvironment } from "./config-environment";
import { type ConfigEvaluation } from "./config-evaluation-options";
import { evaluateConfig, type Evaluation, type EvaluationRequest } from "./config-evaluation";
import { failedConfig } from "./config-failure";
import { type ConfigValues } from "./config-values";

/** What evaluating came to, and what there is to say of it. */
export type Evaluated = (
  (Extract<Evaluation, { readonly ok: true }> & { readonly environment: ConfigEnvironment }) | { readonly ok: false }
) & { readonly findings: readonly Finding[] };

const defaultTimeoutSeconds = 30;

/**
 * Checks options that no compiler has checked.
 * @throws one error that quotes the mistake and says what to write
 */
export function checkEvaluation(call: string, evaluate: boolean | ConfigEvaluation | undefined): void {
  if (evaluate === undefined || typeof evaluate === "boolean") return;
  checkOptions(`${call}: evaluate`, evaluate, {
    mode: "text",
    envFiles: "list",
    timeoutSeconds: "number",
    variables: "record",
  });
  const { mode, envFiles, timeoutSeconds } = evaluate;
  if (mode !== undefined && envFiles !== undefined) {
    throw new Error(`${call} has a mode and env files: write the one or the others`);
  }
  if (mode !== undefined && !isFileEnding(mode)) {
    throw new Error(`${call} has the mode "${mode}": write one such as "production"`);
  }
  const local = [...(envFiles ?? []), ...(mode === undefined ? [] : [mode])].find((name) => /(^|\.)local$/.test(name));
  if (local !== undefined) {
    throw new Error(`${call} has "${local}", which differs between machines: name files that are committed`);
  }
  if (timeoutSeconds !== undefined && !(timeoutSeconds > 0 && timeoutSeconds <= 3600)) {
    throw new Error(`${call} has timeoutSeconds ${timeoutSeconds}: write a number of seconds, such as 60`);
  }
}

/** A configuration that may have to be evaluated. */
export interface EvaluationSubject extends Pick<EvaluationRequest, "parts"> {
  readonly root: string;
  readonly kind: EnvironmentKind;
  /** Its name as a place shows it. */
  readonly file: string;
  readonly text: string;
  /** Its path, which starts from the project's folder. */
  readonly path: string;
  /** The application's folder, which starts there too. */
  readonly application: string;
}

/** Evaluates a configuration where literals do not tell everything; undefined where they do, or where it is forbidden. */
export function evaluateWhereAllowed(
  values: Extract<ConfigValues, { readonly ok: true }>,
  evaluate: boolean | ConfigEvaluation | undefined,
  subject: EvaluationSubject,
): Evaluated | undefined {
  const computed = [...values.found.values()].flat().filter((value) => value.kind === "computed");
  const isTold = computed.length === 0 && values.wrappers.length === 0 && values.isWhole;
  if (evaluate === false || isTold) return undefined;
  const { timeoutSeconds = defaultTimeoutSeconds, ...which } = typeof evaluate === "object" ? evaluate : {};
  const { root, kind, text, file, path, application, parts } = subject;
  const environment = configEnvironment(root, application, kind, which);
  if (environment.findings.length > 0) return { ok: false, findings: environment.findings };
  // Without symbolic links, as Next.js has it: a stack shows no other.
  const folder = realpathSync.native(resolve(root, application));
  const own = join(realpathSync.native(dirname(resolve(root, path))), basename(path));
  const evaluation = evaluateConfig({ file: own, folder, environment, timeoutSeconds, parts }, text);
  if (evaluation.ok) return { ...evaluation, environment, findings: [] };
  // The literals stand where only a plugin might have added to them.
  const isLost = !values.isWhole || computed.some((value) => value.severity === "error");
  const severity = isLost ? "error" : "warning";
  return { ok: false, findings: [failedConfig(evaluation, { root, file, path: own, folder, environment }, severity)] };
}
