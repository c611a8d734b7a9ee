// Two plugins of StrykerJS.
import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { declareClassPlugin, declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

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

/** Writes which test files cover each mutant, for covering-tests.cjs. */
class CoveringTests {
  onDryRunCompleted({ result }) {
    this.files = new Map();
    for (const { id, fileName } of result.tests) {
      this.files.set(id, [...(this.files.get(id) ?? []), relative(process.cwd(), fileName)]);
    }
  }

  onMutationTestingPlanReady({ mutantPlans }) {
    const files = {};
    for (const { mutant, runOptions } of mutantPlans) {
      if (runOptions?.testFilter === undefined) continue;
      files[mutant.id] = [...new Set(runOptions.testFilter.flatMap((id) => this.files.get(id) ?? []))];
    }
    writeFileSync(process.env.COVERING_TESTS, JSON.stringify(files));
  }
}

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, "message-texts", messageTexts),
  declareClassPlugin(PluginKind.Reporter, "covering-tests", CoveringTests),
];
