import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { onCore } from "./cores";
import { S3Server } from "./s3-server";
import { type Given, SandboxProject } from "./sandbox-project";
import { needsTerraform } from "./terraform";

const root = resolve(__dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => onCore("cdktf", code));

/** What the application of the README's environments has. */
const application: Readonly<Record<string, string>> = {
  "apps/shop/.env.production": "NEXT_PUBLIC_SITE_URL=https://www.example.com\n",
  "apps/shop/.env.staging": "NEXT_PUBLIC_SITE_URL=https://staging.example.com\n",
  "apps/shop/next.config.js": "module.exports = {};\n",
};

/** How an example that is not a complete program is run, by the name of its export. */
interface Driver extends Given {
  readonly main: string;
  readonly variables?: NodeJS.ProcessEnv;
}

const beginning = `
  import { App, TerraformOutput, TerraformStack } from "cdktf";
  import { GenesyscloudProvider, MessengerStack, nextEnvironment } from "cdktf-genesys-messenger";
  import * as example from "./example";
  const app = new App();`;
const environment = `nextEnvironment("tenant", { kind: "staging", addresses: ["https://tenant.example.com"] })`;
const drivers: Readonly<Record<string, Driver>> = {
  admitTenant: {
    main: `
      const stack = new MessengerStack(app, "tenant", { environment: ${environment}, defaultLanguage: "en-us" });
      example.admitTenant(stack, stack.messenger);`,
    variables: { TF_VAR_tenant_domain: "shop.tenant.example.com" },
  },
  production: {
    main: `new MessengerStack(app, "production", { environment: example.production, defaultLanguage: "en-us" });`,
  },
  SupportStack: { main: `new example.SupportStack(app, "support");` },
  supportSnippet: {
    main: `
      const stack = new TerraformStack(app, "page");
      new GenesyscloudProvider(stack, "Genesys");
      new TerraformOutput(stack, "snippet", { value: example.supportSnippet(stack) });`,
    messengers: [
      {
        name: "messenger-support",
        deploymentId: "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10",
        configurationId: "b3f3a0c1-8e53-4d35-9a3b-0f4a5d6e7c21",
      },
    ],
  },
};

const exportOf = (code: string): string => /export (?:class|function|const) (\w+)/.exec(code)?.[1] ?? "";
const isProgram = (code: string): boolean => code.includes("app.synth()");
const declared = examples.find((code) => exportOf(code) === "environments") ?? "";

needsTerraform("an example of the README in the sandbox", () => {
  let project: SandboxProject;
  let s3: S3Server;
  beforeAll(async () => {
    project = new SandboxProject({ remoteState: true });
    s3 = await S3Server.start();
  });
  afterAll(async () => {
    await s3.close();
    project.remove();
  });

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(project.folder, path)), { recursive: true });
    writeFileSync(join(project.folder, path), text);
  };
  /** The program of a user, with this project's sources as the package and the core that the tests run on. */
  const writeProgram = (files: Readonly<Record<string, string>>): void => {
    for (const [name, code] of Object.entries(files)) {
      write(
        name,
        code
          .replaceAll(/"cdktf-genesys-messenger(\/\w+)?"/g, `"cdktf-genesys-messenger"`)
          .replaceAll(`"cdktn"`, `"cdktf"`),
      );
    }
    buildSync({
      absWorkingDir: project.folder,
      entryPoints: ["main.ts"],
      outfile: join(project.folder, "main.js"),
      bundle: true,
      alias: { "cdktf-genesys-messenger": join(root, "lib", "index.ts") },
      packages: "external",
      platform: "node",
      target: "node20.9",
    });
    write("cdktf.json", JSON.stringify({ language: "typescript", app: "node main.js" }));
  };

  const cases = examples
    .filter((code) => exportOf(code) !== "environments")
    .map((code, index) => [isProgram(code) ? `program ${index + 1}` : exportOf(code), code] as const);

  test.each(cases)("%s: it is deployed, and the next plan is empty", async (name, code) => {
    const driver: Driver | undefined = isProgram(code) ? { main: "" } : drivers[name];
    if (driver === undefined) throw new Error(`Say in "drivers" how the example that exports "${name}" is run.`);
    const flows = ["production", "staging", "preview", "development"].map((kind, index) => ({
      id: `5a9db0c5-0000-4000-8000-00000000020${index}`,
      name: `Support ${kind}`,
    }));
    project.reset({ ...driver, flows });
    for (const [path, text] of Object.entries(application)) write(path, text);
    writeProgram(
      isProgram(code)
        ? { "environments.ts": declared, "main.ts": code }
        : { "example.ts": code, "main.ts": `${beginning}\n${driver.main}\napp.synth();` },
    );

    const run = await project.succeeds(["deploy --auto-approve", "plan"], { ...s3.environment, ...driver.variables });
    expect(run).not.toMatch(/refused|drift/);
  });
});
