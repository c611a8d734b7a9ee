import { either, flag, mapOf, numberWhere, object, text, texts } from "../../base/shape";
import { fileEnding } from "../call-check";

/** The environment in which a configuration is evaluated. */
export interface ConfigEvaluation {
  /**
   * The mode of the env files, as in `envFiles`: `staging` means what `env-cmd -f .env.staging -- next build` sees (for development
   * `next dev`). For a tool that reads the file as Next.js does, name the files by `envFiles`.
   * @default "development" for an environment of that kind, "production" otherwise
   */
  readonly mode?: string;
  /**
   * Whether env-cmd runs with `--recursive`, which fills in `$NAME` and `${NAME}` in the file of a mode of your own.
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
