import { step } from "../../lib/cli/terminal/step";
import { Project, type ProjectOptions } from "../../lib/operations/project";
import { stackOf } from "../cli/examined";

const shop = stackOf("shop");

/** A project that was synthesised and found this program. */
class OpenProject extends Project {
  constructor(command: string, options: Partial<ProjectOptions> = {}) {
    super(
      [shop],
      { command },
      {
        lockTimeout: "30s",
        parallelism: 2,
        environment: {},
        interruption: new AbortController().signal,
        print: () => undefined,
        printAside: () => undefined,
        step,
        color: false,
        ...options,
      },
    );
  }
}

test.each([
  ["terraform", "terraform"],
  ["/opt/tofu-1.9/tofu", "tofu"],
])("a project that runs %s calls it %s", (command, name) => {
  expect(new OpenProject(command).program).toBe(name);
});

test("a project runs its program in the folder of a stack", () => {
  expect(new OpenProject("tofu").terraform(shop).stack).toBe(shop);
  expect(() => new OpenProject("tofu", { lockTimeout: "soon" }).terraform(shop)).toThrow('"soon"');
});

test("a project that another signal interrupts is otherwise the same", () => {
  const project = new OpenProject("tofu", { parallelism: 3 });
  const { signal } = new AbortController();
  const other = project.until(signal);
  expect(other.options).toEqual({ ...project.options, interruption: signal });
  expect(other.options.interruption).toBe(signal);
  expect([other.stacks, other.binary]).toEqual([project.stacks, project.binary]);
});

describe("work on many stacks", () => {
  const names = ["a", "b", "c", "d", "e"];

  test.each([1, 2, 5])("is done for %i at a time, and told in their order", async (parallelism) => {
    let running = 0;
    let most = 0;
    const results = await new OpenProject("tofu", { parallelism }).each(names, async (name) => {
      most = Math.max(most, ++running);
      for (let turn = names.indexOf(name); turn < 5; turn++) await Promise.resolve(); // the last one is the first to end
      running--;
      return name.toUpperCase();
    });
    expect(results).toEqual(["A", "B", "C", "D", "E"]);
    expect(most).toBe(parallelism);
  });

  test("tells how much of it is done", async () => {
    const told: string[] = [];
    const progress = (done: number, total: number): void => {
      told.push(`${done}/${total}`);
    };
    await new OpenProject("tofu").each(["a", "b"], () => Promise.resolve(), progress);
    expect(told).toEqual(["1/2", "2/2"]);
  });
});
