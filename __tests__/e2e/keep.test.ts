import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type Deployment } from "../../packages/sandbox/lib/cloud/state";
import { changeSandbox, Checkout, type Finished } from "./checkout";
import { needsTerminal, onTerminal } from "./pseudo-terminal";
import { needsTerraform } from "./terraform";
import { inFull } from "../in-full";

needsTerraform("a change by hand that is right", () => {
  const checkout = Checkout.compiled();
  const file = join(checkout.folder, "environments.ts");
  const before = readFileSync(file, "utf8");

  /** `origins`, against the sandbox of the copy. */
  const origins = (...parameters: readonly string[]): Promise<Finished> =>
    checkout.run(checkout.origins("sandbox", "--", ...checkout.origins(...parameters)), { CI: "1" });

  /** Edits the deployment of an environment past Terraform; answers it. */
  const edited = (environment: string, edit: (deployment: Deployment) => Deployment): Deployment => {
    return changeSandbox(checkout.folder, ({ deployments }) => {
      const found = [...deployments.values()].find(({ name }) => name === `messenger-${environment}`);
      if (found === undefined) throw new Error(`Unknown environment "${environment}".`);
      const changed = edit(found);
      deployments.set(found.id, changed);
      return changed;
    });
  };
  const admit = (environment: string, ...hosts: readonly string[]): Deployment =>
    edited(environment, (deployment) => ({ ...deployment, allowedDomains: [...deployment.allowedDomains, ...hosts] }));
  const sorted = (environment: string): Deployment =>
    edited(environment, (deployment) => ({ ...deployment, allowedDomains: deployment.allowedDomains.toSorted() }));
  const live = (environment: string): Deployment => edited(environment, (deployment) => deployment);

  beforeAll(async () => {
    expect(await origins("deploy", "--auto-approve")).toMatchObject({ code: 0 });
  });
  afterAll(() => {
    checkout.remove();
  });
  afterEach(() => {
    writeFileSync(file, before);
  });

  test("origins keep writes it into the program: the next deploy changes nothing of it, and the id is the same", async () => {
    admit("production", "shop2.example.com");
    const incident = sorted("production");

    const kept = await checkout.run(
      checkout.origins("keep", "production", "https://shop2.example.com/cart", "--because", "incident 4711"),
    );
    expect(kept).toMatchObject({
      code: 0,
      stderr: "",
      stdout: 'Added "shop2.example.com" to "production" in environments.ts. Commit the file.\n',
    });
    expect(readFileSync(file, "utf8")).toContain('      // incident 4711\n      "shop2.example.com",\n');

    const plan = await origins("plan", "production");
    expect(plan.stdout).not.toMatch(/will be (?:updated|created|destroyed)|must be replaced/);
    // What is left is Terraform's own record of the list, in an output.
    expect(await origins("deploy", "production", "--auto-approve")).toMatchObject({ code: 0 });
    expect(live("production")).toEqual(incident);
    expect(await origins("audit", "production")).toMatchObject({ code: 0 });
    expect(live("production")).toEqual(incident);
  });

  inFull(() => {
    test("where the host was added at the end, the next deploy puts the list in order, and nothing else", async () => {
      expect(await origins("deploy", "production", "--auto-approve")).toMatchObject({ code: 0 });
      const { id, allowedDomains } = admit("production", "shop1.example.com");
      await checkout.run(checkout.origins("keep", "production", "shop1.example.com", "--because", "incident 4710"));
      const plan = await origins("plan", "production");
      expect(plan).toMatchObject({ code: 2 });
      expect(plan.stdout).toContain("visitors see no difference");
      expect(plan.stdout).toContain("Plan: 0 to add, 1 to change, 0 to destroy.");
      expect(await origins("deploy", "production", "--auto-approve")).toMatchObject({ code: 0 });
      expect(live("production")).toMatchObject({ id, allowedDomains: allowedDomains.toSorted() });
    });
  });

  test("a host that a rule refuses for good is not written; one that may be acknowledged is, with the rule", async () => {
    const refused = await checkout.run(checkout.origins("keep", "production", "com", "--because", "incident 4711"));
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("Nothing was written");
    expect(readFileSync(file, "utf8")).toBe(before);

    const acknowledged = await checkout.run(
      checkout.origins("keep", "production", "shop.example.con", "--because", "until DNS moves"),
    );
    expect(acknowledged).toMatchObject({ code: 0 });
    expect(acknowledged.stdout).toContain("It acknowledges unknown-suffix.");
    expect(await checkout.run(checkout.origins("list", "production"))).toMatchObject({ code: 0 });
    const again = await checkout.run(
      checkout.origins("keep", "production", "shop.example.con", "--because", "until DNS moves"),
    );
    expect(again.stdout).toBe('Nothing to do: "production" declares these hosts already.\n');
  });

  needsTerminal("origins audit --interactive", () => {
    test("asks for each stack: one keeps its hosts, one is undone, one is left for later", async () => {
      admit("staging", "shop3.example.com");
      const [declared, kept] = [live("preview"), sorted("staging")];
      admit("preview", "stranger.example.net");
      edited("development", (deployment) => ({ ...deployment, description: "changed by hand" }));

      const command = checkout.origins(
        "sandbox",
        "--",
        ...checkout.origins("audit", "--interactive", "staging", "preview", "development"),
      );
      const environment: NodeJS.ProcessEnv = { ...process.env, CI: undefined, CHECKPOINT_DISABLE: "1", NO_COLOR: "1" };
      const screen = await onTerminal(command, {
        columns: 200,
        cwd: checkout.folder,
        environment,
        answers: [
          ["staging: (k)eep the changes", "k"],
          ["Why does shop3.example.com stay", "incident 4712"],
          ["preview: (k)eep the changes", "x"],
          ['Unknown answer "x"', "undo"],
          ["development: (k)eep the changes", "k"],
          ["Apply this plan?", "y"],
        ],
      });
      const said = screen.lines.map(stripVTControlCharacters).join("\n");
      expect(said).toContain('Added "shop3.example.com" to "staging" in environments.ts.');
      expect(said).toContain(
        'To keep the other changes of "development", edit the program:\n  description: "changed by hand",',
      );
      expect(screen.code).toBe(2);

      const { id, allowedDomains } = declared;
      expect(live("preview")).toMatchObject({ id, allowedDomains });
      expect(live("staging")).toEqual(kept);
      expect(await origins("deploy", "staging", "--auto-approve")).toMatchObject({ code: 0 });
      expect(live("staging")).toEqual(kept);
    });
  });
});
