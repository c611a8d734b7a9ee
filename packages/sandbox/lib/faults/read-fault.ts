import { isJsonObject, type Json, type JsonObject } from "../cloud/json";
import { type Fault, FaultError, type FaultKind, type Selection } from "./fault";

/** Reads a JSON object field by field, and reports unknown fields at the end. */
class Fields {
  private readonly unread: Set<string>;

  constructor(private readonly given: JsonObject) {
    this.unread = new Set(Object.keys(given).filter((name) => given[name] !== null && given[name] !== undefined));
  }

  /** @throws an `Error` naming the field when it is not a number in the range */
  number(name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value === "number" && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new Error(`"${name}" must be a number ${range}, not ${JSON.stringify(value)}`);
  }

  /** @throws an `Error` naming the field when it is not an integer in the range */
  whole(name: string, least: number, most?: number): number | undefined {
    const value = this.number(name, least, most);
    if (value === undefined || Number.isSafeInteger(value)) return value;
    throw new Error(`"${name}" must be an integer, not ${value}`);
  }

  /** @throws an `Error` naming the field when it is not a non-empty string */
  text(name: string): string | undefined {
    const value = this.take(name);
    if (value === undefined || (typeof value === "string" && value !== "")) return value;
    throw new Error(`"${name}" must be a non-empty string, not ${JSON.stringify(value)}`);
  }

  /** @throws an `Error` naming the field when it is neither true nor false */
  flag(name: string): boolean | undefined {
    const value = this.take(name);
    if (value === undefined || typeof value === "boolean") return value;
    throw new Error(`"${name}" must be true or false, not ${JSON.stringify(value)}`);
  }

  /** @throws an `Error` naming an unknown field */
  end(kind: FaultKind): void {
    const [unknown] = this.unread;
    if (unknown !== undefined) throw new Error(`unknown field "${unknown}" for "${kind}"`);
  }

  private take(name: string): Json | undefined {
    return this.unread.delete(name) ? this.given[name] : undefined;
  }
}

/** @throws an `Error` naming the field when it is missing */
function required<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw new Error(`"${name}" is missing`);
  return value;
}

const parts = (prefix: string): RegExp => new RegExp(`^${prefix}(/.*)?$`);

/** Short names of what is faulted most. */
const aliases: Readonly<Record<string, RegExp>> = {
  any: /^/,
  api: parts("/api"),
  oauth: parts("/oauth"),
  public: parts("/webdeployments"),
  loader: /^\/(genesys-bootstrap|messenger)\//,
  deployments: parts("/api/v2/webdeployments/deployments"),
  configurations: parts("/api/v2/webdeployments/configurations"),
};

/** Tells whether a call is where a fault applies. */
export type Where = (method: string, path: string) => boolean;

/**
 * Reads a place such as `api`, `POST|PUT deployments` or `GET /api/v2/webdeployments/deployments/*`.
 *
 * @throws an `Error` that quotes what is wrong with it
 */
export function parseWhere(text: string): Where {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const [target = ""] = words.slice(-1);
  const methods = words.length === 2 ? methodsFrom(words[0] ?? "") : undefined;
  if (words.length === 0 || words.length > 2) {
    throw new Error(`"on" must be a place such as "deployments" or "POST deployments", not "${text}"`);
  }
  const path = target.startsWith("/") ? pathPattern(target) : aliases[target];
  if (path === undefined) {
    throw new Error(
      `unknown place "${target}", expected a path such as "/api/**" or one of ${Object.keys(aliases).join(", ")}`,
    );
  }
  return (method, called) => (methods === undefined || methods.has(method)) && path.test(called);
}

function methodsFrom(text: string): ReadonlySet<string> | undefined {
  if (text === "*") return undefined;
  const methods = text.split("|");
  const known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
  const unknown = methods.find((method) => !known.includes(method));
  if (unknown !== undefined) throw new Error(`unknown method "${unknown}", expected one of ${known.join(", ")}`);
  return new Set(methods);
}

/** `*` is anything inside one part of the path, `**` anything at all. */
function pathPattern(path: string): RegExp {
  const literal = path.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replace(/\*\*|\*/g, (stars) => (stars === "**" ? ".*" : "[^/]*"))}$`);
}

type Reader = (fields: Fields, selection: Selection) => Fault;

const time = (fields: Fields): number => required("ms", fields.number("ms", 0));
const after = (fields: Fields): { after?: boolean | undefined } => ({ after: fields.flag("after") });

const readers: Readonly<Record<FaultKind, Reader>> = {
  status: (fields, selection) => ({
    kind: "status",
    status: required("status", fields.whole("status", 400, 599)),
    retryAfter: fields.number("retryAfter", 0),
    message: fields.text("message"),
    ...after(fields),
    ...selection,
  }),
  reset: (fields, selection) => ({ kind: "reset", ...after(fields), ...selection }),
  latency: (fields, selection) => {
    const ms = time(fields);
    return { kind: "latency", ms, maxMs: fields.number("maxMs", ms), ...selection };
  },
  slow: (fields, selection) => ({ kind: "slow", ms: time(fields), ...selection }),
  cut: (fields, selection) => ({ kind: "cut", chunked: fields.flag("chunked"), ...selection }),
  html: (fields, selection) => ({
    kind: "html",
    status: fields.whole("status", 200, 599),
    ...after(fields),
    ...selection,
  }),
  pending: (fields, selection) => ({ kind: "pending", ms: time(fields), ...selection }),
  error: (fields, selection) => ({ kind: "error", ms: fields.number("ms", 0), ...selection }),
  missing: (fields, selection) => ({ kind: "missing", ms: time(fields), ...selection }),
  stale: (fields, selection) => ({ kind: "stale", ms: time(fields), ...selection }),
  limit: (fields, selection) => ({
    kind: "limit",
    requests: required("requests", fields.whole("requests", 1)),
    ...selection,
  }),
};

/**
 * Checks a fault that is declared as data.
 *
 * @param given what an error quotes
 * @throws {@link FaultError} naming the first mistake
 */
export function readFault(data: unknown, given = JSON.stringify(data)): Fault {
  if (!isJsonObject(data)) throw new FaultError(given, "it must be a JSON object");
  const { kind, ...rest } = data;
  const reader = Object.entries(readers).find(([name]) => name === kind)?.[1];
  if (reader === undefined) {
    const known = Object.keys(readers).join(", ");
    throw new FaultError(given, `unknown kind ${JSON.stringify(kind ?? null)}, expected one of ${known}`);
  }
  const fields = new Fields(rest);
  try {
    const fault = reader(fields, readSelection(fields));
    fields.end(fault.kind);
    return fault;
  } catch (error) {
    throw new FaultError(given, error instanceof Error ? error.message : String(error));
  }
}

function readSelection(fields: Fields): Selection {
  const selection = {
    on: fields.text("on"),
    nth: fields.whole("nth", 1),
    first: fields.whole("first", 1),
    every: fields.whole("every", 1),
    chance: fields.number("chance", 0, 1),
    forMs: fields.number("forMs", 0),
  };
  const { on, nth, first, every, chance } = selection;
  if (on !== undefined) parseWhere(on);
  const named = Object.entries({ nth, first, every, chance }).filter(([, value]) => value !== undefined);
  if (named.length > 1) {
    throw new Error(`${named.map(([name]) => `"${name}"`).join(" and ")} cannot be combined`);
  }
  return selection;
}
