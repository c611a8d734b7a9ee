import { join, resolve } from "node:path";
import { App, LocalBackend, S3Backend, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { GenesyscloudProvider, MessengerStack, WebMessenger } from "../../lib";

import { production } from "./environments";
import { nothingIsWritten } from "./synthesis";

const checkout = resolve("/checkout");
/** Where Terraform runs for a stack. */
const folderOf = (stack: string): string => join(checkout, "cdktf.out", "stacks", stack);

interface LocalState {
  readonly path?: string;
  readonly workspace_dir?: string;
}

/** The file that Terraform and OpenTofu keep a local state in, or look for it in. */
function fileOf(
  { path = "terraform.tfstate", workspace_dir: workspaces = "terraform.tfstate.d" }: LocalState,
  at: string,
  workspace: string,
): string {
  return workspace === "default" ? resolve(at, path) : resolve(at, workspaces, workspace, "terraform.tfstate");
}

interface Synthesised {
  readonly terraform: { readonly backend: { readonly local?: LocalState } };
  readonly data?: {
    readonly terraform_remote_state: Readonly<
      Record<string, { readonly backend: string; readonly workspace: string; readonly config: LocalState }>
    >;
  };
}

/** Something of a stack that another one can refer to. */
interface Origin {
  readonly stack: TerraformStack;
  readonly value: string;
}

const plain = (app: App): TerraformStack => new TerraformStack(app, "origin");
const output = (stack: TerraformStack): string => new TerraformVariable(stack, "page", { type: "string" }).stringValue;
const messenger = (stack: TerraformStack): string => {
  new GenesyscloudProvider(stack, "Genesys");
  return new WebMessenger(stack, "Messenger", { environment: production(), defaultLanguage: "en-us" }).deploymentId;
};
const messengerStack = (app: App, path?: string): Origin => {
  const stack = new MessengerStack(app, "origin", {
    environment: production(),
    defaultLanguage: "en-us",
    ...(path !== undefined && { backend: { type: "local", path } }),
  });
  return { stack, value: stack.messenger.deploymentId };
};
const withBackend = (app: App, backend: { readonly path?: string; readonly workspaceDir?: string }): Origin => {
  const stack = plain(app);
  new LocalBackend(stack, backend);
  return { stack, value: messenger(stack) };
};

const origins: readonly (readonly [string, (app: App) => Origin])[] = [
  ["a MessengerStack", (app) => messengerStack(app)],
  ["a MessengerStack with a separate path", (app) => messengerStack(app, "../../../states/origin.tfstate")],
  ["a MessengerStack with a path in its folder", (app) => messengerStack(app, "origin.tfstate")],
  ["a stack of cdktf with a Messenger", (app) => ((stack) => ({ stack, value: messenger(stack) }))(plain(app))],
  ["a stack of cdktf without one", (app) => ((stack) => ({ stack, value: output(stack) }))(plain(app))],
  ["cdktf's backend", (app) => withBackend(app, {})],
  ["cdktf's backend with a path", (app) => withBackend(app, { path: "../../../origin.tfstate" })],
  ["cdktf's backend with a path in its folder", (app) => withBackend(app, { path: "states/origin.tfstate" })],
  ["cdktf's backend with an absolute path", (app) => withBackend(app, { path: "/states/origin.tfstate" })],
  ["cdktf's backend with a folder of workspaces", (app) => withBackend(app, { workspaceDir: "workspaces" })],
  ["cdktf's backend with one outside", (app) => withBackend(app, { workspaceDir: "../../../workspaces/origin" })],
  ["cdktf's backend with an absolute one", (app) => withBackend(app, { workspaceDir: "/workspaces/origin" })],
];

const readers: readonly (readonly [string, (app: App, value: string) => TerraformStack])[] = [
  [
    "a MessengerStack",
    (app, value) =>
      new MessengerStack(app, "reader", { environment: production(), defaultLanguage: "en-us", description: value }),
  ],
  [
    "a stack of cdktf",
    (app, value) => {
      const stack = new TerraformStack(app, "reader");
      new TerraformOutput(stack, "value", { value });
      return stack;
    },
  ],
];

const cases = origins.flatMap(([origin, make]) => readers.map(([reader, read]) => ({ origin, make, reader, read })));

test.each(cases)("$reader finds the state of $origin in every workspace", ({ make, read }) => {
  const app = new App(nothingIsWritten);
  const { stack, value } = make(app);
  const reader = read(app, value);
  // A Messenger anywhere in the app is enough.
  new MessengerStack(app, "another", { environment: production(), defaultLanguage: "en-us", name: "another" });
  for (const each of [reader, stack]) each.prepareStack();
  const from = stack.toTerraform() as Synthesised;
  const { data } = reader.toTerraform() as Synthesised;
  const [found, ...others] = Object.values(data?.terraform_remote_state ?? {});

  expect(others).toEqual([]);
  expect(found).toMatchObject({ backend: "local", workspace: "${terraform.workspace}" });
  for (const workspace of ["default", "sandbox", "a-very-own-one"]) {
    expect(fileOf(found?.config ?? {}, folderOf("reader"), workspace)).toBe(
      fileOf(from.terraform.backend.local ?? {}, folderOf("origin"), workspace),
    );
  }
});

test("a state that is shared is left as cdktf writes it", () => {
  const app = new App(nothingIsWritten);
  const stack = plain(app);
  new S3Backend(stack, { bucket: "states", key: "origin", region: "eu-central-1" });
  const reader = new TerraformStack(app, "reader");
  new TerraformOutput(reader, "value", { value: messenger(stack) });
  reader.prepareStack();

  expect((reader.toTerraform() as Synthesised).data?.terraform_remote_state).toEqual({
    "cross-stack-reference-input-origin": {
      backend: "s3",
      workspace: "${terraform.workspace}",
      config: { bucket: "states", key: "origin", region: "eu-central-1" },
    },
  });
});
