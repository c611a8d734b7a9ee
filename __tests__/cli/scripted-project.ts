import { step } from "../../lib/cli/terminal/step";
import { Project, type ProjectOptions } from "../../lib/operations/project";
import { parseState, type State } from "../../lib/terraform/state";
import { type SynthesizedStack } from "../../lib/terraform/stacks";
import { declaredMessengers } from "../../lib/terraform/declared-messengers";
import { type Deployed, type Genesys } from "../audit/genesys";
import { configuration, deployment, type StateParts, stateText } from "../terraform/state-text";
import { stackOf } from "./examined";
import { type ScriptedTerraform } from "./scripted-terraform";

/** A project in whose stacks Terraform says what a test wrote. Nothing is run. */
export class ScriptedProject extends Project {
  /** What was printed for people. */
  readonly said: readonly string[];

  constructor(
    private readonly terraforms: readonly ScriptedTerraform[],
    options: Partial<ProjectOptions> = {},
  ) {
    const said: string[] = [];
    const stacks = terraforms.map(({ stack }) => stack);
    super(
      stacks,
      { command: "terraform" },
      {
        lockTimeout: "30s",
        parallelism: 2,
        environment: {},
        interruption: new AbortController().signal,
        print: (line) => said.push(line),
        printAside: (line) => said.push(line),
        step,
        color: false,
        ...options,
      },
    );
    this.said = said;
  }

  override until(interruption: AbortSignal): ScriptedProject {
    return new ScriptedProject(this.terraforms, { ...this.options, interruption });
  }

  override terraform(stack: SynthesizedStack): ScriptedTerraform {
    const found = this.terraforms.find((each) => each.stack.name === stack.name);
    if (found === undefined) throw new Error(`Unknown stack "${stack.name}".`);
    return found;
  }
}

/** What a program declares of the shop that {@link shopState} has; the tests change parts of it. */
export interface ShopProgram {
  readonly deployment?: object;
  readonly configuration?: object;
  /** Other blocks of the stack, such as `output` or `removed`. */
  readonly blocks?: object;
}

/** A stack that declares the shop, and nothing that {@link shopState} does not have. */
export function shopStack(
  name: string,
  { deployment: ofDeployment = {}, configuration: ofConfiguration = {}, blocks = {} }: ShopProgram = {},
  changes: Partial<SynthesizedStack> = {},
): SynthesizedStack {
  const content = {
    resource: {
      genesyscloud_webdeployments_configuration: {
        Shop: { name: "Shop", languages: ["en-us"], default_language: "en-us", ...ofConfiguration },
      },
      genesyscloud_webdeployments_deployment: {
        Shop: {
          name: "Shop",
          status: "Active",
          allowed_domains: ["example.com", "www.example.com"],
          configuration: { id: `\${${configuration}.id}`, version: `\${${configuration}.version}` },
          ...ofDeployment,
        },
      },
    },
    ...blocks,
  };
  return stackOf(name, { content, messengers: declaredMessengers(content), ...changes });
}

/** What a state has of the shop, and without what. */
export interface ShopState extends StateParts {
  /** The addresses that it does not have. */
  readonly without?: readonly string[];
}

/** A state as the last deploy of {@link shopStack} left it: the deployment "d-1" with version 3 of the configuration "c-1". */
export function shopState({ without = [], ...parts }: ShopState = {}): State {
  const declared = { languages: ["en-us"], default_language: "en-us", ...parts.configuration };
  const all = JSON.parse(stateText({ ...parts, configuration: declared })) as {
    readonly resources: readonly Address[];
  };
  const resources = all.resources.filter(({ type, name }) => !without.includes(`${type}.${name}`));
  const state = parseState(JSON.stringify({ ...all, resources }));
  if (state === undefined) throw new Error("The test's state is empty.");
  return state;
}

/** What {@link liveShop} makes. */
export interface LiveShop {
  readonly live: Deployed;
  /** The state that its last deploy left. */
  readonly state: (parts?: ShopState) => State;
}

/** A shop that an embedded Genesys Cloud has as {@link shopStack} declares it. */
export function liveShop(genesys: Genesys): LiveShop {
  const live = genesys.deploy("example.com", "www.example.com");
  const { id, configuration } = live.state;
  const shown = { id: configuration.id, version: "1" };
  return {
    live,
    state: ({ deployment = {}, configuration = {}, ...parts } = {}) =>
      shopState({
        ...parts,
        deployment: { id, configuration: [shown], ...deployment },
        configuration: { ...shown, ...configuration },
      }),
  };
}

/** The variables with which a command asks an embedded Genesys Cloud. */
export function environmentOf({ api: { url, credentials } }: Genesys): NodeJS.ProcessEnv {
  return {
    GENESYS_SANDBOX_URL: url,
    GENESYSCLOUD_OAUTHCLIENT_ID: credentials.clientId,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: credentials.clientSecret,
  };
}

interface Address {
  readonly type: string;
  readonly name: string;
}

export { configuration as configurationAddress, deployment as deploymentAddress };
