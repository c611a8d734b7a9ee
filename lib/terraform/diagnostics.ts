import { stripVTControlCharacters } from "node:util";

/**
 * What Terraform says went wrong, in its own words: without colours, the frame that it draws around them and the line
 * breaks that it puts into them. Log lines before the first error (`TF_LOG`) are left out.
 */
export function terraformsWords(printed: string): string {
  const plain = stripVTControlCharacters(printed)
    .replace(/\r/g, "")
    .replace(/^[│╵╷] ?/gm, "");
  const first = /^Error: /m.exec(plain);
  return unwrapped(plain.slice(first?.index ?? 0)).trim();
}

/**
 * Terraform breaks a paragraph where its next word would not have fitted; some texts were broken by hand, a little earlier.
 * Indented lines are left as they are.
 */
function unwrapped(text: string): string {
  const width = 68;
  let last = "";
  return text
    .split("\n")
    .map((line, index) => {
      const [word = ""] = line.split(" ");
      const joins = word !== "" && /^\S/.test(last) && last.length + word.length >= width;
      last = line;
      return index === 0 ? line : `${joins ? " " : "\n"}${line}`;
    })
    .join("")
    .replace(/\n{3,}/g, "\n\n");
}

/** The same on one line, for a look at what it says. */
export function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
