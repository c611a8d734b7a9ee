import { type ChildProcess, spawn } from "node:child_process";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { finished, type Finished } from "./checkout";
import { Gate } from "./gate";
import { OriginsProject } from "./origins-project";
import { type Database, needsPostgres, Postgres } from "./postgres";
import { SharedApp } from "./shared-app";
import { inFull } from "../in-full";

const schema = "genesys_messenger__shop";
const anotherRun = `Another run holds the lock of the stack "shop"`;

needsPostgres("origins, several pipelines and one database", () => {
  let postgres: Postgres;
  let command: OriginsProject;
  beforeAll(async () => {
    [postgres, command] = await Promise.all([Postgres.start(), OriginsProject.start()]);
  });
  afterAll(() => Promise.all([postgres.stop(), command.close()]));

  let database: Database;
  let genesys: Genesys;
  let gate: Gate;
  let app: SharedApp;
  let id: string;
  /** A shop that is deployed, and whose changes wait before the gate. */
  beforeEach(async () => {
    gate = new Gate(/^PUT .*\/deployments\//);
    [database, genesys] = await Promise.all([postgres.database(), Genesys.start({ api: { before: gate.middleware } })]);
    app = new SharedApp(genesys, { type: "pg" }, database.environment).synthesise(["shop"], "www.example.com");
    expect(await origins("deploy", "--auto-approve")).toMatchObject({ code: 0, stderr: "" });
    id = String([...genesys.store.state.deployments.keys()]);
    genesys.takeCalls();
  });
  afterEach(async () => {
    gate.letGo();
    await genesys.close();
    app.remove();
  });

  /** `origins` in the folder of the application, as a pipeline runs it, in a separate process group. */
  function start(...parameters: readonly string[]): ChildProcess {
    const [program = "", ...words] = command.command(...parameters, "--skip-synth");
    const env = {
      ...process.env,
      ...database.environment,
      NO_COLOR: "1",
      ...genesys.environment,
    };
    return spawn(program, words, { cwd: app.project, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  }
  const origins = (...parameters: readonly string[]): Promise<Finished> => finished(start(...parameters));
  const savedState = (): Promise<readonly string[]> => database.query(`SELECT md5(data) FROM ${schema}.states`);
  const takeWrites = (): readonly string[] => genesys.takeCalls().filter((call) => !call.startsWith("GET"));
  const live = (): readonly object[] => [...genesys.store.state.deployments.values()];
  /** The list as a person leaves it, past the gate and past the calls. */
  const emptyList = (): void => {
    genesys.store.change((state) => {
      const deployment = state.deployments.get(id);
      if (deployment === undefined) throw new Error("The shop was not deployed.");
      state.deployments.set(id, { ...deployment, allowedDomains: [] });
    });
  };

  test("two deploys of one change at once: one makes it, the other waits and finds it made", async () => {
    app.synthesise(["shop"], "www.example.com", "shop.example.com");
    const first = origins("deploy", "--auto-approve");
    await gate.arrived;
    const impatient = await origins("deploy", "--auto-approve", "--lock-timeout", "0s");
    expect(impatient).toMatchObject({ code: 1, stdout: expect.stringContaining(anotherRun) as string });
    expect(impatient.stdout).not.toContain("OperationType"); // its own lock, which Terraform shows as if it were the holder's
    const second = origins("deploy", "--auto-approve", "--lock-timeout", "60s");
    gate.letGo();
    expect(await first).toMatchObject({ code: 0, stdout: expect.stringMatching(/shop +│ deployed/) as string });
    expect(await second).toMatchObject({ code: 0, stdout: expect.stringMatching(/shop +│ unchanged/) as string });
    expect(takeWrites()).toEqual(["PUT deployments/{id}"]);
    expect(live()).toMatchObject([{ id, allowedDomains: ["shop.example.com", "www.example.com"] }]);
  });

  test("a repair that meets another run's lock changes nothing; the next one heals", async () => {
    emptyList();
    const before = await savedState();
    const held = await database.hold("id", `FROM ${schema}.states`);
    const refused = await origins("repair", "--auto-approve", "--lock-timeout", "0s");
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining(anotherRun) as string });
    expect(await savedState()).toEqual(before);
    expect(takeWrites()).toEqual([]);
    await held.release();

    gate.letGo();
    expect(await origins("repair", "--auto-approve")).toMatchObject({ code: 0 });
    expect(takeWrites()).toEqual(["PUT deployments/{id}"]);
    expect(live()).toMatchObject([{ id, allowedDomains: ["www.example.com"] }]);
  });

  inFull(() => {
    test("a deploy that is killed while it holds the lock leaves the stack free for the next one", async () => {
      app.synthesise(["shop"], "www.example.com", "shop.example.com");
      const killed = start("deploy", "--auto-approve");
      const ended = finished(killed);
      await gate.arrived;
      const groups = await processGroups(killed.pid);
      for (const group of groups) process.kill(-group, "SIGKILL");
      await ended;
      gate.letGo();
      expect(groups.length).toBeGreaterThan(1); // Terraform is in a separate group
      expect(await origins("deploy", "--auto-approve")).toMatchObject({ code: 0 });
      expect(live()).toMatchObject([{ id, allowedDomains: ["shop.example.com", "www.example.com"] }]);
    });
  });
});

/** The process groups of a process and of what it started. */
async function processGroups(pid = 0): Promise<readonly number[]> {
  const { stdout } = await finished(
    spawn("ps", ["-e", "-o", "pid=,ppid=,pgid="], { stdio: ["ignore", "pipe", "pipe"] }),
  );
  const processes = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const family = new Set([pid]);
  for (const [own = 0, parent = 0] of processes.sort()) if (family.has(parent)) family.add(own);
  return [...new Set(processes.flatMap(([own = 0, , group = 0]) => (family.has(own) ? group : [])))];
}
