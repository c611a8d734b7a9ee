import { type ConfigValue, EntryReader } from "./config-entry";
import { parseProgram } from "./config-program";
import { ShapeReader } from "./config-shape";

/** The entries of each key, or why and where the program cannot be read. */
export type ConfigValues =
  | {
      readonly ok: true;
      readonly found: ReadonlyMap<string, readonly ConfigValue[]>;
      /** The functions that the configuration goes through and that may put hosts into it. */
      readonly wrappers: readonly string[];
      /** Whether the program exports one thing as a whole. Next.js takes what it exports by names, too. */
      readonly isWhole: boolean;
    }
  | { readonly ok: false; readonly line: number; readonly message: string };

/** The entries that a configuration has under each key, a dotted path. */
export function readConfigValues(
  text: string,
  { isTypeScript, keys }: { readonly isTypeScript: boolean; readonly keys: readonly string[] },
): ConfigValues {
  const parsed = parseProgram(text, isTypeScript);
  if (!parsed.ok) return parsed;
  const { program } = parsed;
  const exported = program.exported.at(-1);
  if (exported === undefined) return { ok: true, found: new Map(), wrappers: [], isWhole: false };
  const reader = new ShapeReader(program);
  const shape = reader.shapeOf(exported);
  const entries = new EntryReader(program, reader);
  const found = new Map(
    keys.map((key) => {
      const path = key.split(".");
      const values = reader.lookup(shape, path).flatMap((lookup) => entries.ofLookup(lookup, shape.kind === "unknown"));
      return [key, [...values, ...entries.assignedLater(path)]];
    }),
  );
  return { ok: true, found, wrappers: [...reader.wrappers], isWhole: true };
}

/**
 * The entries under a key of whatever is handed to the functions of one of these modules, the first that is called; undefined
 * where none is.
 */
export function readArgumentValues(
  text: string,
  { isTypeScript, modules, key }: { isTypeScript: boolean; modules: readonly string[]; key: string },
): ConfigValues | undefined {
  const parsed = parseProgram(text, isTypeScript);
  if (!parsed.ok) return parsed;
  const { program } = parsed;
  const calls = modules.map((source) => program.callsInto(source)).find(({ length }) => length > 0);
  if (calls === undefined) return undefined;
  const reader = new ShapeReader(program);
  const entries = new EntryReader(program, reader);
  const values = calls.flatMap((call) => {
    const [argument] = call.arguments;
    const shape = argument === undefined ? undefined : reader.shapeOf(argument);
    if (shape === undefined) return [];
    return reader.lookup(shape, [key]).flatMap((lookup) => entries.ofLookup(lookup, shape.kind === "unknown"));
  });
  return { ok: true, found: new Map([[key, values]]), wrappers: [...reader.wrappers], isWhole: true };
}
