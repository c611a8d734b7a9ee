import { type Json, type JsonObject } from "../json";

/** Reads a JSON object field by field, and knows at the end what nobody asked for. */
export class Fields {
  private readonly unread: Set<string>;

  constructor(private readonly given: JsonObject) {
    this.unread = new Set(Object.keys(given).filter((name) => given[name] !== null && given[name] !== undefined));
  }

  /** @throws an `Error` naming the field when it is no number in the range */
  number(name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value === "number" && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
    throw new Error(`"${name}" must be a number ${range}, not ${JSON.stringify(value)}`);
  }

  /** @throws an `Error` naming the field when it is no whole number in the range */
  whole(name: string, least: number, most?: number): number | undefined {
    const value = this.number(name, least, most);
    if (value === undefined || Number.isSafeInteger(value)) return value;
    throw new Error(`"${name}" must be a whole number, not ${value}`);
  }

  /** @throws an `Error` naming the field when it is no text */
  text(name: string): string | undefined {
    const value = this.take(name);
    if (value === undefined || (typeof value === "string" && value !== "")) return value;
    throw new Error(`"${name}" must be a text that is not empty, not ${JSON.stringify(value)}`);
  }

  /** @throws an `Error` naming the field when it is neither true nor false */
  flag(name: string): boolean | undefined {
    const value = this.take(name);
    if (value === undefined || typeof value === "boolean") return value;
    throw new Error(`"${name}" must be true or false, not ${JSON.stringify(value)}`);
  }

  /** @throws an `Error` naming a field that was there and not asked for */
  end(what: string): void {
    const [unknown] = this.unread;
    if (unknown !== undefined) throw new Error(`${what} has no "${unknown}"`);
  }

  private take(name: string): Json | undefined {
    return this.unread.delete(name) ? this.given[name] : undefined;
  }
}

/** @throws an `Error` naming the field when it is missing */
export function required<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw new Error(`"${name}" is missing`);
  return value;
}
