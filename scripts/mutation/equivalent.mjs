// The mutants that survive because they behave as the original does, from equivalent.json: by file, the source line on which the
// mutant begins, what the mutator replaces and by what, and why no test can notice it.
import { readFileSync } from "node:fs";

const explanations = Object.entries(
  JSON.parse(readFileSync(new URL("equivalent.json", import.meta.url), "utf8")),
).flatMap(([file, list]) => list.map((each) => ({ file, ...each })));

/** White space differs with the formatting. */
export const plain = (text) => text.replace(/\s+/g, " ").trim();

/** The text that a mutator replaced. */
export function replaced({ location: { start, end }, source }) {
  const lines = source.slice(start.line - 1, end.line);
  lines.push(lines.pop().slice(0, end.column - 1));
  return [lines[0].slice(start.column - 1), ...lines.slice(1)].join("\n");
}

function explains({ file, line, from, to }, mutant) {
  return (
    file === mutant.file &&
    line === mutant.source[mutant.location.start.line - 1].trim() &&
    plain(from) === plain(replaced(mutant)) &&
    plain(to) === plain(mutant.replacement)
  );
}

/** Whether a surviving mutant is one of those that no test can notice. */
export const explained = (mutant) => explanations.some((each) => explains(each, mutant));

/** The explanations of the mutated files that explain nothing any more. */
export function staleExplanations(mutants, survivors) {
  const files = new Set(mutants.map(({ file }) => file));
  return explanations.filter((each) => files.has(each.file) && !survivors.some((mutant) => explains(each, mutant)));
}
