/** What a terminal shows as it is: ASCII, and what this project itself writes beyond it. */
const visible = /^[ -~…–✔✖•]*$/;

/**
 * Control characters (C0, C1), those that turn the direction of a text or have no width, fillers, line and paragraph separators,
 * and halves of a character.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}]/gu;

/**
 * A text from outside (of a file, an answer, a path, another program) as a terminal may show it, on one line: what a reader
 * would not see, or a terminal obey, becomes its number, such as `\u{1b}`. Every such text passes through here before it
 * becomes part of a message; `printableLines` is the last look at what is printed.
 */
export function printable(text: string): string {
  return visible.test(text) ? text : text.replace(unseen, escapeCharacter);
}

/** A change of colour or weight, as `picocolors` and Terraform write it, if the first character is an escape; or one character. */
const colorOrUnseen = /\p{Cc}\[[\d;]{0,20}m|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}]/gu;
const color = "\u001b";
const harmlessColor = /^\p{Cc}\[(?:(?:[0-4]|2[2-4]|3[0-79]|9[0-7])(?:;(?!m)|(?=m)))*m$/u;

/**
 * What the log of GitHub Actions, at the beginning of a line, and those of Azure Pipelines and TeamCity, anywhere, take for a command.
 * (GitLab's begin with an escape.)
 */
const workflowCommand = /^(\s*(?:\p{Cc}\[[\d;]*m\s*)*):(?=:)|#(?=#\w*\[)/gmu;

/**
 * A finished report as it is printed: its line breaks and its colours stay, every other control character is escaped, and no
 * line is a command to the pipeline whose log it ends up in.
 *
 * @param options `colored: false` escapes colours too, because this project has written none
 */
export function printableLines(text: string, { colored = true }: { readonly colored?: boolean } = {}): string {
  return text
    .replace(colorOrUnseen, (found) =>
      found === "\n" || (colored && found.startsWith(color) && harmlessColor.test(found))
        ? found
        : found.replace(unseen, (each) => (each === "\n" ? each : escapeCharacter(each))),
    )
    .replace(workflowCommand, (found) => `${found.slice(0, -1)}${escapeCharacter(found.slice(-1))}`);
}

/**
 * JSON for a terminal: the same value, with every character escaped that `printable` would escape, and nothing that a pipeline takes for
 * a command.
 */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}]|#(?=#)/gu, (found) =>
    Array.from({ length: found.length }, (_, index) => unicodeEscape(found.charCodeAt(index))).join(""),
  );
}

function unicodeEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
