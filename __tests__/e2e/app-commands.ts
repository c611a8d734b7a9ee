import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { alias, deployment, VercelServer } from "../pull/vercel-server";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { finished, type Finished } from "./checkout";
import { Consumer, longestPack, pack } from "./consumer";
import { createNextAppConfig } from "../create-next-app";
import { fromRegistry, nodeBinary } from "../from-npm";
import { needsTerraform } from "./terraform";

/** How a team runs its app. */
interface Setup {
  readonly app: string;
  readonly node?: 24;
  readonly typescript: "5.9" | "6" | "7" | "none";
  readonly type: "commonjs" | "module";
  /** The app's program and the ending of its imports. */
  readonly main: string;
  readonly ending?: ".js" | ".ts";
  readonly environments?: string;
  readonly compilerOptions?: object;
}

const node16 = { target: "es2022", module: "node16", strict: true, skipLibCheck: true };
/** The way that `npm test` tries: the newest. */
export const newestSetup: readonly Setup[] = [
  { app: "node main.ts", node: 24, typescript: "7", type: "module", main: "main.ts", ending: ".ts" },
];

/** The others, for `npm run test:full`. */
export const otherSetups: readonly Setup[] = [
  { app: "node --require ts-node/register main.ts", typescript: "5.9", type: "commonjs", main: "main.ts" },
  { app: "npx ts-node main.ts", typescript: "6", type: "commonjs", main: "main.ts" },
  { app: "npx tsx main.ts", typescript: "7", type: "commonjs", main: "main.ts" },
  {
    app: "npm run --silent synth",
    typescript: "none",
    type: "module",
    main: "infra/main.mts",
    environments: "environments.mts",
    ending: ".js",
    compilerOptions: createNextAppConfig.compilerOptions,
  },
];

const environmentsOf = (ending: string): string =>
  `import { envFiles, nextEnvironment, vercelProject } from "cdktf-genesys-messenger";
import { brand } from "./brand${ending}";

interface Padding {
  readonly what: string;
}

export const environments = [
  nextEnvironment("production", {
    kind: "production",
    addresses: [
      envFiles("apps/shop", { variables: "NEXT_PUBLIC_SITE_URL" }),
      "https://shop.example.com",
      ...brand({ what: "help" }),
    ],
  }),
  nextEnvironment("preview", { kind: "preview", addresses: [vercelProject("storefront", { team: "acme", branch: "staging" })] }),
];
`;
const brand = `export const brand = ({ what }: { readonly what: string }): string[] => [\`https://\${what}.example.com\`];\n`;
const mainOf = (environments: string): string =>
  `import { App } from "cdktf";
import { MessengerStack } from "cdktf-genesys-messenger";
import { environments } from "${environments}";

const app = new App();
for (const environment of environments) {
  if (environment.kind === "production") {
    new MessengerStack(app, environment.name, { environment, defaultLanguage: "en-us", region: "eu-central-1" });
  }
}
app.synth();
`;

/** A team's project, with the package that npm pack makes and what the team runs its app by. */
class Project {
  static async start(setup: Setup, tarball: string, vercel: VercelServer): Promise<Project> {
    const node = setup.node === undefined ? process.execPath : nodeBinary(setup.node);
    const project = new Project(setup, new Consumer(tarball), node, await Genesys.start(quick), vercel.environment);
    project.install();
    return project;
  }

  private constructor(
    readonly setup: Setup,
    private readonly consumer: Consumer,
    private readonly node: string,
    private readonly genesys: Genesys,
    private readonly platform: NodeJS.ProcessEnv,
  ) {}

  async close(): Promise<void> {
    await this.genesys.close();
    this.consumer.remove();
  }

  private install(): void {
    const {
      app,
      typescript,
      type,
      main,
      ending = "",
      environments = "environments.ts",
      compilerOptions = node16,
    } = this.setup;
    const runner = app.includes("ts-node") ? "ts-node" : "tsx";
    if (!app.startsWith("node main")) this.program(runner, runner === "tsx" ? "dist/cli.mjs" : "dist/bin.js");
    if (typescript === "5.9") this.consumer.link("typescript");
    else if (typescript !== "none") {
      symlinkSync(fromRegistry("typescript", typescript), join(this.consumer.folder, "node_modules/typescript"));
    }
    const imported = `${main === "main.ts" ? "." : ".."}/${environments.replace(/\.m?ts$/, ending === ".js" ? ".mjs" : ending)}`;
    this.consumer.write({
      "package.json": { type, scripts: { synth: `tsx ${main}` } },
      "tsconfig.json": { compilerOptions, "ts-node": { transpileOnly: true } },
      "cdktf.json": { language: "typescript", app },
      "apps/shop/.env.production": "NEXT_PUBLIC_SITE_URL=https://www.example.com\n",
      "brand.ts": brand,
      [environments]: environmentsOf(ending),
      [main]: mainOf(imported),
    });
  }

  /** Installs a program of a package. */
  private program(name: string, file: string): void {
    this.consumer.link(name);
    const folder = join(this.consumer.folder, "node_modules", ".bin");
    mkdirSync(folder, { recursive: true });
    symlinkSync(join("..", name, file), join(folder, name));
  }

