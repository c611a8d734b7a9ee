import { colors } from "./colors";
import { printAside, printReport } from "./output";
import { type ProjectOptions } from "./stacks/project";
import { step } from "./step";

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
