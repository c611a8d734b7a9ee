import { printable } from "../../base/printable";
import { type Print, type StepDisplay } from "../../operations/progress";
import { colors, outgoing, printReport } from "./output";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const interval = 80;

const clearLine = "\r\u001b[2K";
/** A line longer than the terminal is wide would wrap, and the next frame would clear only its last part. */
const [cutLines, wrapLines] = ["\u001b[?7l", "\u001b[?7h"];

/** A line on a terminal that moves while something takes its time. It handles no signals: what runs must come to its end. */
export class Spinner {
  private frame = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private text: string,
    private readonly terminal: NodeJS.WritableStream = process.stderr,
  ) {
    this.draw();
    this.timer = setInterval(() => {
      this.draw();
    }, interval);
  }

  update(text: string): void {
    this.text = text;
  }

  /** Makes room for another line. The spinner returns below it with the next frame. */
  clear(): void {
    this.terminal.write(clearLine);
  }

  succeed(text: string): void {
    this.end(colors.green("✔"), text);
  }

  fail(text: string): void {
    this.end(colors.red("✖"), text);
  }

  private draw(): void {
    const frame = frames[this.frame++ % frames.length] ?? "";
    this.terminal.write(`${clearLine}${cutLines}${colors.yellow(frame)} ${outgoing(this.text)}${wrapLines}`);
  }

  private end(mark: string, text: string): void {
    clearInterval(this.timer);
    this.terminal.write(`${clearLine}${mark} ${outgoing(text)}\n`);
  }
}

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
function bar(done: number, total: number): string {
  const filled = total === 0 ? barWidth : Math.round((done / total) * barWidth);
  return `${colors.green("█".repeat(filled))}${colors.dim("░".repeat(barWidth - filled))} ${done}/${total}`;
}
