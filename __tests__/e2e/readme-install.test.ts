import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Consumer, longestPack, pack } from "./consumer";
import { cores } from "./cores";
import { application, packagesOf, readmeExample } from "./readme-project";
import { needsTerraform } from "./terraform";

const { installs, files } = readmeExample();
const wanted = installs.flatMap(packagesOf).map((written) => {
  const [, name = "", range] = /^(@?[^@]+)(?:@(.+))?$/.exec(written) ?? [];
  return { name, range };
});

/** What the README's commands install is taken from here; `npm run test:full` asks the registry for it. */
needsTerraform("the README's example in an empty folder", () => {
  const published = mkdtempSync(join(tmpdir(), "published-"));
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = new Consumer(
      await pack(published),
      cores.filter((core) => wanted.some(({ name }) => name === core)),
    );
    if (wanted.some(({ name }) => name === "genesys-cloud-sandbox")) {
      consumer.install(await pack(published, "genesys-cloud-sandbox"), "genesys-cloud-sandbox");
    }
    const linked = Object.keys(consumer.manifest.peerDependencies ?? {});
    for (const { name } of wanted) {
      if (name !== "cdktf-genesys-messenger" && !linked.includes(name)) consumer.link(name);
    }
    mkdirSync(join(consumer.folder, "node_modules/.bin"));
    symlinkSync("../cdktf-genesys-messenger/bin/origins.js", join(consumer.folder, "node_modules/.bin/origins"));
    consumer.write({ "package.json": { dependencies: {} }, ...files, ...application });
  }, longestPack);
  afterAll(() => {
    consumer.remove();
    rmSync(published, { recursive: true, force: true });
  });

  const run = (command: string): { readonly code: number | null; readonly said: string } => {
    const env = { ...process.env, NO_COLOR: "1", CHECKPOINT_DISABLE: "1", npm_config_offline: "true" };
    const { status, stdout, stderr } = spawnSync(command, { cwd: consumer.folder, shell: true, encoding: "utf8", env });
    return { code: status, said: `${stdout}${stderr}` };
  };

  test("installs the package itself, and what is pinned there is what is tested here", () => {
    expect(wanted.map(({ name }) => name)).toContain("cdktf-genesys-messenger");
    for (const { name, range } of wanted.filter((each) => each.range !== undefined)) {
      const { version } = JSON.parse(readFileSync(join("node_modules", name, "package.json"), "utf8")) as {
        version: string;
      };
      expect({ name, version: version.startsWith(range?.replace(/^[~^]/, "") ?? "") }).toEqual({ name, version: true });
    }
    expect(Object.keys(files)).toEqual(expect.arrayContaining(["environments.ts", "main.ts", "cdktf.json"]));
  });

  test("lists, plans and deploys in the sandbox", () => {
    const list = run("npx origins list");
    expect({ ...list, code: 0 }).toEqual(list);
    const plan = run("npx origins sandbox -- npx origins plan production");
    expect({ ...plan, code: 2 }).toEqual(plan);
    const deploy = run("npx origins sandbox -- npx origins deploy --auto-approve");
    expect({ ...deploy, code: 0 }).toEqual(deploy);
    expect(deploy.said).not.toMatch(/Warning|deprecat/i);
  });
});
