import { definitionsIn, parseEnvText } from "./env-expansion";

/**
 * An env file with these variables: their own lines have the new values, all other text stays as it is, line endings and comments
 * included. A variable that the file does not define is added at the end.
 *
 * @param values plain values, which need no quotes
 * @throws Error where the text could not be changed without changing what another line means
 */
export function withVariables(text: string, values: Readonly<Record<string, string>>): string {
  const unix = text.replace(/\r\n?/g, "\n");
  // Each line break of two characters before a position moves it by one.
  const pairs = [...text.matchAll(/\r\n/g)].map(({ index }, pairsBefore) => index - pairsBefore);
  const inText = (position: number): number => position + pairs.filter((pair) => pair < position).length;
  const defined = definitionsIn(unix).filter(({ name }) => Object.hasOwn(values, name));
  let written = text;
  for (const { name, start, end } of defined.reverse()) {
    written = `${written.slice(0, inText(start))}${name}=${values[name] ?? ""}${written.slice(inText(end))}`;
  }
  const newline = /\r\n?|\n/.exec(text)?.[0] ?? "\n";
  for (const [name, value] of Object.entries(values)) {
    if (defined.some((each) => each.name === name)) continue;
    if (written !== "" && !/[\r\n]$/.test(written)) written += newline;
    written += `${name}=${value}${newline}`;
  }
  checkOthers(text, written, values);
  return written;
}

/** The new text means the new values, and nothing else that is new. */
function checkOthers(before: string, after: string, values: Readonly<Record<string, string>>): void {
  const [old, now] = [parseEnvText(before), parseEnvText(after)];
  const meant = (name: string): string | undefined =>
    Object.hasOwn(values, name) ? values[name] : old.get(name)?.text;
  const changed = [...new Set([...old.keys(), ...now.keys()])].find((name) => now.get(name)?.text !== meant(name));
  if (changed !== undefined) throw new Error(`the definition of "${changed}" cannot be told from the text around it`);
}
