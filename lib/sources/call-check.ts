import { printable } from "../origins/printable";

/** What an option of a source may be, and how a message names it. */
const forms = {
  text: { holds: (value: unknown) => typeof value === "string", write: "a text" },
  texts: { holds: (value: unknown) => typeof value === "string" || isTexts(value), write: "a text or a list of texts" },
  list: { holds: isTexts, write: "a list of texts" },
  flag: { holds: (value: unknown) => typeof value === "boolean", write: "true or false" },
  number: { holds: (value: unknown) => typeof value === "number", write: "a number" },
  record: { holds: isTextRecord, write: '{ NAME: "value" }' },
  reasons: { holds: isTextRecord, write: '{ "<entry>": "<reason>" }' },
  anything: { holds: () => true, write: "" },
} as const;

/** The options of a source and their forms; `anything` is looked at elsewhere. */
export type OptionForms = Readonly<Record<string, keyof typeof forms>>;

/** Whether the value is a path at all: whatever else is wrong with it shows when it is read. */
export function isPath(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/**
 * Checks the options of a source that no compiler has checked: one that is misspelt would silently mean nothing.
 *
 * @param call the call as a message names it, such as `envFiles("apps/shop")`
 * @throws one error that names every mistake, quotes it and says what to write
 */
export function checkOptions(call: string, options: unknown, known: OptionForms): void {
  refuseCall(call, mistakesOfOptions(options, known));
}

/** What is wrong with the options of a source. */
export function mistakesOfOptions(options: unknown, known: OptionForms): readonly string[] {
  const names = Object.keys(known);
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    return [`the options are ${shown(options)}: write { ${names.map((name) => `${name}: …`).join(", ")} }`];
  }
  return Object.entries(options).flatMap(([name, value]) => {
    const form = Object.hasOwn(known, name) ? known[name] : undefined;
    if (form === undefined) return [`the option "${name}" is unknown: write one of ${names.join(", ")}`];
    return value === undefined || forms[form].holds(value)
      ? []
      : [`${name} is ${shown(value)}: write ${forms[form].write}`];
  });
}

/** @throws one error that names every mistake, where there is one */
export function refuseCall(call: string, mistakes: readonly string[]): void {
  if (mistakes.length === 0) return;
  throw new Error(`${call} cannot be read:\n${mistakes.map((text) => `- ${text}`).join("\n")}`);
}

/** The options that every source has. */
export const sourceOptions = { leaveOut: "reasons" } as const satisfies OptionForms;

/** The options of a source that may be read from the lock file. */
export const pulledOptions = { pulled: "flag", lock: "text" } as const satisfies OptionForms;

/** The options of most sources of variables. */
export const variableOptions = {
  variables: "texts",
  separator: "text",
  ...sourceOptions,
} as const satisfies OptionForms;

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function isTextRecord(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each === "string")
  );
}

/** The value as it would be written. What is in an object is not shown. */
export function shown(value: unknown): string {
  if (typeof value === "string") return `"${printable(value)}"`;
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "function" ? "a function" : String(value);
}
