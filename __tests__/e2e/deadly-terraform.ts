import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraform } from "./stack-folder";

/**
 * When something is killed, seen from a command of Terraform: the process that started it is killed before or after it; or both are
 * while it runs, so many milliseconds after its start.
 */
export type Instant = "before" | "after" | { readonly during: number };

/** A program that is Terraform, and kills once when it is told to. */
export class DeadlyTerraform {
  private readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "deadly-")));
  /** What `TERRAFORM_BINARY_NAME` names. */
  readonly command = join(this.folder, "terraform");
  private readonly wanted = join(this.folder, "wanted");
  private readonly running = join(this.folder, "running");

  constructor() {
    if (!("version" in terraform)) throw new Error(terraform.reason);
    const real = terraform.command;
    const script = `#!/bin/sh
name="$1"
[ "$1" = state ] && name="state $2"
wanted=$(cat "${this.wanted}" 2>/dev/null)
case "$wanted" in
"$name before")
  rm "${this.wanted}"
  kill -9 $PPID
  exit 1 ;;
"$name after")
  rm "${this.wanted}"
  "${real}" "$@"
  kill -9 $PPID
  exit 1 ;;
"$name during "*)
  rm "${this.wanted}"
  exec 3<&0
  "${real}" "$@" <&3 &
  sleep "\${wanted##* }"
  kill -9 $PPID $!
  exit 1 ;;
esac
echo $$ > "${this.running}"
exec "${real}" "$@"
`;
    writeFileSync(this.command, script, { mode: 0o755 });
  }

  /** Makes the next command of that name, such as `plan` or `state push`, a deadly one. */
  killAt(command: string, instant: Instant): void {
    const when = typeof instant === "string" ? instant : `during ${instant.during / 1_000}`;
    writeFileSync(this.wanted, `${command} ${when}`);
  }

  /** Whether the deadly command is still to come. */
  get waits(): boolean {
    return existsSync(this.wanted);
  }

  /** Kills the command that started last, if it still runs; tells whether it did. */
  kill(): boolean {
    if (!existsSync(this.running)) return false;
    try {
      return process.kill(Number(readFileSync(this.running, "utf8")), "SIGKILL");
    } catch {
      return false; // it came to its end
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
