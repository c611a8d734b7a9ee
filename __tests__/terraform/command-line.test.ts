import { readCommandLine, shellWords } from "../../lib/terraform/command-line";

const kindOf = (line: string, environment: NodeJS.ProcessEnv = {}) =>
  readCommandLine(line === "" ? [] : line.split(" "), environment).kind;

describe("what is done before a command of Terraform", () => {
  test.each([
    ["apply", "apply"],
    ["apply -auto-approve -input=false", "apply"],
    ["apply -var a=b -target x.y -lock-timeout 10s", "apply"],
    ["--chdir=a apply", "apply"],
    ["apply -refresh=false", "apply"],
    ["apply -destroy=false", "apply"],
    ["plan -out x.tfplan", "apply"],
    ["plan -out=x.tfplan", "apply"],
    ["plan", "plan"],
    ["plan -detailed-exitcode -var-file a.tfvars", "plan"],
    ["plan -generate-config-out generated.tf", "plan"],
    ["apply x.tfplan", "pass"],
    ["apply -auto-approve x.tfplan", "pass"],
    ["apply -parallelism 3 x.tfplan", "pass"],
    ["apply -- x.tfplan", "pass"],
    ["apply -destroy", "pass"],
    ["apply -refresh-only", "pass"],
    ["apply -state=other.tfstate", "pass"],
    ["apply -help", "pass"],
    ["plan -h", "pass"],
    ["plan -destroy -out x", "pass"],
    ["destroy -auto-approve", "pass"],
    ["-help apply", "pass"],
    ["-version", "pass"],
    ["version -json", "pass"],
    ["init", "pass"],
    ["output -json", "pass"],
    ["", "pass"],
  ])("%s: %s", (line, kind) => {
    expect(kindOf(line)).toBe(kind);
  });

  test("the variables of Terraform add options to the command, and not to another", () => {
    expect(kindOf("plan", { TF_CLI_ARGS_plan: "-out x" })).toBe("apply");
    expect(kindOf("plan", { TF_CLI_ARGS_apply: "-out x" })).toBe("plan");
    expect(kindOf("apply", { TF_CLI_ARGS: "-destroy" })).toBe("pass");
    expect(readCommandLine(["apply"], { TF_CLI_ARGS_apply: "-lock-timeout=60s" })).toMatchObject({
      lockTimeout: "60s",
    });
    expect(
      readCommandLine(["apply", "-lock-timeout", "10s"], { TF_CLI_ARGS_apply: "-lock-timeout=60s" }),
    ).toMatchObject({ lockTimeout: "10s" });
  });

  test("the folder and the exit code", () => {
    expect(readCommandLine(["-chdir=a", "-chdir=b c", "plan", "-detailed-exitcode"], {})).toEqual({
      kind: "plan",
      folder: "b c",
      detailedExitCode: true,
    });
    expect(readCommandLine(["plan", "-detailed-exitcode=false"], {}).detailedExitCode).toBe(false);
    expect(readCommandLine(["apply", "-detailed-exitcode"], {}).detailedExitCode).toBe(false);
  });
});

test.each([
  ["", []],
  ["  a  b\tc ", ["a", "b", "c"]],
  [`-var 'a=b c' -var="d=\\"e\\" f"`, ["-var", "a=b c", `-var=d="e" f`]],
  ["a\\ b", ["a b"]],
  [`''`, [""]],
])("the words of %j", (text, words) => {
  expect(shellWords(text)).toEqual(words);
});
