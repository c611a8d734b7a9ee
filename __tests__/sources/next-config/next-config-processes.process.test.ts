import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { nextConfig } from "../../../lib/sources/next-config/next-config";
import { nextEnvironment } from "../../../lib/sources/next-environment";
import { until } from "../../e2e/until";
import { project, reading } from "../project";

const list = `module.exports = { allowedDevOrigins: ["a.example.com"].concat([]) };`;
const read = (text: string, files: Readonly<Record<string, string>> = {}): ReturnType<typeof reading> =>
  reading(nextConfig("."), project({ "next.config.js": `${text}\n${list}`, ...files }), "development");
const found = { addresses: ["a.example.com <- next.config.js:2 allowedDevOrigins"], findings: [] };

describe("what a configuration has started ends with it", () => {
  const alive = (pid: string): boolean => {
    try {
      return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
      return false;
    }
  };

  test.each([
    ["in its group", `spawn(process.execPath, ["-e", wait], { stdio: "ignore" });`],
    ["detached", `spawn(process.execPath, ["-e", wait], { stdio: "ignore", detached: true }).unref();`],
    [
      "detached, with more in its environment",
      `spawn(process.execPath, ["-e", wait], { stdio: "ignore", detached: true, env: { ...process.env, X: "1" } }).unref();`,
    ],
    [
      "twice removed",
      `spawn(process.execPath, ["-e", "require('node:child_process').spawn(process.execPath, ['-e', process.argv[1]], { stdio: 'ignore', detached: true }).unref()", wait], { stdio: "ignore", detached: true });`,
    ],
    [
      "in the background of a shell",
      `execSync("setsid " + process.execPath + " -e '" + wait + "' >/dev/null 2>&1 &");`,
    ],
  ])("%s", async (_, start) => {
    const text = `
      const { execSync, spawn } = require("node:child_process");
      const wait = "require(\\"node:fs\\").writeFileSync(\\"pid\\" + process.pid, \\"\\"); setInterval(() => {}, 1000)";
      ${start}
      const { existsSync, readdirSync } = require("node:fs");
      while (!readdirSync(".").some((name) => name.startsWith("pid"))) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      ${list}`;
    const root = project({ "next.config.js": text });
    expect(reading(nextConfig(".", { evaluate: { unset: ["*"] } }), root, "development").addresses).toHaveLength(1);
    const pids = readdirSync(root).flatMap((name) => /^pid(\d+)$/.exec(name)?.[1] ?? []);
    expect(pids).not.toEqual([]);
    if (existsSync("/proc/self/environ")) await until(() => !pids.some(alive));
  });
});

describe("the descriptor of the answer", () => {
  const answer = JSON.stringify({ found: { allowedDevOrigins: [{ text: "evil.example.com", http: false }] } });
  const refused = {
    addresses: [],
    findings: [expect.stringContaining("it writes to the file descriptor reserved for its result (failed-config)")],
  };

  test.each([
    ["an answer", `${answer}\\n`],
    ["an answer with a token", `{"token":"x","index":0,"content":${answer}}\\n`],
    ["something else", "hello"],
    ["an empty line", "\\n"],
  ])("with %s of the configuration is an error", (_, text) => {
    expect(read(`require("node:fs").writeSync(3, '${text}');`)).toEqual(refused);
  });

  test("is not met by what is printed", () => {
    expect(read(`console.log('${answer}');`)).toEqual(found);
  });
});

describe("a secret of this process", () => {
  const names = ["SHOP_TOKEN", "SHOP_SECRET", "SHOP_PASSWORD", "SHOP_API_KEY"];
  const secret = "s3cr3t-of-this-process";
  const before = { ...process.env };
  afterEach(() => {
    for (const name of names) if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
  });

  test.each(names)("in %s is not a host, and is not printed", (name) => {
    process.env[name] = secret;
    const bytes = Buffer.from(secret);
    const encoded = [bytes.toString("hex"), bytes.toString("base64url").toLowerCase()].map(
      (text) => `${text}.example.com`,
    );
    for (const host of [secret, `${secret}.example.com`, `https://${secret.toUpperCase()}/`, ...encoded]) {
      const root = project({
        "next.config.js": `module.exports = { allowedDevOrigins: [${JSON.stringify(host)}.slice(0)] };`,
      });
      const told = reading(nextConfig("."), root, "development");
      expect(told).toEqual({
        addresses: [],
        findings: [expect.stringContaining(`holds the value of ${name}, a secret of this process, instead of a host`)],
      });
      for (const text of [secret, ...encoded]) expect(JSON.stringify(told).toLowerCase()).not.toContain(text);
    }
  });

  test("is masked in what a configuration throws", () => {
    process.env["SHOP_TOKEN"] = secret;
    const { findings } = read(`throw new Error("no ${secret}");`);
    expect(findings).toEqual([expect.stringContaining('it throws "Error: no ***"')]);
  });
});

