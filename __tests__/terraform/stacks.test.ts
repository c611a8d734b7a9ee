import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { printProvenance } from "../../lib/origins/provenance";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { readStacks, type SynthesizedStack } from "../../lib/terraform/stacks";

let outdir: string;
beforeEach(() => {
  outdir = realpathSync(mkdtempSync(join(tmpdir(), "cdktf-out-")));
});
afterEach(() => {
  rmSync(outdir, { recursive: true });
});

function write(path: string, content: object | string): void {
  const file = join(outdir, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
}

function manifest(...names: readonly string[]): void {
  const stacks = names.map((name) => [
    name,
    {
      constructPath: `app/${name}`,
      dependencies: name === "second" ? ["app/first"] : [],
      synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
      workingDirectory: `stacks/${name}`,
    },
  ]);
  write("manifest.json", { stacks: Object.fromEntries(stacks) as object });
}

/** The stack of a project that has one. */
function stack(content: object): SynthesizedStack | undefined {
  manifest("first");
  write("stacks/first/cdk.tf.json", content);
  return readStacks(outdir)[0];
}

const deployments = (blocks: object): object => ({ resource: { genesyscloud_webdeployments_deployment: blocks } });

describe("the stacks of a synthesis", () => {
  test("are those of the manifest, with their folders and what they wait for", () => {
    manifest("first", "second");
    for (const name of ["first", "second", "stale"]) write(`stacks/${name}/cdk.tf.json`, {});
    const bare = { backend: { type: "local" }, gateway: false, messengers: [], content: {} };
    expect(readStacks(outdir)).toEqual([
      { ...bare, name: "first", folder: join(outdir, "stacks/first"), dependencies: [] },
      { ...bare, name: "second", folder: join(outdir, "stacks/second"), dependencies: ["first"] },
    ]);
  });

  test("say where they run and which environment they are", () => {
    const provider = { genesyscloud: [{ alias: "other" }, { aws_region: "eu-central-1", gateway: [{}] }] };
    expect(stack({ provider, output: { environment: { value: "production" } } })).toMatchObject({
      environment: "production",
      awsRegion: "eu-central-1",
      gateway: true,
    });
    const expressions = { genesyscloud: { aws_region: "${var.region}" } };
    const none = stack({ provider: expressions, output: { environment: { value: "${var.name}" } } });
    expect(none).toMatchObject({ gateway: false });
    expect(none).not.toHaveProperty("awsRegion");
    expect(none).not.toHaveProperty("environment");
  });

  test.each([
    [{}, { type: "local" }],
    [{ backend: { local: { path: "../a.tfstate" } } }, { type: "local", localPath: "../a.tfstate" }],
    [{ backend: { local: { workspace_dir: "ws" } } }, { type: "local", localWorkspaces: "ws" }],
    [{ backend: { pg: { schema_name: "shop" } } }, { type: "pg" }],
    [{ backend: { s3: {} } }, { type: "s3" }],
    [{ cloud: { workspaces: { name: "shop" } } }, { type: "cloud" }],
  ])("keep their state as %j says", (terraform, backend) => {
    expect(stack({ terraform })?.backend).toEqual(backend);
  });

  test.each([
    ["manifest.json", "Nothing was synthesised"],
    ["stacks/first/cdk.tf.json", "A stack of the manifest is missing"],
  ])("that lack %s are refused with what to run", (file, problem) => {
    stack({});
    rmSync(join(outdir, file));
    expect(() => readStacks(outdir)).toThrow(
      `${problem}: "${join(outdir, file)}" cannot be read.\n\nRun the command again without --skip-synth.`,
    );
  });

  test.each([
    ["manifest.json", "{", "is not a JSON object"],
    ["manifest.json", "{}", "names no stacks"],
    ["manifest.json", `{"stacks": {"first": {}}}`, `does not say where the stack "first" is`],
    ["manifest.json", `{"stacks": {"first": 1}}`, `does not say where the stack "first" is`],
    ["stacks/first/cdk.tf.json", "", "is not a JSON object"],
  ])("whose %s holds %s are refused", (file, content, problem) => {
    stack({});
    write(file, content);
    expect(() => readStacks(outdir)).toThrow(`"${join(outdir, file)}" ${problem}`);
  });

  test("that are written in Terraform's own language are refused", () => {
    const hcl = { synthesizedStackPath: "stacks/first/cdk.tf", workingDirectory: "stacks/first" };
    write("manifest.json", { stacks: { first: hcl } });
    expect(() => readStacks(outdir)).toThrow("Synthesise without --hcl");
  });
});

describe("the deployments that a stack declares", () => {
  test("are all found, in the order of their addresses, each with the configuration it is wired to", () => {
    const wired = { id: "${genesyscloud_webdeployments_configuration.C_1.id}" };
    const found = stack(
      deployments({
        B: { name: "b", allowed_domains: ["b.example.com"], configuration: { id: "c-1" } },
        A: { name: "a", allowed_domains: ["a.example.com"], configuration: [wired], status: "Active" },
      }),
    )?.messengers;
    expect(found).toEqual([
      {
        address: "genesyscloud_webdeployments_deployment.A",
        configurationAddress: "genesyscloud_webdeployments_configuration.C_1",
        name: "a",
        description: "",
        status: "Active",
        policy: { allowAllDomains: false, allowedDomains: ["a.example.com"] },
      },
      {
        address: "genesyscloud_webdeployments_deployment.B",
        sharesConfiguration: true,
        name: "b",
        description: "",
        policy: { allowAllDomains: false, allowedDomains: ["b.example.com"] },
      },
    ]);
  });

  test.each<[string, paths: readonly string[] | undefined, shared: boolean]>([
    ["a Messenger makes it", ["app/Messenger/Deployment", "app/Messenger/Configuration"], false],
    ["another Messenger makes it", ["app/Brand/Deployment", "app/Messenger/Configuration"], true],
    ["the stack makes it", ["app/Messenger/Deployment", "app/Configuration"], true],
    ["no path is written", undefined, false],
  ])("say whether the configuration is theirs: %s", (_, [own, other] = [], shared) => {
    const at = (path: string | undefined): object => (path === undefined ? {} : { "//": { metadata: { path } } });
    const configuration = { id: "${genesyscloud_webdeployments_configuration.C.id}" };
    const found = stack({
      resource: {
        genesyscloud_webdeployments_deployment: { A: { ...at(own), name: "a", configuration } },
        genesyscloud_webdeployments_configuration: { C: at(other) },
      },
    })?.messengers[0];
    expect(found?.sharesConfiguration ?? false).toBe(shared);
  });

  test("say which other stack makes their configuration, where cdktf reads it from its state", () => {
    const id = "${data.terraform_remote_state.cross-stack-reference-input-house-style.outputs.cross-stack-output-c}";
    const found = stack(deployments({ A: { name: "a", configuration: { id } } }))?.messengers[0];
    expect(found).toMatchObject({ configurationStack: "house-style" });
    expect(found).not.toHaveProperty("configurationAddress");
  });

  test("say what is imported and where they were before, their configurations too", () => {
    const [d, c] = ["genesyscloud_webdeployments_deployment", "genesyscloud_webdeployments_configuration"];
    const found = stack({
      ...deployments({ A: { name: "a", configuration: { id: `\${${c}.C.id}` } } }),
      import: [
        { to: `${c}.C`, id: "c-1" },
        { to: `${d}.A`, id: "d-1" },
      ],
      moved: [
        { from: `${d}.A1`, to: `${d}.A` },
        { from: `${d}.A2`, to: `${d}.A1` },
        { from: `${d}.A`, to: `${d}.A2` }, // in a circle
        { from: `${c}.C1`, to: `${c}.C` },
      ],
    })?.messengers[0];
    expect(found).toMatchObject({
      importId: "d-1",
      configurationImportId: "c-1",
      formerAddresses: [`${d}.A1`, `${d}.A2`],
      formerConfigurationAddresses: [`${c}.C1`],
    });
  });

  test("say by what they are known, unless an expression decides it, and what is imported for them", () => {
    const to = "genesyscloud_webdeployments_deployment.A";
    const found = (block: object, imports: object = {}): object | undefined =>
      stack({ ...deployments({ A: { name: "a", ...block } }), ...imports })?.messengers[0];
    expect(
      found(
        { description: "the shop" },
        {
          import: [
            { to: `${to}2`, id: "d-2" },
            { to, id: "d-1" },
          ],
        },
      ),
    ).toMatchObject({
      description: "the shop",
      importId: "d-1",
    });
    const late = found({ description: "${var.words}" }, { import: { to, id: "${var.id}" } });
    expect(late).not.toHaveProperty("description");
    expect(late).not.toHaveProperty("importId");
  });

  test.each<[object, object | undefined]>([
    [{ allow_all_domains: true }, { allowAllDomains: true, allowedDomains: [] }],
    [
      { allow_all_domains: false, allowed_domains: [] },
      { allowAllDomains: false, allowedDomains: [] },
    ],
    [{}, { allowAllDomains: false, allowedDomains: [] }],
    [{ allowed_domains: "${local.domains}" }, undefined],
    [{ allowed_domains: ["a.example.com", "${aws_amplify_app.a.domain}"] }, undefined],
    [{ allowed_domains: ["%{ if true }a%{ endif }"] }, undefined],
    [{ allow_all_domains: "${var.open}", allowed_domains: ["a.example.com"] }, undefined],
  ])("%j declares the policy %j", (block, policy) => {
    expect(stack(deployments({ A: { name: "a", ...block } }))?.messengers[0]?.policy).toEqual(policy);
  });
});

describe("the sources of the allowed domains", () => {
  const address = "genesyscloud_webdeployments_deployment.Messenger";
  const metadata = { path: "first/Messenger/Deployment", uniqueId: "Messenger" };
  const declared = (changes: object = {}): object =>
    deployments({
      Messenger: {
        name: "Shop",
        allow_all_domains: false,
        allowed_domains: ["www.example.com"],
        "//": { metadata },
        ...changes,
      },
    });
  const recordOf = (...domains: readonly string[]): string =>
    printProvenance({
      repository: "..",
      deployments: [{ address, environment: nextEnvironment("shop", { kind: "production", addresses: domains }) }],
    });
  /** The stack with that record beside it. */
  const stackBeside = (record: string | undefined, content = declared()): SynthesizedStack | undefined => {
    if (record !== undefined) write("stacks/first/allowed-domains.json", record);
    return stack(content);
  };
  const file = (): string => relative("", join(outdir, "stacks/first/allowed-domains.json"));

  test("are those that the synthesis recorded beside the stack", () => {
    const found = stackBeside(recordOf("https://www.example.com"));
    expect(found?.messengers).toMatchObject([
      { address, recorded: { environment: { name: "shop", kind: "production" } } },
    ]);
    const [entry] = found?.messengers[0]?.recorded?.environment.allowList.entries ?? [];
    expect(entry?.sources).toEqual([
      {
        value: "https://www.example.com",
        place: { file: "__tests__/terraform/stacks.test.ts", line: expect.any(Number) as number },
      },
    ]);
    expect(found?.repository).toBe("..");
    expect(found).not.toHaveProperty("sourcesUnknown");
  });

  test.each<[string, string | undefined, object, string]>([
    ["there is no record", undefined, {}, "is missing"],
    ["the record is not JSON", "{", {}, "is not a JSON object"],
    [
      "the record is of another version",
      '{"version": 2}',
      {},
      "has version 2, but this release of origins reads version 1",
    ],
    ["the record is malformed", '{"version": 1}', {}, "is malformed: Missing deployments"],
    [
      "the record has another domain",
      recordOf("https://old.example.com"),
      {},
      `records other allowed domains of "${address}" than the stack has`,
    ],
    [
      "the record has one domain less",
      recordOf("https://www.example.com"),
      { allowed_domains: ["shop.example.com", "www.example.com"] },
      `records other allowed domains of "${address}" than the stack has`,
    ],
    [
      "the record has a list, and the stack allows all domains",
      recordOf("https://www.example.com"),
      { allow_all_domains: true, allowed_domains: [] },
      `records other allowed domains of "${address}" than the stack has`,
    ],
  ])("are unknown where %s, and everything else is known", (_, record, changes, problem) => {
    const found = stackBeside(record, declared(changes));
    expect(found?.sourcesUnknown?.message).toContain(`"${file()}" ${problem}`);
    expect(found?.sourcesUnknown?.isMissing).toBe(record === undefined);
    expect(found?.messengers).toMatchObject([{ address, name: "Shop" }]);
    expect(found?.messengers[0]).not.toHaveProperty("recorded");
  });

  test("are unknown where a folder is in the record's place", () => {
    mkdirSync(join(outdir, "stacks/first/allowed-domains.json"), { recursive: true });
    expect(stack(declared())?.sourcesUnknown?.message).toMatch(/"[^"]+" cannot be read \(E\w+\)$/);
  });

  test("are nothing to tell of where no WebMessenger makes the deployments", () => {
    const none = { "//": { metadata: { path: "first/Shop", uniqueId: "Shop" } } };
    for (const content of [{}, declared(none), declared({ "//": undefined })])
      expect(stackBeside(undefined, content)).not.toHaveProperty("sourcesUnknown");
  });

  test("count for an expression too, which may be of any list", () => {
    const found = stackBeside(recordOf("https://www.example.com"), declared({ allowed_domains: "${local.domains}" }));
    expect(found?.messengers).toMatchObject([{ recorded: { address } }]);
  });
});
