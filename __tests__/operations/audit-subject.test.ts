import { auditSubject, type KnownMessenger } from "../../lib/operations/audit-subject";
import { rememberedDeployment } from "../../lib/terraform/remembered-deployment";
import { type State } from "../../lib/terraform/state";
import { type SynthesizedStack } from "../../lib/terraform/stacks";
import { listOf } from "../audit/lists";
import {
  configurationAddress as configuration,
  deploymentAddress as deployment,
  type ShopProgram,
  shopStack,
  type ShopState,
  shopState,
} from "../cli/scripted-project";

const endpoints = { login: "l", api: "a", publicFiles: "p", credentials: undefined };
const derived = listOf("example.com", "www.example.com");

interface Case {
  readonly program?: ShopProgram;
  /** @default it has the shop; "none": it was never deployed */
  readonly state?: ShopState | "none";
  readonly stack?: Partial<SynthesizedStack>;
  readonly readFrom?: string;
}

/** What an audit is given of the first Messenger of a stack, and how it would import what it finds. */
function subjectOf({ program, state: parts, stack: changes, readFrom }: Case = {}) {
  const stack = shopStack("shop", program, { folder: "cdktf.out/stacks/shop", ...changes });
  const [declared] = stack.messengers;
  if (declared === undefined) throw new Error("The stack has no Messenger.");
  const state: State | undefined =
    parts === "none" ? undefined : { ...shopState(parts), ...(readFrom !== undefined && { readFrom }) };
  const remembered = state === undefined ? undefined : rememberedDeployment(state, declared);
  const known: KnownMessenger = { declared, remembered, derived };
  const { declared: asDeclared, ...subject } = auditSubject(stack, state, known, {
    endpoints,
    program: "/my tools/tofu",
  });
  if (asDeclared === undefined) throw new Error("It is not said how it is declared.");
  const { importCommand, ...declaration } = asDeclared;
  return { subject: { ...subject, declared: declaration }, importCommand };
}

const declared = { name: "Shop", description: "" };
const neverDeployed = { name: "shop", derived, state: undefined, declared, endpoints, status: "Active" };
const withoutStatus = {
  name: "shop",
  derived,
  endpoints,
  state: {
    id: "d-1",
    name: "Shop",
    status: "Active",
    allowAllDomains: false,
    allowedDomains: ["example.com", "www.example.com"],
    configuration: { id: "c-1", version: "3" },
  },
  stateConfigurationVersion: "3",
  declared: { ...declared, configurationId: "c-1" },
  pending: [],
  stateIds: ["d-1"],
};
const deployed = { ...withoutStatus, status: "Active" };
const withoutVersion = { ...neverDeployed, state: deployed.state, pending: [], stateIds: ["d-1"] };

const adopted = { to: deployment, id: "d-7" };
const adoptedConfiguration = { to: configuration, id: "c-7" };
const lookId = "${data.terraform_remote_state.x.cross-stack-reference-input-look.outputs.id}";
const two = [...shopStack("shop").messengers, ...shopStack("shop").messengers];
const party = { allow_camera: true, allow_microphone: false, allow_screen_share: false };
const keptBlock: Case = {
  state: { configuration: { video: [{ enabled: true, agent: [party] }] } },
  program: { configuration: { video: { enabled: true } } },
};

