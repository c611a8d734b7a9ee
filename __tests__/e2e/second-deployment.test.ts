import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { genuineTiming } from "../../packages/sandbox/lib/provider/timing";
import { type Finished } from "./checkout";
import { OriginsProject } from "./origins-project";
import { needsTerraform, terraformCommand } from "./terraform";
import { inFull, rows } from "../in-full";

const deployments = "/api/v2/webdeployments/deployments";
const configurations = "/api/v2/webdeployments/configurations";

/** What the live list is when the state is lost. */
interface LostWhile {
  readonly allowedDomains: readonly string[];
  readonly allowAllDomains?: boolean;
}

/** The commands that a message names in brackets, of the program in use. */
const named = new RegExp(String.raw`\((${terraformCommand} [^)]*)\)`);

/** What `origins audit --json` says of one Messenger. */
interface Audited {
  readonly verdict: string;
  readonly notes: readonly string[];
  readonly drifts: readonly {
    readonly kind: string;
    readonly mendedBy: string;
    readonly message: string;
    readonly found?: { readonly deploymentId: string; readonly configurationId: string };
  }[];
}

needsTerraform("a deployment whose creation was answered by no one", () => {
  let project: OriginsProject;
  beforeAll(async () => {
    project = await OriginsProject.start();
  });
  beforeEach(async () => {
    await project.replaceGenesys();
  });
  afterAll(async () => {
    await project.close();
  });

  const deploy = (...flags: readonly string[]): Promise<Finished> =>
    project.origins("deploy", "production", "--auto-approve", ...flags);

  async function audit(code: number): Promise<Audited> {
    const run = await project.origins("audit", "production", "--json");
    expect(run.code).toBe(code);
    const [audited] = JSON.parse(run.stdout) as readonly Audited[];
    if (audited === undefined) throw new Error(run.stderr);
    return audited;
  }

  const stackFile = (stack: string): string =>
    join(project.checkout.folder, "cdktf.out", "stacks", stack, "cdk.tf.json");

  /** The deployments that production's state does not have. */
  async function strangers(): Promise<readonly string[]> {
    const known = project.remembered("production").deployment;
    return (await project.liveIds("deployment")).filter((each) => each !== known);
  }

  async function inTerraform(commands: string | undefined): Promise<void> {
    if (commands === undefined) throw new Error("No command was named.");
    const run = await project.checkout.run(["sh", "-ec", commands], project.genesys.environment);
    expect(run).toMatchObject({ code: 0 });
  }

  /** Makes something as a person does; answers its id. */
  async function byHand(path: string, body: object): Promise<string> {
    const { id } = (await project.genesys.byHand("POST", path, body)) as { readonly id: string };
    return id;
  }

  function lose(fault: string): void {
    project.genesys.api.faults.add(`${fault} on POST deployments first=1`);
  }

  test.each(rows(["reset after"], ["503 after"]))(
    "%s: the deploy ends well, and says with exit code 2 which deployment is a leftover",
    async (fault) => {
      lose(fault);
      const { code, stdout } = await deploy();
      const [extra = "none", ...more] = await strangers();
      const managed = project.remembered("production").deployment ?? "none";
      expect(more).toEqual([]);
      expect(stdout).toMatch(/production +│ deployed +│ +│ drift/);
      expect(stdout).toContain(`Terraform manages "${managed}"`);
      expect(stdout).toContain(`"${extra}" is a leftover`);
      expect(code).toBe(2);

      const found = { deploymentId: extra, configurationId: project.remembered("production").configuration };
      const drift = { kind: "second-deployment", mendedBy: "person", found };
      expect(await audit(2)).toMatchObject({ verdict: "drift", drifts: [drift] });
      expect(await project.origins("plan", "production")).toMatchObject({ code: 0 });
      expect(await project.origins("repair", "production", "--auto-approve")).toMatchObject({ code: 0 });

      await project.genesys.byHand("DELETE", `${deployments}/${extra}`);
      expect(await audit(0)).toMatchObject({ verdict: "equal", drifts: [] });
    },
  );

  describe.each(rows(["cut"], ["html after"]))("%s", (fault) => {
    let stranger: string;
    beforeEach(async () => {
      lose(fault);
      expect(await deploy()).toMatchObject({ code: 1 });
      [stranger = "none"] = await strangers();
      project.takeWrites();
    });

    async function refusal(): Promise<string> {
      const [drift, ...more] = (await audit(2)).drifts;
      expect(more).toEqual([]);
      expect(drift).toMatchObject({ kind: "unclaimed-deployment", found: { deploymentId: stranger } });
      const { code, stdout } = await deploy();
      expect(code).toBe(1);
      expect(stdout).toMatch(/production +│ refused/);
      expect(stdout).toContain(drift?.message);
      expect(project.takeWrites()).toEqual([]);
      expect(await project.liveIds("deployment")).toEqual([stranger]);
      return drift?.message ?? "";
    }

    test("no second one is made, and Terraform takes over the first by the command that is named", async () => {
      const message = await refusal();
      expect(message).toContain("with the configuration that Terraform made for it");
      await inTerraform(named.exec(message)?.[1]);
      expect(await deploy()).toMatchObject({ code: 0 });
      expect(project.remembered("production").deployment).toBe(stranger);
      expect(await project.liveIds("deployment")).toEqual([stranger]);
      expect(await audit(0)).toMatchObject({ verdict: "equal" });
    });

    inFull(() => {
      test("once it is deleted, the deploy makes another one", async () => {
        await refusal();
        await project.genesys.byHand("DELETE", `${deployments}/${stranger}`);
        expect(await deploy()).toMatchObject({ code: 0 });
        expect(await strangers()).toEqual([]);
      });
    });
  });

  inFull(() => {
    test("where the whole state is lost, both objects are taken over", async () => {
      expect(await deploy()).toMatchObject({ code: 0 });
      const { deployment, configuration } = project.remembered("production");
      rmSync(join(project.checkout.folder, "terraform.production.tfstate"));
      const { message = "" } = (await audit(2)).drifts[0] ?? {};
      expect(message).toContain("with the same description");
      expect(message).toMatch(
        new RegExp(`import \\S+ ${configuration ?? ""} && .* import \\S+ ${deployment ?? ""}\\)`),
      );
      expect((await deploy()).code).toBe(1);
      await inTerraform(named.exec(message)?.[1]);
      expect(await deploy()).toMatchObject({ code: 0 });
      expect(project.remembered("production")).toMatchObject({ deployment, configuration });
      expect(await project.liveIds("deployment")).toEqual([deployment]);
    });
  });

  test.each<[string, LostWhile, string]>([
    ["the live list is empty", { allowedDomains: [] }, "and no domains"],
    ...rows<[string, LostWhile, string]>(
      [],
      [["every page is allowed", { allowAllDomains: true, allowedDomains: [] }, "and for every page"]],
    ),
  ])("where the state is lost while %s, no second one is made unless it is asked for", async (_, live, evidence) => {
    expect(await deploy()).toMatchObject({ code: 0 });
    const { deployment } = project.remembered("production");
    await project.edit("production", live);
    rmSync(join(project.checkout.folder, "terraform.production.tfstate"));
    project.takeWrites();
    expect((await audit(2)).drifts).toMatchObject([
      { kind: "unclaimed-deployment", found: { deploymentId: deployment } },
    ]);
    const refused = await deploy();
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(new RegExp(`with the same description, ${evidence}, .*origins deploy --new`));
    expect(project.takeWrites()).toEqual([]);
    expect(await project.liveIds("deployment")).toEqual([deployment]);
    expect((await deploy("--new")).stdout).toMatch(/production +│ deployed/);
    expect(await project.liveIds("deployment")).toHaveLength(2);
  });

  inFull(() => {
    test("where the state is lost and the Messenger renamed at once, no second one is made", async () => {
      const before = readFileSync(stackFile("production"), "utf8");
      try {
        expect(await deploy()).toMatchObject({ code: 0 });
        const { deployment = "none" } = project.remembered("production");
        rmSync(join(project.checkout.folder, "terraform.production.tfstate"));
        writeFileSync(stackFile("production"), before.replace(/"name": "messenger-production"/g, '"name": "shop"'));
        project.takeWrites();
        const refused = await deploy();
        expect(refused.stdout).toContain(
          `"messenger-production" with the same description, for some of the same domains`,
        );
        expect(refused.stdout).toContain(`adopt: { deploymentId: "${deployment}", configurationId: "`);
        expect(refused.code).toBe(1);
        expect(project.takeWrites()).toEqual([]);
        expect(await project.liveIds("deployment")).toEqual([deployment]);
      } finally {
        writeFileSync(stackFile("production"), before);
      }
    });
  });

  test.each(
    rows<[string, boolean]>([["which have a domain in common", true]], [["which have no domain in common", false]]),
  )("the state of another stack in the place of this one's is not taken over: stacks %s", async (_, shared) => {
    const file = stackFile("staging");
    const before = readFileSync(file, "utf8");
    try {
      if (shared) writeFileSync(file, before.replace(/("allowed_domains": \[[^\]]*?)\s*\]/, '$1, "www.example.com"]'));
      expect(await project.origins("deploy", "production", "staging", "--auto-approve")).toMatchObject({ code: 0 });
      const { deployment = "none" } = project.remembered("staging");
      expect(String((await project.live("staging")).allowedDomains).includes("www.example.com")).toBe(shared);
      const [own, other] = ["production", "staging"].map((name) =>
        join(project.checkout.folder, `terraform.${name}.tfstate`),
      ) as [string, string];
      copyFileSync(other, own);
      project.takeWrites();
      const alone = await deploy();
      expect(alone.stdout).toContain(
        `("${deployment}"), which has the name that the stack "staging" declares: it is a copy of that stack's state`,
      );
      expect(alone.code).toBe(1);
      const both = await project.origins("deploy", "production", "staging", "--auto-approve");
      expect(both.stdout).toContain(`"production" and "staging" have the same deployment "${deployment}"`);
      expect(both.code).toBe(1);
      expect(project.takeWrites()).toEqual([]);
    } finally {
      writeFileSync(file, before);
    }
  });

  test("the same name alone is a note: names are not unique", async () => {
    expect(await deploy()).toMatchObject({ code: 0 });
    const content = { name: "Other", languages: ["en-us"], defaultLanguage: "en-us" };
    const other = await byHand(configurations, content);
    await byHand(`${configurations}/${other}/versions/draft/publish`, {});
    const live = await project.live("production");
    const namesake = await byHand(deployments, { ...live, configuration: { id: other, version: "1" } });
    const { verdict, notes } = await audit(0);
    expect(verdict).toBe("equal");
    expect(notes).toEqual([expect.stringContaining(namesake)]);
    expect((await project.origins("audit", "production")).stdout).toContain(
      "  note: Genesys Cloud has another deployment",
    );
  });

  inFull(() => {
    test("what another stack of the project has is not a copy, also when only one of them is audited", async () => {
      const before = readFileSync(stackFile("staging"), "utf8");
      try {
        // It declares the same, and has a state and a separate environment.
        const twin = readFileSync(stackFile("production"), "utf8")
          .replaceAll("terraform.production.tfstate", "terraform.staging.tfstate")
          .replace(/("environment": \{[^}]*"value": )"production"/, '$1"staging"');
        writeFileSync(stackFile("staging"), twin);
        expect(await deploy()).toMatchObject({ code: 0 });
        const { code, stdout } = await project.origins("audit", "staging");
        expect(stdout).toContain("it was never deployed");
        expect(code).toBe(2);
        expect(await project.origins("deploy", "staging", "--auto-approve")).toMatchObject({ code: 0 });
        expect(await project.liveIds("deployment")).toHaveLength(2);
      } finally {
        writeFileSync(stackFile("staging"), before);
      }
    });
  });

  describe("deleted by hand", () => {
    let gone: string;
    beforeEach(async () => {
      await project.replaceGenesys({ provider: { timing: genuineTiming } });
      expect(await deploy()).toMatchObject({ code: 0 });
      gone = project.remembered("production").deployment ?? "none";
      await project.genesys.byHand("DELETE", `${deployments}/${gone}`);
    });

    test("is not made again by itself", async () => {
      const { code, stdout } = await deploy();
      expect(code).toBe(1);
      expect(stdout).toContain(`the deployment "${gone}" no longer exists`);
      expect(stdout).toContain("origins deploy production --recreate");
      expect(project.takeWrites()).toEqual([]);
      expect((await project.origins("audit", "production")).stdout).toContain("→ origins deploy --recreate");
    });

    test.each(rows<[string, boolean]>([["with its configuration", true]], [["alone", false]]))(
      "%s: --recreate makes it under a new id, without the provider's five minutes",
      async (_, both) => {
        const { configuration = "none" } = project.remembered("production");
        if (both) await project.genesys.byHand("DELETE", `${configurations}/${configuration}`);
        const started = performance.now();
        const { code, stdout } = await deploy("--recreate");
        expect(performance.now() - started).toBeLessThan(60_000);
        const { deployment = "none", configuration: now } = project.remembered("production");
        expect(deployment).not.toBe(gone);
        expect(await project.liveIds("deployment")).toEqual([deployment]);
        expect(now === configuration).toBe(!both);
        expect(stdout).toContain("every page that uses the old one must be rebuilt");
        expect(stdout).toMatch(/backup: \S+/);
        expect(stdout).toContain(`the deployment "${gone}" is now "${deployment}"`);
        expect(code).toBe(0);
        expect(await audit(0)).toMatchObject({ verdict: "equal" });

        project.takeWrites();
        const again = await deploy("--recreate", "--json");
        expect(again.code).toBe(0);
        expect(JSON.parse(again.stdout)).toMatchObject([{ outcome: "unchanged", repairs: [] }]);
        expect(project.takeWrites()).toEqual([]);
      },
    );

    inFull(() => {
      test("--json tells both ids", async () => {
        const { stdout } = await deploy("--recreate", "--json");
        const is = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/) as string;
        expect(JSON.parse(stdout)).toMatchObject([{ outcome: "deployed", recreated: [{ was: gone, is }] }]);
      });

      test("with a copy that no state has: the copy is named, and no third one is made", async () => {
        const { configuration, version } = project.remembered("production");
        const copy = {
          name: "messenger-production",
          allowedDomains: ["www.example.com"],
          configuration: { id: configuration, version },
        };
        const copyId = await byHand(deployments, copy);
        const { code, stdout } = await deploy("--recreate");
        expect(code).toBe(1);
        expect(stdout).toContain(copyId);
        expect(await project.liveIds("deployment")).toEqual([copyId]);
        await inTerraform(named.exec(stdout.replace(/\n {2}/g, " "))?.[1]);
        expect(await deploy()).toMatchObject({ code: 0 });
        expect(project.remembered("production").deployment).toBe(copyId);
      });
    });
  });
});
