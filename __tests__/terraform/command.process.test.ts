import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand, type CommandEnd, type CommandOptions } from "../../lib/terraform/command";

const run = (program: string, options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
  runCommand(process.execPath, ["--eval", program], { folder: tmpdir(), environment: process.env, ...options });

describe("a command", () => {
  test("answers what it printed to each of its streams, whatever its size, and its exit code", async () => {
    const end = await run(
      'process.stdout.write("ä".repeat(300_000)); process.stderr.write("e"); process.exitCode = 2;',
    );
    expect(end).toEqual({ code: 2, output: "ä".repeat(300_000), errors: "e", interrupted: false, started: true });
  });

  test("reads its input from the beginning, and nothing where it is given none", async () => {
    const echo = "process.stdin.pipe(process.stdout)";
    expect((await run(echo, { input: "a state" })).output).toBe("a state");
    expect((await run(echo)).output).toBe("");
  });

  test("has no exit code where a signal ended it", async () => {
    expect((await run('process.kill(process.pid, "SIGKILL")')).code).toBeUndefined();
  });

  test("that does not exist, or has no folder to run in, is an error of the system", async () => {
    await expect(run("", { folder: "/no/such/folder" })).rejects.toMatchObject({ code: "ENOENT" });
  });

  (process.platform === "linux" ? test : test.skip)(
    "prints to files that no one else can open: they have no name",
    async () => {
      const list = "for (const fd of [1, 2]) console.log(require('node:fs').readlinkSync('/proc/self/fd/' + fd))";
      expect((await run(list)).output).toMatch(/^\/.+ \(deleted\)\n\/.+ \(deleted\)\n$/);
    },
  );
});

const onPosix = process.platform === "win32" ? describe.skip : describe;

onPosix("an interruption", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "command-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Interrupts a program as soon as it is set up: it then writes a file into its folder. */
  async function interrupted(program: string): Promise<CommandEnd> {
    const cancelled = new AbortController();
    const whenReady = setInterval(() => {
      if (existsSync(join(folder, "ready"))) cancelled.abort();
    }, 5);
    try {
      const untilEnded = "require('node:fs').writeFileSync('ready', ''); setInterval(() => {}, 1_000);";
      return await run(`${program}; ${untilEnded}`, { folder, interruption: cancelled.signal });
    } finally {
      clearInterval(whenReady);
    }
  }

  test("is one SIGINT, and the command's own end is waited for", async () => {
    const end = await interrupted(`
      let signals = 0;
      process.on("SIGINT", () => {
        signals += 1;
        if (signals === 1) setTimeout(() => { console.log(signals); process.exit(3); }, 100);
      })`);
    expect(end).toEqual({ code: 3, output: "1\n", errors: "", interrupted: true, started: true });
  });

  test("ends a command that does not care for it by the signal", async () => {
    expect(await interrupted("0")).toMatchObject({ code: undefined, interrupted: true });
  });

  test("keeps a command from starting that has not started yet", async () => {
    const end = await run("console.log(1)", { interruption: AbortSignal.abort() });
    expect(end).toEqual({ code: undefined, output: "", errors: "", interrupted: true, started: false });
  });
});

onPosix("a terminal's Ctrl+C", () => {
  test("does not reach the command: it is in a separate process group", async () => {
    const end = await runCommand('test "$(ps -o pgid= -p $$ | tr -d " ")" = $$ && echo alone', [], {
      folder: tmpdir(),
      environment: process.env,
      shell: true,
    });
    expect(end.output).toBe("alone\n");
  });
});
