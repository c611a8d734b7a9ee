import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { changeSandbox } from "./checkout";
import { fromRegistry } from "../from-npm";
import { Consumer, longestPack, pack } from "./consumer";
import { PackageRegistry } from "./package-registry";
import { needsTerraform } from "./terraform";

type Files = Readonly<Record<string, string | object>>;

/** A repository as its owner has it before `origins init`. */
interface Repository {
  /** Writes what a generator of applications writes; answers its folder. */
  readonly generated?: (parent: string) => string;
  /** What the owner has added. */
  readonly files: Files;
  /** The allowed domains that the files mean, by environment. */
  readonly domains: Readonly<Record<string, readonly string[]>>;
  /** What is said of them. */
  readonly said: readonly string[];
  readonly core: "cdktf" | "cdktn";
  readonly runner: "jest" | "vitest";
}

const generator =
  (name: string, major: number, ...parameters: readonly string[]) =>
  (parent: string): string => {
    const program = join(fromRegistry(name, major), "dist/index.js");
    const { status, stderr } = spawnSync(process.execPath, [program, "shop", ...parameters], {
      cwd: parent,
      encoding: "utf8",
      env: { ...process.env, CI: "1", npm_config_user_agent: "npm/11.0.0" },
    });
    if (status !== 0) throw new Error(stderr);
    return join(parent, "shop");
  };

const nextApplication = (name: string, dev: string): object => ({
  name,
  private: true,
  scripts: { dev, build: "next build" },
  dependencies: { next: "^16.0.0", react: "^19.0.0", "react-dom": "^19.0.0" },
});

const repositories: Readonly<Record<string, Repository>> = {
  "create-next-app, with an env file that git ignores": {
    generated: generator(
      "create-next-app",
      16,
      ...[
        "--ts",
        "--app",
        "--no-tailwind",
        "--no-eslint",
        "--no-src-dir",
        "--use-npm",
        "--skip-install",
        "--disable-git",
      ],
      "--yes",
    ),
    files: { ".env.production": "NEXT_PUBLIC_SITE_URL=https://www.example.com\n" },
    domains: { production: ["www.example.com"], development: ["localhost"] },
    said: [
      'Ignored by git, so that a pipeline does not have it: .env.production. Commit it with "git add --force .env.production"',
      'Added "infra/messenger" to "exclude" of tsconfig.json',
    ],
    core: "cdktn",
    runner: "vitest",
  },
  "create-t3-app, with files for its environments": {
    generated: generator(
      "create-t3-app",
      7,
      ..."--CI --noGit --noInstall --trpc --nextAuth --prisma --appRouter".split(" "),
    ),
    files: {
      ".env.production": "AUTH_URL=https://app.example.com/api/auth\nAUTH_SECRET=production-secret-of-auth\n",
      ".env.staging": "AUTH_URL=https://staging.example.com\n",
    },
    domains: { production: ["app.example.com"], staging: ["staging.example.com"], development: ["localhost"] },
    said: ['Added "infra/messenger" to "exclude" of tsconfig.json'],
    core: "cdktn",
    runner: "vitest",
  },
  "a turbo monorepo with two applications, tested with jest": {
    files: {
      "package.json": {
        name: "acme",
        private: true,
        workspaces: ["apps/*", "packages/*"],
        packageManager: "npm@11.0.0",
        devDependencies: { turbo: "^2.0.0", jest: "^30.0.0" },
      },
      "turbo.json": { tasks: { build: { outputs: [".next/**"] } } },
      "packages/ui/package.json": {
        name: "@acme/ui",
        peerDependencies: { next: "*" },
        devDependencies: { next: "16" },
      },
      "apps/shop/package.json": nextApplication("shop", "next dev --turbopack --port 3001"),
      "apps/shop/.env": "NEXT_PUBLIC_SITE_URL=http://localhost:3001\n",
      "apps/shop/.env.production": "NEXT_PUBLIC_SITE_URL=https://shop.example.com\nSTRIPE_KEY=sk_live_of_the_shop\n",
      "apps/shop/next.config.js": 'module.exports = { allowedDevOrigins: ["shop.dev.example.com"] };\n',
      "apps/docs/package.json": nextApplication("docs", "next dev -p 3002"),
      "apps/docs/.env.production": "NEXT_PUBLIC_SITE_URL=https://docs.example.org\n",
      "apps/docs/.env.preview": "NEXT_PUBLIC_SITE_URL=\n",
    },
    domains: {
      production: ["docs.example.org", "shop.example.com"],
      development: ["localhost", "shop.dev.example.com"],
    },
    said: [
      "Next.js application: apps/docs\nNext.js application: apps/shop\n",
      '"NEXT_PUBLIC_SITE_URL" is empty (apps/docs/.env.preview:1 NEXT_PUBLIC_SITE_URL)',
    ],
    core: "cdktn",
    runner: "jest",
  },
  "a Netlify site whose team uses cdktf": {
    files: {
      "package.json": {
        ...nextApplication("site", "next dev"),
        devDependencies: { "cdktf-cli": "^0.21.0", cdktf: "^0.21.0" },
      },
      "next.config.mjs": "export default {};\n",
      "netlify.toml": `
[build.environment]
  NODE_VERSION = "22"
[context.production.environment]
  SITE_URL = "https://www.example.net"
[context.deploy-preview.environment]
  SITE_URL = "https://preview.example.dev"
[context.staging.environment]
  SITE_URL = "https://staging.example.dev"
`,
    },
    domains: {
      production: ["www.example.net"],
      staging: ["staging.example.dev"],
      preview: ["preview.example.dev"],
      development: ["localhost"],
    },
    said: [],
    core: "cdktf",
    runner: "vitest",
  },
};

