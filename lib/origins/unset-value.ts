/** What JavaScript, Python and Go print for a value that is missing, and JavaScript for a condition that does not hold. */
const unsetWords: ReadonlySet<string> = new Set(["undefined", "null", "nan", "none", "nil", "false"]);

/** Those of them that hardly any name has as a part of a label. */
const unsetParts: ReadonlySet<string> = new Set(["undefined", "null"]);

/** Whether a text is what a program prints in place of a missing value. */
export function isUnsetWord(text: string): boolean {
  return unsetWords.has(text.toLowerCase());
}

/**
 * The label of a host that looks as if a variable in it had no value: `undefined.example.com`, `pr-.example.com`. Undefined where
 * every label looks whole. (`nan` is a name; only a reader of the capitals can tell.)
 */
export function unsetLabel(host: string): string | undefined {
  return host
    .split(".")
    .find(
      (label) =>
        (isUnsetWord(label) && label !== "nan") ||
        label.startsWith("-") ||
        label.endsWith("-") ||
        label.split("-").some((part) => unsetParts.has(part)),
    );
}
