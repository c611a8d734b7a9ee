import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";

import { type ErrorBody } from "../../api/api-error";
import { type Effect } from "../effect";
import { type HtmlFault, type StatusFault } from "../fault";
import { replaceAnswer } from "./replace-answer";

/** The platform's codes, where a status has a usual one. */
const codes: Readonly<Record<number, string>> = {
  400: "bad.request",
  401: "bad.credentials",
  403: "missing.any.permissions",
  404: "not.found",
  409: "conflict",
  429: "too.many.requests",
  500: "internal.server.error",
  503: "service.unavailable",
};

/** A refusal in the platform's own form. */
export function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  const code = codes[status] ?? "fault";
  const body: ErrorBody = { message, code, status, contextId: randomUUID(), details: [], errors: [] };
  return Response.json(body, { status, headers });
}

/** Instead of the call, or after it has been carried out. */
export function answerStatus({ status, after, retryAfter, message = words(status) }: StatusFault): Effect {
  return {
    async strike(call, next) {
      if (after === true) await next();
      const headers = retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
      // What the file server's own refusals look like is unknown; they are no JSON of the API's.
      const ofApi = /^\/(api|oauth)\//.test(call.req.path);
      replaceAnswer(call, ofApi ? refusal(status, message, headers) : new Response(message, { status, headers }));
    },
  };
}

/** What a proxy in between shows of itself. */
export function answerHtml({ status = 200, after }: HtmlFault): Effect {
  return {
    async strike(call, next) {
      if (after === true) await next();
      const title = `${status} ${words(status)}`;
      const page = `<!doctype html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
      replaceAnswer(call, new Response(page, { status, headers: { "Content-Type": "text/html; charset=utf-8" } }));
    },
  };
}

function words(status: number): string {
  return STATUS_CODES[status] ?? "No reason given";
}
