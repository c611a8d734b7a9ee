import { runInNewContext } from "node:vm";
import { format } from "prettier/standalone";
import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import fc from "../fast-check";
import { type Literal, printLiteral, quoteLiteral } from "../../lib/codegen/literal";

const formatted = (text: string) =>
  format(text, { parser: "typescript", plugins: [estree, typescript], printWidth: 120 });

const evaluated = (text: string): unknown => JSON.parse(JSON.stringify(runInNewContext(`(${text})`)));

const { literal } = fc.letrec<{ literal: Literal }>((tie) => ({
  literal: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.boolean(),
    fc.integer({ min: 0 }),
    fc.string({ maxLength: 60 }),
    fc.constant(null),
    fc.array(fc.string({ maxLength: 40 }), { maxLength: 5 }),
    fc.dictionary(
      fc.oneof(fc.stringMatching(/^[a-z][a-zA-Z]{2,20}$/), fc.constantFrom("en-us", "pt-br", "de")),
      tie("literal"),
      {
        maxKeys: 6,
      },
    ),
    fc.array(fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z]{2,12}$/), tie("literal"), { maxKeys: 3 }), {
      maxLength: 3,
    }),
  ),
}));

test("a literal means what was printed, and Prettier leaves it as it is", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z]{2,20}$/), literal, { minKeys: 1 }),
      async (value) => {
        const text = printLiteral(value, { column: 12 });
        expect(evaluated(text)).toEqual(value);
        const program = `const all = ${text};\n`;
        expect(await formatted(program)).toBe(program);
      },
    ),
    { numRuns: 150 },
  );
});

test.each([
  ["plain", '"plain"'],
  ["it's", `"it's"`],
  ['say "hello"', `'say "hello"'`],
  [`"it's"`, `'"it\\'s"'`],
  ["a\nb\\", '"a\\nb\\\\"'],
])("the quotes of %j", (text, quoted) => {
  expect(quoteLiteral(text)).toBe(quoted);
});
