import { posix, win32 } from "node:path";
import { App, type TerraformRemoteState, type TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";

const watched = new WeakSet<App>();
const complete = new WeakSet<TerraformRemoteState>();

/**
 * Completes the remote states through which the stacks of an app refer to each other, whichever construct of cdktf made them.
 *
 * A local state of another workspace than `default` (the sandbox's, for one) lies in the folder that its stack runs in. cdktf
 * says nothing of that folder, so that Terraform would look for it in the folder of the stack that reads. In the workspace
 * `default` the argument has no effect.
 */
export function findLocalStates(construct: IConstruct): void {
  const app = construct.node.root;
  if (!App.isApp(app) || watched.has(app)) return;
  watched.add(app);
  const refer = app.crossStackReference.bind(app);
  app.crossStackReference = (from, to, identifier) => {
    const reference = refer(from, to, identifier);
    completeLocalState(to.registerIncomingCrossStackReference(from), from);
    return reference;
  };
}

function completeLocalState(state: TerraformRemoteState, { node }: TerraformStack): void {
  if (complete.has(state)) return;
  complete.add(state);
  const { backend, config } = argumentsOf(state);
  if (backend !== "local") return;
  /** Seen from the folder of the stack that reads: the two lie side by side. */
  const fromHere = (path: string): string => (win32.isAbsolute(path) ? path : posix.join("..", node.id, path));
  const { path, workspace_dir: workspaces = "terraform.tfstate.d" } = config;
  state.addOverride("config.workspace_dir", fromHere(workspaces));
  // A path that leads out of the stacks' folder is the same from everywhere; one into the stack's own folder is not.
  if (path !== undefined && fromHere(path) !== path) state.addOverride("config.path", fromHere(path));
}

interface RemoteStateArguments {
  readonly backend: string;
  readonly config: { readonly path?: string; readonly workspace_dir?: string };
}

function argumentsOf(state: TerraformRemoteState): RemoteStateArguments {
  const { data } = state.toTerraform() as {
    readonly data: { readonly terraform_remote_state: Readonly<Record<string, RemoteStateArguments>> };
  };
  const [found = { backend: "", config: {} }] = Object.values(data.terraform_remote_state);
  return found;
}
