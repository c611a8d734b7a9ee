import { type ProjectOptions } from "../../operations/project";
import { type SynthesizedStack } from "../../terraform/stacks";
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

/** Says why reports cannot name the sources of allowed domains. No other synthesis makes a record that this run's did not make. */
export function tellUnknownSources(stacks: readonly SynthesizedStack[], skipSynth = false): void {
  const [first, ...others] = stacks.flatMap(({ sourcesUnknown: problem }) =>
    problem === undefined || (problem.isMissing && !skipSynth) ? [] : problem.message,
  );
  if (first === undefined) return;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  printAside(
    `! The sources of allowed domains are unknown: ${first}${more}. Run the command again without --skip-synth.`,
  );
}
