import { either, flag, mapOf, numberWhere, object, text, texts } from "../../base/shape";
import { fileEnding } from "../call-check";

/** The environment in which a configuration is evaluated. */
export interface ConfigEvaluation {
  /**
   * The mode of the env files, as in `envFiles`: `staging` means `.env.staging` over those of `next build`.
   * @default "development" for an environment of that kind, "production" otherwise
   */
  readonly mode?: string;
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
      envFiles: texts,
      variables: mapOf(text, '{ NAME: "value" }'),
      unset: texts,
      timeoutSeconds: numberWhere(
        "a number of seconds up to 3600, such as 60",
        (seconds) => seconds > 0 && seconds <= 3600,
      ),
    }),
  ],
  "true, false or an object with mode, envFiles, variables, unset and timeoutSeconds",
);
