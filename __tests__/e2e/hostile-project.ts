import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { shop } from "../../packages/sandbox/__tests__/provider/shop";
import { finished, type Finished } from "./checkout";

const root = resolve(__dirname, "../..");

/** Names and sentences of someone who may edit a deployment or a project. */
export const evil =
  "\u001b[2J\u001b[8mhidden\u001b]0;title\u0007\u009b31m\u202eabc\n::error::INJECTED\r::set-output name=a::INJECTED\n  ::warning::INJECTED\n" +
  "##[error]INJECTED\n##vso[task.setvariable variable=a]INJECTED\n\u001b[31m::notice::INJECTED\u2028::debug::INJECTED\nsection_start:1:a\r\u001b[0KINJECTED";

/** What a server in the shape of all platforms answers: the status (0 for none at all), and the body for a request. */
export type Answers = (request: IncomingMessage) => { readonly status: number; readonly body: string };

/** The Authorization header in every form that a server may put into a message. */
export function echoed({ headers: { authorization = "" } }: IncomingMessage): string {
  const [scheme = "", credentials = ""] = authorization.split(" ");
  const decoded = Buffer.from(credentials, "base64").toString();
  return [
    authorization,
    decoded,
    `${scheme} ${Buffer.from(`Authorization: ${authorization}`).toString("base64")}`,
    Buffer.from(JSON.stringify({ headers: { authorization, decoded } })).toString("base64url"),
    encodeURIComponent(authorization),
    encodeURIComponent(decoded),
    JSON.stringify({ authorization, decoded }),
    Buffer.from(authorization).toString("hex"),
    authorization.slice(0, -3).concat("..."),
  ].join(" | ");
}

/**
 * A project with one stack and one Vercel project, in front of servers that answer whatever a test says, with a Terraform that fails and
 * prints its whole environment.
 */
export class HostileProject {
  static async start(): Promise<HostileProject> {
    const project = new HostileProject();
    project.server.listen(0, "127.0.0.1");
    await once(project.server, "listening");
    return project;
  }

  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "hostile-")));
  answers: Answers = () => ({ status: 500, body: "" });
  private readonly server: Server = createServer((request, response) => {
    this.answer(request, response);
  });

  private constructor() {
    const { folder } = this;
    for (const [source, file] of [
      ["lib/cli/main.ts", "dist/cli/main.js"],
      ["lib/environments.ts", "dist/sources.cjs"],
    ] as const) {
      const outfile = join(folder, file);
      const options = { bundle: true, packages: "external", platform: "node", target: "node20.9" } as const;
      buildSync({ absWorkingDir: root, entryPoints: [source], outfile, ...options });
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "version": "1.0.0" }');
    this.write("environments.ts", environments());
    this.writeStack({});
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin", "terraform"), terraform, { mode: 0o755 });
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Synthesises the stack, with what the program has written out in its backend. */
  writeStack(backend: object): void {
    const stack = join(this.folder, "cdktf.out", "stacks", "shop");
    mkdirSync(stack, { recursive: true });
    const entry = { constructPath: "shop", dependencies: [], synthesizedStackPath: "stacks/shop/cdk.tf.json" };
    const manifest = { stacks: { shop: { ...entry, workingDirectory: "stacks/shop" } } };
    writeFileSync(join(this.folder, "cdktf.out", "manifest.json"), JSON.stringify(manifest));
    writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ ...shop(), terraform: { backend } }));
  }

  /** The variables that lead everything to the server. */
  get environment(): NodeJS.ProcessEnv {
    return {
      CHECKPOINT_DISABLE: "1",
      NO_COLOR: "1",
      TERRAFORM_BINARY_NAME: join(this.folder, "bin", "terraform"),
      GENESYS_SANDBOX_URL: this.url,
      VERCEL_API_URL: this.url,
    };
  }

  /** Starts the command; `adopt` runs from the sources, because only they have the constructs beside the command. */
  start(parameters: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
    const main = parameters[0] === "adopt" ? join(root, "bin", "origins.js") : join(this.folder, "dist/cli/main.js");
    const env = { ...process.env, ...this.environment, ...environment };
    return spawn(process.execPath, [main, ...parameters], {
      cwd: this.folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  run(parameters: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
    return finished(this.start(parameters, environment));
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { status, body } = this.answers(request);
    if (status === 0) return; // no answer at all
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  }
}

/** The file that declares the environments, with code of the user's in front. */
export function environments(before = ""): string {
  return `${before}
import { nextEnvironment, vercelProject } from "./dist/sources.cjs";
export const environments = [
  nextEnvironment("shop", { kind: "production", addresses: ["https://www.example.com", vercelProject("shop", { team: "acme" })] }),
];
`;
}

const terraform = `#!${process.execPath}
if (process.argv[2] === "version") {
  console.log("Terraform v1.11.4");
} else if (process.env.SLOW_TERRAFORM) {
  console.error("begun");
  require("node:fs").writeFileSync(process.env.SLOW_TERRAFORM, "");
  setTimeout(() => process.exit(1), 60_000);
} else {
  const encodings = [String, encodeURIComponent, (text) => Buffer.from("x:" + text).toString("base64"), JSON.stringify];
  const said = Object.entries(process.env).map(([name, value]) => name + ": " + encodings.map((encode) => encode(value)).join(" "));
  console.error("Error: it failed\\n\\n" + said.join("\\n") + "\\n" + ${JSON.stringify(evil)});
  process.exit(1);
}
`;
