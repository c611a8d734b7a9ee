import { printable } from "../base/printable";
import { colors } from "./colors";
import { printReport } from "./output";
import { Spinner } from "./spinner";
import { type Print, type StepDisplay } from "./stacks/step";

/**
 * Does one thing with visible progress: a spinner with a bar on a terminal, one line with the time it took anywhere else.
 *
 * @param title what is being done, such as "terraform plan"; the same line ends with the seconds
 * @param print a command whose output is data prints its lines elsewhere
 * @param succeeded whether the result is what was wanted: work on many stacks throws for none of them
 */
export async function step<Result>(
  title: string,
  work: (display: StepDisplay) => Promise<Result>,
  print: Print = printReport,
  succeeded: (result: Result) => boolean = () => true,
): Promise<Result> {
  const text = printable(title);
  const started = performance.now();
  const spinner = process.stderr.isTTY ? new Spinner(text) : undefined;
  const took = (): string => `${text} (${((performance.now() - started) / 1000).toFixed(1)} s)`;
  const display: StepDisplay = {
    progress: (done, total) => spinner?.update(`${text} ${bar(done, total)}`),
    print(line) {
      spinner?.clear();
      print(line);
    },
  };
  const end = (success: boolean): void => {
    if (spinner === undefined) print(`  ${success ? "✔" : "✖"} ${took()}`);
    else if (success) spinner.succeed(took());
    else spinner.fail(took());
  };
  let result: Result;
  try {
    result = await work(display);
  } catch (error) {
    end(false);
    throw error;
  }
  end(succeeded(result));
  return result;
}

const barWidth = 20;

/** Such as `█████               2/8`. */
export function bar(done: number, total: number): string {
  const filled = total === 0 ? barWidth : Math.round((done / total) * barWidth);
  return `${colors.green("█".repeat(filled))}${colors.dim("░".repeat(barWidth - filled))} ${done}/${total}`;
}
