import { type AllowList } from "../../lib/origins/allow-list";
import { deriveAllowList } from "../../lib/origins/derive";
import { parseAddress } from "../../lib/origins/address";
import { redact } from "../../lib/base/redact";
import { composeEnv, parseEnvText } from "../../lib/sources/env/env-expansion";
import { parseEnvCmdFile } from "../../lib/sources/env/env-cmd";
import { parseJson } from "../../lib/sources/formats/json-text";
import { parseToml } from "../../lib/sources/formats/toml-text";
import { parseYaml } from "../../lib/sources/formats/yaml-text";
import { envFile } from "../../lib/sources/env/env-file";
import { parseProgram, wholeExport } from "../../lib/sources/next-config/config-literals";
import { splitValue } from "../../lib/sources/env/variable-selection";
import { project } from "./project";

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");
const compose = (text: string): unknown => {
  const { variables, dropped } = composeEnv([{ file: ".env", definitions: parseEnvText(text) }]);
  return [dropped, [...variables.values()].slice(-3).map(({ trail }) => trail.referred.size)];
};
const linesOfHosts = (text: string): unknown => {
  const parsed = parseProgram(text, {
    isTypeScript: false,
    exports: (statement) => wholeExport(statement, "ecmascript"),
  });
  if (!parsed.ok) throw new Error(parsed.message);
  const { program } = parsed;
  return hosts(text.length / 20).map((host) => program.lineOfText(host, "a"));
};
const jsonc = (text: string): unknown => parseJson(text, "JSONC");
const hosts = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `s${index}.example.com`);
const listOf = (names: readonly string[]): AllowList =>
  deriveAllowList({ kind: "preview", written: names.map((value, line) => ({ value, place: { file: ".env", line } })) })
    .allowList;

/** What took the square of its length, and what might: how it is read, and a text of about so many characters. */
const cases: readonly (readonly [name: string, read: (text: string) => unknown, make: (length: number) => string])[] = [
  ["an env file whose values refer to each other", compose, (n) => `V0=x\n${lines(n / 13, (i) => `V${i + 1}=$V${i}`)}`],
  ["one whose values refer to those below", compose, (n) => lines(n / 13, (i) => `V${i}=$V${i + 1}`)],
  ["one of empty lines", compose, (n) => `A=a${"\n".repeat(n)}!`],
  ["one of blank lines", compose, (n) => `${" \n".repeat(n / 2)}!`],
  ["one of names", compose, (n) => lines(n / 2, () => "A")],
  ["one of quotes", compose, (n) => `${"A='\n".repeat(n / 4)}'`],
  ["one of escaped quotes", compose, (n) => 'A="\\"\n'.repeat(n / 6)],
  ["one of escaped dollar signs", compose, (n) => `A=${"\\$".repeat(n / 2)}`],
  ["one as env-cmd reads it", parseEnvCmdFile, (n) => `${"\n".repeat(n / 2)}${"# \n".repeat(n / 6)}`],
  ["JSONC of line comments", jsonc, (n) => `{\n${"// c\n".repeat(n / 5)}"a":1}`],
  ["JSONC of block comments", jsonc, (n) => `[${"1,/* c */".repeat(n / 9)}1]`],
  ["JSONC of comments that do not end", jsonc, (n) => `[${"/*".repeat(n / 2)}1]`],
  ["JSONC of quotes that do not end", jsonc, (n) => `["${'\\"'.repeat(n / 2)}\n1]`],
  ["JSON of equal keys", jsonc, (n) => `{${'"__proto__":1,'.repeat(n / 14)}"a":1}`],
  ["TOML of tables", parseToml, (n) => lines(n / 12, (i) => `[a${i}]\nb = 1`)],
  ["TOML of dotted keys", parseToml, (n) => lines(n / 13, (i) => `a.b.k${i} = 1`)],
  ["TOML of inline tables", parseToml, (n) => `a = [${"{b=1},".repeat(n / 6)}]`],
  ["YAML of comments", parseYaml, (n) => `${lines(n / 4, () => "# c")}\na: 1`],
  ["YAML of aliases", parseYaml, (n) => `x: &a [1]\n${lines(n / 8, (i) => `y${i}: *a`)}`],
  [
    "a configuration of literals",
    linesOfHosts,
    (n) => `export default { a: [${lines(n / 16, (i) => `"s${i}.example.com",`)}] };`,
  ],
  ["a list in a variable", (text) => splitValue(text, undefined), (n) => "a.example.com, ".repeat(n / 15)],
  ["a long line to redact", redact, (n) => `https://a@${"b:c@d/".repeat(n / 6)}?${"x#".repeat(n / 4)}`],
  ["a long value to refuse", parseAddress, (n) => `https://${"$(a|[".repeat(n / 5)}!`],
];