describe("an audit is given of a Messenger", () => {
  test.each<[string, Case, object]>([
    ["that was never deployed", { state: "none" }, neverDeployed],
    ["that was deployed", {}, deployed],
    ["that is not the only one of its stack", { stack: { messengers: two } }, { ...deployed, name: "shop (Shop)" }],
    [
      "whose description an expression decides",
      { program: { deployment: { description: "${var.text}" } } },
      { ...deployed, declared: { name: "Shop", configurationId: "c-1" } },
    ],
    [
      "whose configuration has no version in the state",
      { state: { configuration: { version: null } } },
      { ...deployed, stateConfigurationVersion: "" },
    ],
    [
      "whose configuration is missing from the state",
      { state: { without: [configuration] } },
      {
        ...withoutVersion,
        pending: [expect.objectContaining({ kind: "configuration-missing" })],
      },
    ],
    [
      "whose deployment is missing from the state",
      { state: { without: [deployment] } },
      { ...withoutVersion, state: undefined, declared: deployed.declared, stateIds: [] },
    ],
    [
      "whose state was read from a backup",
      { readFrom: "shop.tfstate.backup" },
      { ...deployed, stateEmptied: expect.stringContaining('the state file "shop.tfstate" is empty') as string },
    ],
    [
      "that adopts a deployment",
      { state: "none", program: { blocks: { import: [adopted] } } },
      { ...neverDeployed, adoptee: { deploymentId: "d-7" } },
    ],
    [
      "that adopts a deployment with its configuration",
      { state: "none", program: { blocks: { import: [adopted, adoptedConfiguration] } } },
      { ...neverDeployed, adoptee: { deploymentId: "d-7", configurationId: "c-7" } },
    ],
    [
      "that adopts a configuration alone",
      { state: "none", program: { blocks: { import: [adoptedConfiguration] } } },
      neverDeployed,
    ],
    [
      "whose configuration another stack makes",
      { state: "none", program: { deployment: { configuration: { id: lookId } } } },
      {
        ...neverDeployed,
        declared: { ...neverDeployed.declared, sharesConfiguration: true },
        configurationStack: "look",
      },
    ],
    ["that is inactive", { program: { deployment: { status: "Inactive" } } }, { ...deployed, status: "Inactive" }],
    ["with a status that Genesys does not have", { program: { deployment: { status: "Paused" } } }, withoutStatus],
    ["whose status an expression decides", { program: { deployment: { status: "${var.status}" } } }, withoutStatus],
    [
      "that the next deploy changes",
      { program: { deployment: { name: "Brand" } } },
      {
        ...deployed,
        declared: { ...deployed.declared, name: "Brand" },
        pending: [expect.objectContaining({ kind: "undeployed-change" })],
      },
    ],
    [
      "with a block that the provider keeps",
      keptBlock,
      { ...deployed, pending: [expect.objectContaining({ mendedBy: "person" })] },
    ],
    [
      "with a value that the provider keeps",
      { state: { deployment: { supported_content_id: "s-1" } } },
      {
        ...deployed,
        state: { ...deployed.state, supportedContentId: "s-1" },
        notes: [expect.stringContaining('supported_content_id = "s-1"')],
      },
    ],
  ])("%s", (_, given, expected) => {
    expect(subjectOf(given).subject).toStrictEqual(expected);
  });
});

describe("a deployment that was found is taken over by", () => {
  const terraform = '"/my tools/tofu" -chdir=cdktf.out/stacks/shop';
  const found = { ...deployed.state, id: "d-9", configuration: { id: "c-9", version: "1" } };
  const removal = `${terraform} state rm ${deployment}`;
  const both = [`${terraform} import ${configuration} c-9`, `${terraform} import ${deployment} d-9`];

  test.each<[string, Case, readonly string[]]>([
    ["an import of both, where there is no state", { state: "none" }, both],
    ["an import of both, where the state has neither", { state: { without: [configuration, deployment] } }, both],
    [
      "an import of the deployment, where the state has the configuration",
      { state: { without: [deployment] } },
      both.slice(1),
    ],
    ["an import in the place of the one that the state has", {}, [removal, ...both.slice(1)]],
    [
      "imports of both, where the state lost the configuration",
      { state: { without: [configuration] } },
      [removal, ...both],
    ],
    [
      "an import of the deployment, where another stack makes the configuration",
      { state: "none", program: { deployment: { configuration: { id: lookId } } } },
      both.slice(1),
    ],
  ])("%s", (_, given, commands) => {
    expect(subjectOf(given).importCommand?.(found)).toBe(commands.join(" && "));
  });

  test("names the folder of the stack where the command runs in it: it is pasted elsewhere", () => {
    const folder = process.cwd();
    expect(subjectOf({ state: "none", stack: { folder } }).importCommand?.(found)).toBe(
      both.map((command) => command.replace("cdktf.out/stacks/shop", folder)).join(" && "),
    );
  });
});
