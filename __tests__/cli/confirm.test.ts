import { PassThrough } from "node:stream";
import { confirmOnTerminal } from "../../lib/cli/terminal/confirm";

const terminal = (): { input: PassThrough & { isTTY: boolean }; output: PassThrough } => ({
  input: Object.assign(new PassThrough(), { isTTY: true }),
  output: new PassThrough(),
});

describe("a question on the terminal", () => {
  test.each([
    ["y", true],
    ["YES ", true],
    ["n", false],
    ["", false],
    ["yellow", false],
  ])("%j means %p", async (line, expected) => {
    const { input, output } = terminal();
    input.write(`${line}\n`);
    await expect(confirmOnTerminal(new AbortController().signal, { input, output })("Apply?")).resolves.toBe(expected);
    expect(String(output.read())).toContain("Apply? [y/N] ");
  });

  test("the end of the input means no", async () => {
    const { input, output } = terminal();
    input.end();
    await expect(confirmOnTerminal(new AbortController().signal, { input, output })("Apply?")).resolves.toBe(false);
  });

  test("an interruption means no", async () => {
    const interruption = new AbortController();
    const answer = confirmOnTerminal(interruption.signal, terminal())("Apply?");
    interruption.abort();
    await expect(answer).resolves.toBe(false);
  });

  test("without a terminal it is refused, with what to write in a pipeline", async () => {
    const { output } = terminal();
    const asked = confirmOnTerminal(new AbortController().signal, { input: new PassThrough(), output })("Apply?");
    await expect(asked).rejects.toThrow("In a pipeline, use --auto-approve to apply without review.");
  });
});
