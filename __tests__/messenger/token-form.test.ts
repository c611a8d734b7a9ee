import { Fn, Lazy, TerraformVariable, Token } from "cdktf";
import fc from "../fast-check";
import { cases } from "../fast-check";
import { isUnresolved } from "../../lib/messenger/property-check";
import { platformStack } from "./synthesis";

const variable = new TerraformVariable(platformStack(), "domain", { type: "string" });
const lazy = (): string => Lazy.stringValue({ produce: () => "www.example.com" });

test.each<[string, unknown, boolean]>([
  ["a text", variable.stringValue, true],
  ["a part of a text", `https://${lazy()}/shop`, true],
  ["a function", Fn.join(".", ["www", variable.stringValue]), true],
  ["a number", variable.numberValue, true],
  ["a list", variable.listValue, true],
  ["a list of numbers", Token.asNumberList(variable.value), true],
  ["a map", Token.asStringMap(variable.value), true],
  ["an object that is resolved", variable.value, true],
  ["a list that holds a text of Terraform's", [lazy()], false],
  ["a list that holds more than the value", [...variable.listValue, "www.example.com"], false],
  ["an expression that is written out", "${var.domain}", false],
  ["a text that only begins like one", "${TfToken[", false],
  ["an ordinary object", { domain: "www.example.com" }, false],
  ["nothing", undefined, false],
])("%s is told by its form, as the core tells it", (_, value, expected) => {
  expect(isUnresolved(value)).toBe(expected);
  expect(Token.isUnresolved(value)).toBe(expected);
});

const likeTokens = fc
  .tuple(fc.constantFrom("$", "#", "&", ""), fc.stringMatching(/^\{?(TfToken)?\[?[\w:.\- ]*\]?\}?$/))
  .map(([kind, text]) => `${kind}${text}`);
const values = fc.oneof(
  likeTokens,
  fc.double(),
  fc.array(fc.oneof(likeTokens, fc.double()), { maxLength: 2 }),
  fc.dictionary(likeTokens, fc.integer(), { maxKeys: 2 }),
  fc.anything(),
);

test("any value is told from a token as the core tells it", () => {
  fc.assert(
    fc.property(values, (value) => {
      fc.pre(value !== null && value !== undefined);
      expect(isUnresolved(value)).toBe(Token.isUnresolved(value));
    }),
    { numRuns: cases(1000) },
  );
});
