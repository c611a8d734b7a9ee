import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { step } from "../../lib/cli/terminal/step";
import { type JsonRecord, recordAt } from "../../lib/base/json";
import { Project } from "../../lib/operations/project";
import {
  configurationsOf,
  deploymentsOf,
  type FoundRetired,
  refuseManaged,
  removeRetired,
  strayDeployments,
  undeclaredStates,
  withRetired,
} from "../../lib/operations/retired";
import { type PlannedAction, type ResourceChange } from "../../lib/terraform/plan";
import { type SynthesizedStack } from "../../lib/terraform/stacks";
import { parseState, type State } from "../../lib/terraform/state";
import { Genesys } from "../audit/genesys";
import { declared, stackOf } from "../cli/examined";
import { environmentOf } from "../cli/scripted-project";
import { type Script, ScriptedTerraform } from "../cli/scripted-terraform";
import { configuration, deployment, stateText } from "../terraform/state-text";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "retired-")));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const without = stateText({ top: { resources: [] } });
const withId = (id: string): string => stateText({ deployment: { id } });

function stateIn(text: string): State {
  const state = parseState(text);
  if (state === undefined) throw new Error("The test's state is empty.");
  return state;
}

function write(path: string, text = withId(`d-of-${path}`)): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Terraform that reads the states of a remote backend by what the stack says of it, and fails where a test wants that. */
type Remote = (terraform: JsonRecord, stack: SynthesizedStack) => string | Error | undefined;

/** A project in this folder, in whose stacks Terraform is scripted; local states are the files there. */
class Retiring extends Project {
  readonly terraforms: ScriptedTerraform[] = [];
  /** What was asked for a state, in this order. */
  readonly asked: string[] = [];

  constructor(
    stacks: readonly SynthesizedStack[],
    private readonly script: Script = {},
    private readonly remote: Remote = () => undefined,
    environment: NodeJS.ProcessEnv = {},
  ) {
    const silent = (): void => undefined;
    super(
      stacks,
      { command: "terraform" },
      {
        ...{ lockTimeout: "30s", parallelism: 2, environment, interruption: new AbortController().signal },
        ...{ print: silent, printAside: silent, step, color: false },
      },
    );
  }

