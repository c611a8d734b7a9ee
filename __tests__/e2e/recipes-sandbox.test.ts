import { type App, TerraformStack } from "cdktf";
import { GenesyscloudProvider, MessengerStack, nextEnvironment, WebMessenger } from "../../lib";
import { environmentKinds } from "../../lib/addresses";
import { appOf, recipes } from "../recipes/recipes";
import { S3Server } from "./s3-server";
import { type Given, type GivenMessenger, SandboxProject } from "./sandbox-project";
import { needsTerraform } from "./terraform";
import { someOf } from "../in-full";

const shop: GivenMessenger = {
  name: "Webshop Support",
  deploymentId: "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10",
  configurationId: "b3f3a0c1-8e53-4d35-9a3b-0f4a5d6e7c21",
};
const staging: GivenMessenger = {
  name: "Webshop Support (staging)",
  deploymentId: "0a7c2f64-5d2e-4b7f-9a2c-3d4e5f607182",
  configurationId: "f1e2d3c4-b5a6-4798-8a9b-0c1d2e3f4051",
};
const house = "60a2c7ed-af8e-4622-bb32-92e373de0cec";
const environment = (kind: "production" | "staging") =>
  nextEnvironment(kind, { kind, addresses: [`https://${kind === "staging" ? "staging" : "www"}.example.com`] });
const provided = (app: App, name: string): TerraformStack => {
  const stack = new TerraformStack(app, name);
  new GenesyscloudProvider(stack, "Genesys");
  return stack;
};

/** What a recipe finds in Genesys Cloud, in the environment and in the states, where it begins with something. */
interface Beginning extends Given {
  /** What was deployed before the recipe was written. */
  readonly before?: (app: App) => void;
  /** The stacks that are deployed before the others. */
  readonly first?: readonly string[];
  readonly variables?: NodeJS.ProcessEnv;
}

const credentials = { client_id: "sandbox-client", client_secret: "sandbox-secret" };
const beginnings: Readonly<Record<string, Beginning>> = {
  "organisations.ts": {
    variables: Object.fromEntries(
      ["europe", "america"].flatMap((name) =>
        Object.entries(credentials).map(([key, value]) => [`TF_VAR_${name}_${key}`, value]),
      ),
    ),
  },
  "flow-by-name.ts": {
    flows: environmentKinds.map((kind, index) => ({
      id: `5a9db0c5-0000-4000-8000-00000000020${index}`,
      name: `Support ${kind}`,
    })),
  },
  "existing-deployment.ts": { messengers: [{ ...shop, name: "messenger-support" }] },
  "late-address.ts": { variables: { TF_VAR_tenant_domain: "shop.tenant.example.com" } },
  "shared-configuration.ts": { flows: [{ id: "5a9db0c5-0000-4000-8000-000000000101", name: "Careers" }] },
  "flow-per-environment.ts": {
    flows: [
      { id: "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10", name: "Support" },
      { id: "5a9db0c5-0000-4000-8000-000000000102", name: "Support (staging)" },
      { id: "5a9db0c5-0000-4000-8000-000000000103", name: "Echo" },
    ],
  },
  // What stands for another repository's app is deployed after the Messenger.
  "references.ts": { first: ["production", "page"] },
  "adopted-brand.ts": { messengers: [shop] },
  "adopted-sites.ts": {
    messengers: [
      { name: "Shop", deploymentId: "8ba25d6e-3f45-43c4-afa9-da01ad39036d", configurationId: house },
      { name: "Careers", deploymentId: "0c48e588-1958-4d33-b899-ed382b250022", configurationId: house },
    ],
  },
  "renamed.ts": {
    before: (app) => {
      const props = { environment: environment("production"), defaultLanguage: "en-us" };
      new WebMessenger(provided(app, "support"), "Shop", props);
    },
  },
  "renamed-stack.ts": {
    messengers: [shop],
    before: (app) => {
      const props = { environment: environment("production"), defaultLanguage: "en-us", adopt: idsOf(shop) };
      new MessengerStack(app, "production", props);
    },
  },
  "out-of-a-monolith.ts": {
    messengers: [shop, staging],
    before: (app) => {
      const stack = provided(app, "everything");
      for (const [id, adopt] of Object.entries({ production: shop, staging })) {
        const props = {
          environment: environment(id === "staging" ? id : "production"),
          defaultLanguage: "en-us",
          adopt: idsOf(adopt),
        };
        new WebMessenger(stack, id === "staging" ? "Staging" : "Production", props);
      }
    },
  },
};

/** What a program adopts of a Messenger that was made by hand. */
function idsOf({ deploymentId, configurationId }: typeof shop): Omit<typeof shop, "name"> {
  return { deploymentId, configurationId };
}

needsTerraform("in the sandbox", () => {
  let project: SandboxProject;
  let s3: S3Server;
  beforeAll(async () => {
    project = new SandboxProject({ remoteState: true });
    s3 = await S3Server.start();
  });
  afterAll(async () => {
    await s3.close();
    project.remove();
  });

  // Of every other one Terraform validates the stacks: recipes.test.
  const tried = ["late-address.ts", "renamed-stack.ts"];
  const deployed = someOf(recipes, ({ file }) => tried.includes(file));
  test.each(deployed.map((recipe) => [recipe.file, recipe] as const))(
    "%s is deployed, and the next plan is empty",
    async (file, recipe) => {
      const { before, first = [], variables = {}, ...given } = beginnings[file] ?? {};
      project.reset(given);
      if (before !== undefined) {
        project.declare(before);
        await project.succeeds(["deploy --auto-approve"]);
      }
      const known = project.deployments();
      project.synthesise((outdir) => appOf(recipe, outdir));

      const deploys = [first.join(" "), ""]
        .slice(first.length > 0 ? 0 : 1)
        .map((names) => `deploy ${names} --auto-approve`);
      const run = await project.succeeds([...deploys, "plan", "audit"], { ...s3.environment, ...variables });
      expect(run).not.toMatch(/refused|drift/);
      // What was there before has kept its id, whatever it is called now.
      expect(project.deployments()).toEqual(expect.arrayContaining([...known]));
    },
  );
});