describe("several configurations share a process", () => {
  const application = (name: string, text: string): Readonly<Record<string, string>> => ({
    [`${name}/next.config.mjs`]: `import { shared } from "../shared.mjs";\nimport common from "../common.cjs";\n${text}\nexport default { allowedDevOrigins: [\`${name}-\${shared}\`, common.host, process.cwd().split("/").at(-1) + ".example.com"] };`,
    [`${name}/.env`]: `HOST=${name}.example.com\n`,
  });
  const environments = (root: string, ...names: readonly string[]): readonly (readonly string[])[] =>
    names
      .map((name) =>
        nextEnvironment(name, {
          kind: "development",
          root,
          addresses: [nextConfig(name, { evaluate: { timeoutSeconds: 20 } })],
        }),
      )
      .map(({ allowList, findings }) => [...allowList.domains, ...findings.map(({ rule }) => rule)]);
  const shared = {
    "shared.mjs": `globalThis.count = (globalThis.count ?? 0) + 1;\nexport const shared = process.env.HOST.replace(".", count + ".");`,
    "common.cjs": `exports.host = "c-" + process.env.HOST;`,
  };

  test("and see nothing of each other: modules, globals, variables, the folder", () => {
    const root = project({
      ...shared,
      ...application("a", "process.env.LEFT = 'x'; Array.prototype.left = 1;"),
      ...application("b", ""),
      ...application("c", ""),
    });
    expect(environments(root, "a", "b", "c")).toEqual(
      ["a", "b", "c"].map((name) =>
        [`${name}-${name}1.example.com`, `${name}.example.com`, `c-${name}.example.com`].sort(),
      ),
    );
  });

  test.each([
    ["ends the process", "process.exit(1);"],
    ["aborts it", "process.kill(process.pid, 'SIGKILL');"],
    ["throws", "throw new Error('no');"],
    ["waits for nothing", "await new Promise(() => {});"],
    ["writes its own answer", "(await import('node:fs')).writeSync(3, '{}');"],
    ["changes what all use", "JSON.stringify = () => '{}'; Map.prototype.get = () => undefined;"],
  ])("and get theirs where another one %s", (_, text) => {
    const root = project({ ...shared, ...application("a", ""), ...application("b", text), ...application("c", "") });
    const [a, b, c] = environments(root, "a", "b", "c");
    expect(a).toContain("c-a.example.com");
    expect(c).toContain("c-c.example.com");
    if (!text.startsWith("JSON")) expect(b).toContain("failed-config");
  });

  test("and what cannot run in a thread runs in a process for itself", () => {
    const root = project({
      ...shared,
      ...application("a", "process.chdir('.'); process.umask(0o22);"),
      ...application("b", ""),
    });
    expect(environments(root, "a", "b")).toEqual([
      expect.arrayContaining(["a.example.com"]),
      expect.arrayContaining(["b.example.com"]),
    ]);
  });
});

test("an environment whose configuration has gone meanwhile leaves the others alone", () => {
  const root = project({ "a/next.config.js": list, "b/next.config.js": list });
  const [a] = ["a", "b"].map((name) =>
    nextEnvironment(name, { kind: "development", root, addresses: [nextConfig(name)] }),
  );
  rmSync(join(root, "b"), { recursive: true });
  expect(a?.allowList.domains).toEqual(["a.example.com"]);
});

test("an environment that is declared and never read evaluates nothing by itself", () => {
  const root = project({ "next.config.js": `require("node:fs").writeFileSync("ran", "");\n${list}` });
  nextEnvironment("unread", { kind: "development", root, addresses: [nextConfig(".")] });
  expect(existsSync(join(root, "ran"))).toBe(false);
});