  override terraform(stack: SynthesizedStack): ScriptedTerraform {
    if (stack.backend.type === "local") {
      const local = super.terraform(stack);
      const scripted = new ScriptedTerraform(stack, this.script);
      scripted.pullState = () => local.pullState();
      this.terraforms.push(scripted);
      return scripted;
    }
    const state = (): State | undefined => {
      const isDeclared = this.stacks.includes(stack);
      // What Terraform would read: the file that was written for it.
      const content = isDeclared
        ? (stack.content ?? {})
        : (JSON.parse(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8")) as JsonRecord);
      if (!isDeclared) this.asked.push(JSON.stringify(placeIn(content)));
      const found = this.remote(placeIn(content), stack);
      if (found instanceof Error) throw found;
      return found === undefined ? undefined : stateIn(found);
    };
    const scripted = new ScriptedTerraform(stack, { ...this.script, state });
    scripted.pullState = async () => Promise.resolve().then(state);
    this.terraforms.push(scripted);
    return scripted;
  }
}

function placeIn(content: JsonRecord): JsonRecord {
  const { backend, cloud } = recordAt(content, "terraform");
  return (backend ?? cloud) as JsonRecord;
}

function local(name: string, changes: Partial<SynthesizedStack> = {}): SynthesizedStack {
  return stackOf(name, {
    folder: join(folder, "cdktf.out", "stacks", name),
    backend: { type: "local", localPath: `../../../terraform.${name}.tfstate` },
    content: { terraform: { backend: { local: { path: `../../../terraform.${name}.tfstate` } } } },
    messengers: [{ ...declared, address: deployment }],
    ...changes,
  });
}

function at(name: string, localPath: string | undefined, changes: Partial<SynthesizedStack> = {}): SynthesizedStack {
  return local(name, { backend: { type: "local", ...(localPath !== undefined && { localPath }) }, ...changes });
}

function remote(
  name: string,
  type: string,
  backend: object,
  changes: Partial<SynthesizedStack> = {},
): SynthesizedStack {
  const terraform = type === "cloud" ? { cloud: backend } : { backend: { [type]: backend } };
  return local(name, { backend: { type }, content: { terraform }, ...changes });
}

const namesOf = async (project: Project): Promise<readonly string[]> =>
  (await undeclaredStates(project)).map(({ name }) => name);

describe("local states that no stack of the program has", () => {
  test.each<[string, () => readonly SynthesizedStack[], readonly string[], readonly string[]]>([
    [
      "beside each other",
      () => [local("production")],
      ["terraform.production.tfstate", "terraform.staging.tfstate", "terraform.preview.tfstate"],
      ["preview", "staging"],
    ],
    [
      "of names that contain each other",
      () => [local("shop")],
      ["terraform.shop.tfstate", "terraform.shop-staging.tfstate", "terraform.my-shop.tfstate"],
      ["my-shop", "shop-staging"],
    ],
    [
      "of names that contain each other, the longer one declared",
      () => [local("shop-staging")],
      ["terraform.shop.tfstate", "terraform.shop-staging.tfstate", "terraform.shop_staging.tfstate"],
      ["shop", "shop_staging"],
    ],
    [
      "where the stack is called like the words around its name",
      () => [local("terraform"), local("tfstate")],
      ["terraform.terraform.tfstate", "terraform.tfstate.tfstate", "terraform.staging.tfstate"],
      ["staging"],
    ],
    [
      "at custom paths",
      () => [at("production", "../../../states/messenger-production.json")],
      ["states/messenger-production.json", "states/messenger-staging.json", "states/staging.json"],
      ["staging"],
    ],
    [
      "in folders of the same name",
      () => [at("production", "../../../states/production/production.tfstate")],
      ["states/production/staging.tfstate", "states/staging/staging.tfstate"],
      ["staging"],
    ],
    ["in the folders of the stacks", () => [at("a", undefined)], ["cdktf.out/stacks/b/terraform.tfstate"], ["b"]],
    [
      "in the folders of the stacks, under their names",
      () => [at("a", "a.tfstate")],
      ["cdktf.out/stacks/b/b.tfstate", "cdktf.out/stacks/c/a.tfstate"],
      ["b"],
    ],
    [
      "at an absolute path in the project",
      () => [at("a", join(folder, "terraform.a.tfstate"))],
      ["terraform.b.tfstate"],
      ["b"],
    ],
    [
      "besides those of declared stacks whose files are called otherwise",
      () => [local("production"), at("brand", "../../../terraform.acme.tfstate")],
      ["terraform.production.tfstate", "terraform.acme.tfstate", "terraform.staging.tfstate"],
      ["staging"],
    ],
    [
      "besides what is called like a declared environment",
      () => [local("shop-production", { environment: "production" })],
      ["terraform.production.tfstate", "terraform.staging.tfstate"],
      ["staging"],
    ],
    ["not where the backend is another one", () => [remote("a", "s3", { key: "a" })], ["terraform.b.tfstate"], []],
    ["not where the path has no name", () => [at("a", "../../../one.tfstate")], ["two.tfstate"], []],
    ["not in a program without stacks", () => [], ["terraform.b.tfstate"], []],
  ])("are found %s", async (_, stacks, files, expected) => {
    for (const file of files) write(file);
    expect(await namesOf(new Retiring(stacks()))).toEqual(expected);
  });

  test("are not looked for outside the project, in folders beside one that is called like a stack", async () => {
    const project = join(folder, "shop");
    const shop = stackOf("shop", {
      folder: join(project, "cdktf.out", "stacks", "shop"),
      backend: { type: "local", localPath: join(project, "states", "the.tfstate") },
    });
    write("shop/states/the.tfstate");
    write("other/states/the.tfstate");
    expect(await namesOf(new Retiring([shop]))).toEqual([]);
  });

  test.each([
    ["the selected one", ""],
    ["the one of the variable", "live"],
  ])("are found in a workspace: %s", async (_, variable) => {
    const places = (name: string, workspace: string): string =>
      `cdktf.out/stacks/${name}/terraform.tfstate.d/${workspace}/terraform.tfstate`;
    // A workspace may be called like a stack.
    for (const workspace of ["live", "production", "staging"]) write(places("production", workspace));
    write(places("old", "live"));
    write(places("other", "test"));
    write("terraform.default.tfstate");
    write("cdktf.out/stacks/production/.terraform/environment", variable === "" ? "live" : "test");
    const environment = variable === "" ? {} : { TF_WORKSPACE: variable };
    expect(await namesOf(new Retiring([local("production")], {}, undefined, environment))).toEqual(["old"]);
    const named = new Retiring([local("production")], {}, undefined, { TF_WORKSPACE: "production" });
    expect(await namesOf(named)).toEqual([]);
  });

  test("are found where the folder of workspaces was moved", async () => {
    const backend = { type: "local", localWorkspaces: "../../../workspaces/a" };
    write("workspaces/b/live/terraform.tfstate");
    const project = new Retiring([local("a", { backend })], {}, undefined, { TF_WORKSPACE: "live" });
    expect(await namesOf(project)).toEqual(["b"]);
  });

  test("are none of what lies there besides", async () => {
    write("terraform.gone.tfstate", without);
    write("terraform.empty.tfstate", "");
    write("terraform.broken.tfstate", "{");
    write("terraform.list.tfstate", "[]");
    write("terraform.encrypted.tfstate", '{"encrypted_data":"x"}');
    write("terraform.old.tfstate", '{"version":3}');
    write("terraform.folder.tfstate/file");
    write("terraform..tfstate");
    write("terraform.tfstate");
    write("terraform.with space.tfstate");
    write("terraform.staging.tfstate.backup");
    write("terraform.staging.1700000000.tfstate");
    write(".terraform.staging.tfstate.lock.info");
    write("xterraform.staging.tfstate");
    expect(await namesOf(new Retiring([local("production")]))).toEqual([]);
  });

  test("are read from the backup where a killed run left an empty file", async () => {
    write("terraform.staging.tfstate", "");
    write("terraform.staging.tfstate.backup", withId("d-9"));
    const [found, ...others] = await undeclaredStates(new Retiring([local("production")]));
    expect(others).toEqual([]);
    expect(found && deploymentsOf(found)).toEqual([expect.objectContaining({ id: "d-9" })]);
  });

  test("are not those that a renamed stack left behind: what they have is declared", async () => {
    write("terraform.production.tfstate", withId("d-1"));
    write("terraform.live.tfstate", withId("d-1"));
    write("terraform.staging.tfstate", withId("d-2"));
    expect(await namesOf(new Retiring([local("production")]))).toEqual(["staging"]);
  });

  test("have the same without a declared state, and where one cannot be read", async () => {
    write("terraform.staging.tfstate");
    expect(await namesOf(new Retiring([local("production")]))).toEqual(["staging"]);
    write("terraform.production.tfstate", "{");
    expect(await namesOf(new Retiring([local("production")]))).toEqual(["staging"]);
  });
});

test("every object of a state is told, with the address that a removed block names it by", async () => {
  const resource = (more: object): object => ({ mode: "managed", type: "t", name: "n", instances: [{}], ...more });
  const instance = (index_key: unknown, id: unknown): object => ({
    index_key,
    attributes: { id, name: `N ${String(id)}` },
  });
  const type = "genesyscloud_webdeployments_deployment";
  const others = [
    resource({ type, instances: [instance("a", "d-2"), instance("b", "d-3")] }),
    resource({ type, module: `module.a["x.y[0] \\"]"].module.b[12]`, instances: [instance(0, "d-4")] }),
    resource({ type: "random_id", instances: [{ attributes: { id: 7 } }] }),
    resource({ mode: "data", type: "data_source" }),
    resource({ instances: [] }),
  ];
  write("terraform.staging.tfstate", stateText({ others }));
  const [found] = await undeclaredStates(new Retiring([local("production")]));
  expect(found?.name).toBe("staging");
  expect(found?.resources).toEqual([
    { address: configuration, type: configuration.split(".")[0], id: "c-1", name: "Shop" },
    { address: deployment, type, id: "d-1", name: "Shop" },
    { address: `${type}.n`, type, id: "d-2", name: "N d-2" },
    { address: `${type}.n`, type, id: "d-3", name: "N d-3" },
    { address: `module.a.module.b.${type}.n`, type, id: "d-4", name: "N d-4" },
    { address: "random_id.n", type: "random_id", id: "", name: "" },
  ]);
  expect(found && deploymentsOf(found).map(({ id }) => id)).toEqual(["d-1", "d-2", "d-3", "d-4"]);
  expect(found && configurationsOf(found).map(({ id }) => id)).toEqual(["c-1"]);
});

describe("the state of a stack that left the program is found", () => {
  const found = (project: Retiring, name: string): Promise<FoundRetired> =>
    withRetired(project, name, (each) => Promise.resolve(each));

  test.each<[string, object, string, object]>([
    ["s3", { bucket: "b", key: "app/production.tfstate" }, "staging", { bucket: "b", key: "app/staging.tfstate" }],
    ["s3", { key: "production/production.tfstate" }, "staging", { key: "production/staging.tfstate" }],
    [
      "s3",
      { bucket: "production", key: "app/production.tfstate" },
      "b",
      { bucket: "production", key: "app/b.tfstate" },
    ],
    ["s3", { bucket: "production", key: "app.tfstate" }, "staging", { bucket: "staging", key: "app.tfstate" }],
    ["s3", { bucket: "x-production", key: "production" }, "a", { bucket: "x-a", key: "a" }],
    ["s3", { key: "messenger-production.tfstate" }, "staging", { key: "messenger-staging.tfstate" }],
    ["gcs", { bucket: "b", prefix: "app/production" }, "staging", { bucket: "b", prefix: "app/staging" }],
    ["azurerm", { key: "app/production.tfstate" }, "shop-2", { key: "app/shop-2.tfstate" }],
    [
      "cloud",
      { organization: "o", workspaces: { name: "app_production" } },
      "a-b",
      { organization: "o", workspaces: { name: "app_a-b" } },
    ],
    ["remote", { workspaces: [{ name: "app_production" }] }, "a", { workspaces: [{ name: "app_a" }] }],
    [
      "http",
      {
        address: "https://states.example.com/app_production",
        lock_address: "https://states.example.com/app_production/lock",
      },
      "staging",
      {
        address: "https://states.example.com/app_staging",
        lock_address: "https://states.example.com/app_staging/lock",
      },
    ],
    ["kubernetes", { secret_suffix: "app.production" }, "staging", { secret_suffix: "app.staging" }],
  ])("in a backend of type %s: %j, %s", async (type, backend, name, expected) => {
    const wanted = JSON.stringify(type === "cloud" ? expected : { [type]: expected });
    const project = new Retiring([remote("production", type, backend)], {}, (place) =>
      JSON.stringify(place) === wanted ? withId("d-7") : undefined,
    );
    const { stack, resources, managed } = await found(project, name);
    expect(JSON.stringify(placeIn(stack.content ?? {}))).toBe(wanted);
    expect(stack).toMatchObject({ name, backend: { type }, messengers: [], dependencies: [] });
    expect(resources.map(({ id }) => id)).toEqual(["c-1", "d-7"]);
    expect(managed).toEqual(new Map());
  });

  test.each([
    ["app__production", "production", "staging", "app__staging"],
    ["app__shop_production", "shop-production", "shop-staging", "app__shop_staging"],
    ["app__shop_production", "shop-production", "a", "app__a"],
    ["shop-production", "shop-production", "shop", "shop"],
  ])("in a schema of PostgreSQL, which is not made: %s", async (schema_name, from, name, expected) => {
    const skip = { skip_schema_creation: true, skip_table_creation: true, skip_index_creation: true };
    const project = new Retiring([remote(from, "pg", { schema_name })], {}, ({ pg }) =>
      recordAt({ pg }, "pg")["schema_name"] === expected
        ? withId("d-7")
        : new Error(`pq: relation "${schema_name}.states" does not exist`),
    );
    expect((await found(project, name)).name).toBe(name);
    expect(project.asked).toEqual([JSON.stringify({ pg: { schema_name: expected, ...skip } })]);
  });

  test("a schema that does not exist is passed over; any other problem is reported", async () => {
    const missing = 'pq: relation "x.states" does not exist';
    const project = (words: string): Retiring =>
      new Retiring([remote("production", "pg", { schema_name: "app__production" })], {}, () => new Error(words));
    await expect(found(project(missing), "staging")).rejects.toThrow(/have theirs\.$/);
    await expect(found(project("no connection"), "staging")).rejects.toThrow(
      /have theirs\.\n\nNot every state could be read: no connection$/,
    );
    const other = new Retiring([remote("a", "s3", { key: "a" })], {}, () => new Error(missing));
    await expect(found(other, "b")).rejects.toThrow("Not every state could be read");
  });

  test.each([
    ["shop-production", "app/shop-production/production.tfstate", "shop-staging", "app/shop-staging/staging.tfstate"],
    ["production-shop", "app/production-shop/production.tfstate", "test-shop", "app/test-shop/test.tfstate"],
    ["shop", "app/shop/production.tfstate", "staging", "app/shop/staging.tfstate"],
    ["shop", "app/shop/production.tfstate", "brand", "app/brand/production.tfstate"],
    ["shop", "app/production.tfstate", "staging", "app/staging.tfstate"],
  ])("where a stack and its environment have different names: %s at %s, %s", async (from, key, name, expected) => {
    const stack = remote(from, "s3", { key }, { environment: "production" });
    const project = new Retiring([stack], {}, ({ s3 }) =>
      recordAt({ s3 }, "s3")["key"] === expected ? withId("d-7") : undefined,
    );
    expect((await found(project, name)).stack.content).toEqual({
      provider: {},
      terraform: { backend: { s3: { key: expected } } },
    });
  });

  test("beside any of the stacks, each place once, and never in that of a declared one", async () => {
    const stacks = [
      remote("a", "s3", { key: "one/a" }),
      remote("b", "s3", { key: "one/b" }),
      remote("c", "gcs", { prefix: "two/c" }),
      remote("renamed", "s3", { key: "one/old" }),
    ];
    const project = new Retiring(stacks, {}, ({ gcs }) => (gcs === undefined ? without : withId("d-3")));
    expect((await found(project, "old")).stack.backend.type).toBe("gcs");
    expect(project.asked).toEqual(['{"gcs":{"prefix":"two/old"}}']);
    expect((await found(project, "new")).stack.backend.type).toBe("gcs");
    expect(project.asked.slice(1)).toEqual(['{"s3":{"key":"one/new"}}', '{"gcs":{"prefix":"two/new"}}']);
  });

  test("with the providers of the other stack, and what they refer to; with nothing else of it", async () => {
    const content = {
      terraform: { required_providers: { genesyscloud: {} }, backend: { s3: { key: "a" } } },
      provider: { genesyscloud: [{ aws_region: "${var.region}", oauthclient_id: "${local.id}" }] },
      variable: { region: {} },
      locals: { id: "${data.x.y.id}" },
      data: { x: { y: {} } },
      resource: { t: { n: {} } },
      output: { o: {} },
    };
    const a = remote("a", "s3", {}, { content, gateway: true, awsRegion: "eu-central-1", repository: ".." });
    const { terraform, provider, variable, locals, data } = content;
    const needed = { terraform, provider, variable, locals, data };
    let written: unknown;
    const project = new Retiring([a], {}, (_place, { folder: own }) => {
      if (own.endsWith("a")) return undefined;
      written = JSON.parse(readFileSync(join(own, "cdk.tf.json"), "utf8"));
      return withId("d-2");
    });
    const { stack } = await found(project, "b");
    expect(written).toEqual({ ...needed, terraform: { ...needed.terraform, backend: { s3: { key: "b" } } } });
    expect(stack).toMatchObject({ gateway: true, awsRegion: "eu-central-1", repository: ".." });
    const plain = { ...content, provider: { genesyscloud: {} }, locals: undefined };
    const { stack: other } = await found(new Retiring([{ ...a, content: plain }], {}, () => withId("d-2")), "b");
    expect(Object.keys(other.content ?? {})).toEqual(["provider", "terraform"]);
  });

  test("locally, also from the backup of a file that a killed run left empty", async () => {
    write("terraform.staging.tfstate", "");
    write("terraform.staging.tfstate.backup", withId("d-9"));
    const { state, stack } = await found(new Retiring([local("production")]), "staging");
    expect(state.readFrom).toBe(join(folder, "terraform.staging.tfstate.backup"));
    expect(stack.backend.localPath).toBe("../../../terraform.staging.tfstate");
  });

  test("with the stacks that manage the same deployments", async () => {
    write("terraform.live.tfstate", withId("d-1"));
    write("terraform.production.tfstate", withId("d-1"));
    write("terraform.test.tfstate", withId("d-2"));
    const { managed } = await found(new Retiring([local("production"), local("test")]), "live");
    expect(managed).toEqual(new Map([["d-1", "production"]]));
  });

  test("and refused without a name", async () => {
    await expect(found(new Retiring([local("a")]), "")).rejects.toThrow('Invalid stack name ""');
  });

  test.each([
    ["sta ging", 'Invalid stack name "sta ging"'],
    ["../shop", 'Invalid stack name "../shop"'],
    ["shop-production", 'The program declares "shop-production"'],
    ["production", 'The program declares "production"'],
    ["empty", 'No state of a stack "empty" has a deployment'],
    ["nowhere", 'The program does not declare "old", "older" either.'],
  ])("and refused for %j: %s", async (name, words) => {
    write("terraform.old.tfstate");
    write("terraform.older.tfstate");
    write("terraform.empty.tfstate", without);
    const project = new Retiring([local("shop-production", { environment: "production" })]);
    const work = jest.fn();
    await expect(withRetired(project, name, work)).rejects.toThrow(words);
    expect(work).not.toHaveBeenCalled();
    expect(existsSync(join(folder, "cdktf.out", "stacks", name))).toBe(false);
  });

  test("and refused in a program without stacks", async () => {
    await expect(found(new Retiring([]), "a")).rejects.toThrow(
      'No state of a stack "a" has a deployment, where the other stacks of the program have theirs.',
    );
  });
});

describe("the folder that Terraform runs in", () => {
  const own = (...path: readonly string[]): string => join(folder, "cdktf.out", "stacks", "staging", ...path);
  const retire = (work: () => void, environment: NodeJS.ProcessEnv = {}): Promise<void> =>
    withRetired(
      new Retiring([remote("production", "s3", { key: "production" })], {}, () => withId("d-1"), environment),
      "staging",
      async () => {
        work();
        return Promise.resolve();
      },
    );
  const asTerraform = (): void => {
    for (const file of [".terraform/terraform.tfstate", ".terraform.lock.hcl"]) {
      write(`cdktf.out/stacks/staging/${file}`, "new");
    }
  };

  test("is removed, also after a failure", async () => {
    await retire(() => {
      asTerraform();
      expect(existsSync(own("cdk.tf.json"))).toBe(true);
    });
    expect(existsSync(own())).toBe(false);
    const decline = (): void => {
      throw new Error("declined");
    };
    await expect(retire(decline)).rejects.toThrow("declined");
    expect(existsSync(own())).toBe(false);
  });

  test("is as it was, where it was there", async () => {
    write("cdktf.out/stacks/staging/cdk.tf.json", "before");
    write("cdktf.out/stacks/staging/terraform.tfstate.d/live/terraform.tfstate");
    await retire(asTerraform);
    expect(readdirSync(own()).sort()).toEqual(["cdk.tf.json", "terraform.tfstate.d"]);
    expect(readFileSync(own("cdk.tf.json"), "utf8")).toBe("before");

    rmSync(own("cdk.tf.json"));
    write("cdktf.out/stacks/staging/.terraform/providers", "before");
    write("cdktf.out/stacks/staging/.terraform.lock.hcl", "before");
    await retire(asTerraform);
    expect(readdirSync(own()).sort()).toEqual([".terraform", ".terraform.lock.hcl", "terraform.tfstate.d"]);
    expect(readFileSync(own(".terraform.lock.hcl"), "utf8")).toBe("before");
  });

  test("stays with a state that could not be saved", async () => {
    await retire(() => {
      write("cdktf.out/stacks/staging/errored.tfstate");
    });
    expect(existsSync(own("cdk.tf.json"))).toBe(true);
    expect(existsSync(own("errored.tfstate"))).toBe(true);
  });

  const preparedFor = (type: string, config: object): string => JSON.stringify({ backend: { type, config } });
  const same = preparedFor("s3", { key: "staging", region: null });
  test.each<[NodeJS.ProcessEnv, string, string, boolean]>([
    [{}, ".terraform", preparedFor("s3", { key: "old" }), false],
    [{}, ".terraform", preparedFor("gcs", { key: "staging" }), false],
    [{}, ".terraform", '{"backend":{"type":"s3","config":1}}', false],
    [{}, ".terraform", "", false],
    [{}, ".terraform", same, true],
    [{ TF_DATA_DIR: "data" }, "data", "", false],
    [{ TF_DATA_DIR: "data" }, "data", same, true],
    [{ TF_DATA_DIR: "../data" }, "../data", "", true],
  ])("forgets the backend that it was prepared for if that is another one: %j, %s, %s", async (...given) => {
    const [environment, data, text, stays] = given;
    write("cdktf.out/stacks/staging/cdk.tf.json", "before");
    write(`cdktf.out/stacks/staging/${data}/terraform.tfstate`, text);
    await retire(() => {
      expect(existsSync(own(data, "terraform.tfstate"))).toBe(stays);
    }, environment);
  });
});

describe("what a retired stack has", () => {
  const change = (address: string, action: PlannedAction): ResourceChange => ({ address, type: "t", action });
  const twice = {
    mode: "managed",
    type: "genesyscloud_webdeployments_deployment",
    name: "Each",
    instances: [
      { index_key: "a", attributes: { id: "d-2" } },
      { index_key: "b", attributes: { id: "d-3" } },
    ],
  };

  async function removed(retirement: "release" | "destroy", script: Script, readFrom?: string) {
    const project = new Retiring([local("production")], script);
    write("terraform.staging.tfstate", stateText({ others: [twice] }));
    let written: JsonRecord = {};
    const removal = withRetired(project, "staging", async (found) => {
      const state = readFrom === undefined ? found.state : { ...found.state, readFrom };
      try {
        await removeRetired(project, { ...found, state }, retirement);
      } finally {
        written = JSON.parse(readFileSync(join(found.stack.folder, "cdk.tf.json"), "utf8")) as JsonRecord;
      }
    });
    const error: unknown = await removal.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const { steps = [], pushed = [] } = project.terraforms.at(-1) ?? {};
    return { error, steps, pushed, written };
  }

  test("is released by a plan that forgets it, and asks Genesys Cloud for nothing", async () => {
    const { error, steps, written } = await removed("release", { changes: [change(deployment, "forget")] });
    expect(error).toBeUndefined();
    expect(steps).toEqual(["back up", "plan without refresh", "apply"]);
    expect(written["removed"]).toEqual(
      [configuration, deployment, "genesyscloud_webdeployments_deployment.Each"].map((from) => ({
        from,
        lifecycle: { destroy: false },
      })),
    );
  });

  test.each([
    ["everything", [change(deployment, "delete"), change(configuration, "delete")]],
    ["everything that was not deleted by hand", []],
    [
      "what it must look up for that",
      [change("data.x.y", "read"), change(deployment, "delete"), change("t.n", "no-op")],
    ],
  ])("is destroyed by a plan that deletes %s", async (_, changes) => {
    const { error, steps, written } = await removed("destroy", { changes });
    expect(error).toBeUndefined();
    expect(steps).toEqual(["back up", "plan", "apply"]);
    expect(written).not.toHaveProperty("removed");
  });

  test("is restored before that, where a killed run had emptied the file", async () => {
    const { steps, pushed } = await removed("destroy", {}, "terraform.staging.tfstate.backup");
    expect(steps).toEqual(["back up", "push", "plan", "apply"]);
    expect(pushed).toEqual([expect.objectContaining({ serial: 7 })]);
  });

  test.each<["release" | "destroy", readonly ResourceChange[], string]>([
    ["release", [], "it does nothing"],
    ["release", [change("a.b", "forget"), change("a.c", "delete")], "delete a.c"],
    ["destroy", [change("a.b", "forget"), change("a.c", "delete"), change("a.d", "create")], "forget a.b, create a.d"],
    ["destroy", [change("a.b", "update")], "update a.b"],
    ["destroy", [change("a.b", "replace")], "replace a.b"],
  ])("stays where the plan to %s does something else: %j", async (retirement, changes, words) => {
    const { error, steps } = await removed(retirement, { changes });
    expect(error).toHaveProperty("message", `Unexpected plan of "staging"; nothing was applied: ${words}.`);
    expect(steps.at(-1)).toBe("discard");
  });

  test.each([
    'Extraneous JSON object property: No argument or block type is named "removed".',
    'Extraneous JSON object property: No argument or block type is named "lifecycle".',
    'Unsupported block type: Blocks of type "removed" are not expected here.',
  ])("is not released by a version that cannot do it: %s", async (words) => {
    const fails = { at: "plan without refresh", with: new Error(words) } as const;
    const { error, steps } = await removed("release", { fails });
    expect(error).toHaveProperty(
      "message",
      "Releasing requires Terraform 1.7 or newer, or OpenTofu: this version of terraform does not support `removed` blocks. " +
        "Nothing was changed.",
    );
    expect(steps).not.toContain("apply");
  });

  test.each<["release" | "destroy", "plan" | "plan without refresh", string]>([
    ["release", "plan without refresh", "Another run holds the lock"],
    ["destroy", "plan", 'No argument or block type is named "removed".'],
  ])("stays where the plan to %s fails otherwise", async (retirement, at, words) => {
    const failure = new Error(words);
    expect((await removed(retirement, { fails: { at, with: failure } })).error).toBe(failure);
  });
});

describe("what declared stacks need is refused", () => {
  const start = Genesys.inTests();
  const refusal = async (
    found: Partial<FoundRetired>,
    retirement: "empty" | "release" | "destroy",
    environment = {},
  ) => {
    const project = new Retiring([local("production")], {}, undefined, environment);
    const all = {
      name: "live",
      stack: local("live"),
      resources: [],
      managed: new Map(),
      ...found,
    } as unknown as FoundRetired;
    return refuseManaged(project, all, retirement).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
  };

  test.each(["empty", "destroy"] as const)("to %s a deployment that one of them manages", async (retirement) => {
    expect(await refusal({ managed: new Map([["d-1", "production"]]) }, retirement)).toBe(
      'The deployment "d-1" is in the state of the stack "production" as well, which the program declares. ' +
        "Take it out of the old state only: origins retire live --release",
    );
  });

  test("to destroy a configuration that another deployment shows", async () => {
    const genesys = await start();
    const { state } = genesys.deploy("example.com");
    const own = { address: deployment, type: deployment.split(".")[0] ?? "", id: state.id, name: "Shop" };
    const shown = { ...own, type: configuration.split(".")[0] ?? "", id: state.configuration.id };
    const environment = environmentOf(genesys);
    expect(await refusal({ resources: [own, shown] }, "destroy", environment)).toBeUndefined();
    expect(await refusal({ resources: [shown] }, "destroy", environment)).toBe(
      `The deployment "Shop" (${state.id}) shows the configuration "${shown.id}" of "live", too. ` +
        "Give it another one first, or use origins retire live --release.",
    );
    expect(await refusal({ resources: [shown] }, "empty", environment)).toBeUndefined();
    expect(await refusal({ resources: [{ ...shown, id: "c-9" }] }, "destroy", environment)).toBeUndefined();
  });

  test("not to release it, nor what no one else has", async () => {
    expect(await refusal({ managed: new Map([["d-1", "production"]]) }, "release")).toBeUndefined();
    expect(await refusal({}, "destroy")).toBeUndefined();
    const shown = { address: configuration, type: configuration.split(".")[0] ?? "", id: "c-1", name: "Shop" };
    expect(await refusal({ resources: [shown] }, "destroy")).toBe("Missing credentials for the platform API.");
  });
});

describe("deployments of environments that the program does not declare", () => {
  const start = Genesys.inTests();
  const made = (environment: string): string => `Managed as code, for the environment "${environment}": do not edit`;
  const create = (genesys: Genesys, name: string, description?: string): string =>
    genesys.create({
      name,
      allowAllDomains: false,
      allowedDomains: ["example.com"],
      configuration: { id: genesys.configuration(), version: "1" },
      ...(description !== undefined && { description }),
    });
  const strays = async (genesys: Genesys, stacks: readonly SynthesizedStack[], more: NodeJS.ProcessEnv = {}) => {
    const project = new Retiring(stacks, {}, undefined, { ...environmentOf(genesys), ...more });
    return strayDeployments(project, await undeclaredStates(project));
  };

  test("are those with the description of this package", async () => {
    const genesys = await start();
    const id = create(genesys, "staging", made("staging"));
    create(genesys, "production", made("production"));
    create(genesys, "test", made("test"));
    create(genesys, "none");
    create(genesys, "other", "For the marketing team");
    create(genesys, "like it", `Was: ${made("old")}`);
    const stacks = [local("production"), local("brand-test", { environment: "test" })];
    expect(await strays(genesys, stacks)).toEqual([{ id, name: "staging", environment: "staging" }]);
    expect(await strays(genesys, [...stacks, local("staging")])).toEqual([]);
  });

  test("are not in a state, of the program or beside it", async () => {
    const genesys = await start();
    const [managed, left, stray] = ["a", "b", "c"].map((name) => create(genesys, name, made(name)));
    write("terraform.production.tfstate", withId(String(managed)));
    write("terraform.left.tfstate", withId(String(left)));
    const found = await strays(genesys, [local("production")]);
    expect(found).toEqual([{ id: stray, name: "c", environment: "c" }]);
  });

  test("are told although a state cannot be read", async () => {
    const genesys = await start();
    create(genesys, "a", made("a"));
    write("terraform.production.tfstate", "{");
    expect(await strays(genesys, [local("production")])).toHaveLength(1);
  });

  test("are asked for once in an organisation, and are none without an answer", async () => {
    const genesys = await start();
    create(genesys, "a", made("a"));
    expect(await strays(genesys, [local("b"), local("c")])).toHaveLength(1);
    expect(genesys.calls().filter((call) => call.includes("/deployments"))).toHaveLength(1);
    const secret = { GENESYSCLOUD_OAUTHCLIENT_SECRET: "wrong" };
    expect(await strays(genesys, [local("b")], secret)).toEqual([]);
    expect(await strays(genesys, [local("b")], { ...secret, GENESYSCLOUD_OAUTHCLIENT_ID: "" })).toEqual([]);
  });
});
