import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import { MessengerStack, nextEnvironment } from "../lib";
import { findTerraform, terraformEnvironment } from "../lib/terraform/binary";
import { DistantSandbox, type Served } from "./audit-sandbox";

/** The packed command: it is built before. */
const standIn = resolve(__dirname, "..", "dist", "cli", "terraform.js");

/** Without drift: with it there would be something to write as well. */
const rounds = 9;

const commands = {
  plan: ["plan", "-input=false", "-detailed-exitcode"],
  apply: ["apply", "-input=false", "-auto-approve"],
  version: ["version"],
};

/** What a command takes, in milliseconds; the least of all rounds, because what is more was the machine's other work. */
interface Cost {
  readonly elapsed: number;
  /** Of all its processes. */
  readonly cpu: number;
}

/**
 * What commands of Terraform take in the folder of a deployed stack: `own plan` is Terraform's, `plan` that behind origins-terraform, and
 * `node` is Node.js doing nothing.
 */
export type StandInMeasurement = Readonly<Record<string, Cost>>;

async function measure(): Promise<StandInMeasurement> {
  const terraform = findTerraform(process.env);
  if ("reason" in terraform) return {};
  const sandbox = await DistantSandbox.start();
  const project = mkdtempSync(join(tmpdir(), "bench-stand-in-"));
  const environment = variables(sandbox.served, terraform.command);
  const cwd = synthesised(join(project, "cdktf.out"));
  const run = (program: string, parameters: readonly string[]): Cost => {
    const words = ["-c", `TIMEFORMAT="%R %U %S"; time "$@" > /dev/null 2>&1`, "bash", program, ...parameters];
    const { status, stderr } = spawnSync("bash", words, { cwd, env: environment, encoding: "utf8" });
    if (status !== 0) throw new Error(`${parameters.join(" ")} ended with ${String(status)}`);
    const [elapsed = 0, user = 0, system = 0] = stderr.trim().split(" ").map(Number);
    return { elapsed: elapsed * 1_000, cpu: (user + system) * 1_000 };
  };
  try {
    run(terraform.command, ["init", "-input=false"]);
    run(terraform.command, commands.apply);
    const costs: Record<string, Cost> = {};
    const measured = (name: string, program: string, words: readonly string[]): void => {
      const { elapsed, cpu } = run(program, words);
      const least = costs[name] ?? { elapsed, cpu };
      costs[name] = { elapsed: Math.min(elapsed, least.elapsed), cpu: Math.min(cpu, least.cpu) };
    };
    for (let round = 0; round < rounds; round++) {
      measured("node", process.execPath, ["-e", "0"]);
      for (const [name, words] of Object.entries(commands)) {
        measured(`own ${name}`, terraform.command, words);
        measured(name, process.execPath, [standIn, ...words]);
      }
    }
    return costs;
  } finally {
    await sandbox.close();
    rmSync(project, { recursive: true });
  }
}

/** Synthesises one Messenger; answers the folder of its stack. */
function synthesised(outdir: string): string {
  const app = new App({ outdir });
  const environment = nextEnvironment("production", {
    kind: "production",
    addresses: ["https://www.example.com", "https://shop.example.com"],
  });
  new MessengerStack(app, "production", { environment, defaultLanguage: "en-us" });
  app.synth();
  return join(outdir, "stacks", "production");
}

function variables({ url, clientId, clientSecret, reattach }: Served, terraform: string): NodeJS.ProcessEnv {
  const { hostname, port, protocol } = new URL(url);
  return {
    ...terraformEnvironment(process.env),
    TF_REATTACH_PROVIDERS: reattach,
    GENESYSCLOUD_OAUTHCLIENT_ID: clientId,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: clientSecret,
    GENESYSCLOUD_GATEWAY_HOST: hostname,
    GENESYSCLOUD_GATEWAY_PORT: port,
    GENESYSCLOUD_GATEWAY_PROTOCOL: protocol.replace(":", ""),
    GENESYS_SANDBOX_URL: url,
    ORIGINS_TERRAFORM_BINARY: terraform,
  };
}

void measure().then((measured) => {
  console.log(JSON.stringify(measured));
});
