import { type DeclaredMessenger } from "../../lib/terraform/declared-messengers";
import { parseState, type State } from "../../lib/terraform/state";
import {
  changedArguments,
  type KeptArgument,
  keptArguments,
  type PendingChange,
  pendingChanges,
} from "../../lib/terraform/pending-changes";
import { shapes } from "../../packages/sandbox/__tests__/provider/partial-properties.json";
import { shop } from "../../packages/sandbox/__tests__/provider/shop";
import { configuration, deployment, type StateParts, stateText } from "./state-text";

const type = "genesyscloud_webdeployments_configuration";

describe("a plan changes no argument exactly where the genuine provider's next plan is empty", () => {
  const deployed = shapes.flatMap(({ apply, ...shape }) => (apply === 0 ? [shape] : []));
  test.each(deployed)("$name", ({ configuration: declared, state, plan }) => {
    const names = changedArguments(type, declared, state ?? {});
    expect(names.length === 0 ? 0 : 2).toBe(plan);
  });
});

describe("what the next plan changes", () => {
  const messenger: DeclaredMessenger = {
    address: deployment,
    configurationAddress: configuration,
    name: "Shop",
  };
  const declaration = JSON.parse(
    JSON.stringify(shop()).replaceAll(".shop.", ".Shop.").replaceAll('"shop":', '"Shop":'),
  ) as { readonly resource: Readonly<Record<string, { readonly Shop: object }>> };
  const declared = { languages: ["en-us"], default_language: "en-us" };

  function stateOf(parts: StateParts = {}): State {
    const state = parseState(stateText({ ...parts, configuration: { ...declared, ...parts.configuration } }));
    if (state === undefined) throw new Error("There is no state.");
    return state;
  }

  const stackWith = (changes: object, deploymentChanges: object = {}, others: object = {}): object => ({
    ...others,
    resource: {
      [type]: { Shop: { ...declaration.resource[type]?.Shop, ...changes } },
      genesyscloud_webdeployments_deployment: {
        Shop: { ...declaration.resource["genesyscloud_webdeployments_deployment"]?.Shop, ...deploymentChanges },
      },
    },
  });
  const output = { deployment_id: { value: `\${${deployment}.id}` }, other: { value: "text" } };
  const savedOutputs = { deployment_id: { value: "d-1", type: "string" }, other: { value: "text", type: "string" } };
  const other = (address: string, id: string, module?: string): object => ({
    ...(module !== undefined && { module }),
    mode: "managed",
    type: address.split(".")[0],
    name: address.split(".")[1],
    instances: [{ schema_version: 1, attributes: { id } }],
  });

  const rows: readonly [string, object, StateParts, readonly PendingChange[]][] = [
    ["nothing", stackWith({}), {}, []],
    [
      "a tainted deployment",
      stackWith({}),
      { deploymentInstance: { status: "tainted" } },
      [{ kind: "tainted", address: deployment }],
    ],
    [
      "a tainted configuration",
      stackWith({}),
      { configurationInstance: { status: "tainted" } },
      [{ kind: "tainted", address: configuration }],
    ],
    [
      "another name and another language",
      stackWith({ languages: ["en-us", "de"] }, { name: "Brand" }),
      {},
      [
        { kind: "arguments", address: configuration, names: ["languages"] },
        { kind: "arguments", address: deployment, names: ["name"] },
      ],
    ],
    [
      "an argument that the program no longer gives",
      stackWith({}),
      { deployment: { flow_id: "f-1" } },
      [{ kind: "arguments", address: deployment, names: ["flow_id"] }],
    ],
    [
      "an argument inside a block",
      stackWith({ messenger: { launcher_button: { visibility: "OnDemand" } } }),
      { configuration: { messenger: [{ enabled: false, launcher_button: [{ visibility: "On" }] }] } },
      [{ kind: "arguments", address: configuration, names: ["messenger.launcher_button.visibility"] }],
    ],
    [
      "the deployment shows another configuration than the state has",
      stackWith({}),
      { configuration: { id: "c-2" } },
      [{ kind: "arguments", address: deployment, names: ["configuration.id"] }],
    ],
    [
      "the deployment shows no configuration, whatever the state has",
      stackWith({}),
      { deployment: { configuration: [] } },
      [
        { kind: "arguments", address: deployment, names: ["configuration"] },
        { kind: "arguments", address: deployment, names: ["configuration.id"] },
      ],
    ],
    ["what an expression decides", stackWith({}, { flow_id: "${data.genesyscloud_flow.F.id}" }), {}, []],
    [
      "what an expression decides in a list",
      stackWith({}, { allowed_domains: ["new.example.com", "${var.domain}"] }),
      {},
      [],
    ],
    [
      "a list without an expression",
      stackWith({}, { allowed_domains: ["new.example.com"] }),
      {},
      [{ kind: "arguments", address: deployment, names: ["allowed_domains"] }],
    ],
    [
      "blocks that an expression decides",
      stackWith({ custom_i18n_labels: "${var.labels}" }),
      { configuration: { custom_i18n_labels: [{ language: "de", localized_labels: [] }] } },
      [],
    ],
    [
      "blocks that Terraform makes of a list",
      stackWith({ dynamic: { custom_i18n_labels: { for_each: "${var.labels}" } } }),
      { configuration: { custom_i18n_labels: [{ language: "de", localized_labels: [] }] } },
      [],
    ],
    [
      "an expression in the second of two blocks",
      stackWith(
        {},
        {
          push_integrations: [
            { provider: "apns", id: "p-1" },
            { provider: "fcm", id: "${var.id}" },
          ],
        },
      ),
      {
        deployment: {
          push_integrations: [
            { provider: "apns", id: "p-1" },
            { provider: "fcm", id: "p-2" },
          ],
        },
      },
      [],
    ],
    [
      "one block more",
      stackWith(
        {},
        {
          push_integrations: [
            { provider: "apns", id: "p-1" },
            { provider: "fcm", id: "${var.id}" },
          ],
        },
      ),
      { deployment: { push_integrations: [{ provider: "apns", id: "p-1" }] } },
      [{ kind: "arguments", address: deployment, names: ["push_integrations"] }],
    ],
    ["what the provider keeps where the program is silent", stackWith({}), { deployment: { status: "Inactive" } }, []],
    ["what the program ignores", stackWith({}, { name: "B", lifecycle: { ignore_changes: ["name"] } }), {}, []],
    [
      "what the program does not ignore beside what it ignores",
      stackWith({}, { name: "B", flow_id: "f", lifecycle: { ignore_changes: ["name"] } }),
      {},
      [{ kind: "arguments", address: deployment, names: ["flow_id"] }],
    ],
    [
      "what is named as ignored in another shape",
      stackWith({}, { name: "B", lifecycle: { ignore_changes: "name" } }),
      {},
      [{ kind: "arguments", address: deployment, names: ["name"] }],
    ],
    ["what the program ignores altogether", stackWith({}, { name: "B", lifecycle: { ignore_changes: "all" } }), {}, []],
    [
      "an output that an apply did not come to",
      stackWith({}, {}, { output }),
      {},
      [{ kind: "outputs-missing", names: ["deployment_id", "other"] }],
    ],
    [
      "outputs of the configuration, too",
      stackWith({}, {}, { output: { version: { value: `\${${configuration}.version}` } } }),
      {},
      [{ kind: "outputs-missing", names: ["version"] }],
    ],
    [
      "without its own output",
      stackWith({}, {}, { output: { a: { value: `\${${deployment}_2.id}` }, b: "text", c: {} } }),
      {},
      [],
    ],
    ["no output", stackWith({}, {}, { output }), { top: { outputs: savedOutputs } }, []],
    [
      "an output that the program does not declare",
      stackWith({}),
      { top: { outputs: savedOutputs } },
      [{ kind: "outputs-removed", names: ["deployment_id", "other"] }],
    ],
    [
      "a deployment that is not declared",
      stackWith({}),
      { others: [other("genesyscloud_webdeployments_deployment.Old", "d-9")] },
      [
        {
          kind: "undeclared",
          address: "genesyscloud_webdeployments_deployment.Old",
          id: "d-9",
          isReleased: false,
        },
      ],
    ],
    [
      "a deployment that the program lets go of",
      stackWith(
        {},
        {},
        { removed: [{ from: "genesyscloud_webdeployments_deployment.Old", lifecycle: { destroy: false } }] },
      ),
      { others: [other("genesyscloud_webdeployments_deployment.Old", "d-9")] },
      [{ kind: "undeclared", address: "genesyscloud_webdeployments_deployment.Old", id: "d-9", isReleased: true }],
    ],
    [
      "a deployment that the program has Terraform destroy",
      stackWith(
        {},
        {},
        { removed: [{ from: "genesyscloud_webdeployments_deployment.Old", lifecycle: { destroy: true } }] },
      ),
      { others: [other("genesyscloud_webdeployments_deployment.Old", "d-9")] },
      [{ kind: "undeclared", address: "genesyscloud_webdeployments_deployment.Old", id: "d-9", isReleased: false }],
    ],
    [
      "a configuration that is not declared, of an unknown id",
      stackWith({}, {}, { removed: [{ from: "genesyscloud_webdeployments_configuration.Old" }] }),
      { others: [{ ...other(`${type}.Old`, ""), instances: [{ schema_version: 1, attributes: { id: 9 } }] }] },
      [{ kind: "undeclared", address: `${type}.Old`, id: "", isReleased: false }],
    ],
    [
      "resources of other providers that the program does not declare",
      stackWith(
        {},
        {},
        {
          removed: [{ from: "aws_route53_record.Released", lifecycle: { destroy: false } }],
          moved: [
            { from: "terraform_data.From", to: "terraform_data.To" },
            { from: "terraform_data.Counted[0]", to: "terraform_data.To" },
            { from: "module.gone", to: "module.there" },
          ],
        },
      ),
      {
        others: [
          other("aws_route53_record.Old", "r-1"),
          other("aws_route53_record.Released", "r-2"),
          other("terraform_data.From", "t-1"),
          other("terraform_data.Counted", "t-2"),
          other("terraform_data.Inside", "t-3", "module.gone"),
          { ...other("aws_route53_zone.Read", "z-1"), mode: "data" },
        ],
      },
      [
        { kind: "undeclared", address: "aws_route53_record.Old", id: "r-1", isReleased: false },
        { kind: "undeclared", address: "aws_route53_record.Released", id: "r-2", isReleased: true },
      ],
    ],
    [
      "what only has the same name",
      stackWith({}),
      {
        others: [
          { ...other("genesyscloud_webdeployments_deployment.Old", "d-9"), mode: "data" },
          { ...other("genesyscloud_webdeployments_deployment.Old", "d-9"), instances: [] },
        ],
      },
      [],
    ],
    [
      "what a module inside a module of the program may declare",
      stackWith({}, {}, { module: { brand: { source: "./brand" } } }),
      { others: [other("genesyscloud_webdeployments_deployment.Shop", "d-9", 'module.brand["a"].module.inner')] },
      [],
    ],
    [
      "what stands in something else than a module of the program",
      stackWith({}, {}, { module: { brand: { source: "./brand" } } }),
      { others: [other("genesyscloud_webdeployments_deployment.Shop", "d-9", "my_module.brand")] },
      [
        {
          kind: "undeclared",
          address: "my_module.brand.genesyscloud_webdeployments_deployment.Shop",
          id: "d-9",
          isReleased: false,
        },
      ],
    ],
    [
      "what another module of the program declared",
      stackWith({}, {}, { module: { brand: { source: "./brand" } } }),
      { others: [other("genesyscloud_webdeployments_deployment.Shop", "d-9", "module.brand2")] },
      [
        {
          kind: "undeclared",
          address: "module.brand2.genesyscloud_webdeployments_deployment.Shop",
          id: "d-9",
          isReleased: false,
        },
      ],
    ],
    [
      "what a module of the program may declare",
      stackWith({}, {}, { module: { brand: { source: "./brand" } } }),
      { others: [other("genesyscloud_webdeployments_deployment.This", "d-9", "module.brand")] },
      [],
    ],
    [
      "what a module declared that is not there any more",
      stackWith({}),
      { others: [other("genesyscloud_webdeployments_deployment.This", "d-9", "module.brand")] },
      [
        {
          kind: "undeclared",
          address: "module.brand.genesyscloud_webdeployments_deployment.This",
          id: "d-9",
          isReleased: false,
        },
      ],
    ],
  ];
  test.each(rows)("%s", (_, content, parts, expected) => {
    expect(pendingChanges({ content: { ...content } }, stateOf(parts), messenger)).toEqual(expected);
  });

  test.each<[string, block: object, others: readonly object[], isMissing: boolean]>([
    ["which the state does not have", {}, [], true],
    ["which the state has", {}, [other("terraform_data.New", "t-1")], false],
    ["which the state has without an object", {}, [{ ...other("terraform_data.New", "t-1"), instances: [] }], true],
    ["which is read alone", {}, [{ ...other("terraform_data.New", "t-1"), mode: "data" }], true],
    ["which a count may leave out", { count: "${var.count}" }, [], false],
    ["which a list may leave out", { for_each: "${var.all}" }, [], false],
  ])("a resource of another provider %s", (_, block, others, isMissing) => {
    const content = {
      resource: { ...(stackWith({})["resource" as keyof object] as object), terraform_data: { New: block } },
    };
    const missing = { kind: "resource-missing", address: "terraform_data.New" };
    expect(pendingChanges({ content }, stateOf({ others }), messenger)).toEqual(isMissing ? [missing] : []);
    const moved = { ...content, moved: [{ from: "terraform_data.Old", to: "terraform_data.New" }] };
    expect(pendingChanges({ content: moved }, stateOf({ others }), messenger)).toEqual([]);
  });

  const reference = (name: string): string => `\${${deployment}.${name}}`;
  test.each<[string, declared: object, saved: object, isChanged: boolean]>([
    ["the same text", { value: "a" }, { value: "a" }, false],
    ["another text", { value: "b" }, { value: "a" }, true],
    ["a number for a text", { value: 1 }, { value: "1" }, true],
    ["an object in another order", { value: { a: 1, b: [true] } }, { value: { b: [true], a: 1 } }, false],
    ["another entry", { value: { a: ["x", "y"] } }, { value: { a: ["x"] } }, true],
    ["a list in the place of an object", { value: ["x"] }, { value: { 0: "x" } }, true],
    ["nothing for a text", { value: null }, { value: "a" }, true],
    ["what the state has", { value: reference("id") }, { value: "d-1" }, false],
    ["other than what the state has", { value: reference("id") }, { value: "d-0" }, true],
    [
      "a list of the state",
      { value: reference("allowed_domains") },
      { value: ["example.com", "www.example.com"] },
      false,
    ],
    ["a text around it", { value: `<a id="${reference("id")}">` }, { value: '<a id="d-1">' }, false],
    ["another text around it", { value: `<b id="${reference("id")}">` }, { value: '<a id="d-1">' }, true],
    ["a text around it, deep inside", { value: { a: [`x${reference("id")}`] } }, { value: { a: ["yd-1"] } }, true],
    ["escaped braces", { value: `$\${a}%%{b}${reference("id")}` }, { value: "${a}%{b}d-1" }, false],
    ["what a function decides", { value: `\${upper(${deployment}.id)}` }, { value: "a" }, false],
    ["what a directive decides", { value: "%{ if true }a%{ endif }" }, { value: "b" }, false],
    ["what another resource decides", { value: "${terraform_data.a.output}" }, { value: "b" }, false],
    ["an attribute that the state does not have", { value: reference("none") }, { value: "b" }, false],
    ["a list in a text", { value: `a${reference("allowed_domains")}` }, { value: "b" }, false],
    ["a key that an expression decides", { value: { "${var.a}": "b" } }, { value: {} }, false],
    ["a value that is a secret now", { value: "a", sensitive: true }, { value: "a" }, true],
    ["a value that becomes sensitive", { value: "a" }, { value: "a", sensitive: true }, true],
  ])("an output changes, or does not: %s", (_, value, saved, isChanged) => {
    const content = { ...stackWith({}, {}, { output: { a: value } }) };
    const changes = isChanged ? [{ kind: "outputs-changed", names: ["a"] }] : [];
    expect(pendingChanges({ content }, stateOf({ top: { outputs: { a: saved } } }), messenger)).toEqual(changes);
    const missing = pendingChanges({ content }, stateOf(), messenger);
    expect(missing.every(({ kind }) => kind === "outputs-missing")).toBe(true);
  });

  test("an output that is null is not missing", () => {
    const content = { ...stackWith({}, {}, { output: { a: { value: null }, b: { value: reference("flow_id") } } }) };
    expect(pendingChanges({ content }, stateOf(), messenger)).toEqual([]);
  });

  test("outputs are told once: of the Messenger that they speak of, and of the first where they speak of none", () => {
    const second = `${deployment}2`;
    const outputs = { a: { value: "x" }, b: { value: reference("id") }, c: { value: `\${${second}.id}` } };
    const content = { output: outputs, resource: { [deployment.split(".")[0] ?? ""]: { Shop: {}, Shop2: {} } } };
    const state = stateOf({ others: [{ ...other(second, "d-2") }], top: { outputs: { old: { value: "o" } } } });
    const outputsOf = (address: string): readonly PendingChange[] =>
      pendingChanges({ content }, state, { address, name: "Shop" }).filter(({ kind }) => kind.startsWith("outputs"));
    expect(outputsOf(deployment)).toEqual([
      { kind: "outputs-missing", names: ["a", "b"] },
      { kind: "outputs-removed", names: ["old"] },
    ]);
    expect(outputsOf(second)).toEqual([{ kind: "outputs-missing", names: ["c"] }]);
  });

  const party = { allow_camera: true, allow_microphone: false, allow_screen_share: false };
  const nothing = { allow_camera: false, allow_microphone: false, allow_screen_share: false, background: "" };
  const video = { enabled: true, agent: [{ ...party, background: "NONE" }], user: [party] };
  const messengerState = { enabled: true, session_persistence_type: "AcrossSubdomains" };
  const kept: readonly (readonly [string, object, StateParts, readonly KeptArgument[]])[] = [
    ["nothing", stackWith({}), {}, []],
    [
      "a block, and not the one that the program declares",
      stackWith({ video: { enabled: true, user: party } }),
      { configuration: { video: [video] } },
      [{ name: "video.agent", value: { ...party, background: "NONE" } }],
    ],
    [
      "a single value",
      stackWith({ messenger: { enabled: true } }),
      { configuration: { messenger: [messengerState] } },
      [{ name: "messenger.session_persistence_type", value: "AcrossSubdomains" }],
    ],
    [
      "a value of the deployment, and not its status",
      stackWith({}, { status: undefined }),
      { deployment: { supported_content_id: "s-1", status: "Active" } },
      [{ name: "supported_content_id", value: "s-1" }],
    ],
    [
      "no block in which everything is zero",
      stackWith({ video: { enabled: true } }),
      { configuration: { video: [{ enabled: true, agent: [nothing], user: [] }] } },
      [],
    ],
    [
      "no value that is zero",
      stackWith({ messenger: { enabled: true } }),
      { configuration: { messenger: [{ enabled: true, session_persistence_type: "" }] } },
      [],
    ],
    ["nothing that goes with the block around it", stackWith({}), { configuration: { video: [video] } }, []],
    [
      "nothing that the program ignores",
      stackWith({ video: { enabled: true }, lifecycle: { ignore_changes: ["video"] } }),
      { configuration: { video: [video] } },
      [],
    ],
    [
      "nothing of what is not declared at all",
      {},
      { configuration: { video: [video] }, deployment: { supported_content_id: "s-1" } },
      [],
    ],
    [
      "not the version of the configuration that is shown",
      stackWith({}, { configuration: { id: "c-1" } }),
      { deployment: { configuration: [{ id: "c-1", version: "3" }] } },
      [],
    ],
  ];
  test.each(kept)("the provider keeps what the program leaves out: %s", (_, content, parts, expected) => {
    expect(keptArguments({ content: { ...content } }, stateOf(parts), messenger)).toEqual(expected);
  });

  test("the provider keeps nothing of what the state does not have", () => {
    const address = "genesyscloud_webdeployments_deployment.Newer";
    const { Shop } = declaration.resource["genesyscloud_webdeployments_deployment"] ?? {};
    const content = { resource: { genesyscloud_webdeployments_deployment: { Newer: Shop } } };
    expect(keptArguments({ content }, stateOf(), { address, name: "Shop" })).toEqual([]);
  });

  const renamed = (name: string): object => ({
    resource: {
      [type]: { [name]: declaration.resource[type]?.Shop },
      genesyscloud_webdeployments_deployment: declaration.resource["genesyscloud_webdeployments_deployment"],
    },
  });

  test("a configuration that the state does not have", () => {
    const address = `${type}.Newer`;
    const content = { ...renamed("Newer") };
    expect(pendingChanges({ content }, stateOf(), { ...messenger, configurationAddress: address })).toEqual([
      { kind: "configuration-missing", address },
      { kind: "undeclared", address: configuration, id: "c-1", isReleased: false },
    ]);
  });

  test("a configuration that moves", () => {
    const [from, to] = [configuration, `${type}.Newer`];
    const content = { moved: [{ from, to }], ...renamed("Newer") };
    const moved = { ...messenger, configurationAddress: to, formerConfigurationAddresses: [from] };
    expect(pendingChanges({ content }, stateOf(), moved)).toEqual([{ kind: "moved", from, to }]);
  });

  test("a deployment that moves, and is tainted where it was", () => {
    const [from, to] = [deployment, "genesyscloud_webdeployments_deployment.Newer"];
    const { Shop } = declaration.resource["genesyscloud_webdeployments_deployment"] ?? {};
    const content = {
      moved: [{ from, to }],
      resource: { ...declaration.resource, genesyscloud_webdeployments_deployment: { Newer: { ...Shop, name: "B" } } },
    };
    const moved = { ...messenger, address: to, formerAddresses: [from] };
    const state = stateOf({ deploymentInstance: { status: "tainted" } });
    expect(pendingChanges({ content }, state, moved)).toEqual([
      { kind: "tainted", address: from },
      { kind: "moved", from, to },
      { kind: "arguments", address: to, names: ["name"] },
    ]);
  });

  test("of a deployment that is wired to no configuration of the stack", () => {
    const content = { ...stackWith({}, { name: "B" }, { output: { text: { value: "undefined.example.com" } } }) };
    const state = stateOf({ configuration: { id: "c-2" } });
    expect(pendingChanges({ content }, state, { address: deployment, name: "B" })).toEqual([
      { kind: "arguments", address: deployment, names: ["name"] },
      { kind: "outputs-missing", names: ["text"] },
    ]);
  });

  test("of a deployment that the state does not have is what else the state has", () => {
    const address = "genesyscloud_webdeployments_deployment.Newer";
    const content = { ...stackWith({ name: "B" }, {}, { output }) };
    expect(pendingChanges({ content }, stateOf(), { ...messenger, address })).toEqual([]);
    const undeclared = [
      { kind: "undeclared", address: configuration, id: "c-1", isReleased: false },
      { kind: "undeclared", address: deployment, id: "d-1", isReleased: false },
    ];
    expect(pendingChanges({ content: {} }, stateOf(), { ...messenger, address })).toEqual(undeclared);
    expect(pendingChanges({}, stateOf(), { ...messenger, address })).toEqual(undeclared);
  });
});
