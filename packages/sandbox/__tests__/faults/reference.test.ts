import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { kinds } from "../../lib/faults/fault";
import { parseFault } from "../../lib/faults/fault-text";

const reference = readFileSync(resolve(__dirname, "../../../../docs/sandbox.md"), "utf8");

test("the reference's table of faults is the kinds of faults", () => {
  const table = /<!-- faults -->(.*)<!-- \/faults -->/s.exec(reference)?.[1] ?? "";
  const rows = table.trim().split("\n").slice(2);
  const cells = rows.map((row) =>
    row
      .replaceAll(String.raw`\|`, "¦")
      .split("|")
      .slice(1, 4)
      .map((cell) => cell.trim().replaceAll("¦", "|")),
  );
  expect(cells).toEqual(kinds.map(({ form, does, example }) => [`\`${form}\``, does, `\`${example}\``]));
});

test("every --fault of the reference is one", () => {
  const texts = [...reference.matchAll(/--fault "([^"]+)"/g)].map(([, text = ""]) => text);
  expect(texts.length).toBeGreaterThan(1);
  for (const text of texts) expect(parseFault(text)).toHaveProperty("kind");
});
