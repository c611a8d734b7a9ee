import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { bundleOn, cores } from "../e2e/cores";
import { testedNodes } from "../tested-nodes";

const secret = "s3cr3t-of-this-machine";
const credentials = Object.fromEntries(
  ["OAUTHCLIENT_ID", "OAUTHCLIENT_SECRET", "ACCESS_TOKEN", "REGION", "GATEWAY_HOST", "PROXY_AUTH_PASSWORD"].map(
    (name) => [`GENESYSCLOUD_${name}`, secret],
  ),
);

/** Runs the application in a separate folder, on a separate machine as far as the environment goes. */
async function synthesise(
  program: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
  node = process.execPath,
): Promise<Map<string, string>> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, ".env.production"), "API_KEY=k3y\nSITE_URL=https://www.example.com\n");
  const app = spawn(node, [program], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      NODE_PATH: resolve(__dirname, "../../node_modules"),
      ...credentials,
      ...environment,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const errors: string[] = [];
  app.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  const [code] = (await once(app, "close")) as [number];
  if (code !== 0 || errors.length > 0) throw new Error(`synthesis ended with ${code}: ${errors.join("")}`);
  return filesOf(join(folder, "cdktf.out"));
}

function filesOf(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return new Map(
    paths
      .map((path): [string, string] => [`/${path.split(sep).join("/")}`, readFileSync(join(folder, path), "utf8")])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

describe.each(cores)("two syntheses of one application on %s", (core) => {
  const folder = mkdtempSync(join(tmpdir(), "messenger-determinism-"));
  const program = join(folder, "app.js");
  let here: Map<string, string>;
  let there: Map<string, string>;
  beforeAll(async () => {
    bundleOn(core, 'import "./__tests__/messenger/app";', program);
    [here, there] = await Promise.all([
      synthesise(program, join(folder, "here"), { LANG: "C", LC_ALL: "C", TZ: "UTC" }),
      synthesise(program, join(folder, "elsewhere", "a b"), {
        LANG: "sv_SE.UTF-8",
        LC_ALL: "sv_SE.UTF-8",
        TZ: "Asia/Kathmandu",
      }),
    ]);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("are equal byte for byte, in other folders, locales and time zones", () => {
    expect([...here.keys()]).toEqual([
      "/manifest.json",
      ...["development", "production", "staging"].flatMap((stack) => [
        `/stacks/${stack}/allowed-domains.json`,
        `/stacks/${stack}/cdk.tf.json`,
      ]),
    ]);
    expect(there).toEqual(here);
  });

  test.each(testedNodes)("are equal on Node.js $version, which has nothing to warn of", async ({ version, path }) => {
    expect(await synthesise(program, join(folder, version), {}, path)).toEqual(here);
  });

  test("hold no path of the machine, and no secret of its environment or of the env files", () => {
    const everything = [...here.values(), ...there.values()].join("\n");

    expect(everything).not.toContain(tmpdir());
    expect(everything).not.toContain(process.cwd());
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain("k3y");
  });

  test("keep the state beside the application, wherever that is", () => {
    const { terraform } = JSON.parse(here.get("/stacks/production/cdk.tf.json") ?? "{}") as { terraform: object };

    expect(terraform).toHaveProperty("backend.local.path", "../../../terraform.production.tfstate");
  });

  test("sort the hosts by code unit, whatever the locale", () => {
    const [deployment] = Object.values(
      (
        JSON.parse(here.get("/stacks/production/cdk.tf.json") ?? "{}") as {
          resource: Record<string, Record<string, { allowed_domains: string[] }>>;
        }
      ).resource["genesyscloud_webdeployments_deployment"] ?? {},
    );

    expect(deployment?.allowed_domains).toEqual([
      "aarhus.example.com",
      "www.example.com",
      "xn--bo-xia.example.com",
      "xn--zrich-kva.example.com",
    ]);
  });

  test("say what they warn of without a stack trace", () => {
    expect(here.get("/manifest.json")).toContain("shared-host");
    expect(here.get("/manifest.json")).not.toContain("stacktrace");
  });
});
