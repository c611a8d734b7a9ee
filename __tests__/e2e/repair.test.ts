import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "./checkout";
import { OriginsProject } from "./origins-project";
import { needsTerraform } from "./terraform";
import { rows } from "../in-full";

needsTerraform("origins repair", () => {
  let project: OriginsProject;
  const stateFile = (): string => join(project.checkout.folder, "terraform.production.tfstate");
  const state = (): string => readFileSync(stateFile(), "utf8");
  beforeAll(async () => {
    project = await OriginsProject.start();
    const stacks = ["production", "staging"];
    expect(await project.origins("deploy", ...stacks, "--auto-approve")).toMatchObject({ code: 0 });
    project.takeWrites();
  });
  afterAll(async () => {
    await project.close();
  });

  test("has nothing to do where no one changed anything, and leaves what was never deployed to a deploy", async () => {
    const { code, stdout } = await project.origins("repair");
    expect(stdout).toContain("Nothing to repair.");
    expect(code).toBe(0);
    expect(project.takeWrites()).toEqual([]);
  });

  test("without a terminal and without --auto-approve shows what it would write, and writes nothing", async () => {
    await project.edit("production", { allowedDomains: [] });
    const before = state();
    const { code, stdout, stderr } = await project.origins("repair");
    expect(stdout).toMatch(/To be written to it, after a backup:\n.*allowed_domains = null \(the live list is empty\)/);
    expect(stderr).toContain("Cannot ask for confirmation without a terminal: nothing was changed.");
    expect(code).toBe(1);
    expect(state()).toBe(before);
    expect(project.takeWrites()).toEqual([]);
  });

  test("with --auto-approve keeps a copy, repairs in place and leaves the other stacks alone", async () => {
    const before = state();
    const { deployment } = project.remembered("production");
    const { code, stdout } = await project.origins("repair", "--auto-approve");
    expect(code).toBe(0);
    const copy = /backup: (\S+)/.exec(stdout)?.[1] ?? "";
    expect(readFileSync(copy, "utf8")).toBe(before);
    expect(stdout).not.toMatch(/▸ (staging|preview|development)/);
    expect(project.takeWrites()).toEqual(["PUT deployments/{id}"]);
    expect(project.remembered("production").deployment).toBe(deployment);
  });

  test("changes nothing of a state whose lineage or shape it does not expect", async () => {
    await project.edit("production", { allowedDomains: [] });
    const before = state();
    writeFileSync(stateFile(), before.replace(`"version": 4`, `"version": 5`));
    const { code, stdout } = await project.origins("repair", "--auto-approve");
    expect(stdout).toContain("Terraform's state has the unsupported format version 5 (expected 4).");
    expect(code).toBe(1);
    writeFileSync(stateFile(), before);
    expect(project.takeWrites()).toEqual([]);
  });

  test("does not repair what it cannot see", async () => {
    const fault = project.genesys.api.faults.add("403 on GET deployments");
    const { code, stdout } = await project.origins("repair", "--auto-approve");
    project.genesys.api.faults.remove(fault.id);
    expect(stdout).toMatch(/^production: unknown/m);
    expect(code).toBe(1);
    expect(project.takeWrites()).toEqual([]);

    const none = { GENESYSCLOUD_OAUTHCLIENT_ID: "", GENESYSCLOUD_OAUTHCLIENT_SECRET: "" };
    const { stderr } = await finished(project.start(["repair", "--auto-approve"], none));
    expect(stderr).toContain("Cannot detect manual changes without credentials.");
  });

  describe("what the program has changed meanwhile", () => {
    const file = (): string => join(project.checkout.folder, "cdktf.out/stacks/production/cdk.tf.json");
    interface Program {
      readonly resource: Record<string, Record<string, { allowed_domains?: string[] }> | undefined>;
    }
    function change(work: (program: Program) => void): void {
      const program = JSON.parse(readFileSync(file(), "utf8")) as Program;
      work(program);
      writeFileSync(file(), JSON.stringify(program));
    }
    const resource = { terraform_data: { unrelated: { input: "x" } } };

    test.each(
      rows<[string, (program: Program) => void, RegExp]>(
        [
          [
            "a resource that left the program",
            (program) => {
              delete program.resource["terraform_data"];
            },
            /delete terraform_data\.unrelated/,
          ],
        ],
        [
          [
            "a host that was never deployed",
            (program) => {
              for (const each of Object.values(program.resource["genesyscloud_webdeployments_deployment"] ?? {}))
                each.allowed_domains?.push("new.example.com");
            },
            /update genesyscloud_webdeployments_deployment\.\w+: allowed_domains/,
          ],
        ],
      ),
    )("is left to a deploy: %s", async (_, work, line) => {
      change((program) => Object.assign(program.resource, resource));
      expect(await project.origins("deploy", "production", "--auto-approve")).toMatchObject({ code: 0 });
      const program = readFileSync(file(), "utf8");
      await project.edit("production", { allowedDomains: [] });
      project.takeWrites();
      change(work);
      const { code, stdout } = await project.origins("repair", "production", "--auto-approve");
      expect(stdout).toMatch(/the plan does more than undo drift\. Run origins deploy/);
      expect(stdout).toMatch(line);
      expect(code).toBe(1);
      expect(project.takeWrites()).toEqual([]);

      writeFileSync(file(), program);
      expect(await project.origins("repair", "production", "--auto-approve")).toMatchObject({ code: 0 });
      expect(project.takeWrites()).toEqual(["PUT deployments/{id}"]);
    });

    test("is destroyed by a deploy only after a yes, or where the pipeline says so", async () => {
      change((program) => {
        delete program.resource["terraform_data"];
      });
      const refused = await project.origins("deploy", "production", "--auto-approve");
      expect(refused.stdout).toMatch(/Allow it with --allow-destroy[^]*delete terraform_data\.unrelated/);
      expect(refused.code).toBe(1);
      expect(state()).toContain("terraform_data");
      const allowed = await project.origins("deploy", "production", "--auto-approve", "--allow-destroy");
      expect(allowed).toMatchObject({ code: 0 });
      expect(state()).not.toContain("terraform_data");
    });
  });

  test("a deployment that someone deleted is not made again under another id", async () => {
    await project.genesys.byHand("DELETE", `/api/v2/webdeployments/deployments/${(await project.live("staging")).id}`);
    project.takeWrites();
    const { code, stdout } = await project.origins("repair", "staging", "--auto-approve");
    expect(stdout).toMatch(/staging +│ refused/);
    expect(code).toBe(1);
    expect(project.takeWrites()).toEqual([]);
  });
});