  /** Runs `origins` as an installed package has it. */
  private origins(...parameters: readonly string[]): Promise<Finished> {
    const env = {
      ...process.env,
      ...this.platform,
      PATH: [dirname(this.node), process.env["PATH"]].join(delimiter),
      NO_COLOR: "1",
      CHECKPOINT_DISABLE: "1",
      ...this.genesys.environment,
    };
    const words = [join(this.consumer.installed, "bin", "origins.js"), ...parameters];
    return finished(spawn(this.node, words, { cwd: this.consumer.folder, env, stdio: ["ignore", "pipe", "pipe"] }));
  }

  /** Runs `origins`, which must end with that exit code; answers all that it printed. */
  async expectCode(code: number, ...parameters: readonly string[]): Promise<string> {
    const run = await this.origins(...parameters);
    const said = `${run.stdout}${run.stderr}`;
    expect({ parameters, code: run.code, said }).toEqual({ parameters, code, said });
    return said;
  }

  read(file: string): string {
    return readFileSync(join(this.consumer.folder, file), "utf8");
  }

  /** What no plan sees. */
  async emptyTheList(): Promise<void> {
    const { entities } = await this.genesys.byHand("GET", deployments);
    const [deployment] = entities as readonly [{ readonly id: string }];
    await this.genesys.byHand("PUT", `${deployments}/${deployment.id}`, { ...deployment, allowedDomains: [] });
  }

  /** A deployment that someone made by hand. */
  async makeBrand(): Promise<void> {
    const configuration = { name: "Brand", languages: ["en-us"], defaultLanguage: "en-us" };
    const { id } = (await this.genesys.byHand("POST", configurations, configuration)) as { readonly id: string };
    await this.genesys.byHand("POST", `${configurations}/${id}/versions/draft/publish`);
    const pages = { allowAllDomains: false, allowedDomains: ["brand.example.com"] };
    await this.genesys.byHand("POST", deployments, { name: "Brand", ...pages, configuration: { id } });
  }
}

const deployments = "/api/v2/webdeployments/deployments";
const configurations = "/api/v2/webdeployments/configurations";
const quick = { api: { activationDelayMs: 0 } };

/** `list`, `explain`, `plan`, `audit`, `deploy`, `repair`, `adopt` and `pull`, with each of the ways to run the app. */
export function everyCommandWorks(setups: readonly Setup[]): void {
  needsTerraform("every command works, whatever the app's command is", () => {
    const published = mkdtempSync(join(tmpdir(), "published-"));
    let tarball: string;
    let vercel: VercelServer;
    beforeAll(async () => {
      tarball = await pack(published);
      vercel = await VercelServer.start({
        domains: [{ name: "www.example.com" }, { name: "staging.example.com", gitBranch: "staging" }],
        aliases: [alias("storefront-git-staging-acme.vercel.app", "a")],
        deployments: [deployment("a", "staging")],
      });
    }, longestPack);
    afterAll(async () => {
      await vercel.close();
      rmSync(published, { recursive: true, force: true });
    });

    describe.each(setups)("$app, TypeScript $typescript, package of type $type", (setup) => {
      const { main, environments = "environments.ts" } = setup;
      let project: Project;
      beforeAll(async () => {
        project = await Project.start(setup, tarball, vercel);
      });
      afterAll(async () => {
        await project.close();
      });

      test("pull, list and explain load the environments", async () => {
        expect(await project.expectCode(0, "pull")).toContain("+ staging.example.com (branch staging)");
        const list = await project.expectCode(0, "list");
        expect(list).toMatch(new RegExp(`shop\\.example\\.com +│ ${environments}:13 `));
        expect(list).toMatch(new RegExp(`help\\.example\\.com +│ ${environments}:9 `));
        expect(list).toMatch(/staging\.example\.com +│ origins\.lock\.json:\d+ /);
        const page = ["https://shop.example.com/cart", "--environment", "production"];
        expect(await project.expectCode(0, "explain", ...page)).toContain(`${environments}:13`);
      });

      test("plan and deploy run the app", async () => {
        expect(await project.expectCode(2, "plan")).toContain("shop.example.com");
        await project.expectCode(0, "deploy", "--auto-approve");
      });

      test("audit sees what no plan does, and repair puts it right", async () => {
        await project.emptyTheList();
        expect(await project.expectCode(2, "audit")).toContain("the list is empty");
        await project.expectCode(0, "repair", "--auto-approve");
        await project.expectCode(0, "audit");
      });

      test("adopt changes the program, which then imports what was adopted", async () => {
        await project.makeBrand();
        const adopt = await project.expectCode(
          0,
          "adopt",
          "Brand",
          "--kind",
          "production",
          "--write",
          "--auto-approve",
        );
        expect(adopt).toContain(`, ${main}. Next: npx origins plan brand`);
        expect(project.read(main)).toContain("...messengers[environment.name]");
        expect(await project.expectCode(2, "plan", "brand")).toContain("2 to import, 0 to add, 0 to change");
      });
    });
  });
}
