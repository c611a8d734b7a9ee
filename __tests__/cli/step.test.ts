import { step } from "../../lib/cli/terminal/step";
import { type StepDisplay } from "../../lib/operations/progress";

describe("the line that a step leaves behind", () => {
  const lines: string[] = [];
  const print = (line: string): void => {
    lines.push(line.replace(/\d+\.\d s/, "0.1 s"));
  };
  const allPlanned = (results: readonly string[]): boolean => results.every((result) => result === "planned");
  const { isTTY } = process.stderr;
  beforeAll(() => {
    process.stderr.isTTY = false; // a terminal has a spinner instead
  });
  afterAll(() => {
    process.stderr.isTTY = isTTY;
  });
  beforeEach(() => {
    lines.length = 0;
  });

  test.each([
    [["planned", "planned"], "  ✔ terraform plan (0.1 s)"],
    [["planned", "init failed"], "  ✖ terraform plan (0.1 s)"],
    [[], "  ✔ terraform plan (0.1 s)"],
  ])("of the results %j is %s", async (results, line) => {
    await expect(step("terraform plan", () => Promise.resolve(results), print, allPlanned)).resolves.toBe(results);
    expect(lines).toEqual([line]);
  });

  test("is one that failed where the work throws, whatever it would have been asked", async () => {
    const work = (): Promise<readonly string[]> => Promise.reject(new Error("no"));
    await expect(step("terraform plan", work, print, allPlanned)).rejects.toThrow("no");
    expect(lines).toEqual(["  ✖ terraform plan (0.1 s)"]);
  });

  test("comes after what the work prints", async () => {
    const work = ({ print: say }: StepDisplay): Promise<void> => {
      say("a plan");
      return Promise.resolve();
    };
    await step("terraform plan", work, print);
    expect(lines).toEqual(["a plan", "  ✔ terraform plan (0.1 s)"]);
  });
});
