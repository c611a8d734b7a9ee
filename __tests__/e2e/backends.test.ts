import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { type StateBackend } from "../../lib/messenger/backend/state-backend";
import { backends } from "../messenger/backends";
import { production } from "../messenger/environments";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { needsTerraform, Workspace } from "./terraform";
import { someOf } from "../in-full";

/** No credentials of this machine, and no one asked for any: each kind stops at once, after it has read its arguments. */
const nobody = {
  AWS_ACCESS_KEY_ID: "",
  AWS_SECRET_ACCESS_KEY: "",
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  AWS_EC2_METADATA_DISABLED: "true",
  GOOGLE_CREDENTIALS: "{}",
  ARM_CLIENT_ID: "",
  AZURE_CONFIG_DIR: "/nonexistent",
  PG_CONN_STR: "postgres://127.0.0.1:1/states",
  HTTPS_PROXY: "http://127.0.0.1:1",
  HTTP_PROXY: "http://127.0.0.1:1",
  NO_PROXY: "",
};

needsTerraform("what is synthesised of a backend", () => {
  let genesys: Genesys;
  const workspaces: Workspace[] = [];
  beforeAll(async () => {
    genesys = await Genesys.start();
  });
  afterEach(() => {
    for (const workspace of workspaces.splice(0)) workspace.remove();
  });
  afterAll(() => genesys.close());

  /** A stack's folder as `app.synth()` leaves it, but for the backend's arguments. */
  const stackWith = (backend: StateBackend): Workspace => {
    const workspace = new Workspace(genesys.provider.reattach, nobody);
    workspaces.push(workspace);
    const app = new App({ outdir: join(workspace.folder, "cdktf.out") });
    const stack = new MessengerStack(app, "production", {
      environment: production(),
      defaultLanguage: "en-us",
      backend,
    });
    stack.prepareStack();
    return workspace.write(JSON.parse(Testing.synth(stack, true)) as object);
  };
  const cases = someOf(
    backends,
    ({ backend: { type } }, index) => backends.findIndex((one) => one.backend.type === type) === index,
  ).map(({ name, backend }) => [name, backend] as const);

  test.each(someOf(cases, ([, { type }]) => type === "local" || type === "pg"))(
    "%s: Terraform finds the configuration valid",
    async (_, backend) => {
      const stack = stackWith(backend);
      expect(await stack.run("init", "-backend=false", "-input=false", "-no-color")).toMatchObject({ code: 0 });
      const { text } = await stack.run("validate", "-no-color");
      expect(text).toContain("Success! The configuration is valid.");
    },
  );

  /** `init` reads the arguments first, and stops later, for want of credentials (azurerm's, in many words) or of a server. */
  const unknownArgument = /No argument or block type is named|Unsupported argument|Invalid(?! (Azure|AKS) .*Auth)/;
  const remote = cases.filter(([, { type }]) => type !== "local");

  test.each(remote)("%s: Terraform knows every argument, and finds none wrong", async (_, backend) => {
    const faster = backend.type === "http" ? { ...backend, retryMax: 0 } : backend;
    const { code, text } = await stackWith(faster).run("init", "-input=false", "-no-color");
    expect(text).not.toMatch(unknownArgument);
    expect(code).toBe(1);
  });

  test("an argument that Terraform does not know would be seen", async () => {
    const stack = stackWith({ type: "pg" }).write({ terraform: { backend: { pg: { conn_string: "" } } } });
    const { text } = await stack.run("init", "-input=false", "-no-color");
    expect(text).toMatch(unknownArgument);
  });

  test("a local state is where it says", async () => {
    const stack = stackWith({ type: "local", path: "states/production.tfstate" });
    mkdirSync(join(stack.folder, "states"));
    expect(await stack.run("init", "-input=false", "-no-color")).toMatchObject({ code: 0 });
  });
});
