import { readFileSync } from "node:fs";
import { type Command } from "commander";
import { createProgram, documentationOf } from "../../lib/cli/program";

function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

const names = [
  "init",
  "list",
  "explain",
  "plan",
  "pull",
  "deploy",
  "env",
  "audit",
  "keep",
  "repair",
  "retire",
  "adopt",
  "sandbox",
  "demo",
] as const;

test.each<[string]>([["origins"], ...names.map((name): [string] => [name])])(
  "the help of %s has a sentence about it, a word about each option, and no default that is a value of JavaScript",
  async (name) => {
    const command = everyCommand(await createProgram()).find((each) => each.name() === name);
    const help = command?.helpInformation().replace(/\s+/g, " ");
    expect(help).not.toMatch(/default: ?(\[\]|\{\}|""|false|true|null|undefined|\[object)/);
    expect(command?.description()).toMatch(/^[A-Z].*\.$/);
    for (const { description } of [...(command?.registeredArguments ?? []), ...(command?.options ?? [])])
      expect(description).not.toBe("");
    if (name !== "origins") expect(command?.options).not.toEqual([]);
  },
);

test("a command that the command line does not name is listed and not loaded", async () => {
  const program = await createProgram(["list", "production"]);
  const optionsOf = (name: string): number | undefined =>
    program.commands.find((each) => each.name() === name)?.options.length;
  expect([optionsOf("list"), optionsOf("deploy")]).toEqual([2, 0]);
});

test("origins has a help for every command that it lists", async () => {
  const program = await createProgram();
  expect(program.commands.map((command) => command.name())).toEqual(names);
  for (const command of program.commands) expect(program.helpInformation()).toContain(command.name());
});

test("the page of every command, to which a refusal points, exists, and so does its section", () => {
  for (const name of names) {
    const [file = "", section] = documentationOf([name])?.split("#") ?? [];
    const headings = readFileSync(file, "utf8").match(/^## .+$/gm) ?? [];
    const anchors = headings.map((heading) =>
      heading
        .slice(3)
        .toLowerCase()
        .replace(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    if (section !== undefined) expect(anchors).toContain(section);
  }
  expect(documentationOf([])).toBeUndefined();
  expect(documentationOf(["constructor"])).toBeUndefined();
});
