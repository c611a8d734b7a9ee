// Two plugins of StrykerJS.
import { declareClassPlugin, declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { UnitTests } from "./unit-tests.mjs";

/** A sentence has a space between two words; an identifier, a key or a path does not. Punctuation joins sentences. */
const isSentence = (text) => /\S\s+\S|^\s|\s$/u.test(text) || /^[^\p{Letter}\p{Number}]*$/u.test(text);

/** A template that only inserts values. With a condition or a function in it, it holds logic. */
const isPlain = ({ type }) => type === "Identifier" || type === "MemberExpression" || type === "CallExpression";

/** Leaves out the texts that people read: a mutant that empties a sentence says nothing about the logic. */
const messageTexts = {
  shouldIgnore({ node }) {
    if (node.type === "StringLiteral" && isSentence(node.value)) return "a message's text";
    if (node.type !== "TemplateLiteral" || !node.expressions.every(isPlain)) return undefined;
    return isSentence(node.quasis.map(({ value }) => value.raw).join("x")) ? "a message's text" : undefined;
  },
};

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, "message-texts", messageTexts),
  declareClassPlugin(PluginKind.TestRunner, "unit-tests", UnitTests),
];

/** The options of the test runner. */
export const strykerValidationSchema = { properties: { unitTests: { type: "object" } } };
