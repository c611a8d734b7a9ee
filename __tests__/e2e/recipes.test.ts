import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import { GenesyscloudProvider, nextEnvironment, WebMessenger } from "../../lib";
import { readStacks } from "../../lib/terraform/stacks";
import { appOf, recipes } from "../recipes/recipes";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { needsTerraform, Workspace } from "./terraform";

/** Which arguments a stack has at which depth, whatever they are set to and however its resources are called. */
function shapeOf(value: unknown, depth = 0): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map((each) => shapeOf(each, depth + 1)))].sort().join()}]`;
  if (typeof value !== "object" || value === null)
    return typeof value === "string" && value.includes("${") ? "expression" : typeof value;
  const entries = Object.entries(value).filter(([key]) => key !== "//");
  return `{${entries
    .map(([key, each]) => `${depth === 2 ? "" : key}:${shapeOf(each, depth + 1)}`)
    .sort()
    .join()}}`;
}

needsTerraform("what the recipes synthesise", () => {
  let genesys: Genesys;
  let workspace: Workspace;
  let outdir: string;
  beforeAll(async () => {
    genesys = await Genesys.start();
  });
  beforeEach(() => {
    workspace = new Workspace(genesys.provider.reattach);
    outdir = mkdtempSync(join(tmpdir(), "recipe-"));
  });
  afterEach(() => {
    workspace.remove();
    rmSync(outdir, { recursive: true });
  });
  afterAll(() => genesys.close());

  test.each(recipes.map((recipe) => [recipe.file, recipe] as const))(
    "%s: Terraform finds it valid",
    async (_, recipe) => {
      appOf(recipe, outdir).synth();
      const stacks = readStacks(outdir);
      expect(stacks.length).toBeGreaterThan(0);
      // The kinds of its stacks, not each of them: they differ by their names and values.
      const kinds = new Map(
        stacks.map(({ folder }) => {
          const stack = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as object;
          return [shapeOf(stack), stack] as const;
        }),
      );
      for (const stack of kinds.values()) {
        workspace.write(stack);
        expect(await workspace.run("init", "-backend=false", "-input=false", "-no-color")).toMatchObject({ code: 0 });
        expect((await workspace.run("validate", "-no-color")).text).toContain("Success! The configuration is valid.");
      }
    },
  );

  /** Two sites with one look, in those languages. */
  const sites = (...languages: readonly string[]): object => {
    const stack = new TerraformStack(new App({ outdir }), "sites");
    new GenesyscloudProvider(stack, "Genesys");
    const site = (name: string) => nextEnvironment(name, { kind: "staging", addresses: [`${name}.example.com`] });
    const shop = new WebMessenger(stack, "Shop", { environment: site("shop"), defaultLanguage: "en-us", languages });
    new WebMessenger(stack, "Careers", { environment: site("careers"), configuration: shop.configuration });
    return JSON.parse(Testing.synth(stack, true)) as object;
  };
  const deployments = async () => {
    const { entities } = await genesys.byHand("GET", "/api/v2/webdeployments/deployments");
    return entities;
  };

  test("a shared configuration: a new version reaches every deployment in one apply, and the next plan is empty", async () => {
    await workspace.write(sites("en-us")).init();
    await workspace.apply();
    const before = await deployments();
    expect(before).toMatchObject([{ configuration: { version: "1" } }, { configuration: { version: "1" } }]);
    expect(await workspace.plan()).toMatchObject({ code: 0 });

    await workspace.write(sites("en-us", "de")).apply();
    const ids = (before as readonly { readonly id: string }[]).map(({ id }) => ({
      id,
      configuration: { version: "2" },
    }));
    expect(await deployments()).toMatchObject(ids);
    expect(await workspace.plan()).toMatchObject({ code: 0 });
  });
});
