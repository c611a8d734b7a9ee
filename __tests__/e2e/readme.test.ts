import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { environmentKinds } from "../../lib/origins/rule";
import { rules } from "../../lib/origins/rules";
import { Checkout } from "./checkout";
import { onCore } from "./cores";

const document = (path: string): string => readFileSync(resolve(__dirname, "../..", path), "utf8");
const readme = document("README.md");

test("every TypeScript example of the README, docs/state.md and docs/previews.md compiles, as strictly as the project itself", () => {
  const checkout = new Checkout();
  try {
    const examples = [
      ...(readme + document("docs/state.md") + document("docs/previews.md")).matchAll(/```ts\n(.*?)```/gs),
    ].map(([, code = ""]) => code);
    expect(examples.length).toBeGreaterThan(5);
    mkdirSync(join(checkout.folder, "readme"));
    examples.forEach((code, index) => {
      const local = onCore("cdktf", code)
        .replaceAll(`"cdktf-genesys-messenger"`, `"../lib"`)
        .replaceAll(`"./environments"`, `"../environments"`);
      writeFileSync(join(checkout.folder, "readme", `example-${index + 1}.ts`), local);
    });
    writeFileSync(
      join(checkout.folder, "readme", "tsconfig.json"),
      JSON.stringify({ extends: "../tsconfig.json", compilerOptions: { noUnusedLocals: false }, include: ["."] }),
    );
    const tsc = join(checkout.folder, "node_modules", "typescript", "bin", "tsc");
    expect(() =>
      execFileSync(process.execPath, [tsc, "-p", join(checkout.folder, "readme")], { stdio: "pipe" }),
    ).not.toThrow();
  } finally {
    checkout.remove();
  }
});

test("the README's table of rules is the rules", () => {
  const table = /<!-- rules -->(.*)<!-- \/rules -->/s.exec(readme)?.[1] ?? "";
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
