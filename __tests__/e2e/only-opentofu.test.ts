import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Finished, finished } from "./checkout";
import { OriginsProject } from "./origins-project";
import { needsTerraform } from "./terraform";
import { someOf } from "../in-full";

const deployment = "genesyscloud_webdeployments_deployment.Messenger_Deployment_C232A245";

/** What OpenTofu 1.12 says where it refuses, and the line to paste that our own message adds. */
const refusals: readonly (readonly [title: string, command: string, words: string, line: string])[] = [
  [
    "a backend that moved",
    "init",
    `Error: Backend configuration changed

A change in the backend configuration has been detected, which may require
migrating existing state.

If you wish to attempt automatic migration of the state, use "tofu init
-migrate-state".`,
    `tofu -chdir="{folder}" init -reconfigure`,
  ],
  [
    "a lock",
    "plan",
    `Error: Error acquiring the state lock

Error message: operation error S3: PutObject, StatusCode: 412, PreconditionFailed
Lock Info:
  ID:        0ae6b991-639c-394a-3454-b77f2b22f9cf
  Who:       root@vm

OpenTofu acquires a state lock to protect the state from being written
by multiple users at the same time.`,
    `"tofu plan" of the stack "production" did nothing`,
  ],
  [
    "prevent_destroy",
    "plan",
    `Error: Resource instance cannot be destroyed

  on cdk.tf.json line 1, in resource.genesyscloud_webdeployments_deployment:

Resource instance ${deployment} has prevent_destroy set, but the plan calls for it to be destroyed.

To proceed, either disable prevent_destroy for this resource or exclude instances of this resource from this round using:
    -exclude="${deployment}"`,
    `"tofu plan" of the stack "production" failed with exit code 1`,
  ],
  [
    "a state that cannot be saved",
    "apply",
    `Error: Failed to persist state to backend

The error shown above has prevented OpenTofu from writing the updated state
to the configured backend. To allow for recovery, the state has been written
to the file "errored.tfstate" in the current working directory.

To retry writing this state, use the following command:
    tofu state push errored.tfstate`,
    `cp "{folder}/errored.tfstate" "`,
  ],
  [
    "a stale plan",
    "apply",
    `Error: Saved plan is stale

The given plan file can no longer be applied because the state was changed by
another operation after the plan was created.`,
    `The state of the stack "production" has changed since the plan was made`,
  ],
];

needsTerraform("with OpenTofu alone on the PATH", () => {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "only-opentofu-")));
  let project: OriginsProject;
  beforeAll(async () => {
    project = await OriginsProject.start();
  });
  afterAll(async () => {
    await project.close();
    rmSync(path, { recursive: true });
  });

  /** A stand-in that plans to make the deployment, and fails with these words at one command. */
  const failAt = (command: string, words: string): void => {
    const changes = [{ address: deployment, type: deployment.split(".")[0], change: { actions: ["create"] } }];
    const plan = JSON.stringify({ format_version: "1.2", resource_changes: changes });
    writeFileSync(join(path, "plan.json"), `${plan}\n`);
    writeFileSync(join(path, "words"), words);
    const print = (file: string): string => `while IFS= read -r line; do echo "$line"; done < "${join(path, file)}"`;
    const script = `#!/bin/sh
case "$1" in
version) echo "OpenTofu v1.12.6"; exit 0 ;;
"${command}") ${print("words")} >&2; echo >&2; exit 1 ;;
show) ${print("plan.json")}; exit 0 ;;
plan) echo "OpenTofu will perform the following actions:"; exit 2 ;;
esac
exit 0
`;
    writeFileSync(join(path, "tofu"), script, { mode: 0o755 });
  };
  const origins = (...parameters: readonly string[]): Promise<Finished> =>
    finished(project.start(parameters, { PATH: path }));

  /** Neither our own words nor a label names a program that is not there. */
  const expectOpenTofu = ({ stdout, stderr }: Finished): void => {
    expect(`${stdout}\n${stderr}`).not.toMatch(/(?<![\w./-])terraform(?![\w./-])/);
  };

  test.each(someOf(refusals, (_, index) => index % 2 === 0))(
    "%s is told of tofu %s",
    async (_, command, words, line) => {
      failAt(command, `${words}\n`);
      const run = await origins("deploy", "production", "--auto-approve");
      expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Documentation: .*state\.md\n$/) as string });
      expect(run.stdout).toContain("✖ tofu plan and apply of 1 stack");
      const folder = join(project.checkout.folder, "cdktf.out", "stacks", "production");
      expect(run.stdout).toContain(line.replace("{folder}", folder));
      expectOpenTofu(run);
      const plan = await origins("plan", "production");
      expect(plan.stdout).toContain(`${command === "apply" ? "✔" : "✖"} tofu plan (`);
      expectOpenTofu(plan);
    },
  );

  test("what is taken over is imported by tofu", async () => {
    const stack = JSON.parse(
      readFileSync(join(project.checkout.folder, "cdktf.out", "stacks", "production", "cdk.tf.json"), "utf8"),
    ) as { readonly resource: Readonly<Record<string, Readonly<Record<string, { readonly description: string }>>>> };
    const [declared] = Object.values(stack.resource["genesyscloud_webdeployments_deployment"] ?? {});
    const configuration = (await project.genesys.byHand("POST", "/api/v2/webdeployments/configurations", {
      name: "messenger-production",
      languages: ["en-us"],
      defaultLanguage: "en-us",
    })) as { readonly id: string };
    const versions = `/api/v2/webdeployments/configurations/${configuration.id}/versions`;
    await project.genesys.byHand("POST", `${versions}/draft/publish`, {});
    const made = (await project.genesys.byHand("POST", "/api/v2/webdeployments/deployments", {
      name: "messenger-production",
      description: declared?.description,
      allowedDomains: ["www.example.com"],
      configuration: { id: configuration.id, version: "1" },
    })) as { readonly id: string };
    failAt("nothing", "");

    for (const command of [
      ["audit", "production"],
      ["deploy", "production", "--auto-approve"],
    ]) {
      const run = await origins(...command);
      expect(run.stdout.replace(/\n {2}/g, " ")).toContain(
        `tofu -chdir=cdktf.out/stacks/production import ${deployment} ${made.id}`,
      );
      expectOpenTofu(run);
    }
  });

  test("origins sandbox names it to cdktf and cdktn behind origins-terraform: they look for terraform alone", async () => {
    failAt("nothing", "");
    const { folder } = project.checkout;
    const names = "[process.env.TERRAFORM_BINARY_NAME, process.env.ORIGINS_TERRAFORM_BINARY].join(' ')";
    const print = ["--", process.execPath, "-p", names];
    const sandbox = (environment: NodeJS.ProcessEnv): Promise<Finished> =>
      project.checkout.run(project.command("sandbox", ...print), environment);
    const standIn = join(folder, "bin", "origins-terraform.js");
    await expect(sandbox({ PATH: path })).resolves.toMatchObject({ code: 0, stdout: `${standIn} tofu\n` });
    await expect(sandbox({ PATH: path, TERRAFORM_BINARY_NAME: "/opt/tofu" })).resolves.toMatchObject({
      stdout: "/opt/tofu \n",
    });
  });
});
