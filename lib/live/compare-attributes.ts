import { type Deployment } from "../genesys/deployment";
import { type Drift, type Mender } from "./drift";

type Attribute = "name" | "description" | "flowId" | "supportedContentId" | "pushIntegrations";

const attributes: readonly {
  readonly attribute: Attribute;
  readonly what: string;
  readonly mendedBy: Mender;
  readonly effect: string;
}[] = [
  { attribute: "name", what: "name", mendedBy: "deploy", effect: "no visitor notices" },
  { attribute: "description", what: "description", mendedBy: "deploy", effect: "no visitor notices" },
  { attribute: "flowId", what: "flow", mendedBy: "deploy", effect: "conversations take another way" },
  {
    attribute: "supportedContentId",
    what: "supported content",
    // The provider takes over whatever it finds where the program does not say it, and the state does not tell.
    mendedBy: "person",
    effect: "visitors may send other kinds of files; a deploy restores it only where the program declares it",
  },
  {
    attribute: "pushIntegrations",
    what: "list of push integrations",
    mendedBy: "deploy",
    effect: "mobile applications get notifications another way",
  },
];

/** What else of a deployment somebody changed by hand. The state stands for the program, which a plan compares itself. */
export function compareAttributes(state: Deployment, live: Deployment): readonly Drift[] {
  return attributes
    .filter(({ attribute }) => textOf(state[attribute]) !== textOf(live[attribute]))
    .map(({ attribute, what, mendedBy, effect }) => ({
      kind: "attributes",
      mendedBy,
      message: `the ${what} is ${quote(live[attribute])} instead of ${quote(state[attribute])}: ${effect}`,
    }));
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value ?? []).join(", ");
}

function quote(value: string | readonly string[] | undefined): string {
  const text = textOf(value);
  return text === "" ? "empty" : JSON.stringify(text);
}
