import { failureOf, type TerraformFailure, terraformsWords } from "../../lib/terraform/failure";
import { type SynthesizedStack } from "../../lib/terraform/stacks";

const stack = (type: string): SynthesizedStack => ({
  name: "shop",
  folder: "/project/cdktf.out/stacks/shop",
  backend: { type },
  gateway: false,
  dependencies: [],
  messengers: [],
});

const locked = (message: string): string => `
Error: Error acquiring the state lock

Error message: ${message}
Lock Info:
  ID:        0ae6b991-639c-394a-3454-b77f2b22f9cf
  Path:      a.tfstate
  Operation: OperationTypeApply
  Who:       root@vm
  Version:   1.11.4
  Created:   2026-11-23 01:46:29.983829505 +0000 UTC
  Info:${"      "}


Terraform acquires a state lock to protect the state from being written
by multiple users at the same time. Please resolve the issue above and try
again.
`;

function failed(errors: string, { backend = "local", interrupted = false } = {}): ReturnType<typeof failureOf> {
  const end = { code: 1, output: "Warning: unrelated", errors, interrupted, started: true };
  return failureOf({ stack: stack(backend), program: "tofu", command: "plan" }, end);
}

describe("what Terraform says is understood, however it breaks its lines", () => {
  test.each<[string, string, TerraformFailure]>([
    ["local", locked("resource temporarily unavailable"), "locked"],
    ["pg", locked("Workspace is already locked: default"), "locked"],
    ["pg", locked("Already locked for workspace\ncreation: default"), "creation-locked"],
    ["pg", locked("Cannot lock workspace; already locked for workspace creation: default"), "creation-locked"],
    ["pg", `Error: pq: duplicate key value violates unique constraint "pg_namespace_nspname_index"`, "creation-locked"],
    ["local", "Error: Failed to load state: invalid syntax: unexpected end of JSON input", "half-written"],
    [
      "pg",
      "Error: Backend configuration changed\n\nError: Root value must be object\n\n  on cdk.tf.json line 1:\n\nThe root value in a JSON-based",
      "half-written",
    ],
    [
      "local",
      locked(
        "resource temporarily unavailable\nopen .terraform/.terraform.tfstate.lock.info: no such file or directory",
      ),
      "half-written",
    ],
    ["pg", `Error: pq: type "states" already exists`, "creation-locked"],
    ["pg", `Error: pq: relation "global_states_id_seq" already exists`, "creation-locked"],
    [
      "pg",
      "Error: failed to lock state in Postgres: Already locked for workspace creation: sandbox",
      "creation-locked",
    ],
    [
      "s3",
      locked("operation error DynamoDB: PutItem, ConditionalCheckFailedException: The conditional request failed"),
      "locked",
    ],
    ["s3", "Error: Error acquiring the state lock\n\nError message: AccessDenied: no s3:PutObject", "failed"],
    ["pg", "Failed to lock state: Error acquiring the state lock: Workspace is already locked: default", "locked"],
    ["s3", "Failed to write state: cannot import state with serial 1 over newer state with serial 2", "stale-state"],
    [
      "s3",
      "Failed to write state: cannot overwrite existing state with serial 2 with a different state that has the same serial",
      "stale-state",
    ],
    [
      "s3",
      'Failed to write state: cannot import state with lineage "1" over unrelated state with lineage "2"',
      "other-lineage",
    ],
    ["s3", "Error: Saved plan is stale\n\nThe given plan file can no longer be applied because", "stale-plan"],
    ["s3", "Error: Backend configuration changed\n\nA change in the backend", "backend"],
    ["s3", 'Error: Backend initialization required: please run "terraform\ninit"', "backend"],
    ["s3", "Error: Instance cannot be destroyed", "refused"],
    ["s3", "Error: Resource instance cannot be destroyed", "refused"],
    [
      "s3",
      "Error: Broken\n\nResource instance a.b has\nprevent_destroy set, but the plan calls for it to be",
      "refused",
    ],
    ["s3", "Error: Resource precondition failed", "refused"],
    ["http", 'Error: Failed to save state\n\nthe local file "errored.tfstate" in the current', "unsaved"],
    ["s3", "Error: something else", "failed"],
  ])("%s: %s", (backend, errors, failure) => {
    expect(failed(errors, { backend })).toMatchObject({ failure, stackName: "shop", command: "plan", exitCode: 1 });
  });

  test("a state that lies in the stack's folder was not saved, whatever was said of it", () => {
    const end = { code: 1, output: "", errors: "Error: in other words", interrupted: true, started: true };
    const run = { stack: stack("http"), program: "tofu", command: "apply", leftState: "/project/errored.tfstate" };
    expect(failureOf(run, end).failure).toBe("unsaved");
  });

  test("an interruption is told as one, unless the state could not be saved", () => {
    expect(failed("Error: execution halted", { interrupted: true }).failure).toBe("interrupted");
    expect(failed(locked("resource temporarily unavailable"), { interrupted: true }).failure).toBe("interrupted");
    expect(failed("Error: Failed to save state, see errored.tfstate", { interrupted: true }).failure).toBe("unsaved");
  });
});

