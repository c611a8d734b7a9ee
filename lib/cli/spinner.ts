import { colors } from "./colors";
import { outgoing } from "./output";

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