/** The CPU time of this process that it takes, in milliseconds: what else the machine does is not in it. */
function cost(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * Fails where four times as much takes far more than four times as long; what takes no time is not measured.
 *
 * The process's other threads (garbage collector, compiler) only ever add to a measurement, so the lowest of several counts, and more
 * are taken before it fails: no number of them makes a square of the length pass.
 */
function expectLinear(work: (size: number) => () => unknown, size: number): void {
  const lowest = { small: Infinity, large: Infinity };
  const limit = (): number => Math.max(250, 10 * lowest.small);
  for (let rounds = 0; rounds < 8 && !(rounds >= 2 && lowest.large < limit()); rounds++) {
    lowest.small = Math.min(lowest.small, cost(work(size)));
    lowest.large = Math.min(lowest.large, cost(work(4 * size)));
  }
  expect(lowest.large).toBeLessThan(limit());
}

test.each(cases)("%s is read in linear time", (_, read, make) => {
  expectLinear((length) => {
    const text = make(length);
    return () => read(text);
  }, 60_000);
});

test.each<[string, (names: readonly string[]) => () => unknown]>([
  ["derived", (names) => () => listOf(names)],
  [
    "compared with one that has none of it",
    (names) => {
      const list = listOf(names);
      const live = { allowAllDomains: false, allowedDomains: names.map((name) => `x.${name}`) };
      return () => list.diff(live);
    },
  ],
  [
    "compared with itself twice",
    (names) => {
      const list = listOf(names);
      const live = { allowAllDomains: false, allowedDomains: [...names, ...names] };
      return () => list.diff(live);
    },
  ],
  [
    "searched for the nearest entry",
    (names) => {
      const list = listOf(names);
      return () => list.explain("https://shop.exmaple.com");
    },
  ],
])("an allow-list of many entries is %s in linear time", (_, work) => {
  expectLinear((size) => work(hosts(size)), 5_000);
});

describe("what cannot be read in linear time is refused at a limit", () => {
  test("an env file whose values double each other", () => {
    const text = `V0=${"x".repeat(9_000)}\n${lines(4_000, (i) => `V${i + 1}=$V0$V0`)}\nSITE_URL=https://a.example.com`;
    const { addresses, findings } = envFile(".env").read({ root: project({ ".env": text }), kind: "production" });
    expect(addresses).toEqual([]);
    expect(findings).toMatchObject([{ rule: "unreadable-file", severity: "error" }]);
    expect(findings[0]?.message).toContain("expand to more than 50 million characters");
  });

  test("YAML whose merge keys repeat each other", () => {
    const text = `x0: &a0 {k0: 1}\n${lines(3_000, (i) => `x${i + 1}: &a${i + 1} {<<: *a${i}, k${i + 1}: 1}`)}`;
    expect(parseYaml(text)).toEqual({
      ok: false,
      line: expect.any(Number) as number,
      message: "its merge keys repeat more than a million entries",
    });
  });

  test("and a chain below it is read", () => {
    const text = `x0: &a0 {k0: 1}\n${lines(300, (i) => `x${i + 1}: &a${i + 1} {<<: *a${i}, k${i + 1}: 1}`)}`;
    expect(parseYaml(text)).toMatchObject({ ok: true });
  });
});
