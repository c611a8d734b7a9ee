import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { examplesOf } from "../documentation";
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
    const plan = run("npx origins sandbox -- npx origins plan production");
    expect({ ...plan, code: 2 }).toEqual(plan);
    for (const command of commandsOf("README.md", "npx origins list")) {
      const { code, said } = run(command);
      expect({ command, code, said }).toMatchObject({ code: 0 });
      expect(said).not.toMatch(/Warning|deprecat/i);
    }
  });

  test("README.md, docs/drift.md, docs/pipelines.md: the commands find nothing to do after a deploy", () => {
    const commands = [
      ["README.md", "export GENESYSCLOUD_"],
      ["docs/drift.md", "npx origins audit"],
      ["docs/pipelines.md", "npx origins pull --check"],
    ].flatMap(([page = "", beginning = ""]) => {
      const ofPage = commandsOf(page, beginning)
        .filter((command) => command.startsWith("npx"))
        .map((command) => command.replace(/(?<=origins (?:deploy|repair))$/, " --auto-approve")); // a question needs a terminal
      expect(ofPage.length).toBeGreaterThan(2);
      return ofPage;
    });
    const all = new Set(["npx origins deploy --auto-approve", ...commands]); // what several pages have is run once
    const ended = run(`npx origins sandbox -- sh -exc '${[...all].join("\n")}'`);
    expect({ ...ended, code: 0 }).toEqual(ended);
  });

  test("docs/adopting.md: the deployment whose state is gone is adopted", () => {
    const commands = commandsOf("docs/adopting.md", "npx origins sandbox -- npx origins deploy production");
    expect(commands).toHaveLength(4);
    for (const command of commands.slice(0, -1)) {
      const { code, said } = run(command);
      expect({ command, code, said }).toMatchObject({ code: 0 });
    }
    const { code, said } = run(commands.at(-1) ?? "");
    expect({ code, said }).toMatchObject({ code: 2 });
    expect(said).toContain("2 to import, 0 to add, 0 to change");
  });
});

/** The commands of a block of a page, without the comments. */
function commandsOf(page: string, beginning: string): readonly string[] {
  const block = examplesOf(page, "sh").find((text) => text.startsWith(beginning)) ?? "";
  return block
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => line !== "");
}
