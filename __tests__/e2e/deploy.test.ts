import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Deployment } from "../../packages/sandbox/lib/cloud/state";
import { changeSandbox, Checkout } from "./checkout";
import { needsTerraform, terraformCommand } from "./terraform";
import { inFull } from "../in-full";

const stacks = ["production", "staging", "preview", "development"] as const;
const cdktf = (...parameters: readonly string[]): readonly string[] => ["npx", "--no-install", "cdktf", ...parameters];

needsTerraform("the example application, deployed by cdktf into the sandbox", () => {
  const checkout = Checkout.compiled();
  const sandbox = (...command: readonly string[]): ReturnType<Checkout["run"]> =>
    checkout.run(checkout.origins("sandbox", "--", ...command), { CI: "1" });

  /** Edits a deployment past Terraform, and answers its id and list from before. */
  const edited = (name: string, edit: (deployment: Deployment) => Deployment): object => {
    return changeSandbox(checkout.folder, ({ deployments }) => {
      const found = [...deployments.values()].find((each) => each.name === name);
      if (found === undefined) throw new Error(`Unknown deployment "${name}".`);
      deployments.set(found.id, edit(found));
      return { id: found.id, allowedDomains: found.allowedDomains };
    });
  };

  beforeAll(async () => {
    const deployed = await sandbox(...cdktf("deploy", "*", "--auto-approve"));
    expect(deployed).toMatchObject({ code: 0 });
  });
  afterAll(() => {
    checkout.remove();
  });

  test("Terraform accepts every stack that was synthesised, and the next plan of each is empty", async () => {
    const commands = stacks.flatMap((stack) =>
      ["validate", "plan -detailed-exitcode -input=false"].map(
        (command) => `"${terraformCommand}" -chdir="${join("cdktf.out", "stacks", stack)}" ${command} -no-color`,
      ),
    );
    const { code, stdout } = await sandbox("sh", "-ec", commands.join("\n"));
    expect(stdout.match(/Success! The configuration is valid\./g)).toHaveLength(stacks.length);
    expect(stdout.match(/No changes\. Your infrastructure matches the configuration\./g)).toHaveLength(stacks.length);
    expect(code).toBe(0);
  });

  test("an emptied list is mentioned by cdktf diff, and restored by cdktf deploy under the same id", async () => {
    const before = edited("messenger-production", (deployment) => ({ ...deployment, allowedDomains: [] }));

    // cdktf saves the plan that it shows, so that the state must say what is live.
    const diff = await sandbox(...cdktf("diff", "production"));
    expect(diff.stdout).toContain('corrected the state of "production", so that drift is undone: the list is empty');
    expect(diff.stdout).toMatch(/0 to add, 1 to change, 0 to destroy/);
    expect(diff.code).toBe(0);

    expect(await sandbox(...cdktf("deploy", "production", "--auto-approve"))).toMatchObject({ code: 0 });
    expect(edited("messenger-production", (deployment) => deployment)).toEqual(before);
  });

  inFull(() => {
    test("cdktf diff says so too", async () => {
      const { code, stdout } = await sandbox(...cdktf("diff", "production"));
      expect(stdout).toContain("No changes.");
      expect(code).toBe(0);
    });
  });

  test("the state of the real organisation is neither read nor written", () => {
    const here = readdirSync(checkout.folder, { recursive: true, encoding: "utf8" });
    expect(here.filter((file) => /^terraform\..*\.tfstate$/.test(file))).toEqual([]);
  });
});

describe("what is synthesised", () => {
  /** Every variable that the provider reads, with a value that would be seen. */
  const secrets = Object.fromEntries(
    ["OAUTHCLIENT_ID", "OAUTHCLIENT_SECRET", "ACCESS_TOKEN", "REGION", "GATEWAY_HOST", "GATEWAY_PORT"]
      .concat(["GATEWAY_PROTOCOL", "GATEWAY_AUTH_USERNAME", "GATEWAY_AUTH_PASSWORD", "PROXY_HOST", "PROXY_PORT"])
      .concat(["PROXY_PROTOCOL", "PROXY_AUTH_USERNAME", "PROXY_AUTH_PASSWORD", "SDK_DEBUG", "TOKEN_POOL_SIZE"])
      .map((name) => [`GENESYSCLOUD_${name}`, `marker-${name}`]),
  );
  const synthesise = async (environment: NodeJS.ProcessEnv): Promise<ReadonlyMap<string, string>> => {
    const checkout = new Checkout();
    try {
      const run = await checkout.run(["npx", "--no-install", "ts-node", "main.ts"], environment);
      expect(run).toMatchObject({ code: 0 });
      const out = join(checkout.folder, "cdktf.out");
      const files = readdirSync(out, { recursive: true, encoding: "utf8" }).sort();
      const texts = files.filter((file) => statSync(join(out, file)).isFile());
      return new Map(texts.map((file) => [file, readFileSync(join(out, file), "utf8")]));
    } finally {
      checkout.remove();
    }
  };

  test("holds no secret, with all of the provider's environment variables set", async () => {
    const everything = [...(await synthesise(secrets)).values()].join("\n");
    expect(everything).toContain("www.example.com");
    expect(everything).not.toContain("marker-");
  });

  test("is the same, byte for byte, in another folder, language and time zone", async () => {
    const here = await synthesise({ LC_ALL: "C", TZ: "UTC" });
    const there = await synthesise({ LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", TZ: "Pacific/Chatham" });
    expect(there).toEqual(here);
    expect([...here.keys()]).toEqual(
      expect.arrayContaining(stacks.map((stack) => join("stacks", stack, "cdk.tf.json"))),
    );
  });
});
