import { types } from "node:util";
import { type NoReading } from "./reading";

/** What one request came to: what the host said, or that it said nothing. */
export type Answer =
  | {
      readonly outcome: "answer";
      readonly host: string;
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
    }
  | { readonly outcome: "silence"; readonly reason: string };

/** Asks once and reads the whole body. */
export async function ask(url: URL, request: RequestInit): Promise<Answer> {
  try {
    // A redirect is no answer of Genesys's: it leads to the login page of some proxy.
    const response = await fetch(url, { ...request, redirect: "manual" });
    const { status, headers } = response;
    return { outcome: "answer", host: url.host, status, headers, text: await response.text() };
  } catch (error) {
    if (isNameless(error)) return { outcome: "answer", host: url.host, status: 407, headers: new Headers(), text: "" };
    return { outcome: "silence", reason: `${url.host} cannot be reached (${reasonOf(error)})` };
  }
}

/** Whether the same request may be answered better a little later. */
export function isPassing(answer: Answer): boolean {
  return (
    answer.outcome === "silence" ||
    answer.status === 429 ||
    (answer.status >= 500 && ![501, 511].includes(answer.status))
  );
}

/** The milliseconds that the host asks to wait (`Retry-After`: seconds, or a date); undefined where it asks for none. */
export function askedToWait(answer: Answer): number | undefined {
  if (answer.outcome === "silence" || !isPassing(answer)) return undefined;
  const value = answer.headers.get("retry-after") ?? "";
  const seconds = Number(value.trim() || Number.NaN);
  const wait = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1_000;
  return wait > 0 ? wait : undefined;
}

/**
 * Why an answer is none of Genesys's, or none at all; undefined where Genesys answered. A proxy speaks HTML, sends elsewhere,
 * or wants to know who asks (407, 511); the API and the public files do none of that.
 */
export function interference(answer: Answer): NoReading | undefined {
  if (answer.outcome === "silence") return { outcome: "unreachable", reason: answer.reason };
  const { host, status, headers } = answer;
  const blocked = (reason: string): NoReading => ({ outcome: "blocked-by-proxy", reason });
  if (status === 407 || status === 511)
    return blocked(`a proxy in front of ${host} wants to know who asks (${status})`);
  if (status >= 300 && status < 400) {
    return blocked(`something in front of ${host} sends the request elsewhere (${status}${target(headers, host)})`);
  }
  if (status === 429)
    return { outcome: "unreachable", reason: `${host} answers 429 (too many requests) again and again` };
  if (status >= 500) return { outcome: "unreachable", reason: `${host} answers ${status} again and again` };
  if (isHtml(answer)) return blocked(`something in front of ${host} answers with an HTML page (${status})`);
  return undefined;
}

/** The JSON of an answer; undefined where it is none. */
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

/** Only the host: the rest of a login page's address is nobody's business. */
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
