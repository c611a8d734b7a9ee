import { HostingFailure } from "./hosting-failure";

/** A JSON object, of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(json: unknown): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/**
 * A part of an answer, with the way there: whoever reads a field of the wrong form gets an error that names the field. What a
 * platform leaves out must not pass for "no domains".
 */
export class Fields {
  constructor(
    private readonly json: unknown,
    /** What answered what, such as `api.vercel.com answers for the domains of "shop"`. */
    private readonly from: string,
    private readonly path = "",
  ) {}

  text(name: string): string {
    return this.optionalText(name) ?? this.refuse(name, "a text");
  }

  /** A text; undefined where there is none, null or an empty one. */
  optionalText(name: string): string | undefined {
    const value = this.of(name);
    if (value === undefined || value === null || value === "") return undefined;
    return typeof value === "string" ? value : this.refuse(name, "a text");
  }

  flag(name: string): boolean {
    const value = this.of(name);
    return typeof value === "boolean" ? value : this.refuse(name, "true or false");
  }

  number(name: string): number {
    const value = this.of(name);
    return typeof value === "number" ? value : this.refuse(name, "a number");
  }

  /** A number, or null where the list ends. */
  cursor(name: string): number | null {
    return this.of(name) === null ? null : this.number(name);
  }

  object(name: string): Fields {
    return this.optionalObject(name) ?? this.refuse(name, "an object");
  }

  optionalObject(name: string): Fields | undefined {
    const value = this.of(name);
    if (value === undefined || value === null) return undefined;
    return isObject(value) ? this.below(value, name) : this.refuse(name, "an object");
  }

  has(name: string): boolean {
    return this.of(name) !== undefined;
  }

  list(name: string): readonly Fields[] {
    return this.items(this.of(name), name);
  }

  /** The members of the answer itself. */
  members(): readonly Fields[] {
    return this.items(this.json, "");
  }

  /** Texts; none where there is no such list. */
  texts(name: string): readonly string[] {
    const value = this.of(name) ?? [];
    if (!Array.isArray(value) || !value.every((each) => typeof each === "string")) return this.refuse(name, "texts");
    return value;
  }

  /** @throws HostingFailure that says what the field should hold */
  refuse(name: string, expected: string): never {
    const field = name === "" ? this.path : `${this.path}${this.path === "" ? "" : "."}${name}`;
    const what = field === "" ? "the answer" : `"${field}"`;
    throw new HostingFailure(`${this.from} in a form that is not known: ${what} should be ${expected}`);
  }

  private of(name: string): unknown {
    return isObject(this.json) ? this.json[name] : this.refuse("", "an object");
  }

  private items(value: unknown, name: string): readonly Fields[] {
    if (!Array.isArray(value)) return this.refuse(name, "a list");
    return value.map((item: unknown, index) => this.below(item, `${name}[${index}]`));
  }

  private below(json: unknown, name: string): Fields {
    return new Fields(json, this.from, `${this.path}${this.path === "" ? "" : "."}${name}`);
  }
}
