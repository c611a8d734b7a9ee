import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { application } from "../e2e/readme-project";
import { fromRegistry, nodeBinary } from "../from-npm";

/** How a command ended, and all that it printed. */
export interface Run {
  readonly command: string;
  readonly code: number | null;
  readonly said: string;
}

/** What an npm that runs the tests tells about itself, and must not tell the npm that a test runs. */
const ofOuterNpm = /^npm_(?!config_registry$|config_userconfig$)/;

/** An empty folder on a machine with that version of Node.js, the npm of its time, and Terraform. */
export class Machine {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "machine-")));
  private readonly path: string;

  /** @param managers further package managers, such as `pnpm@10` */
  constructor(
    readonly node: number,
    managers: readonly string[] = [],
  ) {
    const npm = node < 24 ? "npm@10" : "npm@11";
    const programs = [npm, ...managers].map((written) => {
      const [name = "", version = "latest"] = written.split("@");
      return join(dirname(fromRegistry(name, version)), ".bin");
    });
    this.path = [dirname(nodeBinary(node)), ...programs, process.env["PATH"] ?? ""].join(delimiter);
  }

  /** Writes files, by their paths. */
  write(files: Readonly<Record<string, string | object>>): void {
    for (const [path, content] of Object.entries({ ...application, ...files })) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, undefined, 2));
    }
  }

  /** Runs a command as a person types it. */
  run(command: string): Run {
    const env = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofOuterNpm.test(name))),
      PATH: this.path,
      NO_COLOR: "1",
      CI: "1",
      CHECKPOINT_DISABLE: "1",
    };
    const { status, stdout, stderr } = spawnSync(command, {
      cwd: this.folder,
      shell: true,
      encoding: "utf8",
      env,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { command, code: status, said: `${stdout}${stderr}` };
  }

  /** Runs a command that must end with that exit code; answers all that it printed. */
  expect(code: number, command: string): string {
    const run = this.run(command);
    expect({ ...run, code: run.code }).toEqual({ ...run, code });
    return run.said;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
