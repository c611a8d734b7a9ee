import { stripVTControlCharacters as plain } from "node:util";
import stringWidth from "string-width";
import { Checkout } from "./checkout";
import { OriginsProject } from "./origins-project";
import { needsTerminal, onTerminal, type Screen } from "./pseudo-terminal";
import { needsTerraform } from "./terraform";
import { rows, someOf } from "../in-full";

/** The environment of a person's shell: what tests and pipelines set is not in it. */
function shell(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const unset = { CI: undefined, NO_COLOR: undefined, FORCE_COLOR: undefined };
  return { ...process.env, ...unset, TERM: "xterm-256color", CHECKPOINT_DISABLE: "1", ...variables };
}

/** The lines of the tables, as wide as a terminal shows them. */
const frames = ({ lines }: Screen): readonly string[] => lines.map(plain).filter((line) => /^[┌│├└]/.test(line));
const widest = (screen: Screen): number => Math.max(...frames(screen).map((line) => stringWidth(line)));
const isColored = (text: string): boolean => text !== plain(text);

const checkout = Checkout.compiled();
afterAll(() => {
  checkout.remove();
});

/** Runs a command on a terminal of that width. */
const shown = (columns: number, command: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Screen> =>
  onTerminal(command, { columns, cwd: checkout.folder, environment: shell(variables) });

needsTerminal("origins on a terminal", () => {
  test.each(rows([80], [120]))("the tables of origins list fit into %s columns", async (columns) => {
    const screen = await shown(columns, checkout.origins("list"));
    expect(screen.code).toBe(0);
    expect(frames(screen).join("\n")).toContain("│ www.xn--bcher-kva.example.com │");
    expect(widest(screen)).toBeLessThanOrEqual(columns);
  });

  const terminals = [
    { title: "a terminal", colored: true },
    { title: "a terminal, and --no-color", flags: ["--no-color"], colored: false },
    { title: "a terminal, and NO_COLOR=1", variables: { NO_COLOR: "1" }, colored: false },
    { title: "a terminal, and an empty NO_COLOR", variables: { NO_COLOR: "" }, colored: true },
    { title: "a terminal, and FORCE_COLOR=0", variables: { FORCE_COLOR: "0" }, colored: false },
    {
      title: "a terminal, NO_COLOR=1 and FORCE_COLOR=1",
      variables: { NO_COLOR: "1", FORCE_COLOR: "1" },
      colored: false,
    },
    { title: "a terminal that knows no colours", variables: { TERM: "dumb" }, colored: false },
  ];
  test.each(someOf(terminals, (_, index) => index % 3 === 0))(
    "on $title origins list has colours: $colored",
    async ({ flags = [], variables = {}, colored }) => {
      const { code, lines } = await shown(200, checkout.origins("list", "production", ...flags), variables);
      expect(code).toBe(0);
      expect(plain(lines.join("\n"))).toContain("production: 3 allowed domains");
      expect(isColored(lines.join("\n"))).toBe(colored);
    },
  );

  needsTerraform("with Terraform", () => {
    let project: OriginsProject;
    beforeAll(async () => {
      project = await OriginsProject.start();
    });
    afterAll(async () => {
      await project.close();
    });

    test.each(rows([80], [120]))(
      "the tables of origins deploy and origins audit fit into %s columns",
      async (columns) => {
        const origins = (...parameters: readonly string[]): Promise<Screen> => {
          const environment = shell(project.genesys.environment);
          const command = project.command(...parameters, "--skip-synth");
          return onTerminal(command, { columns, cwd: project.checkout.folder, environment });
        };
        const deployed = await origins("deploy", "--auto-approve");
        expect(deployed.code).toBe(0);
        expect(frames(deployed).join("\n")).toContain("│ production ");
        expect(widest(deployed)).toBeLessThanOrEqual(columns);

        await project.edit("production", { allowedDomains: ["stranger.example.net", "www.example.com"] });
        const audited = await origins("audit");
        expect(audited.code).toBe(2);
        expect(frames(audited).join("\n")).toMatch(/│ stranger\.example/);
        expect(widest(audited)).toBeLessThanOrEqual(columns);
      },
    );
  });
});

test("--color is refused, with a hint at the option that exists", async () => {
  const { code, stderr } = await checkout.run(checkout.origins("list", "--color"));
  expect(stderr).toContain("unknown option '--color'\n(Did you mean --no-color?)");
  expect(code).toBe(1);
});

describe("origins list into a pipe", () => {
  const pipes = [
    { title: "without any wish", variables: {}, colored: false },
    { title: "with CI=true", variables: { CI: "true" }, colored: false },
    { title: "with FORCE_COLOR=1", variables: { FORCE_COLOR: "1" }, colored: true },
    {
      title: "with FORCE_COLOR=1 and --no-color",
      variables: { FORCE_COLOR: "1" },
      flags: ["--no-color"],
      colored: false,
    },
    { title: "with FORCE_COLOR=1 and NO_COLOR=1", variables: { FORCE_COLOR: "1", NO_COLOR: "1" }, colored: false },
    { title: "with FORCE_COLOR=false", variables: { FORCE_COLOR: "false" }, colored: false },
  ];
  test.each(someOf(pipes, (_, index) => index % 2 === 1))(
    "$title has colours: $colored",
    async ({ variables, flags = [], colored }) => {
      const command = checkout.origins("list", "production", ...flags);
      const { code, stdout } = await checkout.run(command, shell({ COLUMNS: "40", ...variables }));
      expect(code).toBe(0);
      expect(isColored(stdout)).toBe(colored);
      expect(plain(stdout)).toContain("│ examples/storefront/.env.production:6 NEXT_PUBLIC_GERMAN_SITE_URL │");
    },
  );
});
