import { type Finding } from "../../origins/finding";
import { type LinedTable, type LinedValue } from "../formats/lined-value";
import {
  composeEnv,
  type EnvComposition,
  type EnvFileText,
  type EnvVariable,
  notCounting,
  type ExpandedReference,
  type Trail,
  trailOf,
} from "./env-expansion";
import { plainVariable } from "./env-variables";
import { splitValue } from "./variable-selection";

/** How env-cmd is called, and how the addresses in a variable are divided. */
interface EnvCmdCall {
  readonly isRecursive: boolean;
  readonly separator: string | undefined;
}

/** What env-cmd 11 sets of these environments when the shell's is empty, or what makes it fail. */
export function expandAsEnvCmd(
  file: string,
  tables: readonly LinedTable[],
  { isRecursive, separator }: EnvCmdCall,
): { readonly variables: ReadonlyMap<string, EnvVariable>; readonly failure?: Finding } {
  const entries = new Map(tables.flatMap((table) => [...table.entries]));
  const failing = [...entries].find(([, { kind }]) => isRecursive && kind !== "text");
  if (failing !== undefined) return { variables: new Map(), failure: failsOn(file, ...failing) };

  const values = new Map([...entries].map(([name, value]) => [name, setText(value)]));
  const trails = new Map<string, Trail>();
  // An object's order: names that are whole numbers come first, and what is filled in later sees what came earlier.
  const inOrder = Object.keys(Object.fromEntries(values)).filter(() => isRecursive);
  let characters = 0;
  for (const name of inOrder) {
    const { text, trail } = fillIn(values.get(name) ?? "", values, trails, mostCharacters - characters);
    characters += text?.length ?? 0;
    if (text === undefined) {
      const line = entries.get(name)?.line ?? 1;
      return { variables: new Map(), failure: notCounting({ file, line, name, because: "size" }) };
    }
    values.set(name, text);
    trails.set(name, trail);
  }
  const variables = [...entries].map(([name, value]): [string, EnvVariable] => {
    const text: LinedValue = { kind: "text", text: setText(value), line: value.line };
    const plain = plainVariable(file, value.kind === "table" ? value : text);
    const variable = { ...plain, value: values.get(name) ?? "", trail: trails.get(name) ?? plain.trail };
    const left = whatIsLeft(variable, values, isRecursive);
    if (left === undefined || splitValue(variable.value, separator).pieces.every(({ parsed }) => parsed.ok))
      return [name, variable];
    return [name, { ...variable, unreadable: left }];
  });
  return { variables: new Map(variables) };
}

/** A reference as env-cmd knows it. A lone dollar sign refers to the variable without a name. */
const reference = /(?<!\\)\$(?:\{(?<braced>\w+)\}|(?<bare>\w+))?/g;

/** Values that double each other make gigabytes of a small file, of which env-cmd runs out of memory. */
const mostCharacters = 50_000_000;

/** Fills in the references of a text, once: those in what was filled in stay. Undefined where it comes to more than so much. */
function fillIn(
  text: string,
  values: ReadonlyMap<string, string>,
  trails: ReadonlyMap<string, Trail>,
  most: number,
): { readonly text: string | undefined; readonly trail: Trail } {
  const steps: ExpandedReference[] = [];
  let characters = text.length;
  const filled = text.replace(reference, (written, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? "";
    const found = values.get(name);
    if (found === undefined) return written;
    steps.push({ name, isUnknown: false, isOverruled: false, from: trails.get(name) });
    characters += found.length;
    return characters > most ? "" : found;
  });
  return { text: characters > most ? undefined : filled, trail: trailOf(steps) };
}

/** What a program sees of a value that is not text: JavaScript's own idea of it. */
function setText(value: LinedValue): string {
  if (value.kind === "table") return "[object Object]";
  if (value.kind !== "list") return value.text;
  return value.items.map((item) => (item.kind === "null" ? "" : setText(item))).join(",");
}

/** Why a reference is left in a value. Only the names in the variable's own text are named: others may be pieces of a secret. */
function whatIsLeft(
  { text, value }: EnvVariable,
  values: ReadonlyMap<string, string>,
  isRecursive: boolean,
): EnvVariable["unreadable"] {
  if (!/(?<!\\)\$\{?\w/.test(value)) return undefined;
  const written = [...text.matchAll(reference)].flatMap(({ groups }) => groups?.["braced"] ?? groups?.["bare"] ?? []);
  const rule = "undefined-reference";
  if (!isRecursive) {
    const rest = `refers to ${written.join(", ")}, which env-cmd fills in only with --recursive`;
    return { rule, rest, remedy: "write the value out, or set { recursive: true } if env-cmd runs with it" };
  }
  const names = written.filter((name) => !values.has(name));
  const rest =
    names.length === 0
      ? "contains a reference that is not filled in"
      : `refers to ${names.join(", ")}, which is not there`;
  return { rule, rest, remedy: "write the value out: shell variables of one machine are not used" };
}

function failsOn(file: string, name: string, { kind, line }: LinedValue): Finding {
  const what = kind === "literal" ? "number or another literal" : kind;
  return {
    rule: "invalid-config",
    severity: "error",
    value: name,
    place: { file, line, key: name },
    message: `"${name}" is a ${what}, which makes env-cmd --recursive fail`,
    remedy: "write the value in quotes",
  };
}

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
