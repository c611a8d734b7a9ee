import { type EnvFileText, type EnvVariable } from "../env/env-expansion";

/**
 * The names that may be shown: those that the variable's own text or a definition spells. A "reference" inside another
 * variable's value may be no reference at all but a piece of a secret, such as the `def` of the password `abc$def`.
 */
export function presentableNames(
  names: ReadonlySet<string>,
  { text }: EnvVariable,
  files: readonly EnvFileText[],
): readonly string[] {
  const own = new Set(Array.from(text.matchAll(/\$\{?(\w+)/g), ([, name]) => name));
  return [...names].filter((name) => own.has(name) || files.some(({ definitions }) => definitions.has(name)));
}

/** That a variable refers to what Next.js does not see, as the rest of a sentence, and what to do about it. */
export function referenceToNothing(
  variable: EnvVariable,
  files: readonly EnvFileText[],
): { readonly rest: string; readonly remedy: string } {
  const where = `${whereUnknown(variable, files)}: nothing stands in its place`;
  const named = presentableNames(variable.trail.unknown, variable, files);
  if (named.length > 0) return { rest: `refers to ${named.join(", ")}, which ${where}`, remedy };
  const through = presentableNames(variable.trail.referred, variable, files).join(", ");
  return {
    rest: `refers through ${through} to a variable that ${where}`,
    remedy: `${remedy}; a dollar sign that means itself is written \\$`,
  };
}

const remedy =
  "write the value out, or define the variable in the same file; a shell variable of one machine does not count";

function whereUnknown({ trail, file }: EnvVariable, files: readonly EnvFileText[]): string {
  const { unknown } = trail;
  const below = files.slice(files.findIndex((other) => other.file === file) + 1);
  const later = below.find(({ definitions }) => [...unknown].some((name) => definitions.has(name)));
  if (later !== undefined)
    return `only ${later.file} defines, and Next.js fills in a file before it looks at the ones below`;
  return `neither ${file} nor a file above it defines`;
}
