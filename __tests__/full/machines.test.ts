import { readFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { longestPack, pack } from "../e2e/consumer";
import { packagesOf, readmeExample } from "../e2e/readme-project";
import { fromRegistry } from "../from-npm";
import { needsTerraform } from "../e2e/terraform";
import { Machine } from "./machine";

/** A machine that people have. Its packages are the newest ones that the README's commands take. */
interface Cell {
  readonly node: 20.9 | 22 | 24 | 26;
  readonly core: "cdktf" | "cdktn";
  readonly typescript: "~5.9" | "6" | "7" | "none";
  /** What runs the app, and the words of cdktf.json. */
  readonly app: string;
  readonly module?: true | undefined;
  /** The CLI that deploys as well. */
  readonly cli?: true;
  readonly manager?: "pnpm";
  /** Whether the tsconfig.json is the one that create-next-app writes. */
  readonly next?: true | undefined;
}

const tsNode = "node --require ts-node/register main.ts";
const tsx = "npx tsx main.ts";

const cells: readonly Cell[] = [
  { node: 20.9, core: "cdktf", typescript: "~5.9", app: tsNode },
  { node: 22, core: "cdktf", typescript: "~5.9", app: tsNode, cli: true },
  { node: 22, core: "cdktn", typescript: "6", app: tsNode },
  { node: 24, core: "cdktn", typescript: "~5.9", app: tsNode, cli: true },
  { node: 24, core: "cdktn", typescript: "7", app: tsx },
  { node: 24, core: "cdktn", typescript: "7", app: "node main.ts", module: true },
  { node: 26, core: "cdktn", typescript: "7", app: tsx },
  { node: 24, core: "cdktf", typescript: "~5.9", app: tsNode },
  { node: 24, core: "cdktn", typescript: "~5.9", app: tsx, next: true },
  { node: 24, core: "cdktn", typescript: "~5.9", app: "pnpm exec tsx main.ts", manager: "pnpm" },
];

const published = mkdtempSync(join(tmpdir(), "published-"));
let [tarball, sandbox] = ["", ""];
beforeAll(async () => {
  tarball = await pack(published);
  sandbox = await pack(published, "genesys-cloud-sandbox");
}, longestPack);
afterAll(() => {
  rmSync(published, { recursive: true, force: true });
});

/** The README's example on such a machine: its commands and files with what the cell has in the place of the README's own. */
function install({ node, core, typescript, app, module, cli, manager, next }: Cell): Machine {
  const machine = new Machine(node, manager === undefined ? [] : ["pnpm@10"]);
  const { installs, files } = readmeExample();
  const runner = app.includes("ts-node") ? ["ts-node"] : app.includes("tsx") ? ["tsx"] : [];
  const packages = (name: string): readonly string[] => {
    if (name === "cdktf" || name === "cdktn") return [core === "cdktf" ? "cdktf" : "cdktn@~0.24"];
    if (name === "constructs") return [core === "cdktf" ? "constructs" : "constructs@~10.7"];
    if (name === "cdktf-genesys-messenger") return [tarball];
    if (name === "genesys-cloud-sandbox") return [sandbox];
    if (name === "ts-node" || name === "tsx") return cli ? [...runner, `${core}-cli`] : runner;
    if (name === "typescript") return typescript === "none" ? [] : [`typescript@${typescript}`];
    return [name];
  };
  machine.write({ "package.json": { private: true, ...(module && { type: "module" }) } });
  for (const command of installs) {
    const names = packagesOf(command).map((written) => written.replace(/(?<=.)@.*$/, ""));
    const words = names.flatMap(packages);
    const dev = command.includes("--save-dev") ? " --save-dev" : "";
    if (words.length > 0)
      machine.expect(
        0,
        `${manager === "pnpm" ? "pnpm add" : "npm install"}${dev} ${words.map((word) => `"${word}"`).join(" ")}`,
      );
  }
  machine.write(adapted(files, { core, module, app, next }));
  return machine;
}

/** The README's files for a core, a kind of module and an app command. */
function adapted(
  files: Readonly<Record<string, string>>,
  { core, module, app, next }: Pick<Cell, "core" | "module" | "app" | "next">,
): Readonly<Record<string, string>> {
  const ofCore = (text: string): string =>
    core === "cdktf"
      ? text.replaceAll(/"cdktn"/g, '"cdktf"').replaceAll("cdktf-genesys-messenger/cdktn", "cdktf-genesys-messenger")
      : text
          .replaceAll(/from "cdktf"/g, 'from "cdktn"')
          .replaceAll(/from "cdktf-genesys-messenger(?:\/cdktn)?"/g, 'from "cdktf-genesys-messenger/cdktn"');
  const entries = Object.entries(files).map(([path, text]): readonly [string, string] => {
    if (path === "cdktf.json") return [path, JSON.stringify({ ...(JSON.parse(text) as object), app })];
    if (!/\.[cm]?ts$/.test(path)) return [path, text];
    return [path, ofCore(module ? text.replaceAll(/from "(\.\/[\w-]+)"/g, 'from "$1.ts"') : text)];
  });
  const tsconfig = next
    ? {
        "tsconfig.json": readFileSync(
          join(fromRegistry("create-next-app", "latest"), "dist/templates/app/ts/tsconfig.json"),
          "utf8",
        ),
      }
    : {};
  return { ...Object.fromEntries(entries), ...tsconfig };
}

needsTerraform("the README's example", () => {
  describe.each(cells)("on Node $node with $core, TypeScript $typescript, $app", (cell) => {
    const { core, cli, manager } = cell;
    const npx = manager === "pnpm" ? "pnpm exec" : "npx";
    let machine: Machine;
    beforeAll(() => {
      machine = install(cell);
    }, 600_000);
    afterAll(() => {
      machine.remove();
    });

    test("origins list, plan and deploy", () => {
      expect(machine.expect(0, `${npx} origins list`)).toMatch(/shop\.example\.com +│ environments\.ts:\d+ /);
      machine.expect(2, `${npx} origins sandbox -- ${npx} origins plan production`);
      const deploy = machine.expect(0, `${npx} origins sandbox -- ${npx} origins deploy --auto-approve`);
      expect(deploy).not.toMatch(/Deprecation|ExperimentalWarning/);
      machine.expect(0, `${npx} origins sandbox -- ${npx} origins audit`);
    });

    if (cli) {
      test(`${core} deploy, and then nothing is left to plan`, () => {
        machine.expect(0, `npx origins sandbox --reset -- npx ${core} deploy '*' --auto-approve`);
        machine.expect(0, "npx origins sandbox -- npx origins plan");
      });
    }
  });

  describe("what cannot work says so in a sentence", () => {
    test("ts-node on TypeScript 7", () => {
      const machine = install({ node: 24, core: "cdktf", typescript: "7", app: tsNode });
      try {
        machine.expect(0, "npx origins list");
        const said = machine.expect(1, "npx origins sandbox -- npx origins deploy --auto-approve");
        expect(said).toMatch(
          /ts-node does not run on TypeScript 7 \(7\.\d+\.\d+ is installed\)\. .*"npx tsx main\.ts".*typescript@~5\.9\./,
        );
        expect(said).not.toMatch(/^ +at /m);
      } finally {
        machine.remove();
      }
    }, 600_000);

    test("cdktf-cli on Node 24", () => {
      const machine = install({ node: 24, core: "cdktf", typescript: "~5.9", app: tsNode, cli: true });
      try {
        const said = machine.expect(1, "npx origins sandbox -- npx cdktf deploy production --auto-approve");
        expect(said).toMatch(
          /^Error: cdktf-cli runs on Node\.js 17 to 22, and this is 24\.\S+\. Run npx origins deploy, which needs no CLI, or use cdktn-cli\.$/m,
        );
        expect(said).not.toMatch(/^ +at /m);
      } finally {
        machine.remove();
      }
    }, 600_000);
  });
});
