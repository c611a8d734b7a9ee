import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Synthesised } from "../messenger/synthesis";
import { programs } from "../messenger/upgrade";
import { SandboxProject } from "./sandbox-project";
import { needsTerraform } from "./terraform";

needsTerraform("a project that was deployed with the version before the packages were split", () => {
  let project: SandboxProject;
  beforeAll(() => {
    project = new SandboxProject();
  });
  afterAll(() => {
    project.remove();
  });

  /** Runs Terraform in the folder of each stack, until a command ends with another code than 0. */
  const terraform = async (stacks: readonly string[], ...commands: readonly string[]): Promise<string> => {
    const lines = stacks.flatMap((stack) =>
      commands.map((command) => `terraform -chdir=cdktf.out/stacks/${stack} ${command} -no-color -input=false`),
    );
    const { code, stdout, stderr } = await project.run(["sh", "-c", lines.join(" && ")]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout;
  };

  test.each(programs)("plans no change: %s", async (_, { stacks, before }) => {
    project.reset({
      flows: [
        { id: "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10", name: "Careers" },
        { id: "22222222-2222-4222-8222-222222222222", name: "Support (staging)" },
        { id: "33333333-3333-4333-8333-333333333333", name: "Echo" },
      ],
    });
    const names = Object.keys(before);
    const file = (name: string): string => join(project.folder, "cdktf.out", "stacks", name, "cdk.tf.json");
    for (const [name, content] of Object.entries(before)) {
      mkdirSync(dirname(file(name)), { recursive: true });
      writeFileSync(file(name), JSON.stringify(content));
    }
    await terraform(names, "init", "apply -auto-approve");

    project.declare(stacks);
    for (const name of names) {
      const { terraform, ...rest } = JSON.parse(readFileSync(file(name), "utf8")) as Synthesised;
      const { backend } = (before[name] as Synthesised).terraform; // a stack without one writes to the working directory
      writeFileSync(file(name), JSON.stringify({ ...rest, terraform: { ...terraform, backend } }));
    }

    const said = await terraform(names, "plan -detailed-exitcode"); // 2 with any change
    expect(said.split("No changes.")).toHaveLength(names.length + 1);
  });
});
