import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testOnPosix } from "../posix";
import { finished } from "./checkout";
import { environments, HostileProject } from "./hostile-project";
import { until } from "./until";
import { someOf } from "../in-full";

/**
 * What each command prints with --json where it fails.
 *
 * @param each which failures are tried: each of every command that can fail so, or each of one of them
 */
export function jsonFailures(each: "command" | "failure"): void {
  let project: HostileProject;
  beforeAll(async () => {
    project = await HostileProject.start();
  });
  afterAll(() => {
    project.close();
  });
  beforeEach(() => {
    project.answers = () => ({ status: 400, body: "{}" });
  });

  /** Every command that has --json, with what it needs. */
  const commands = {
    list: ["list", "--json"],
    explain: ["explain", "www.example.com", "--json"],
    "explain --live": ["explain", "www.example.com", "--live", "--skip-synth", "--json"],
    pull: ["pull", "--json"],
    plan: ["plan", "--skip-synth", "--json"],
    audit: ["audit", "--skip-synth", "--json"],
    deploy: ["deploy", "--skip-synth", "--auto-approve", "--json"],
    repair: ["repair", "--skip-synth", "--auto-approve", "--json"],
    adopt: ["adopt", "shop", "--json"],
  } as const;
  type Name = keyof typeof commands;
  const names = Object.keys(commands) as readonly Name[];

  interface Failure {
    /** The commands that can fail so. @default all */
    readonly of?: readonly Name[];
    readonly words?: readonly string[];
    readonly environment?: NodeJS.ProcessEnv;
    /** What it prints, in part. */
    readonly error: RegExp;
    /** Breaks the project; answers how it is mended. */
    readonly before?: () => () => void;
  }

  const ofStacks: readonly Name[] = ["plan", "audit", "deploy", "repair"];
  const withStacks: readonly Name[] = [...ofStacks, "explain --live"];
  const credentials = { GENESYSCLOUD_OAUTHCLIENT_ID: "client-1", GENESYSCLOUD_OAUTHCLIENT_SECRET: "a-secret-of-it" };

  function broken(file: string, text: string, whole: string): () => () => void {
    return () => {
      writeFileSync(join(project.folder, file), text);
      return () => {
        writeFileSync(join(project.folder, file), whole);
      };
    };
  }

  const withoutManifest = (): (() => void) => {
    rmSync(join(project.folder, "cdktf.out", "manifest.json"));
    return () => {
      project.writeStack({});
    };
  };

  const failures: Readonly<Record<string, Failure>> = {
    "an unknown option": { words: ["--nothing"], error: /unknown option '--nothing'/ },
    "an option without its value": {
      of: ["list", "explain", "explain --live", "pull", "audit", "adopt"],
      words: ["--environments"],
      error: /argument missing/,
    },
    "an argument too many": { of: ["explain", "pull", "adopt"], words: ["one", "two"], error: /too many arguments/ },
    "an invalid number": {
      of: ofStacks,
      words: ["--parallelism", "none"],
      error: /'none' is invalid. Expected a positive integer/,
    },
    "an invalid duration": {
      of: ofStacks,
      words: ["--lock-timeout", "none"],
      error: /'none' is invalid. Expected a duration such as 30s/,
    },
    "an invalid choice": { of: ["adopt"], words: ["--kind", "none"], error: /'none' is invalid/ },
    "an unknown name": { of: ["list", ...ofStacks], words: ["nothing"], environment: credentials, error: /"nothing"/ },
    "an unknown environment": { of: ["explain"], words: ["--environment", "nothing"], error: /"nothing"/ },
    "an environments file that is missing": {
      of: ["list", "explain", "explain --live", "pull", "adopt"],
      words: ["--environments", "nothing.ts"],
      error: /"nothing\.ts" does not exist/,
    },
    "an environments file with a syntax error": {
      of: ["list", "explain", "pull", "adopt"],
      before: () => broken("environments.ts", "export const = ;", environments())(),
      error: /environments\.ts/,
    },
    "an environments file that throws what is not an error": {
      of: ["list", "explain", "pull", "adopt"],
      before: () => broken("environments.ts", "throw null;", environments())(),
      error: /environments\.ts/,
    },
    "an environments file that rejects something": {
      of: ["list", "explain", "pull", "adopt"],
      before: () => broken("environments.ts", 'void Promise.reject(new Error("late"));', environments())(),
      error: /late/,
    },
    "nothing synthesised": { of: withStacks, before: withoutManifest, error: /Nothing was synthesised/ },
    "no cdktf.json to synthesise": { of: withStacks, words: ["--synthesise"], error: /Missing "cdktf\.json"/ },
    "no Terraform": {
      of: withStacks,
      environment: { TERRAFORM_BINARY_NAME: "no-such-terraform" },
      error: /no-such-terraform/,
    },
    "an unknown region": {
      of: ["audit", "deploy", "repair", "adopt", "explain --live"],
      environment: { ...credentials, GENESYS_SANDBOX_URL: "", GENESYSCLOUD_REGION: "mars" },
      error: /"mars"/,
    },
    "an invalid address": {
      of: ["audit", "deploy", "repair", "adopt", "explain --live"],
      environment: { ...credentials, GENESYS_SANDBOX_URL: "nowhere" },
      error: /GENESYS_SANDBOX_URL/,
    },
    "no credentials": { of: ["audit", "adopt", "pull"], error: /credentials|VERCEL_TOKEN is not set/ },
    "a server that refuses": {
      of: ["pull", "adopt"],
      environment: { ...credentials, VERCEL_TOKEN: "a-token-of-it" },
      error: /400|refuses the credentials/,
    },
    "a server that cannot be reached": {
      of: ["pull", "adopt"],
      environment: {
        ...credentials,
        VERCEL_TOKEN: "a-token-of-it",
        VERCEL_API_URL: "http://127.0.0.1:1",
        GENESYS_SANDBOX_URL: "http://127.0.0.1:1",
      },
      error: /cannot be reached/,
    },
    "a state that is broken": {
      of: ofStacks,
      environment: credentials,
      before: () => {
        const file = join(project.folder, "cdktf.out", "stacks", "shop", "terraform.tfstate");
        writeFileSync(file, '{ "version": 3 }');
        return () => {
          rmSync(file);
        };
      },
      error: /state/,
    },
    "a Terraform that fails": { of: ["plan"], error: /it failed/ },
  };

  const cases = Object.entries(failures).flatMap(([failure, { of = names }], index) =>
    of.filter((_, place) => each === "command" || place === index % of.length).map((name) => [name, failure] as const),
  );

  testOnPosix.each(cases)("origins %s --json prints JSON for %s", async (name, failure) => {
    const { words = [], environment = {}, error, before } = failures[failure] ?? { error: /./ };
    const mend = before?.();
    const usual = commands[name].filter((word) => word !== "--skip-synth" || !words.includes("--synthesise"));
    const added = words.filter((word) => word !== "--synthesise");
    const ended = await project.run([...usual, ...added], environment);
    mend?.();
    expect(ended.code).not.toBe(0);
    expect(ended.signal).toBeNull();
    const result: unknown = JSON.parse(ended.stdout);
    expect(JSON.stringify(result).replaceAll('\\"', '"')).toMatch(error);
    expect(ended.stderr).not.toBe("");
  });

  /** What each command is doing when it is interrupted. */
  const interrupted = [
    ["list", "loading"],
    ["explain", "loading"],
    ["pull", "loading"],
    ["pull", "asking"],
    ["adopt", "asking"],
    ["audit", "asking"],
    ["deploy", "asking"],
    ["repair", "asking"],
    ["plan", "planning"],
  ] as const;

  testOnPosix.each(someOf(interrupted, (_, index) => [0, 4, 6, 8].includes(index)))(
    "origins %s --json prints JSON when it is interrupted while %s",
    async (name, doing) => {
      let begun = false;
      project.answers = () => {
        begun = true;
        return { status: 0, body: "" };
      };
      const marker = join(project.folder, `begun-${name}-${doing}`);
      const wait = `import { writeFileSync } from "node:fs";
writeFileSync(${JSON.stringify(marker)}, "");
await new Promise((resolve) => setTimeout(resolve, 8_000));`;
      if (doing === "loading") project.write("environments.ts", environments(wait));
      const slow = doing === "planning" ? { SLOW_TERRAFORM: marker } : {};
      const child = project.start(commands[name], { ...credentials, VERCEL_TOKEN: "a-token-of-it", ...slow });
      const ended = finished(child);
      await until(() => begun || existsSync(marker), 100_000);
      child.kill("SIGINT");
      const { code, stdout } = await ended;
      project.write("environments.ts", environments());
      expect(code).toBe(130);
      expect(() => JSON.parse(stdout) as unknown).not.toThrow();
    },
  );

  test("what was printed already is not printed again, and without --json nothing is", async () => {
    const text = await project.run(["list", "nothing"]);
    expect([text.code, text.stdout]).toEqual([1, ""]);
    const help = await project.run(["list", "--json", "--help"]);
    expect([help.code, help.stderr]).toEqual([0, ""]);
    const refused = await project.run(["list", "--json"]);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toHaveLength(1);
    const behind = await project.run(["sandbox", "--port", "none", "--", "echo", "--json"]);
    expect([behind.code, behind.stdout]).toEqual([1, ""]);
  });
}
