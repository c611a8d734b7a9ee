import { setTimeout as wait } from "node:timers/promises";
import { type ApiObject, isApiObject } from "../../../../lib/genesys/provider-schema";
import { ProviderError } from "./diagnostic";
import { mostRepetitions, type Timing } from "./timing";

/** The caller: an OAuth client, or an existing token. */
export type Credentials =
  { readonly clientId: string; readonly clientSecret: string } | { readonly accessToken: string };

/** Where the API is and how it is asked. */
export interface Connection {
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** How many clients the provider pools, each with its own token. */
  readonly poolSize: number;
  readonly timing: Timing;
  /** Ends every wait when the caller no longer wants the answer. */
  readonly stopped: AbortSignal;
}

/** An error of the API; the provider decides by the status how to handle it. */
export class RefusedRequest extends ProviderError {
  constructor(
    readonly status: number,
    method: string,
    path: string,
    body: unknown,
  ) {
    const message = isApiObject(body) && typeof body["message"] === "string" ? body["message"] : "no message";
    super(`API Error: ${status} - ${message}`, `${method} ${path}${fieldsOf(body)}${contextOf(body)}`);
    this.name = "ApiError";
  }
}

/** The platform API as the provider's SDK calls it: a pool of tokens, and retries where a retry can help. */
export class ApiClient {
  private turn = 0;

  private constructor(
    private readonly connection: Connection,
    private readonly tokens: readonly string[],
  ) {}

  /** A token for itself and one for each pooled client; none where one is given. */
  static async connect(connection: Connection): Promise<ApiClient> {
    const { credentials, poolSize } = connection;
    if ("accessToken" in credentials) return new ApiClient(connection, [credentials.accessToken]);
    const first = await acquireToken(connection, credentials);
    const pooled = await Promise.all(Array.from({ length: poolSize }, () => acquireToken(connection, credentials)));
    return new ApiClient(connection, [first, ...pooled]);
  }

  get timing(): Timing {
    return this.connection.timing;
  }

  get(path: string): Promise<ApiObject> {
    return this.call("GET", path);
  }

  post(path: string, body: ApiObject = {}): Promise<ApiObject> {
    return this.call("POST", path, body);
  }

  put(path: string, body: ApiObject): Promise<ApiObject> {
    return this.call("PUT", path, body);
  }

  async delete(path: string): Promise<void> {
    await this.call("DELETE", path);
  }

  /** Waits; at once an error when the operation is stopped. */
  pause(milliseconds: number): Promise<void> {
    return pause(milliseconds, this.connection.stopped);
  }

  private call(method: string, path: string, body?: ApiObject): Promise<ApiObject> {
    const token = this.tokens[this.turn++ % this.tokens.length] ?? "";
    return send(this.connection, path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}

async function acquireToken(
  connection: Connection,
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
): Promise<string> {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const answer = await send(connection, "/oauth/token", {
    method: "POST",
    headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials",
  });
  const token = answer["access_token"];
  if (typeof token !== "string") throw new ProviderError("The OAuth response has no access_token");
  return token;
}

/** 429, 5xx and a broken connection pass: the call is repeated. Everything else is an answer. */
async function send(connection: Connection, path: string, request: RequestInit): Promise<ApiObject> {
  const { timing, stopped } = connection;
  const url = new URL(path, connection.baseUrl);
  for (let repetition = 0, backOff = timing.shortestBackOff; ; repetition++) {
    const answer = await ask(url, request);
    if (!isPassing(answer) || repetition === mostRepetitions) return bodyOf(answer, url, request);
    await pause((answer instanceof Response && retryAfter(answer)) || backOff, stopped);
    backOff = Math.min(timing.longestBackOff, backOff * 2);
  }
}

/** The answer, or the error if there is no answer. */
function ask(url: URL, request: RequestInit): Promise<Response | Error> {
  return fetch(url, request).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
}

/** A 429 that asks for more than three minutes is not waited for: the genuine SDK's rule. */
function isPassing(answer: Response | Error): boolean {
  if (answer instanceof Error) return true;
  if (answer.status === 429) return retryAfter(answer) <= 180_000;
  return answer.status >= 500 && answer.status !== 501;
}

async function bodyOf(answer: Response | Error, url: URL, { method = "GET" }: RequestInit): Promise<ApiObject> {
  if (answer instanceof Error) {
    const { message } = answer.cause instanceof Error ? answer.cause : answer;
    throw new ProviderError(`${url.host} cannot be reached`, message);
  }
  const text = await answer.text().catch(() => undefined);
  const body = parse(text);
  if (!answer.ok) throw new RefusedRequest(answer.status, method, url.pathname, body);
  if (isApiObject(body)) return body;
  if (text === "") return {};
  // Not asked again, as by the genuine SDK, which reads the body when its retries are over.
  throw new ProviderError(
    `The API's response to ${method} ${url.pathname} is not valid JSON`,
    text === undefined
      ? "The response was cut off. The call may have been carried out: check before you repeat it."
      : `Its content type is ${answer.headers.get("content-type") ?? "missing"}. Is a proxy responding instead of the API?`,
  );
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/** The milliseconds that the platform asks to wait, which it says in seconds. */
function retryAfter({ headers }: Response): number {
  const seconds = Number(headers.get("retry-after"));
  return Number.isFinite(seconds) ? seconds * 1_000 : 0;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch {
    throw new ProviderError(
      "The operation was stopped",
      "Terraform stopped it while it was waiting for Genesys Cloud.",
    );
  }
}

/** The fields or permissions that the API's answer is about. */
function fieldsOf(body: unknown): string {
  const details = isApiObject(body) && Array.isArray(body["details"]) ? body["details"] : [];
  const names = details
    .filter(isApiObject)
    .flatMap(({ fieldName }) => (typeof fieldName === "string" ? fieldName : []));
  return names.length === 0 ? "" : `: ${names.join(", ")}`;
}

function contextOf(body: unknown): string {
  const id = isApiObject(body) ? body["contextId"] : undefined;
  return typeof id === "string" ? ` (correlation id ${id})` : "";
}
