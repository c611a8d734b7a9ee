import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type MiddlewareHandler } from "hono";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { bundle, type Finished, finished } from "./checkout";
import { Gate } from "./gate";
import { needsTerraform } from "./terraform";
import { inFull, isFull, someOf, rows } from "../in-full";

const root = resolve(__dirname, "../..");
const deployments = "/api/v2/webdeployments/deployments";
const configurations = "/api/v2/webdeployments/configurations";

const creation = /^POST \/api\/v2\/webdeployments\/deployments/;

needsTerraform("npm run live-check", () => {
  let genesys: Genesys;
  let folder: string;
  /** Compiled, as deep below the project's folder as the sources are. */
  let program: string;
  let before: MiddlewareHandler | undefined;
  /** What others have in the organisation. */
  let others: string;
  const record = (): string => join(folder, "record.md");

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "live-check-")));
    program = mkdtempSync(join(root, "node_modules", ".live-check-"));
    bundle("live-check/main.ts", join(program, "main.js"));
    genesys = await Genesys.start({
      api: { before: (c, next) => (before === undefined ? next() : before(c, next)) },
    });
    const name = "cdktf-genesys-messenger live-check 20261130T120000Z-0123abcd drift";
    for (const named of ["Support", name]) {
      const settings = { name: named, description: "Ours", languages: ["en-us"], defaultLanguage: "en-us" };
      const { id } = (await genesys.byHand("POST", configurations, settings)) as { readonly id: string };
      await genesys.byHand("POST", `${configurations}/${id}/versions/draft/publish`);
      const shown = {
        allowAllDomains: false,
        allowedDomains: ["www.example.com"],
        configuration: { id, version: "1" },
      };
      await genesys.byHand("POST", deployments, { name: named, description: "Ours", ...shown });
    }
    others = organisation();
  });
  afterEach(() => {
    before = undefined;
    genesys.api.faults.clear();
  });
  afterAll(async () => {
    await genesys.close();
    for (const each of [folder, program]) rmSync(each, { recursive: true, force: true });
  });

  function organisation(): string {
    const { deployments: made, configurations: shown } = genesys.store.state;
    return JSON.stringify([[...made], [...shown]]);
  }

  function start(flags: readonly string[], variables: NodeJS.ProcessEnv = {}): ChildProcess {
    const environment = { ...process.env, ...genesys.environment, NO_COLOR: "1", CHECKPOINT_DISABLE: "1" };
    // Not scripts/live-check.mjs, which installs packages where npm has not done so on this Node.
    return spawn(process.execPath, [join(program, "main.js"), "--record", record(), ...flags], {
      cwd: root,
      env: { ...environment, GENESYSCLOUD_REGION: "eu-central-1", ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  const check = (...flags: readonly string[]): Promise<Finished> => finished(start(["--yes", ...flags]));

  type Mistake = readonly [string, readonly string[], NodeJS.ProcessEnv, RegExp];
  const mistakes: readonly Mistake[] = [
    ["an unknown region", [], { GENESYSCLOUD_REGION: "mars" }, /^Error: Unknown region "mars" \(GENESYSCLOUD_REGION\)/],
    [
      "an unknown region of a real organisation",
      [],
      { GENESYSCLOUD_REGION: "mars", GENESYS_SANDBOX_URL: "" },
      /^Error: Invalid region "mars" \(GENESYSCLOUD_REGION\): expected one of us-east-1/,
    ],
    [
      "an invalid address",
      [],
      { GENESYS_SANDBOX_URL: "localhost" },
      /^Error: Invalid address "localhost" \(GENESYS_SANDBOX_URL\)/,
    ],
    ["a server that does not answer", [], { GENESYS_SANDBOX_URL: "http://127.0.0.1:9" }, /^Error: .*127\.0\.0\.1:9/],
    [
      "a folder as the record",
      ["--record", tmpdir()],
      {},
      /^Error: Cannot write the record to ".*" \(EISDIR.*--record/,
    ],
    [
      "a record in no folder",
      ["--record", "no/such/record.md"],
      {},
      /^Error: The folder of the record ".*" does not exist/,
    ],
  ];
  test.each(someOf(mistakes, (_, index) => index % 5 === 0))(
    "stops before anything is made: %s",
    async (_, flags, variables, message) => {
      const { code, stdout, stderr } = await finished(start(["--yes", ...flags], variables));
      expect(stderr.trim()).toMatch(message);
      expect(stderr).not.toContain("    at ");
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(organisation()).toBe(others);
    },
  );

  /** The parts that take the longest, and a row of each. */
  const deploying = {
    drift: [
      "| drift | the list emptied | `plan exit 0; audit emptied-list; repair deployed; restored` |",
      "| drift | a flow set | `plan exit 2; audit attributes; deploy deployed; restored` | `name an inbound message flow with --flow` | not measured |",
    ],
    deletion: [
      "| deletion | origins deploy --recreate after it | `deployed under another id` | `deployed under another id` | as expected |",
    ],
  } as const;

  test("finds everything as expected, removes what it made, and touches nothing else", async () => {
    const { code, stdout, stderr } = await check(
      ...(isFull ? [] : ["--only", "public-files", "websocket", "api", "entries"]),
    );
    expect({ code, output: code === 0 ? "" : `${stdout}\n${stderr}` }).toEqual({ code: 0, output: "" });
    expect(organisation()).toBe(others);
    const text = readFileSync(record(), "utf8");
    expect(text).toContain("- Platform: the sandbox of this project, not Genesys Cloud\n- Region: eu-central-1\n");
    for (const row of [
      "| websocket | a handshake with an id that no deployment has | `403` | `403` | as expected |",
      ...(isFull ? [...deploying.drift, ...deploying.deletion] : []),
      "| clean-up | the run's objects are removed | `0 left` |",
    ]) {
      expect(text).toContain(row);
    }
  });

  test("says what differs with exit 2, and its record has no secret and no id", async () => {
    let token = "";
    before = async (c, next) => {
      await next();
      if (c.res.status === 403) c.res = new Response("Not found", { status: 404 });
      if (c.req.method !== "PUT") return;
      token = c.req.header("Authorization") ?? "";
      const { clientId, clientSecret } = genesys.api.credentials;
      const owner = JSON.stringify(genesys.store.state.organization);
      const message = `${token} ${clientId} ${clientSecret} ${owner} \`| <b>\n::error::`;
      c.res = Response.json({ code: "echo", message }, { status: 400 });
    };
    const { code, stdout, stderr } = await check("--only", "public-files", "entries", "--wait", "1s");
    expect(stdout).toContain("✖ domains.json of an id that no deployment has: 404\n    expected: 403\n");
    expect(code).toBe(2);
    expect(organisation()).toBe(others);
    const text = readFileSync(record(), "utf8");
    expect(text).toContain("| domains.json of an id that no deployment has | `403` | `404` | differs |");
    expect(text).toContain("400 (echo: ");
    const { id, name } = genesys.store.state.organization;
    const word = token.replace("Bearer ", "");
    expect(word).not.toBe("");
    for (const secret of [word, Buffer.from(word).toString("base64"), genesys.api.credentials.clientId, id, name]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(`${stdout}${stderr}`).not.toContain(word);
    expect(`${stdout}${text}`).not.toMatch(/^::/m);
  });

  test.each(
    rows<[string, string, string, number, string]>(
      [["a deploy is refused half-way", "400 on POST deployments", "deploy", 2, "✖ origins deploy (drift): failed"]],
      [
        ["a proxy answers changes", "html on PUT deployments", "public-files", 1, "something in front of"],
        [
          "a creation was carried out, and its answer was lost",
          "reset after on POST deployments",
          "api",
          1,
          "the run:",
        ],
      ],
    ),
  )("removes everything where %s", async (_, fault, part, exit, reason) => {
    genesys.api.faults.add(fault);
    const { code, stdout } = await check("--only", part);
    expect(stdout).toContain(reason);
    expect(stdout).toContain("✔ the run's objects are removed: 0 left");
    expect(code).toBe(exit);
    expect(organisation()).toBe(others);
  });

  test.each(rows<["SIGINT" | "SIGTERM", string, number]>([["SIGTERM", "deploy", 143]], [["SIGINT", "api", 130]]))(
    "removes everything after %s in the middle of a creation (%s)",
    async (signal, part, code) => {
      const gate = new Gate(creation);
      before = gate.middleware;
      const child = start(["--yes", "--only", part]);
      const ended = finished(child);
      await gate.arrived;
      child.kill(signal);
      child.kill(signal);
      gate.letGo();
      const { code: seen, stdout } = await ended;
      expect(stdout).toContain("✔ the run's objects are removed: 0 left");
      expect(seen).toBe(code);
      expect(organisation()).toBe(others);
      expect(readFileSync(record(), "utf8")).toContain("- End: interrupted\n");
    },
  );

  test("a killed run leaves objects behind, which --clean-up removes and nothing else", async () => {
    const gate = new Gate(creation);
    before = gate.middleware;
    const child = start(["--yes", "--only", "websocket"]);
    const ended = finished(child);
    await gate.arrived;
    child.kill("SIGKILL");
    await ended;
    gate.letGo();
    before = undefined;
    expect(organisation()).not.toBe(others);

    const { code, stdout } = await check("--clean-up");
    expect(stdout).toContain("(left alone, its description is another) deployment ");
    expect(code).toBe(0);
    expect(organisation()).toBe(others);
  });

  inFull(() => {
    test("a client that may not delete makes little, and is told what is left", async () => {
      const fault = genesys.api.faults.add("403 on DELETE deployments");
      const { code, stdout, stderr } = await check("--only", "websocket");
      expect(stdout).toContain("The client cannot delete what it creates: the API answers 403");
      expect(stderr).toMatch(/Not everything could be removed: .*\n {2}deployment .*\n {2}configuration /);
      expect(code).toBe(1);
      genesys.api.faults.remove(fault.id);
      expect(await check("--clean-up")).toMatchObject({ code: 0 });
      expect(organisation()).toBe(others);
    });
  });

  test("asks before it makes anything: without a terminal and without --yes it makes nothing", async () => {
    const { code, stderr } = await finished(start([]));
    expect(stderr).toContain("Cannot ask for confirmation without a terminal: nothing was changed. Use --yes.");
    expect(code).toBe(1);
    expect(organisation()).toBe(others);
  });
});
