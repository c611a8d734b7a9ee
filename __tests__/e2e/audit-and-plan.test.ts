import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type App, TerraformOutput, TerraformResource } from "cdktf";
import { resourceSchema } from "../../lib/genesys/provider-schema";
import { MessengerStack, nextEnvironment, type MessengerStackProps } from "../../lib";
import { type Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { finished } from "./checkout";
import { DeclaredProject } from "./declared-project";
import { needsTerraform, terraformCommand } from "./terraform";
import { rows, someOf } from "../in-full";

const deploymentType = "genesyscloud_webdeployments_deployment";
const configurationType = "genesyscloud_webdeployments_configuration";

interface Instance {
  attributes: Record<string, unknown>;
  schema_version: number;
  status?: string;
  deposed?: string;
}

interface Resource {
  mode: string;
  type: string;
  name: string;
  instances: Instance[];
}

interface StateFile {
  serial: number;
  outputs: Record<string, unknown>;
  resources: Resource[];
}

/** A state to change in place. */
class EditedState {
  constructor(readonly content: StateFile) {}

  resource(type: string): Resource {
    const found = this.content.resources.find((each) => each.type === type);
    if (found === undefined) throw new Error(`There is no ${type}.`);
    return found;
  }

  instance(type: string): Instance {
    const [only] = this.resource(type).instances;
    if (only === undefined) throw new Error(`There is no instance of ${type}.`);
    return only;
  }

  without(type: string): void {
    this.content.resources = this.content.resources.filter((each) => each.type !== type);
  }
}

/** What is changed before an audit and a plan: the state, what is live, or the program. */
interface Change {
  readonly state?: (state: EditedState) => void;
  readonly live?: (genesys: Genesys) => void;
  readonly program?: Partial<MessengerStackProps>;
  readonly stack?: (stack: MessengerStack) => void;
}

/** What the audit finds: the kinds of its drifts, or `unreadable`. */
type Found = "equal" | "unreadable" | readonly string[];

const attribute = (type: string, name: string, value: unknown): Change => ({
  state: (state) => {
    state.instance(type).attributes[name] = value;
  },
});

function editDeployments(genesys: Genesys, changes: object): void {
  genesys.store.change((state) => {
    for (const [id, each] of state.deployments) state.deployments.set(id, { ...each, ...changes });
  });
}

/** A person has changed the live deployments. */
const edited = (changes: object): Change => ({
  live: (genesys) => {
    editDeployments(genesys, changes);
  },
});

const changes: readonly (readonly [string, Change, Found])[] = [
  ["nothing", {}, "equal"],
  // The state
  ["the deployment is tainted", { state: (s) => (s.instance(deploymentType).status = "tainted") }, ["tainted"]],
  ["the configuration is tainted", { state: (s) => (s.instance(configurationType).status = "tainted") }, ["tainted"]],
  [
    "the configuration is missing",
    {
      state: (s) => {
        s.without(configurationType);
      },
    },
    ["configuration-missing"],
  ],
  [
    "the deployment is missing",
    {
      state: (s) => {
        s.without(deploymentType);
      },
    },
    ["unclaimed-deployment"],
  ],
  ["everything is missing", { state: (s) => (s.content.resources = []) }, ["unclaimed-deployment"]],
  [
    "the deployment is under another address",
    { state: (s) => (s.resource(deploymentType).name = "Old") },
    ["undeployed-change", "not-deployed"],
  ],
  [
    "the configuration is under another address",
    { state: (s) => (s.resource(configurationType).name = "Old") },
    ["configuration-missing", "undeployed-change"],
  ],
  [
    "a deployment is beside the declared one",
    { state: (s) => s.content.resources.push({ ...s.resource(deploymentType), name: "Old" }) },
    ["undeployed-change"],
  ],
  [
    "a predecessor of the deployment is still to be destroyed",
    { state: (s) => s.resource(deploymentType).instances.push({ ...s.instance(deploymentType), deposed: "a1b2c3d4" }) },
    "unreadable",
  ],
  [
    "the deployment is of an older schema",
    { state: (s) => (s.instance(deploymentType).schema_version = 0) },
    "unreadable",
  ],
  [
    "the configuration is of an older schema",
    { state: (s) => (s.instance(configurationType).schema_version = 0) },
    "unreadable",
  ],
  ["the outputs are missing", { state: (s) => (s.content.outputs = {}) }, ["undeployed-change"]],
  ["the configuration has no version", attribute(configurationType, "version", null), ["configuration"]],
  ["the configuration has an empty version", attribute(configurationType, "version", ""), ["configuration"]],
  ["the configuration was never published", attribute(configurationType, "version", "DRAFT"), ["configuration"]],
  ["the configuration has an older version", attribute(configurationType, "version", "0"), ["newer-version-deployed"]],
  [
    "the configuration has a newer version",
    attribute(configurationType, "version", "9"),
    ["configuration", "configuration-gone"],
  ],
  [
    "the configuration has another id",
    attribute(configurationType, "id", "00000000-0000-4000-8000-000000000000"),
    ["undeployed-change"],
  ],
  ["the deployment has no configuration", attribute(deploymentType, "configuration", []), "unreadable"],
  ["the deployment has no name", attribute(deploymentType, "name", null), "unreadable"],
  [
    "the deployment has another id",
    attribute(deploymentType, "id", "00000000-0000-4000-8000-000000000000"),
    ["deployment-gone", "undeployed-change", "unclaimed-deployment"],
  ],
  // What is live
  [
    "no version of the configuration is listed",
    {
      live: (genesys) => {
        genesys.store.change((state) => {
          for (const [id, each] of state.configurations) state.configurations.set(id, { ...each, published: [] });
        });
      },
    },
    ["configuration-gone", "propagation"],
  ],
  ["the list is empty", edited({ allowedDomains: [] }), ["emptied-list"]],
  ["the name is another one", edited({ name: "Renamed" }), ["attributes"]],
  ["the description is another one", edited({ description: "Edited" }), ["attributes"]],
  ["there is a flow", edited({ flowId: "f-1" }), ["attributes"]],
  ["there are push integrations", edited({ pushIntegrations: [{ id: "i-1", provider: "APNS" }] }), ["attributes"]],
  ["the status is another one", edited({ status: "Inactive" }), ["status"]],
  // The program
  ["the program has another language", { program: { languages: ["en-us", "de"] } }, ["undeployed-change"]],
  ["the program has another name", { program: { name: "brand" } }, ["undeployed-change"]],
  ["the program has another description", { program: { description: "Ours" } }, ["undeployed-change"]],
  [
    "the program names a flow",
    { program: { flow: { id: "3f1c3a36-6d5b-4b43-9c1c-3e1f1c2b7a11" } } },
    ["undeployed-change"],
  ],
  [
    "the program sends push notifications",
    { program: { pushIntegrations: [{ id: "i-1", provider: "APNS" }] } },
    ["undeployed-change"],
  ],
  [
    "an output of the state has another value",
    { state: (s) => (s.content.outputs["snippet"] = { value: "<script>", type: "string" }) },
    ["undeployed-change"],
  ],
  [
    "the program does not declare an output",
    { state: (s) => (s.content.outputs["old"] = { value: "old", type: "string" }) },
    ["undeployed-change"],
  ],
  [
    "the program has another output",
    { stack: (stack) => new TerraformOutput(stack, "colour", { value: "green", staticId: true }) },
    ["undeployed-change"],
  ],
  [
    "a resource of another provider left the program",
    {
      state: (s) =>
        s.content.resources.push({
          ...s.resource(deploymentType),
          type: "terraform_data",
          name: "old",
          ...{ provider: 'provider["terraform.io/builtin/terraform"]' },
          instances: [
            { schema_version: 0, attributes: { id: "t-1", input: null, output: null, triggers_replace: null } },
          ],
        }),
    },
    ["undeployed-change"],
  ],
  [
    "a resource of another provider is new in the program",
    { stack: (stack) => new TerraformResource(stack, "new", { terraformResourceType: "terraform_data" }) },
    ["undeployed-change"],
  ],
  ["the program has another launcher", { program: { launcher: { visibility: "OnDemand" } } }, ["undeployed-change"]],
];

needsTerraform("what an audit calls equal, no plan changes", () => {
  let project: DeclaredProject;
  let deployed: string;
  const file = (): string => join(project.folder, "terraform.production.tfstate");
  const stackFolder = (): string => join(project.folder, "cdktf.out", "stacks", "production");

  function declare({ program, stack: change }: Pick<Change, "program" | "stack"> = {}): void {
    project.declare((app: App) => {
      const environment = nextEnvironment("production", { kind: "production", addresses: ["https://www.example.com"] });
      const stack = new MessengerStack(app, "production", { environment, defaultLanguage: "en-us", ...program });
      change?.(stack);
    });
  }

  beforeAll(async () => {
    project = await DeclaredProject.start();
    declare();
    await project.deploy();
    deployed = readFileSync(file(), "utf8");
  });
  afterAll(() => project.close());

  /** Changes that, audits, and plans where the audit finds nothing; everything is as it was then. */
  async function auditAndPlan(
    change: Change,
  ): Promise<{ readonly found: Found; readonly audit: number | null; readonly plan?: number | null }> {
    const { genesys } = project;
    const { deployments, configurations } = genesys.store.state;
    const before = [new Map(deployments), new Map(configurations)] as const;
    try {
      declare(change);
      const state = new EditedState(JSON.parse(deployed) as StateFile);
      change.state?.(state);
      state.content.serial += 1;
      writeFileSync(file(), JSON.stringify(state.content));
      change.live?.(genesys);
      const { code, stdout } = await project.origins("audit", "--json");
      const [audit] = JSON.parse(stdout) as readonly {
        readonly problem?: string;
        readonly drifts?: readonly { readonly kind: string }[];
      }[];
      const kinds = audit?.drifts?.map(({ kind }) => kind) ?? [];
      const found = audit?.problem !== undefined ? "unreadable" : kinds.length === 0 ? "equal" : [...new Set(kinds)];
      return { found, audit: code, ...(code === 0 && { plan: await plan() }) };
    } finally {
      genesys.store.change((state) => {
        state.deployments.clear();
        state.configurations.clear();
        for (const [id, each] of before[0]) state.deployments.set(id, each);
        for (const [id, each] of before[1]) state.configurations.set(id, each);
      });
      writeFileSync(file(), deployed);
    }
  }

  async function plan(): Promise<number | null> {
    const flags = ["plan", "-detailed-exitcode", "-input=false", "-lock=false", "-no-color"];
    const env = { ...process.env, ...project.environment };
    const child = spawn(terraformCommand, flags, { cwd: stackFolder(), env, stdio: ["ignore", "pipe", "pipe"] });
    return (await finished(child)).code;
  }

  const usual = changes.filter(
    ([, , found], index) => index === changes.findIndex((row) => isDeepStrictEqual(row[2], found)),
  );
  test.each(
    rows(
      usual,
      changes.filter((row) => !usual.includes(row)),
    ),
  )("%s", async (_, change, expected) => {
    const { found, audit, plan } = await auditAndPlan(change);
    expect(found).toEqual(expected);
    expect(audit).toBe(expected === "equal" ? 0 : expected === "unreadable" ? 1 : 2);
    if (found === "equal") expect(plan).toBe(0);
  });

  const lost = [configurationType, deploymentType].flatMap((type) => {
    const { attributes, blocks } = resourceSchema(type);
    const list = (name: string): boolean => attributes[name]?.type === "list(string)" || name in blocks;
    return Object.keys({ ...attributes, ...blocks }).map((name) => [name, type, list(name) ? [] : null] as const);
  });
  test.each(someOf(lost, (_, index) => index % 6 === 0))(
    "the state has lost %s of the %s",
    async (name, type, nothing) => {
      const { audit, plan } = await auditAndPlan(attribute(type, name, nothing));
      if (audit === 0) expect(plan).toBe(0);
    },
  );
});

needsTerraform("what visitors meet, where Terraform's state is older than what is live", () => {
  let project: DeclaredProject;
  const noCredentials = { GENESYSCLOUD_OAUTHCLIENT_ID: "", GENESYSCLOUD_OAUTHCLIENT_SECRET: "" };

  function declare(...addresses: readonly string[]): void {
    project.declare((app) => {
      const environment = nextEnvironment("production", { kind: "production", addresses });
      new MessengerStack(app, "production", { environment, defaultLanguage: "en-us" });
    });
  }

  beforeAll(async () => {
    project = await DeclaredProject.start();
    declare("https://www.example.com");
    await project.deploy();
    const older = readFileSync(join(project.folder, "terraform.production.tfstate"), "utf8");
    declare("https://www.example.com", "https://shop.example.com");
    await project.deploy();
    writeFileSync(join(project.folder, "terraform.production.tfstate"), older);
    declare("https://www.example.com", "https://shop.example.com", "https://new.example.com");
  });
  afterAll(() => project.close());

  test.each([
    ["from the platform API", {}, "the platform API"],
    ["from the public files without credentials", noCredentials, "the public files"],
  ])("is read %s", async (_, environment, source) => {
    const { code, stdout } = await project.start(["plan"], environment);
    expect(code).toBe(2);
    const [, words = ""] = stdout.split(`What visitors experience until this is applied (read from ${source}):`);
    expect(words).toContain('"new.example.com" is missing');
    expect(words).not.toContain("shop.example.com");
    const json = await project.start(["plan", "--json"], environment);
    expect(JSON.parse(json.stdout)).toMatchObject([
      { visitors: [expect.stringContaining("new.example.com")], visitorsFrom: [source] },
    ]);
  });

  test("is said to be unknown where no one answers", async () => {
    const nowhere = { ...noCredentials, GENESYS_SANDBOX_URL: "http://127.0.0.1:1" };
    const { code, stdout } = await project.start(["plan"], nowhere);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /What visitors experience until this is applied is not known:\n {2}• credentials for .* cannot be reached/,
    );
  });

  test("is told by a deploy, too", async () => {
    const { stdout } = await project.deploy();
    const [, words = ""] = stdout.split("What visitors experience until this is applied (read from the platform API):");
    expect(words.slice(0, words.indexOf("\n\n"))).not.toContain("shop.example.com");
  });
});
