import { withKeptHosts } from "../../lib/codegen/kept-hosts";

const importing = 'import { envFile, nextEnvironment } from "cdktf-genesys-messenger/environments";\n\n';

/** What becomes of the program behind the import, or why nothing does. */
function kept(
  program: string,
  { hosts = ["shop2.example.com"], reason = "incident 4711", acknowledge = {}, environment = "production" } = {},
): string {
  const edit = withKeptHosts(importing + program, { environment, hosts, reason, acknowledge });
  if ("impossible" in edit) return `impossible: ${edit.impossible}`;
  expect(edit.text.startsWith(importing)).toBe(true);
  return edit.text.slice(importing.length);
}

const declaration = (addresses: string, more = ""): string =>
  `export const environments = [\n  nextEnvironment("production", {\n    kind: "production",\n    addresses: ${addresses},${more}\n  }),\n];\n`;

const added = `      // incident 4711\n      "shop2.example.com",\n    ]`;

test.each([
  [
    "on one line",
    `[envFile(".env"), "www.example.com"]`,
    `[\n      envFile(".env"),\n      "www.example.com",\n${added}`,
  ],
  ["that is empty", "[]", `[\n${added}`],
  ["on several lines", `[\n      "www.example.com",\n    ]`, `[\n      "www.example.com",\n${added}`],
  ["without a comma at its end", `[\n      "www.example.com"\n    ]`, `[\n      "www.example.com",\n${added}`],
  ["with a comment at its end", `[\n      "a.example.com", // a\n    ]`, `[\n      "a.example.com", // a\n${added}`],
  [
    "with a call over several lines",
    `[\n      envFile(".env", {\n        variables: "X",\n      }),\n    ]`,
    `[\n      envFile(".env", {\n        variables: "X",\n      }),\n${added}`,
  ],
  ["with types around it", `["www.example.com"] as const`, `[\n      "www.example.com",\n${added} as const`],
])("hosts go to the end of a list %s", (_, before, after) => {
  expect(kept(declaration(before))).toBe(declaration(after));
});

test("several hosts have one reason", () => {
  expect(kept(declaration("[]"), { hosts: ["a.example.com", "b.example.com"] })).toBe(
    declaration(`[\n      // incident 4711\n      "a.example.com",\n      "b.example.com",\n    ]`),
  );
});

test("line endings stay what they are", () => {
  const windows = (text: string): string => text.replaceAll("\n", "\r\n");
  const program = windows(declaration('["www.example.com"]'));
  expect(kept(program)).toBe(windows(declaration(`[\n      "www.example.com",\n${added}`)));
});

test.each(["two\nlines", "a\r\nb", "a\u2028b", "*/ x"])(
  "a reason of any text is a comment of one line: %j",
  (reason) => {
    const program = kept(declaration("[]"), { reason });
    expect(program.split("\n")).toHaveLength(declaration("[]").split("\n").length + 3);
  },
);

test("only the environment of that name changes", () => {
  const other = declaration('["staging.example.com"]')
    .replace('"production"', '"staging"')
    .replace("environments", "others");
  expect(kept(other + declaration("[]"))).toBe(other + declaration(`[\n${added}`));
});

describe("a rule is acknowledged", () => {
  const acknowledge = { "plain-http": "incident 4711" };

  test.each([
    ["where none is", "", `\n    acknowledge: { "plain-http": "incident 4711" },`],
    [
      "beside another",
      `\n    acknowledge: { wildcard: "b" },`,
      `\n    acknowledge: { wildcard: "b", "plain-http": "incident 4711" },`,
    ],
    [
      "beside others, each on its line",
      `\n    acknowledge: {\n      wildcard: "b",\n    },`,
      `\n    acknowledge: {\n      wildcard: "b",\n      "plain-http": "incident 4711",\n    },`,
    ],
    ["once", `\n    acknowledge: { "plain-http": "b" },`, `\n    acknowledge: { "plain-http": "b" },`],
  ])("%s", (_, before, after) => {
    expect(kept(declaration("[]", before), { acknowledge })).toBe(declaration(`[\n${added}`, after));
  });

  test("is impossible where a variable says which", () => {
    expect(kept(declaration("[]", " acknowledge: reasons,"), { acknowledge })).toBe(
      'impossible: what "production" acknowledges is not an object literal',
    );
  });
});

test.each([
  ["it cannot be parsed as TypeScript", "const = 1;"],
  [
    'it does not declare "production" with literals',
    'const name = "production";\nnextEnvironment(name, { kind: "production", addresses: [] });',
  ],
  ['it does not declare "production" with literals', 'nextEnvironment("production", props);'],
  ['it declares "production" in several places', declaration("[]") + 'nextEnvironment("production", {});'],
  ['the addresses of "production" are not a list literal', declaration("addresses")],
  [
    'the addresses of "production" are not a list literal',
    'nextEnvironment("production", { kind: "production", ...shared });',
  ],
])("impossible: %s", (reason, program) => {
  expect(kept(program)).toBe(`impossible: ${reason}`);
});

test("impossible where something else is called nextEnvironment", () => {
  const edit = withKeptHosts(declaration("[]"), { environment: "production", hosts: [], reason: "", acknowledge: {} });
  expect(edit).toEqual({ impossible: "it does not import nextEnvironment" });
});
