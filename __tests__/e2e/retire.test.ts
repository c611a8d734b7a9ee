import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type Deployment } from "../../packages/sandbox/lib/cloud/state";
import { changeSandbox, Checkout, type Finished } from "./checkout";
import { needsTerminal, onTerminal } from "./pseudo-terminal";
import { needsTerraform } from "./terraform";

needsTerraform("environments that were removed from the program", () => {
  const checkout = Checkout.compiled();
  const origins = (...parameters: readonly string[]): Promise<Finished> =>
    checkout.run(checkout.origins("sandbox", "--", ...checkout.origins(...parameters)), { CI: "1" });

  /** What Genesys Cloud has. */
  const live = (): { readonly deployments: ReadonlyMap<string, Deployment>; readonly configurations: number } => {
    return changeSandbox(checkout.folder, ({ deployments, configurations }) => ({
      deployments: new Map([...deployments.values()].map((each) => [each.name, each])),
      configurations: configurations.size,
    }));
  };
  let before: ReadonlyMap<string, Deployment>;
  const idOf = (environment: string): string => before.get(`messenger-${environment}`)?.id ?? "";

  beforeAll(async () => {
    expect(await origins("deploy", "--auto-approve")).toMatchObject({ code: 0 });
    before = live().deployments;
    const file = join(checkout.folder, "environments.ts");
    const text = readFileSync(file, "utf8");
    const kept = text.slice(0, text.indexOf('  nextEnvironment("staging"'));
    writeFileSync(file, `${kept}];\n`);
  });
  afterAll(() => {
    checkout.remove();
  });

  test("origins audit finds their states, and says what to run", async () => {
    const { code, stdout } = await origins("audit");
    expect(code).toBe(2);
    expect(stdout).toMatch(/^production: equal/m);
    for (const environment of ["staging", "preview", "development"]) {
      expect(stdout).toContain(
        `${environment}: not declared\n  ✖ its state has "messenger-${environment}" (${idOf(environment)})`,
      );
      expect(stdout).toContain(`→ origins retire ${environment}`);
    }
    const listed = JSON.parse((await origins("audit", "--json", "--skip-synth")).stdout) as readonly object[];
    expect(listed).toContainEqual(
      expect.objectContaining({
        stack: "staging",
        verdict: "drift",
        drifts: [expect.objectContaining({ kind: "undeclared-stack" })],
        deployments: [{ id: idOf("staging"), name: "messenger-staging" }],
      }),
    );
  });

  test("a stack that the program declares is refused, and so is one that no state has", async () => {
    const declared = await origins("retire", "production", "--destroy", "--auto-approve", "--skip-synth");
    expect(declared).toMatchObject({ code: 1 });
    expect(declared.stderr).toContain('The program declares "production"');
    const unknown = await origins("retire", "nowhere", "--destroy", "--auto-approve", "--skip-synth");
    expect(unknown).toMatchObject({ code: 1 });
    expect(unknown.stderr).toContain('No state of a stack "nowhere" has a deployment');
    expect(live().deployments).toEqual(before);
  });

  test("nothing is done without a terminal and without a decision", async () => {
    const asked = await origins("retire", "preview", "--skip-synth");
    expect(asked).toMatchObject({ code: 1 });
    expect(asked.stderr).toContain("use --empty, --release or --destroy with --auto-approve");
    expect(live().deployments).toEqual(before);
  });

  test("--empty empties the list alone, and --destroy deletes what the stack has", async () => {
    const emptied = await origins("retire", "preview", "--empty", "--auto-approve", "--skip-synth");
    expect(emptied).toMatchObject({ code: 0 });
    expect(emptied.stdout).toContain(
      `deployment "messenger-preview" (${idOf("preview")})\n    admits preview.example.com`,
    );
    const { id, name, configuration, description } = before.get("messenger-preview") ?? {};
    expect(live().deployments.get("messenger-preview")).toEqual(
      expect.objectContaining({ id, name, configuration, description, allowedDomains: [] }),
    );

    const destroyed = await origins("retire", "preview", "--destroy", "--auto-approve", "--skip-synth");
    expect(destroyed).toMatchObject({ code: 0 });
    expect(destroyed.stdout).toContain("admits no page: its list is empty");
    expect(live().deployments.has("messenger-preview")).toBe(false);
    expect(live().configurations).toBe(3);
    expect((await origins("audit", "--skip-synth")).stdout).not.toContain("preview");
  });

  test("--release takes it out of the state and leaves it as it is; the audit still mentions it", async () => {
    expect(await origins("retire", "staging", "--release", "--auto-approve", "--skip-synth")).toMatchObject({
      code: 0,
    });
    expect(live().deployments.get("messenger-staging")?.allowedDomains).toEqual(
      before.get("messenger-staging")?.allowedDomains,
    );
    const { stdout } = await origins("audit", "--skip-synth");
    expect(stdout).not.toContain("staging: not declared");
    expect(stdout).toContain(`note: the deployment "messenger-staging" (${idOf("staging")}) was made by this package`);
  });

  needsTerminal("on a terminal", () => {
    test("it names the ids and the hosts, and changes nothing without a yes", async () => {
      const command = checkout.origins("sandbox", "--", ...checkout.origins("retire", "development", "--skip-synth"));
      const screen = await onTerminal(command, {
        columns: 200,
        cwd: checkout.folder,
        environment: { ...process.env, CI: undefined, CHECKPOINT_DISABLE: "1", NO_COLOR: "1" },
        answers: [
          ["(d)estroy it, or (c)ancel", "d"],
          ["Delete it permanently?", "n"],
        ],
      });
      const said = screen.lines.map(stripVTControlCharacters).join("\n");
      expect(said).toContain(`deployment "messenger-development" (${idOf("development")})`);
      expect(said).toContain("admits 127.0.0.1, dev.example.com, localhost");
      expect(said).toContain("Nothing was changed.");
      expect(screen.code).toBe(1);
      expect(live().deployments.has("messenger-development")).toBe(true);
    });
  });
});
