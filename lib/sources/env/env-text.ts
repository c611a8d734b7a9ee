/** What an env file says of one variable, before variables in it are filled in. */
export interface Definition {
  readonly text: string;
  /** The line of the variable's name, counted from 1. */
  readonly line: number;
}

/** White space of the line alone: that of the lines above would be looked at once for each of them. */
const beginning = /^[^\S\n]*(?:export\s+)?/;
const name = /(?<name>[\w.-]+)/;
/** `NAME=` or `NAME: `; what follows `=` stays with the value, because a quoted one may begin on the next line. */
const assignment = /(?:\s*=\s*?|:\s+?)/;
/** A quoted value may span lines and ends at its own kind of quote; a bare one ends at `#` or with the line. */
const value = /(?<value>\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\n]+)?/;
const ending = /\s*(?:#.*)?$/;
const definition = [beginning, name, assignment, value, ending].map(({ source }) => source).join("");

/**
 * The definitions of an env file, as dotenv 16.3.1 reads them, the version inside Next.js 14 to 16. A variable that is
 * defined twice has its last definition.
 */
export function parseEnvText(text: string): Map<string, Definition> {
  const unix = text.replace(/\r\n?/g, "\n");
  const definitions = new Map<string, Definition>();
  const lineAt = lineCounter(unix);
  for (const match of unix.matchAll(new RegExp(definition, "dgm"))) {
    const key = match.groups?.["name"];
    const start = match.indices?.groups?.["name"]?.[0];
    if (key === undefined || start === undefined) continue;
    definitions.set(key, { text: unquote((match.groups?.["value"] ?? "").trim()), line: lineAt(start) });
  }
  return definitions;
}

/** Only between double quotes do `\n` and `\r` mean a line break. */
function unquote(written: string): string {
  const bare = written.replace(/^(['"`])([\s\S]*)\1$/gm, "$2");
  return written.startsWith('"') ? bare.replace(/\\n/g, "\n").replace(/\\r/g, "\r") : bare;
}

/** The line of a position; positions are asked for in ascending order. */
function lineCounter(text: string): (position: number) => number {
  let line = 1;
  let counted = 0;
  return (position) => {
    for (; counted < position; counted++) if (text[counted] === "\n") line++;
    return line;
  };
}
