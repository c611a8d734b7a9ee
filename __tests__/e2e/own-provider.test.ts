import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MessengerStack, nextEnvironment } from "../../lib";
import { buildLauncher, type Launcher } from "../conformance/launcher";
import { type Finished, finished } from "./checkout";
import { DeclaredProject } from "./declared-project";
import { needsTerraform, terraformProduct } from "./terraform";

const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

// Follows docs/sandbox.md on local provider builds, with the sandbox's provider as the executable.
needsTerraform("origins with a provider from a filesystem mirror", () => {
  let project: DeclaredProject;
  let launcher: Launcher;
  let folder: string;
  beforeAll(async () => {
    project = await DeclaredProject.start();
    launcher = buildLauncher();
    folder = realpathSync(mkdtempSync(join(tmpdir(), "mirror-")));
    const platform = `${process.platform}_${architectures[process.arch] ?? process.arch}`;
    const host = terraformProduct === "OpenTofu" ? "registry.opentofu.org" : "registry.terraform.io";
    const place = join(folder, host, "mypurecloud", "genesyscloud", "1.84.1", platform);
    mkdirSync(place, { recursive: true });
    copyFileSync(launcher.binary, join(place, "terraform-provider-genesyscloud_v1.84.1"));
    writeFileSync(
      join(folder, "terraform.rc"),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(folder)}\n  }\n}\n`,
    );
  });
  afterAll(async () => {
    launcher.remove();
    rmSync(folder, { recursive: true, force: true });
    await project.close();
  });

  /** The command in the environment of a pipeline, where nothing leads to the sandbox's own provider. */
  function origins(...parameters: readonly string[]): Promise<Finished> {
    const env = {
      ...process.env,
      ...launcher.environment,
      NO_COLOR: "1",
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"),
      ...project.genesys.environment,
      TF_REATTACH_PROVIDERS: undefined,
    };
    const words = [join(project.folder, "dist", "cli", "main.js"), ...parameters, "--skip-synth"];
    return finished(spawn(process.execPath, words, { cwd: project.folder, env, stdio: ["ignore", "pipe", "pipe"] }));
  }

  test("deploys and plans with it, and asks no registry", async () => {
    const addresses = ["https://www.example.com"];
    const environment = nextEnvironment("production", { kind: "production", addresses });
    project.declare((app) => {
      new MessengerStack(app, "production", { environment, gateway: true, defaultLanguage: "en-us" });
    });
    const { code, stdout, stderr } = await origins("deploy", "--auto-approve");
    expect({ code, output: code === 0 ? "" : `${stdout}\n${stderr}` }).toEqual({ code: 0, output: "" });
    await expect(origins("plan")).resolves.toMatchObject({ code: 0 });
  });
});
