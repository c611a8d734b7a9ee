import { randomUUID } from "node:crypto";

/** One field that an error is about. */
export interface ErrorDetail {
  readonly errorCode: string;
  /** The field's path in the body, such as `messenger.apps.conversations.enabled`. */
  readonly fieldName: string;
}

/** The body of every refusal of the platform API. */
export interface ErrorBody {
  readonly message: string;
  readonly code: string;
  readonly status: number;
  readonly contextId: string;
  readonly details: readonly ErrorDetail[];
  readonly errors: readonly never[];
}

/** The statuses that the API refuses with. */
export type ErrorStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 500;

/**
 * A request that the API refuses. The codes are the platform's own (read in public clients that handle them); the messages
 * are the sandbox's, and say more than the platform's do.
 */
export class ApiError extends Error {
  constructor(
    readonly status: ErrorStatus,
    readonly code: string,
    message: string,
    readonly details: readonly ErrorDetail[] = [],
  ) {
    super(message);
    this.name = "ApiError";
  }

  /** The body to answer with; every one has an id of its own (`contextId`), as the platform's have. */
  body(): ErrorBody {
    const { message, code, status, details } = this;
    return { message, code, status, contextId: randomUUID(), details, errors: [] };
  }
}

/** There is no such thing: 404. */
export function notFound(what: string): ApiError {
  return new ApiError(404, "not.found", what);
}

/** The request makes no sense: 400. */
export function badRequest(message: string, details: readonly ErrorDetail[] = []): ApiError {
  return new ApiError(400, "bad.request", message, details);
}
