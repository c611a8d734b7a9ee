import { type LinedTable, type LinedValue } from "../formats/lined-value";
import { type EnvCmdCall, expandAsEnvCmd } from "./env-cmd-expansion";
import { composeEnv, type EnvComposition, type EnvFileText } from "./env-expansion";

/** The env files of a mode that there are, the highest priority first, as Next.js reads them and as they are written. */
export interface FilesOfMode {
  readonly files: readonly EnvFileText[];
  readonly texts: readonly string[];
}

/** What `env-cmd -f <the first file> -- next build` sees when the shell's environment is empty. */
export function composeWithEnvCmd({ files, texts }: FilesOfMode, call: EnvCmdCall): EnvComposition {
  const [{ file } = { file: "" }, ...others] = files;
  const { variables, failure } = expandAsEnvCmd(file, [parseEnvCmdFile(texts[0] ?? "")], call);
  const { NODE_ENV: set, ...rest } = Object.fromEntries(variables);
  // `next build` leaves a NODE_ENV alone that is set, unless it is empty.
  const given = set?.value !== "" ? variables : new Map(Object.entries(rest));
  const composed = composeEnv(others, { nodeEnv: "production", given });
  if (failure === undefined) return composed;
  // All of its values are texts: it is only too long.
  const { place, value: name } = failure;
  return { ...composed, dropped: [{ file, line: place?.line ?? 1, name, because: "size" }, ...composed.dropped] };
}

/** Whether env-cmd sets `NODE_ENV=test`. */
export function setsTestMode({ texts }: FilesOfMode): boolean {
  const value = parseEnvCmdFile(texts[0] ?? "").entries.get("NODE_ENV");
  return value?.kind === "text" && value.text === "test";
}

/**
 * The definitions of an env file as env-cmd 11 reads it with `-f`, which is not as Next.js does: a value ends with its line; only
 * `'` and `"` are quotes, and the last one on the line ends the value; `export` is a part of the name; `NAME: value` defines
 * nothing; no reference is filled in.
 */
export function parseEnvCmdFile(text: string): LinedTable {
  const entries = new Map<string, LinedValue>();
  text.split(/\r\n|[\n\r\u2028\u2029]/).forEach((line, index) => {
    const definition = /^\s*#/.test(line) ? null : /^(.[^=]*)=(.*)$/.exec(line);
    if (definition === null) return;
    const [, name = "", written = ""] = definition;
    if (name.trim() === "__proto__") return; // an object's own has no text
    entries.set(name.trim(), { kind: "text", text: valueOf(written.trim()), line: index + 1 });
  });
  return { kind: "table", entries, line: 1 };
}

function valueOf(written: string): string {
  const [quote = ""] = written;
  const value =
    quote === "'" || quote === '"'
      ? written.slice(1, written.lastIndexOf(quote))
      : (written.split("#")[0] ?? "").trim();
  return value.replaceAll("\\n", "\n");
}