needsTerraform("origins init", () => {
  const published = mkdtempSync(join(tmpdir(), "published-"));
  let registry: PackageRegistry;
  let consumer: Consumer;
  beforeAll(async () => {
    const library = await pack(published);
    consumer = new Consumer(library, []);
    registry = await PackageRegistry.start([library, await pack(published, "genesys-cloud-sandbox")]);
  }, longestPack);
  afterAll(() => {
    registry.stop();
    consumer.remove();
    rmSync(published, { recursive: true, force: true });
  });

  describe.each(Object.entries(repositories))(
    "in what %s has",
    (_, { generated, files, domains, said, core, runner }) => {
      const parent = realpathSync(mkdtempSync(join(tmpdir(), "repository-")));
      let repository: string;
      let project: string;
      beforeAll(() => {
        repository = generated?.(parent) ?? join(parent, "repository");
        project = join(repository, "infra/messenger");
        for (const [name, content] of Object.entries(files)) {
          const file = join(repository, name);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, undefined, 2));
        }
        spawnSync("git", ["init", "--quiet"], { cwd: repository });
      });
      afterAll(() => {
        rmSync(parent, { recursive: true, force: true });
      });

      /** Runs a command as a person types it; the registry is a part of this process, so that nothing may block. */
      const run = async (
        command: string,
        cwd = project,
      ): Promise<{ readonly code: number | null; readonly said: string }> => {
        const env = {
          ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_"))),
          ...registry.environment,
          CI: "1",
          NO_COLOR: "1",
          CHECKPOINT_DISABLE: "1",
        };
        const child = spawn(command, { cwd, shell: true, env, stdio: ["ignore", "pipe", "pipe"] });
        const printed = Promise.all([text(child.stdout), text(child.stderr)]);
        const [code] = (await once(child, "close")) as [number | null];
        return { code, said: (await printed).join("") };
      };
      const expectRun = async (code: number, command: string, cwd?: string): Promise<string> => {
        const ended = await run(command, cwd);
        expect({ command, ...ended, code: ended.code }).toEqual({ command, ...ended, code });
        return ended.said;
      };
      /** The command as `npx cdktf-genesys-messenger` runs it, without a core and without a project. */
      const init = (): Promise<string> =>
        expectRun(0, `"${process.execPath}" "${join(consumer.installed, "bin/origins.js")}" init --yes`, repository);
      const read = (name: string): string => readFileSync(join(project, name), "utf8");

      test("it shows the pages, and writes a project without a question", async () => {
        const printed = await init();
        for (const each of [...said, ...Object.values(domains).flat()]) expect(printed).toContain(each);
        expect(printed).not.toMatch(/sk_live|production-secret/);
        expect(read("main.ts")).toContain(`from "${core}"`);
        expect(JSON.parse(read("package.json"))).toMatchObject({
          devDependencies: { [runner]: expect.any(String) as string },
        });
      });

      test("a second run says what is there, and changes nothing", async () => {
        const names = ["environments.ts", "main.ts", "package.json", "snapshots/allow-lists.ts"];
        const before = names.map(read);
        const config = join(repository, "tsconfig.json");
        const compiler = existsSync(config) ? readFileSync(config, "utf8") : "";
        writeFileSync(join(project, "main.ts"), `${read("main.ts")}// edited\n`);
        const printed = await init();
        expect(printed).toMatch(/Already there, unchanged\n(?: {2}infra\/messenger\/\S+\n){7,}/);
        expect(printed).not.toMatch(/^Written|^Added/m);
        expect(read("main.ts")).toBe(`${before[1] ?? ""}// edited\n`);
        writeFileSync(join(project, "main.ts"), before[1] ?? "");
        expect(names.map(read)).toEqual(before);
        expect(existsSync(config) ? readFileSync(config, "utf8") : "").toBe(compiler);
      });

      test("it installs, compiles and tests", async () => {
        await expectRun(0, "npm install");
        await expectRun(0, "npm run typecheck");
        const listed = JSON.parse(await expectRun(0, "npx origins list --json")) as readonly Listed[];
        expect(
          Object.fromEntries(listed.map((each) => [each.name, each.allowedDomains.map(({ domain }) => domain)])),
        ).toEqual(domains);
        const count = Object.keys(domains).length;
        // In a pipeline no snapshot would be written.
        expect(await expectRun(0, "CI= npm test")).toMatch(new RegExp(`Snapshots:? +${count} written`));
      }, 300_000);

      test("the application's compiler does not see the project", () => {
        if (!existsSync(join(repository, "tsconfig.json"))) return;
        const compiler = join(project, "node_modules/typescript/bin/tsc");
        const { stdout } = spawnSync(process.execPath, [compiler, "--listFilesOnly"], {
          cwd: repository,
          encoding: "utf8",
        });
        expect(stdout).toContain(repository);
        expect(stdout.split("\n").filter((file) => /infra.messenger.(?!node_modules)/.test(file))).toEqual([]);
      });

      test("it deploys into the sandbox, and an emptied list is healed under the same id", async () => {
        await expectRun(0, "npx origins sandbox -- npx origins deploy --auto-approve");
        const before = changeSandbox(project, ({ deployments }) => {
          const all = [...deployments.values()].map(({ name, id, allowedDomains }) => ({ name, id, allowedDomains }));
          for (const deployment of deployments.values())
            deployments.set(deployment.id, { ...deployment, allowedDomains: [] });
          return all;
        });
        expect(before.map(({ allowedDomains }) => allowedDomains).sort()).toEqual(Object.values(domains).sort());

        const printed = await expectRun(0, "npx origins sandbox -- npx origins deploy --auto-approve");
        expect(printed.match(/the list is empty/g)?.length).toBeGreaterThanOrEqual(before.length);
        expect(
          changeSandbox(project, ({ deployments }) =>
            [...deployments.values()].map(({ name, id, allowedDomains }) => ({ name, id, allowedDomains })),
          ),
        ).toEqual(before);
      }, 300_000);
    },
  );
});

/** What the test reads of `origins list --json`. */
interface Listed {
  readonly name: string;
  readonly allowedDomains: readonly { readonly domain: string }[];
}
