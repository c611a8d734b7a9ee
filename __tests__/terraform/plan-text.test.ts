import { stripVTControlCharacters as plain } from "node:util";
import { readablePlan } from "../../lib/terraform/plan";

/** What Terraform 1.11 prints of a plan on a terminal, between its progress and its advice. */
const printed = [
  "\u001b[0m\u001b[1mdata.x.a: Reading...\u001b[0m\u001b[0m",
  "\u001b[0m\u001b[1mdata.x.a: Read complete after 0s [id=1]\u001b[0m",
  "\u001b[0m\u001b[1mterraform_data.a: Refreshing state... [id=3e903e8a]\u001b[0m",
  "",
  "Terraform used the selected providers to generate the following execution",
  "plan. Resource actions are indicated with the following symbols:",
  "  \u001b[33m~\u001b[0m update in-place\u001b[0m",
  "",
  "\u001b[1m  # terraform_data.a\u001b[0m will be updated in-place",
  '\u001b[0m  \u001b[33m~\u001b[0m\u001b[0m resource "terraform_data" "a" {',
  "    }",
  "",
  "\u001b[1mPlan:\u001b[0m 0 to add, 1 to change, 0 to destroy.",
  "\u001b[0m\u001b[90m",
  `${"─".repeat(77)}\u001b[0m`,
  "",
  "Saved the plan to: /tmp/stack.tfplan",
  "",
].join("\n");

test("a plan keeps Terraform's colours, and none goes on behind it", () => {
  const text = readablePlan(printed);
  expect(text).toMatch(/^Terraform used the selected providers/);
  expect(text).toContain("\u001b[33m~\u001b[0m update in-place");
  expect(text.endsWith("0 to destroy.\u001b[0m")).toBe(true);
});

test("a note on changes made outside of Terraform does not hide the plan behind it", () => {
  const note = [
    "\u001b[1mNote:\u001b[0m Objects have changed outside of Terraform",
    "",
    `${"─".repeat(77)}\u001b[0m`,
    "",
    "",
  ].join("\n");
  const noted = readablePlan(printed.replace("Terraform used", `${note}Terraform used`));
  expect(plain(noted)).toMatch(/^Note: Objects have changed[^]*Plan: 0 to add, 1 to change, 0 to destroy\.$/);
  expect(noted).not.toContain("Saved the plan");
});

test.each([
  ["with its rule", printed],
  ["without a rule", printed.replace(/─+/, "")],
  ["cut short", printed.slice(0, printed.indexOf("    }") + 5)],
  ["of which there is nothing", ""],
])("in colours and without them it is the same text: a plan %s", (_, text) => {
  expect(plain(readablePlan(text))).toBe(readablePlan(plain(text)));
  expect(readablePlan(text)).not.toMatch(/Refreshing|Read/);
});

test("a text without colours gets none", () => {
  expect(readablePlan(plain(printed))).not.toContain("\u001b");
});
