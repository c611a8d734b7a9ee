import { application, type BackendKind, required, type SharedState, text } from "./backend-kind";
import { CloudStore } from "./cloud-store";
import { segment, spell } from "./state-name";

/**
 * State in HCP Terraform or Terraform Enterprise, a workspace for each. Who Terraform is comes from the environment when it
 * runs: `TF_TOKEN_app_terraform_io` (dots of the host written as `_`), or `terraform login`.
 *
 * A workspace that runs Terraform itself needs the `GENESYSCLOUD_` variables as its own; one whose execution mode is "local"
 * only keeps the state.
 */
export interface CloudState extends SharedState {
  readonly type: "cloud";
  /** The organisation's name. */
  readonly organization: string;
  /**
   * The workspace: letters, digits, `-` and `_`, at most 90; must differ from environment to environment.
   * @default - `<application>_<stack>`; where stack and environment differ, `<application>_<stack>_<environment>`
   */
  readonly workspace?: string;
  /** The project that a new workspace is made in. @default - the organisation's default project */
  readonly project?: string;
  /** The host of a Terraform Enterprise. @default "app.terraform.io" */
  readonly hostname?: string;
}

export const cloud: BackendKind<CloudState> = {
  properties: {
    application,
    organization: required("the name of the organisation"),
    workspace: text,
    project: text,
    hostname: text,
  },
  credentials: "TF_TOKEN_app_terraform_io, or a login that Terraform or OpenTofu has saved",
  check({ workspace, hostname }, check) {
    check.expect(
      "workspace",
      workspace,
      (name) => /^[\w-]{1,90}$/.test(name),
      'expected up to 90 letters, digits, "-" and "_"',
    );
    check.expect(
      "hostname",
      hostname,
      (host) => /^[A-Za-z0-9.-]+(:\d+)?$/.test(host),
      'expected a host, such as "terraform.example.com"',
    );
  },
  nameOf: ({ workspace }, name) => workspace ?? spell(name, segment),
  placeOf: ({ organization, hostname = "app.terraform.io" }, workspace) =>
    `https://${hostname}/app/${organization}/workspaces/${workspace}`,
  make: (stack, { organization, hostname, project }, workspace) =>
    new CloudStore(stack, {
      organization,
      ...(hostname !== undefined && { hostname }),
      workspaces: { name: workspace, project },
    }),
};
