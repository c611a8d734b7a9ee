import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { synthesise } from "../../lib/terraform/synthesise";
import { nodeBinary } from "../from-npm";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "app-")));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A project whose app is this program. */
function project(program: string, settings: object = {}): void {
  writeFileSync(join(folder, "app.cjs"), `const fs = require("node:fs");\n${program}`);
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ app: "node app.cjs", ...settings }));
}

const run = (environment: NodeJS.ProcessEnv = {}, interruption?: AbortSignal) =>
  synthesise({
    folder,
    environment: { PATH: process.env["PATH"], ...environment },
    ...(interruption && { interruption }),
  });

const writes = (content: string): string =>
  `fs.mkdirSync(process.env.CDKTF_OUTDIR, { recursive: true });
   fs.writeFileSync(process.env.CDKTF_OUTDIR + "/manifest.json", ${content});`;
const annotated = (level: string): string => `JSON.stringify({ stacks: { shop: {
  annotations: [{ level: "@cdktf/${level}", constructPath: "shop/Messenger", message: "look here" }] } } })`;

describe("the app of a project", () => {
  test("gets the variables that cdktf-cli and cdktn-cli give it, and none of Terraform's values", async () => {
    const settings = {
      output: "out",
      context: { answer: 42 },
      targetVersions: { terraform: ">=1.7" },
      terraformModules: ["./module", { source: "../m" }, "far"],
    };
    project(writes("JSON.stringify(process.env)"), settings);
    const { outdir, said } = await run({ TF_VAR_secret: "s", CDKTF_CONTEXT_JSON: '{"old": 1}', OWN: "kept" });
    expect({ outdir, said }).toEqual({ outdir: join(folder, "out"), said: "" });
    const seen = (await import(join(outdir, "manifest.json"))) as Record<string, string>;
    expect(seen).toMatchObject({
      CDKTF_OUTDIR: "out",
      CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true",
      SYNTH_HCL_OUTPUT: "false",
      NODE_OPTIONS: "--max-old-space-size=4096",
      OWN: "kept",
    });
    expect(JSON.parse(seen["CDKTF_CONTEXT_JSON"] ?? "")).toEqual({
      answer: 42,
      targetVersions: { terraform: ">=1.7" },
      cdktfRelativeModules: ["./module", { source: "../m" }],
    });
    expect(seen).not.toHaveProperty("TF_VAR_secret");
  });

  test("may warn: what it and its constructs say reaches the user", async () => {
    project(`console.log("hello"); console.warn("careful"); ${writes(annotated("warn"))}`);
    expect((await run()).said).toBe("hello\ncareful\n[shop/Messenger] look here");
  });

  test("is not advised to become an ES module where Node.js finds out itself that it is one", async () => {
    project("");
    writeFileSync(
      join(folder, "app.ts"),
      `import fs from "node:fs";\nconsole.warn("careful");\n${writes('"{}"')}\nprocess.emitWarning("mind");`,
    );
    writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ app: "node app.ts" }));
    const { said } = await run({ PATH: [dirname(nodeBinary(24)), process.env["PATH"]].join(delimiter) });
    expect(said.replace(/\d+/g, "1").split("\n").slice(0, 2)).toEqual(["careful", "(node:1) Warning: mind"]);
  });

  test("that fails is told with its error and where that is, without a stack trace", async () => {
    mkdirSync(join(folder, "cdktf.out"));
    writeFileSync(join(folder, "cdktf.out", "manifest.json"), "{}");
    project('throw new Error("two errors:\\n- one\\n- two\\n    at path [shop/Messenger]");');
    const error = await run().catch((reason: unknown) => String(reason));
    expect(error).toContain("The app (node app.cjs) cannot be synthesised:\n\n");
    expect(error).toContain(`Error in "app.cjs:2": two errors:\n- one\n- two\n    at path [shop/Messenger]`);
    expect(error).not.toMatch(/node:internal|Node\.js v|at Object/);
    expect(existsSync(join(folder, "cdktf.out", "manifest.json"))).toBe(false);
  });

  test("that carries errors is told them, and leaves nothing to deploy", async () => {
    project(writes(annotated("error")));
    await expect(run()).rejects.toThrow("cannot be synthesised:\n\n[shop/Messenger] look here");
    expect(existsSync(join(folder, "cdktf.out", "manifest.json"))).toBe(false);
  });

  test("that ends well without writing stacks is refused, whatever an earlier run wrote", async () => {
    project(writes("'{}'"));
    await run();
    project('console.log("no synth");');
    await expect(run()).rejects.toThrow(
      'wrote no stacks to "cdktf.out".\n\nIts last line must be: app.synth();\n\nno synth',
    );
  });

  test("is stopped by an interruption", async () => {
    project(`process.on("SIGINT", () => { process.exit(1); });
      setInterval(() => {}, 1000); fs.writeFileSync("running", "");`);
    const cancelled = new AbortController();
    const watching = setInterval(() => {
      if (existsSync(join(folder, "running"))) cancelled.abort();
    }, 5);
    await expect(run({}, cancelled.signal)).rejects.toThrow("Interrupted: the synthesis (node app.cjs)");
    clearInterval(watching);
  });
});

describe("a folder is refused", () => {
  test.each([
    ["without a cdktf.json", undefined, "Run the command in the folder of your app's cdktf.json."],
    ["whose cdktf.json is broken", "{", "is not a JSON object"],
    ["whose cdktf.json names no app", "{}", `Add: "app": "node --import tsx main.ts"`],
  ])("%s", async (_, content, problem) => {
    if (content !== undefined) writeFileSync(join(folder, "cdktf.json"), content);
    await expect(run()).rejects.toThrow(problem);
  });
});
