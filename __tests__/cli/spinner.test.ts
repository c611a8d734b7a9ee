import { PassThrough } from "node:stream";
import { colors } from "../../lib/cli/terminal/output";
import { Spinner } from "../../lib/cli/terminal/step";

describe("a spinner", () => {
  const terminal = new PassThrough({ encoding: "utf8" });
  const shown = (): string => String(terminal.read());
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test("draws its line over the one before, and never more than one line", () => {
    const spinner = new Spinner("terraform plan", terminal);
    expect(shown()).toBe(`\r\u001b[2K\u001b[?7l${colors.yellow("⠋")} terraform plan\u001b[?7h`);
    spinner.update("terraform plan 1/2");
    jest.advanceTimersByTime(80);
    expect(shown()).toBe(`\r\u001b[2K\u001b[?7l${colors.yellow("⠙")} terraform plan 1/2\u001b[?7h`);
    spinner.succeed("terraform plan (0.1 s)");
  });

  test.each([
    ["succeed", `\r\u001b[2K${colors.green("✔")} done\n`],
    ["fail", `\r\u001b[2K${colors.red("✖")} done\n`],
  ] as const)("leaves one line when it is told to %s, and stands still", (end, line) => {
    const spinner = new Spinner("terraform plan", terminal);
    terminal.read();
    spinner[end]("done");
    jest.advanceTimersByTime(1_000);
    expect(shown()).toBe(line);
  });
});
