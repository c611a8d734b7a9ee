import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { finished } from "./checkout";
import { needsTerraform } from "./terraform";

/** The folder with the programs of a PostgreSQL server, or why there is none to use. */
type Programs = { readonly folder: string } | { readonly reason: string };

const programs = findPrograms();

/**
 * A group of tests that run a real PostgreSQL beside the real Terraform. On a machine without it they are skipped and say why;
 * in CI (`CI=true`) they fail instead.
 */
export function needsPostgres(name: string, tests: () => void): void {
  if ("folder" in programs) needsTerraform(name, tests);
  else if (process.env["CI"] === "true") {
    test(name, () => {
      throw new Error(`These tests need PostgreSQL: ${programs.reason}.`);
    });
  } else {
    describe.skip(`${name} (skipped: ${programs.reason})`, tests);
  }
}

/** A PostgreSQL server of the tests' own, in a folder for temporary files, reachable through a Unix socket alone. */
export class Postgres {
  static async start(): Promise<Postgres> {
    if (!("folder" in programs)) throw new Error(programs.reason);
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "pg-")));
    const owner = serverUser();
    if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
    const postgres = new Postgres(programs.folder, folder);
    const data = join(folder, "data");
    await postgres.succeed("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
    const quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=16MB"];
    const settings = ["listen_addresses=", "max_connections=200", ...quick].flatMap((setting) => ["-c", setting]);
    postgres.server = postgres.spawnAsServer("postgres", "-D", data, "-k", folder, ...settings);
    await seen(postgres.server, /database system is ready to accept connections/);
    return postgres;
  }

  private server: ChildProcess | undefined;
  private databases = 0;

  private constructor(
    private readonly bin: string,
    private readonly folder: string,
  ) {}

  /** Ends every connection, and the server. */
  async stop(): Promise<void> {
    if (this.server?.exitCode === null) {
      const closed = once(this.server, "close");
      this.server.kill("SIGINT");
      await closed;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A new, empty database. */
  async database(): Promise<Database> {
    const name = `states_${++this.databases}`;
    await new Database(this.bin, this.folder, "postgres").query(`CREATE DATABASE ${name}`);
    return new Database(this.bin, this.folder, name);
  }

  private async succeed(program: string, ...parameters: readonly string[]): Promise<void> {
    const { code, stderr } = await finished(this.spawnAsServer(program, ...parameters));
    if (code !== 0) throw new Error(`${program} ended with ${String(code)}:\n${stderr}`);
  }

  /** PostgreSQL does not run as root, which is what a container's user often is. */
  private spawnAsServer(program: string, ...parameters: readonly string[]): ChildProcess {
    const owner = serverUser();
    return spawn(join(this.bin, program), parameters, {
      cwd: this.folder,
      env: { PATH: process.env["PATH"], LC_ALL: "C" },
      stdio: ["ignore", "pipe", "pipe"],
      ...owner,
    });
  }
}

/** One database, and a person who looks into it. */
export class Database {
  constructor(
    private readonly bin: string,
    private readonly socketFolder: string,
    readonly name: string,
  ) {}

  /** What Terraform needs to reach it. */
  get environment(): NodeJS.ProcessEnv {
    const where = new URLSearchParams({ host: this.socketFolder, user: "postgres", sslmode: "disable" });
    return { PG_CONN_STR: `postgres:///${this.name}?${where.toString()}` };
  }

  /** The rows of an answer; columns are separated by `|`. */
  async query(statement: string): Promise<readonly string[]> {
    const { code, stdout, stderr } = await finished(this.psql(["-c", statement], "ignore"));
    if (code !== 0) throw new Error(`psql ended with ${String(code)}:\n${stderr}`);
    return stdout.split("\n").filter((row) => row !== "");
  }

  /**
   * Takes an advisory lock and keeps it until it is let go, as a run of Terraform does.
   *
   * @param lock what is locked: an expression, such as `-1`
   * @param from where the expression's columns come from
   */
  async hold(lock: string, from = ""): Promise<HeldLock> {
    const session = this.psql([], "pipe");
    const taken = seen(session, /^t$/m);
    session.stdin?.write(`SELECT pg_try_advisory_lock(${lock}) ${from};\n`);
    await taken;
    return {
      release: async () => {
        const closed = once(session, "close");
        session.stdin?.end();
        await closed;
      },
    };
  }

  private psql(parameters: readonly string[], stdin: "ignore" | "pipe"): ChildProcess {
    const where = ["-h", this.socketFolder, "-U", "postgres", "-d", this.name];
    return spawn(join(this.bin, "psql"), ["-X", "-A", "-t", "-q", ...where, ...parameters], {
      stdio: [stdin, "pipe", "pipe"],
    });
  }
}

export interface HeldLock {
  release(): Promise<void>;
}

/** Waits until a program has printed something; an error when it ends without. */
export function seen(child: ChildProcess, text: RegExp): Promise<void> {
  let printed = "";
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (text.test(printed)) resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", reject);
    child.once("close", (code) => {
      reject(new Error(`Ended with ${String(code)} and did not print ${String(text)}:\n${printed}`));
    });
  });
}

function findPrograms(): Programs {
  if (process.platform === "win32") return { reason: "PostgreSQL is tested through a Unix socket" };
  const onPath = (process.env["PATH"] ?? "").split(delimiter);
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  for (const folder of [...onPath, ...versions.map((version) => join(debian, version, "bin"))]) {
    if (!existsSync(join(folder, "initdb"))) continue;
    const real = dirname(realpathSync(join(folder, "initdb")));
    if (["postgres", "psql"].every((program) => existsSync(join(real, program)))) return hasUser({ folder: real });
  }
  return { reason: `"initdb" is neither on the PATH nor in ${debian}` };
}

/** As root, the server needs someone else to run as. */
function hasUser(found: Programs): Programs {
  try {
    serverUser();
    return found;
  } catch {
    return { reason: `PostgreSQL does not run as root, and there is no user "postgres"` };
  }
}

/** Undefined where this process's own user will do. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: "pipe" }));
  return { uid: id("-u"), gid: id("-g") };
}