test.each([
  ["tofu", '"tofu plan" of the stack', 'tofu -chdir="/project'],
  ["/opt/tofu-1.12/tofu", '"tofu plan" of the stack', '/opt/tofu-1.12/tofu -chdir="/project'],
  ["/opt/open tofu/tofu", '"tofu plan" of the stack', '"/opt/open tofu/tofu" -chdir="/project'],
])("%s: sentences have its name, and what is to be pasted has all of it", (program, sentence, pasted) => {
  const end = { code: 1, output: "", interrupted: false, started: true };
  const run = { stack: stack("s3"), program, command: "plan" };
  const { message } = failureOf(run, { ...end, errors: locked("already locked") });
  expect(message).toContain(sentence);
  expect(message).toContain(pasted);
  expect(failureOf(run, { ...end, errors: "Error: Backend configuration changed" }).message).toContain(pasted);
});

describe("an import that finds nothing", () => {
  const messengers = [
    {
      address: "genesyscloud_webdeployments_deployment.Shop",
      configurationAddress: "genesyscloud_webdeployments_configuration.Shop",
      name: "Shop",
      importId: "d-1",
      configurationImportId: "c-1",
    },
  ];
  const words = (address: string) => `
│ Error: Cannot import non-existent remote object
│
│ While attempting to import an existing object to
│ "${address}", the provider
│ detected that no object exists with the given id. Only pre-existing objects
│ can be imported; check that the id is correct and that it is associated
│ with the provider's configured region or endpoint, or use "terraform apply"
│ to create a new remote object for this resource.
`;
  const failedImport = (address: string) =>
    failureOf(
      { stack: { ...stack("local"), messengers }, program: "terraform", command: "plan" },
      { code: 1, output: "", errors: words(address), interrupted: false, started: true },
    );

  test.each([
    [
      messengers[0]?.address ?? "",
      'cannot adopt the deployment "d-1" (adopt.deploymentId): it does not exist in Genesys Cloud',
    ],
    [
      messengers[0]?.configurationAddress ?? "",
      'cannot adopt the configuration "c-1" (adopt.configurationId): it does not exist',
    ],
    ["aws_route53_record.shop", "cannot adopt what one of its import blocks names"],
  ])("%s: the message names the property, and what to write instead", (address, message) => {
    const error = failedImport(address);
    expect(error.failure).toBe("nothing-to-import");
    expect(error.message).toContain(message);
    expect(error.message).toContain("Use the ids that origins adopt prints");
  });
});

describe("the lock of another run", () => {
  test.each(["local", "s3", "gcs", "azurerm"])("%s: its holder is named", (backend) => {
    const { message } = failed(locked("temporarily unavailable"), { backend });
    expect(message).toContain("It is held by root@vm, since 2026-11-23 01:46:29.983829505 +0000 UTC. Wait for it");
  });

  test.each(["pg", "http", "consul", "cloud"])(
    "%s: Terraform prints this run's own lock, which is not shown",
    (backend) => {
      const { message } = failed(locked("already locked"), { backend });
      expect(message).toMatch(
        /^Another run holds the lock of the stack "shop": "tofu plan" of the stack "shop" did nothing\./,
      );
      expect(message).not.toMatch(/root@vm|0ae6b991|held by/);
    },
  );

  test.each([
    ["local", "it cannot be unlocked by hand"],
    ["s3", `tofu -chdir="/project/cdktf.out/stacks/shop" force-unlock 0ae6b991-639c-394a-3454-b77f2b22f9cf`],
    ["http", `tofu -chdir="/project/cdktf.out/stacks/shop" force-unlock <id of the lock>`],
    ["pg", "SELECT pg_terminate_backend(<pid>);"],
    ["cloud", "unlock the workspace on its page in HCP Terraform"],
  ])("%s: the way to free it is %s", (backend, remedy) => {
    expect(failed(locked("already locked"), { backend }).message).toContain(remedy);
  });
});

describe("Terraform's own words", () => {
  test("lose their frame, their colours and their line breaks, and keep their indented parts", () => {
    const printed = `2026-01-02T03:04:05.678Z [INFO]  Terraform version: 1.11.4
\u001b[31m╷\u001b[0m\u001b[0m
\u001b[31m│\u001b[0m \u001b[0m\u001b[1m\u001b[31mError: \u001b[0m\u001b[0m\u001b[1mInstance cannot be destroyed\u001b[0m
\u001b[31m│\u001b[0m \u001b[0m
\u001b[31m│\u001b[0m \u001b[0m  on cdk.tf.json line 1:
\u001b[31m│\u001b[0m \u001b[0m   1: {
\u001b[31m│\u001b[0m \u001b[0m
\u001b[31m│\u001b[0m \u001b[0mResource a.b has lifecycle.prevent_destroy set, but the plan calls for this
\u001b[31m│\u001b[0m \u001b[0mresource to be destroyed. To avoid this error and continue, either disable
\u001b[31m│\u001b[0m \u001b[0mit.
\u001b[31m╵\u001b[0m\u001b[0m
`;
    expect(terraformsWords(printed)).toBe(
      "Error: Instance cannot be destroyed\n\n  on cdk.tf.json line 1:\n   1: {\n\n" +
        "Resource a.b has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed. To avoid " +
        "this error and continue, either disable it.",
    );
  });

  test("are all there where no error is marked as one", () => {
    expect(terraformsWords("Failed to write state: no\n")).toBe("Failed to write state: no");
  });

  test("come from the standard output where there is nothing else", () => {
    const end = { code: 1, output: "Error: on the wrong stream\n", errors: "\n", interrupted: false, started: true };
    const error = failureOf({ stack: stack("local"), program: "terraform", command: "init" }, end);
    expect(error.message).toBe(
      `"terraform init" of the stack "shop" failed with exit code 1:\n\nError: on the wrong stream`,
    );
  });
});
