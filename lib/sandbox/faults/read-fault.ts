import { isJsonObject } from "../json";
import { type Fault, type FaultKind, type Selection } from "./fault";
import { Fields, required } from "./fields";
import { FaultError } from "./kinds";
import { parseWhere } from "./where";

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
    throw new FaultError(given, `there is no kind ${JSON.stringify(kind ?? null)}, only ${known}`);
  }
  const fields = new Fields(rest);
  try {
    const fault = reader(fields, readSelection(fields));
    fields.end(`a fault of the kind "${fault.kind}"`);
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
    throw new Error(`${named.map(([name]) => `"${name}"`).join(" and ")} exclude each other: choose one`);
  }
  return selection;
}
