import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { step } from "../../lib/cli/terminal/step";
import { Project, type ProjectOptions } from "../../lib/operations/project";
import { machine } from "../../lib/base/files";
import { testOnPosix } from "../posix";

const before = process.cwd();
const { isTTY } = process.stderr;
let folder: string;
let errors: string[];
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "project-")));
  process.chdir(folder);
  process.stderr.isTTY = false; // a terminal has a spinner instead of a line
  errors = [];
  jest.spyOn(console, "error").mockImplementation((text: string) => errors.push(text));
});
afterEach(() => {
  process.chdir(before);
  process.stderr.isTTY = isTTY;
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function write(path: string, content: object | string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content), { mode: 0o755 });
}

/** What a synthesis writes: one stack of that name. */
const manifestOf = (name: string): object => ({
  stacks: {
    [name]: { constructPath: name, synthesizedStackPath: "cdk.tf.json", workingDirectory: "." },
  },
});
const local = { terraform: { backend: { local: {} } } };

function synthesised(outdir: string, name: string, content: object = local): void {
  write(join(outdir, "manifest.json"), manifestOf(name));
  write(join(outdir, "cdk.tf.json"), content);
}

/** A project whose app is this program, with a function that writes one stack. */
function app(program: string, name = "shop"): void {
  const out = "process.env.CDKTF_OUTDIR";
  const writes = `
    const write = () => {
      fs.mkdirSync(${out}, { recursive: true });
      fs.writeFileSync(${out} + "/manifest.json", ${JSON.stringify(JSON.stringify(manifestOf(name)))});
      fs.writeFileSync(${out} + "/cdk.tf.json", ${JSON.stringify(JSON.stringify(local))});
    };`;
  write("app.cjs", `const fs = require("node:fs");${writes}\n${program}`);
  write("cdktf.json", { app: "node app.cjs" });
}

/** Opens the project in the working directory, with a program that answers as a Terraform of that version. */
async function open({ version = "1.11.4", ...options }: Partial<ProjectOptions> & { readonly version?: string } = {}) {
  write("bin/terraform", `#!/bin/sh\necho 'Terraform v${version}'\n`);
  const lines: string[] = [];
  const project = await Project.open({
    lockTimeout: "30s",
    parallelism: 2,
    interruption: new AbortController().signal,
    print: (line) => lines.push(line.replace(/\d+\.\d s/, "0.1 s")),
    printAside: console.error,
    step,
    color: false,
    ...options,
    environment: {
      PATH: process.env["PATH"],
      TERRAFORM_BINARY_NAME: join(folder, "bin/terraform"),
      ...options.environment,
    },
  });
  return { names: project.stacks.map(({ name }) => name), lines, project };
}

describe("a project is synthesised", () => {
  testOnPosix("and Terraform is found", async () => {
    app("write();");
    const { names, lines, project } = await open();
    expect(names).toEqual(["shop"]);
    expect(lines).toEqual(["  ✔ synthesis (0.1 s)"]);
    expect(errors).toEqual([]);
    expect(project.binary).toMatchObject({ product: "Terraform", version: "1.11.4" });
    expect(existsSync(".origins")).toBe(false);
  });

  testOnPosix("and what the app says is passed on", async () => {
    app("write(); console.log('careful');");
    await open();
    expect(errors).toEqual(["careful"]);
  });

  testOnPosix("and what an app that fails says is the error", async () => {
    app("throw new Error('no hosts');");
    await expect(open()).rejects.toThrow(/The app \(node app.cjs\) cannot be synthesised:[^]*no hosts/);
  });

  testOnPosix("and an interruption of the app is told as that", async () => {
    app("setInterval(() => {}, 1000); fs.writeFileSync('running', '');");
    const interruption = new AbortController();
    const watching = setInterval(() => {
      if (existsSync("running")) interruption.abort();
    }, 5);
    await expect(open({ interruption: interruption.signal })).rejects.toThrow("did not finish");
    clearInterval(watching);
  });

  testOnPosix("after another synthesis in the same folder has ended, which can be interrupted, too", async () => {
    app("write();");
    write(".origins/synthesis.lock", `${machine()} ${process.pid} another`);
    await expect(open({ interruption: AbortSignal.abort() })).rejects.toThrow(
      /^Interrupted: another synthesis in this folder has not finished yet.$/,
    );
    expect(existsSync("cdktf.out")).toBe(false);
    const opening = open();
    rmSync(".origins/synthesis.lock");
    expect((await opening).names).toEqual(["shop"]);
  });

  testOnPosix("and not where its folder cannot be locked", async () => {
    app("write();");
    write(".origins", "a file");
    await expect(open()).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});

describe("what was synthesised before is taken", () => {
  testOnPosix.each<[string, NodeJS.ProcessEnv, string, object | undefined]>([
    ["from cdktf.out", {}, "cdktf.out", undefined],
    ["from where the variable says", { CDKTF_OUTPUT: "out" }, "out", undefined],
    ["from where the project says", {}, "built", { app: "false", output: "built" }],
    [
      "from where the variable says, whatever the project says",
      { CDKTF_OUTPUT: "out" },
      "out",
      { app: "false", output: "built" },
    ],
  ])("%s", async (_, environment, outdir, cdktf) => {
    if (cdktf !== undefined) write("cdktf.json", cdktf);
    synthesised(outdir, "earlier");
    const { names, lines } = await open({ skipSynth: true, environment });
    expect(names).toEqual(["earlier"]);
    expect(lines).toEqual([]);
  });
});

describe("a project is not opened", () => {
  testOnPosix("without a Terraform that is recent enough, and it is said how to get one", async () => {
    synthesised("cdktf.out", "shop");
    await expect(open({ version: "1.4.7", skipSynth: true })).rejects.toThrow(
      /^This needs Terraform or OpenTofu 1.5 or newer \(.* is Terraform 1.4.7, older than 1.5\).\n\nTerraform: https:.*\nOpenTofu: /,
    );
  });

  testOnPosix("in the sandbox for a stack whose state is not local", async () => {
    synthesised("cdktf.out", "shop", { terraform: { backend: { s3: {} } } });
    const environment = { ORIGINS_SANDBOX_STATE: "local" };
    await expect(open({ skipSynth: true, environment })).rejects.toThrow('"shop"');
    await expect(open({ skipSynth: true })).resolves.toMatchObject({ names: ["shop"] });
  });
});
