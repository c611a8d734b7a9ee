import { types } from "node:util";

/** What one request came to: what the host said, or that it said nothing. */
export type Answer =
  | {
      readonly outcome: "answer";
      readonly host: string;
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
    }
  | {
      readonly outcome: "silence";
      readonly reason: string;
      /** Whether the host did answer, but with more than is read: asking again does not help. */
      readonly isTooLarge?: true;
    };

/** Why there is no usable answer, in words for a person. */
interface Interference {
  /** `blocked-by-proxy`: something on the way answered; `unreachable`: no answer after all attempts. */
  readonly outcome: "blocked-by-proxy" | "unreachable";
  readonly reason: string;
}

/**
 * Asks once and reads the whole body, as it comes and only up to the limit.
 *
 * @param mostBytes of the body, after it was unpacked
 */
export async function ask(url: URL, request: RequestInit, mostBytes: number): Promise<Answer> {
  try {
    // A redirect is not an answer of an API: it leads to the login page of some proxy.
    const response = await fetch(url, { ...request, redirect: "manual" });
    const { status, headers } = response;
    const text = await textWithin(response, mostBytes);
    if (text !== undefined) return { outcome: "answer", host: url.host, status, headers, text };
    const size = `${Math.round(mostBytes / mebibyte)} MiB`;
    return { outcome: "silence", reason: `${url.host} answers with more than ${size}`, isTooLarge: true };
  } catch (error) {
    if (isNameless(error)) return { outcome: "answer", host: url.host, status: 407, headers: new Headers(), text: "" };
    return { outcome: "silence", reason: `${url.host} cannot be reached (${reasonOf(error)})` };
  }
}

const mebibyte = 1_048_576;

/** The body as a text; undefined where it is larger. What is left of it is not read. */
async function textWithin({ body, headers }: Response, mostBytes: number): Promise<string | undefined> {
  if (body === null) return "";
  if (Number(headers.get("content-length") ?? 0) > mostBytes) {
    await body.cancel();
    return undefined;
  }
  const chunks: ReadableStream<Uint8Array> = body;
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > mostBytes) return undefined; // leaving the loop cancels the stream
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return [...parts, decoder.decode()].join("");
}

/** Whether the same request may be answered better a little later. */
export function isPassing(answer: Answer): boolean {
  return (
    (answer.outcome === "silence" && answer.isTooLarge !== true) ||
    (answer.outcome === "answer" && isBusy(answer.status))
  );
}

function isBusy(status: number): boolean {
  return status === 429 || (status >= 500 && ![501, 511].includes(status));
}

/**
 * The milliseconds that the host asks to wait; undefined where it asks for none. `Retry-After` has seconds or a date; where it
 * is missing, some hosts say with a 429 when they count from zero again (`X-RateLimit-Reset`: the second of the epoch, or a date).
 */
export function askedToWait(answer: Answer): number | undefined {
  if (answer.outcome === "silence" || !isPassing(answer)) return undefined;
  const { headers, status } = answer;
  const after = headers.get("retry-after");
  const reset = status === 429 ? headers.get("x-ratelimit-reset") : null;
  const now = Date.now();
  const wait = (after === null ? timeIn(reset ?? "", 0) : timeIn(after, now)) - now;
  return wait > 0 ? wait : undefined;
}

/** A date, or a number of seconds that are counted from an instant. */
function timeIn(text: string, from: number): number {
  const seconds = Number(text.trim() || Number.NaN);
  return Number.isNaN(seconds) ? Date.parse(text) : from + seconds * 1_000;
}

/**
 * Why an answer is not the host's, or is missing; undefined where the host answered. A proxy speaks HTML, sends elsewhere,
 * or requires authentication (407, 511); an API does none of that.
 */
export function interference(answer: Answer): Interference | undefined {
  if (answer.outcome === "silence") return { outcome: "unreachable", reason: answer.reason };
  const { host, status, headers } = answer;
  const blocked = (reason: string): Interference => ({ outcome: "blocked-by-proxy", reason });
  if (status === 407 || status === 511)
    return blocked(`a proxy in front of ${host} requires authentication (${status})`);
  if (status >= 300 && status < 400) {
    return blocked(`something in front of ${host} redirects the request (${status}${target(headers, host)})`);
  }
  if (status === 429) return { outcome: "unreachable", reason: `${host} keeps answering 429 (too many requests)` };
  if (status >= 500) return { outcome: "unreachable", reason: `${host} keeps answering ${status}` };
  if (isHtml(answer)) return blocked(`something in front of ${host} answers with an HTML page (${status})`);
  return undefined;
}

/** The JSON of an answer; undefined if it is not JSON. */
export function jsonOf(answer: Answer): unknown {
  if (answer.outcome === "silence") return undefined;
  try {
    return JSON.parse(answer.text);
  } catch {
    return undefined;
  }
}

function isHtml({ headers, text }: Answer & { outcome: "answer" }): boolean {
  return /^text\/html\b/i.test(headers.get("content-type") ?? "") || /^\s*<(?:!doctype html|html)\b/i.test(text);
}

/** Only the host: the rest of a login page's address may be confidential. */
function target(headers: Headers, host: string): string {
  const location = headers.get("location");
  if (location === null || !URL.canParse(location, `https://${host}`)) return "";
  return ` to ${new URL(location, `https://${host}`).host}`;
}

/** What the fetch standard makes of 407 (Proxy Authentication Required): a network error without a word. */
function isNameless(error: unknown): boolean {
  return types.isNativeError(error) && types.isNativeError(error.cause) && reasonOf(error) === "Error";
}

/** `fetch` hides why it failed in the cause, and that in turn in the errors of all addresses that it tried. */
function reasonOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  if (types.isNativeError(error.cause)) return reasonOf(error.cause);
  if (error.message !== "") return error.message;
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
