import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTerraform, terraformEnvironment } from "../../lib/terraform/binary";

describe("the program that runs the stacks", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "terraform-binary-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** A stand-in that answers `version`, so that every version and product can be tried without installing them. */
  const onWindows = process.platform === "win32";
  const fileOf = (name: string): string => join(folder, onWindows ? `${name}.cmd` : name);
  const program = (name: string, answer: string): void => {
    writeFileSync(fileOf(name), onWindows ? `@echo ${answer}\r\n` : `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
  };
  const path = (): NodeJS.ProcessEnv => ({ PATH: folder });

  test("Terraform is preferred, OpenTofu serves when it is alone", () => {
    program("tofu", "OpenTofu v1.12.0");
    program("terraform", "Terraform v1.11.4");
    expect(findTerraform(path())).toEqual({ command: "terraform", product: "Terraform", version: "1.11.4" });
    rmSync(fileOf("terraform"));
    expect(findTerraform(path())).toMatchObject({ command: "tofu", product: "OpenTofu", version: "1.12.0" });
  });

  test("TERRAFORM_BINARY_NAME decides, and nothing else is tried", () => {
    program("terraform", "Terraform v1.11.4");
    program("my-terraform", "Terraform v1.6.0-beta1");
    const named = (name: string) => findTerraform({ ...path(), TERRAFORM_BINARY_NAME: name });
    expect(named("my-terraform")).toMatchObject({ version: "1.6.0-beta1" });
    expect(named("absent")).toEqual({ reason: `"absent" is not on the PATH` });
  });

  test("one that is too old is named with its version", () => {
    program("terraform", "Terraform v1.4.7");
    expect(findTerraform(path())).toEqual({
      reason: `"terraform" is Terraform 1.4.7, older than 1.5; "tofu" is not on the PATH`,
    });
  });

  test("a program of the same name that is something else is not taken for it", () => {
    program("terraform", "hello");
    expect(findTerraform({ ...path(), TERRAFORM_BINARY_NAME: "terraform" })).toEqual({
      reason: `"terraform version" does not print the version of Terraform or OpenTofu`,
    });
  });
});

describe("the environment of the Terraform processes", () => {
  test("a TF_CLI_CONFIG_FILE that does not exist is left out: Terraform would warn on every command", () => {
    expect(terraformEnvironment({ TF_CLI_CONFIG_FILE: "/nowhere/terraformrc", A: "1" })).toEqual({
      A: "1",
      CHECKPOINT_DISABLE: "1",
    });
  });

  test("one that exists is kept, as is a CHECKPOINT_DISABLE of the user's", () => {
    const environment = { TF_CLI_CONFIG_FILE: __filename, CHECKPOINT_DISABLE: "true" };
    expect(terraformEnvironment(environment)).toEqual(environment);
  });
});
