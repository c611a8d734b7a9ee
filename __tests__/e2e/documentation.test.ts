import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { environmentKinds } from "../../lib/origins/rule";
import { rules } from "../../lib/origins/rules";
import { examplesOf, pages, textOf } from "../documentation";
import { Checkout } from "./checkout";
import { onCore } from "./cores";
import { needsTerraform } from "./terraform";

const root = resolve(__dirname, "../..");

test("every TypeScript example of the documentation compiles, as strictly as the project itself", () => {
  const checkout = new Checkout();
  try {
    const examples = pages.filter((page) => page !== "docs/api.md").flatMap((page) => examplesOf(page));
    expect(examples.length).toBeGreaterThan(20);
    mkdirSync(join(checkout.folder, "examples-of-pages"));
    examples.forEach((code, index) => {
      const local = onCore("cdktf", code)
        .replaceAll(/"cdktf-genesys-messenger([\w/-]*)"/g, `"../lib$1"`)
        .replaceAll(`"./environments"`, `"../environments"`);
      writeFileSync(join(checkout.folder, "examples-of-pages", `example-${index + 1}.ts`), local);
    });
    writeFileSync(
      join(checkout.folder, "examples-of-pages", "tsconfig.json"),
      JSON.stringify({ extends: "../tsconfig.json", compilerOptions: { noUnusedLocals: false }, include: ["."] }),
    );
    const tsc = join(checkout.folder, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", join(checkout.folder, "examples-of-pages")], {
      encoding: "utf8",
    });
    expect(stdout).toBe("");
  } finally {
    checkout.remove();
  }
});

test("docs/rules.md has a table of the rules", () => {
  const table = /<!-- rules -->(.*)<!-- \/rules -->/s.exec(textOf("docs/rules.md"))?.[1] ?? "";
  const rows = table.trim().split("\n").slice(2);
  const cells = rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  expect(cells).toEqual(
    rules.map(({ id, summary, severity, acknowledgeable }) => [
      `\`${id}\`${acknowledgeable ? "" : " *"}`,
      summary,
      ...environmentKinds.map((kind) => (severity[kind] === "none" ? "–" : severity[kind])),
    ]),
  );
});

/** Runs a script of the project that checks what it generates; what it said if that is out of date. */
function outOfDate(script: string): string {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts", script), "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  return status === 0 ? "" : stderr;
}

test("docs/api.md and the programs of the recipes are what `npm run docs` writes", () => {
  expect(outOfDate("docs.mjs")).toBe("");
});

needsTerraform("what the documentation shows of a terminal", () => {
  test("docs/terminal.svg is what `npm run docs` draws", () => {
    expect(outOfDate("terminal-picture.mjs")).toBe("");
  });

  test("docs/explain.md shows what `origins explain` prints", () => {
    const [, command = "", shown = ""] = /```text\n\$ npx (.*)\n([^]*?)```/.exec(textOf("docs/explain.md")) ?? [];
    const checkout = Checkout.compiled();
    try {
      const [, ...words] = command.split(" ");
      const [program = "", ...parameters] = checkout.origins(...words);
      const env = { ...process.env, NO_COLOR: "1" };
      const { stdout } = spawnSync(program, parameters, { cwd: checkout.folder, encoding: "utf8", env });
      expect(stdout).toBe(shown);
    } finally {
      checkout.remove();
    }
  });
});
