import { type ProjectOptions } from "../../operations/project";
import { colors, printAside, printReport } from "../terminal/output";
import { step } from "../terminal/step";

/** How a project of the command reports: on the standard output, or beside it where that is for JSON. */
export function terminalOptions({
  json = false,
}: {
  readonly json?: boolean;
}): Pick<ProjectOptions, "print" | "printAside" | "step" | "color" | "environment"> {
  return {
    print: json ? printAside : printReport,
    printAside,
    step,
    color: colors.isColorSupported,
    environment: process.env,
  };
}
