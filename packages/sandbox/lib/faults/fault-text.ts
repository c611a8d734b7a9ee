import { parseDuration } from "../../../../lib/base/duration";
import { type JsonObject } from "../cloud/json";
import { type Fault, FaultError } from "./fault";
import { readFault } from "./read-fault";

/** The options of the form `name=value`, and the field that each one is. */
const options: Readonly<Record<string, string>> = {
  "retry-after": "retryAfter",
  message: "message",
  nth: "nth",
  first: "first",
  every: "every",
  chance: "chance",
  for: "forMs",
};

/** What a bare number means after the kind. */
const numbers: Readonly<Record<string, string>> = { html: "status", limit: "requests" };

/**
 * Reads a fault's compact text, such as `503 on GET deployments first=2`.
 *
 * @throws {@link FaultError} quoting the text, the mistake in it and what could stand there
 */
export function parseFault(text: string): Fault {
  const [first = "", ...words] = text.match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
  const data: Record<string, JsonObject[string]> = /^\d+$/.test(first)
    ? { kind: "status", status: Number(first) }
    : { kind: first };
  const put = (name: string, value: JsonObject[string]): void => {
    if (Object.hasOwn(data, name)) throw new FaultError(text, `duplicate "${name}"`);
    data[name] = value;
  };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [, name = "", value = ""] = /^([a-z-]+)=(.*)$/s.exec(word) ?? [];
    const field = Object.hasOwn(options, name) ? options[name] : undefined;
    if (field !== undefined) put(field, optionValue(text, name, value));
    else if (word === "after" || word === "chunked") put(word, true);
    else if (word === "on") put("on", place(words));
    else if (/^\d+$/.test(word) && numbers[first] !== undefined) put(numbers[first], Number(word));
    else if (/^[\d.]+[a-z]/.test(word)) {
      const [from = "", to] = word.split("..");
      put("ms", duration(text, from));
      if (to !== undefined) put("maxMs", duration(text, to));
    } else throw new FaultError(text, `unknown word "${word}"`);
  }
  return readFault(data, text);
}

/** The words after "on": one that is all capitals names methods, and the place follows it. */
function place(words: string[]): string {
  const [first = ""] = words.splice(0, 1);
  return /^[A-Z|*]+$/.test(first) ? `${first} ${words.shift() ?? ""}`.trim() : first;
}

function optionValue(text: string, name: string, value: string): string | number {
  if (name === "for") return duration(text, value);
  if (name === "message") return value.replaceAll('"', "");
  const number = Number(value);
  if (value === "" || Number.isNaN(number))
    throw new FaultError(text, `invalid "${name}" "${value}", expected a number`);
  return number;
}

function duration(text: string, value: string): number {
  const milliseconds = parseDuration(value);
  if (milliseconds === undefined)
    throw new FaultError(text, `invalid duration "${value}", expected one such as 500ms, 2s or 5m`);
  return milliseconds;
}

/** The text that {@link parseFault} reads the fault from. */
export function faultText(fault: Fault): string {
  return [...whatText(fault), ...whichText(fault)].join(" ");
}

function whatText(fault: Fault): readonly string[] {
  switch (fault.kind) {
    case "status": {
      const { status, after, retryAfter, message } = fault;
      return [
        String(status),
        ...flag("after", after),
        ...option("retry-after", retryAfter),
        ...(message === undefined ? [] : [`message="${message}"`]),
      ];
    }
    case "reset":
      return ["reset", ...flag("after", fault.after)];
    case "cut":
      return ["cut", ...flag("chunked", fault.chunked)];
    case "html":
      return ["html", ...(fault.status === undefined ? [] : [String(fault.status)]), ...flag("after", fault.after)];
    case "latency":
      return ["latency", fault.maxMs === undefined ? time(fault.ms) : `${time(fault.ms)}..${time(fault.maxMs)}`];
    case "error":
      return ["error", ...(fault.ms === undefined ? [] : [time(fault.ms)])];
    case "limit":
      return ["limit", String(fault.requests)];
    case "slow":
    case "pending":
    case "missing":
    case "stale":
      return [fault.kind, time(fault.ms)];
  }
}

function whichText({ on, nth, first, every, chance, forMs }: Fault): readonly string[] {
  return [
    ...(on === undefined ? [] : ["on", on]),
    ...option("nth", nth),
    ...option("first", first),
    ...option("every", every),
    ...option("chance", chance),
    ...(forMs === undefined ? [] : [`for=${time(forMs)}`]),
  ];
}

function flag(name: string, value: boolean | undefined): readonly string[] {
  return value === true ? [name] : [];
}

function option(name: string, value: number | undefined): readonly string[] {
  return value === undefined ? [] : [`${name}=${value}`];
}

function time(milliseconds: number): string {
  return milliseconds >= 1000 && milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}
