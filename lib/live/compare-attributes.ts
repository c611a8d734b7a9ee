import { type Deployment } from "../genesys/deployment";
import { type Drift, type Mender } from "./drift";

type Attribute = "name" | "description" | "flowId" | "supportedContentId";

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
];

/** What else of a deployment somebody changed by hand. The state stands for the program, which a plan compares itself. */
export function compareAttributes(state: Deployment, live: Deployment): readonly Drift[] {
  return attributes
    .filter(({ attribute }) => (state[attribute] ?? "") !== (live[attribute] ?? ""))
    .map(({ attribute, what, mendedBy, effect }) => ({
      kind: "attributes",
      mendedBy,
      message: `the ${what} is ${quote(live[attribute])} instead of ${quote(state[attribute])}: ${effect}`,
    }));
}

function quote(value: string | undefined): string {
  return value === undefined || value === "" ? "empty" : JSON.stringify(value);
}
