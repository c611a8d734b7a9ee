import { randomBytes, randomUUID } from "node:crypto";
import { type IncomingMessage, type ServerResponse } from "node:http";
import { type CallLog, type RecordedCall } from "./call-log";
import { type JsonObject } from "./json";
import { type OAuthClient, type Permission, type Settling, type Stamp, type OrganizationState } from "./state";
import { type Store } from "./store";

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
type ErrorStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 500;

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

  /** The body to answer with; each has a unique id (`contextId`), like the platform's. */
  body(): ErrorBody {
    const { message, code, status, details } = this;
    return { message, code, status, contextId: randomUUID(), details, errors: [] };
  }
}

/** Not found: 404. */
export function notFound(what: string): ApiError {
  return new ApiError(404, "not.found", what);
}

/** Invalid request: 400. */
export function badRequest(message: string, details: readonly ErrorDetail[] = []): ApiError {
  return new ApiError(400, "bad.request", message, details);
}

/** A request that has passed the doors: the token is good, the permission is there, the body is a JSON object. */
export interface ApiRequest {
  readonly store: Store;
  readonly state: Readonly<OrganizationState>;
  /** The path's parameter of that name. */
  readonly param: (name: string) => string;
  /** The request's path, for the links inside the answer. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The body; an empty object for a method that has none. */
  readonly body: JsonObject;
  readonly stamp: Stamp;
  readonly region: SandboxRegion;
}

/** The region that the organisation pretends to live in. */
export interface SandboxRegion {
  /** Such as `mypurecloud.com`. */
  readonly domain: string;
  /** What the Messenger's snippet calls the region, such as `prod`. */
  readonly environment: string;
}

/** One operation of the platform API. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** In the router's notation, parameters with a colon. */
  readonly path: string;
  /** What the client must be allowed; undefined where any valid token will do. */
  readonly permission?: Permission;
  /**
   * The body to answer with status 200; undefined for "204 No Content".
   *
   * @throws {@link ApiError} to refuse.
   */
  readonly handle: (request: ApiRequest) => unknown;
}

interface Grant {
  readonly clientId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The access tokens handed out by one running server. They end with it: a token is cheap to get again. */
export class Tokens {
  private readonly grants = new Map<string, Grant>();

  constructor(private readonly lifetimeSeconds: number) {}

  /** The answer of the token endpoint. */
  issue(client: OAuthClient, now: Date): { access_token: string; token_type: "bearer"; expires_in: number } {
    for (const [token, { expiresAt }] of this.grants) {
      // Expired tokens are kept a while, so that the error says "expired" rather than "unknown".
      if (expiresAt + this.lifetimeSeconds * 1000 >= now.getTime()) break;
      this.grants.delete(token);
    }
    const token = randomBytes(32).toString("base64url");
    this.grants.set(token, { clientId: client.id, expiresAt: now.getTime() + this.lifetimeSeconds * 1000 });
    return { access_token: token, token_type: "bearer", expires_in: this.lifetimeSeconds };
  }

  /** The id of the client that a token was issued to, `"expired"`, or undefined for an unknown token. */
  check(token: string, now: Date): { readonly clientId: string; readonly expired: boolean } | undefined {
    const grant = this.grants.get(token);
    return grant && { clientId: grant.clientId, expired: grant.expiresAt <= now.getTime() };
  }
}

/** What every handler of the server finds in its context. */
export interface SandboxEnv {
  /** The connection, where there is one. */
  Bindings: { readonly incoming?: IncomingMessage; readonly outgoing?: ServerResponse };
  Variables: {
    readonly store: Store;
    readonly tokens: Tokens;
    readonly calls: CallLog;
    readonly now: () => Date;
    readonly region: SandboxRegion;
    readonly activationDelayMs: number;
    /** The record of this call. */
    readonly call: RecordedCall;
    /** Set by a fault: how what this call makes or changes comes to its status. */
    readonly settling?: Settling;
    /** Set by a fault: the connection ended without an answer. */
    readonly unanswered?: true;
  };
}

/** Tells the server that a handler has sent the answer itself. */
export const alreadySent = { "x-hono-already-sent": "true" } as const;
