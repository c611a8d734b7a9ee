import { invalid } from "../../base/problem";
import { type Fields, nonEmpty, object, required, type Shape, textWhere, wholeNumber } from "../../base/shape";
import { checkGiven } from "../../base/shape-check";
import { callOf } from "../call-check";
import { sourceFields, type SourceOptions } from "../leave-out";
import { lockPath } from "./lock-file";

/** More hosts than this are a mistake: each is one that anybody may get whose project is named alike. */
const mostDeployments = 100;

/** What every source of a platform can be told. */
interface PlatformOptions extends SourceOptions {
  readonly branch?: string;
  readonly deployments?: { readonly newest: number };
  readonly lock?: string;
}

export const platformFields: Fields<PlatformOptions> = {
  branch: nonEmpty("the name of a branch"),
  deployments: object<{ readonly newest: number }>({
    newest: required(wholeNumber(1, mostDeployments), `how many deployments, from 1 to ${mostDeployments}`),
  }),
  lock: lockPath,
  ...sourceFields,
};

const projectName = textWhere("the name or id of a project", (name) => name !== "" && !/\s/.test(name));

/** Which pages are meant: those of an environment or of a branch. */
interface Target {
  readonly environment?: string;
  readonly context?: string;
  readonly branch?: string;
}

/**
 * Checks what a source of a platform is told.
 *
 * @param shape what its options must be
 * @throws one error that names every mistake
 */
export function checkPlatformCall(call: string, project: string, options: Target, shape: Shape): void {
  checkGiven(
    callOf(call, project),
    [
      ["project", projectName, project],
      ["options", shape, options],
    ],
    {
      together() {
        const { environment, context, branch } = options;
        if (branch === undefined || (environment ?? context) === undefined) return [];
        return [invalid("branch", branch, "it is named beside an environment; write a source for each")];
      },
    },
  );
}
