import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "@babel/parser";
import { pasted, programName } from "../../lib/terraform/binary";

const lib = resolve(__dirname, "../../lib");

test.each([
  ["terraform", "terraform", "terraform"],
  ["tofu", "tofu", "tofu"],
  ["/opt/tofu-1.12/bin/tofu", "tofu", "/opt/tofu-1.12/bin/tofu"],
  ["/opt/open tofu/tofu", "tofu", `"/opt/open tofu/tofu"`],
  ["/opt/$HOME/tofu", "tofu", String.raw`"/opt/\$HOME/tofu"`],
  ["./tofu.exe", "tofu", "./tofu.exe"],
])("%s is called %s, and pasted as %s", (command, name, word) => {
  expect(programName(command)).toBe(name);
  expect(pasted(command)).toBe(word);
});

const commands =
  /(?<![\w./-])terraform (?=-|apply|destroy|force-unlock|import|init|login|output|plan|providers|refresh|show|state|taint|untaint|validate|version|workspace)/;

/** Every text of a source, comments left out. */
function textsOf(source: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each);
    if (typeof node !== "object" || node === null || Array.isArray(node)) return;
    const { type, value } = node as { readonly type?: string; readonly value?: unknown };
    if (type === "StringLiteral") texts.push(String(value));
    else if (type === "TemplateElement") texts.push((value as { readonly raw: string }).raw);
    else for (const [name, child] of Object.entries(node)) if (!name.endsWith("Comments")) visit(child);
  };
  visit(parse(source, { sourceType: "module", plugins: ["typescript"] }).program.body);
  return texts;
}

test("no text of the sources has a command of Terraform written out: people may have OpenTofu alone", () => {
  const files = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(200);
  const written = files.flatMap((file) => {
    const source = readFileSync(join(lib, file), "utf8");
    if (!commands.test(source)) return []; // most have none in their comments either
    return textsOf(source).flatMap((text) => (commands.test(text) ? `${file}: ${text}` : []));
  });
  expect(written).toEqual([]);
  expect(
    textsOf("f(`run terraform plan ${x}`, 'terraform -chdir=a'); // terraform apply").filter((text) =>
      commands.test(text),
    ),
  ).toEqual(["run terraform plan ", "terraform -chdir=a"]);
});
