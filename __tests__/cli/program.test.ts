import { type Command } from "commander";
import { createProgram } from "../../lib/cli/program";

function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

describe.each(everyCommand(createProgram()).map((command) => [command.name(), command] as const))(
  "the help of %s",
  (_, command) => {
    const help = command.helpInformation().replace(/\s+/g, " ");

    test("shows no default that is a value of JavaScript rather than one to write", () => {
      expect(help).not.toMatch(/default: ?(\[\]|\{\}|""|false|true|null|undefined|\[object)/);
    });

    test("has a sentence about the command, and a word about each argument and option", () => {
      expect(command.description()).toMatch(/^[A-Z].*\.$/);
      for (const { description } of [...command.registeredArguments, ...command.options])
        expect(description).not.toBe("");
    });
  },
);

test("origins has a help for every command that it lists", () => {
  const program = createProgram();
  expect(program.commands.length).toBeGreaterThan(5);
  for (const command of program.commands) expect(program.helpInformation()).toContain(command.name());
});
