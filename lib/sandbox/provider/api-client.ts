import { type ApiObject, isApiObject } from "./api-path";
import { ProviderError } from "./diagnostic";
import { mostAttempts, sleep, type Timing } from "./timing";

/** Who asks: an OAuth client, or a token that somebody already has. */
export type Credentials =
  { readonly clientId: string; readonly clientSecret: string } | { readonly accessToken: string };

/** What the API said no to; the provider decides by the status what that means. */
export class ApiError extends ProviderError {
  constructor(
    readonly status: number,
    method: string,
    path: string,
    body: unknown,
  ) {
    const message = isApiObject(body) && typeof body["message"] === "string" ? body["message"] : "no message";
    super(`API Error: ${status} - ${message}`, `${method} ${path}${contextOf(body)}`);
    this.name = "ApiError";
  }
}

/** The platform API as the provider's SDK calls it: a pool of tokens, and retries where a retry can help. */
export class ApiClient {
  private turn = 0;

  private constructor(
    private readonly baseUrl: string,
    private readonly tokens: readonly string[],
    readonly timing: Timing,
  ) {}

  /** A token for itself and one for each pooled client; none where one is given. */
  static async connect(
    baseUrl: string,
    credentials: Credentials,
    poolSize: number,
    timing: Timing,
  ): Promise<ApiClient> {
    if ("accessToken" in credentials) return new ApiClient(baseUrl, [credentials.accessToken], timing);
    const tokens: string[] = [];
    for (let n = 0; n <= poolSize; n++) tokens.push(await acquireToken(baseUrl, credentials, timing));
    return new ApiClient(baseUrl, tokens, timing);
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

  private async call(method: string, path: string, body?: ApiObject): Promise<ApiObject> {
    const token = this.tokens[this.turn++ % this.tokens.length] ?? "";
    const request = {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    return send(new URL(path, this.baseUrl), request, this.timing);
  }
}

async function acquireToken(
  baseUrl: string,
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
  timing: Timing,
): Promise<string> {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const request = {
    method: "POST",
    headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials",
  };
  const answer = await send(new URL("/oauth/token", baseUrl), request, timing);
  const token = answer["access_token"];
  if (typeof token !== "string") throw new ProviderError("The OAuth answer has no access_token");
  return token;
}

/** 429, 500, 503 and a broken connection pass: the call is repeated. Everything else is an answer. */
async function send(url: URL, request: RequestInit, timing: Timing): Promise<ApiObject> {
  const method = request.method ?? "GET";
  for (let attempt = 1; ; attempt++) {
    const backOff = Math.min(timing.longestBackOff, timing.shortestBackOff * 2 ** (attempt - 1));
    let response: Response;
    try {
      response = await fetch(url, request);
    } catch (error) {
      if (attempt > mostAttempts) throw unreachable(url, error);
      await sleep(backOff);
      continue;
    }
    const body: unknown = await response.json().catch(() => ({}));
    if (response.ok) return isApiObject(body) ? body : {};
    if (attempt > mostAttempts || ![429, 500, 503].includes(response.status)) {
      throw new ApiError(response.status, method, url.pathname, body);
    }
    await sleep(retryAfter(response) ?? backOff);
  }
}

/** The seconds that the platform asks to wait. */
function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get("retry-after") ?? NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}

function unreachable({ host }: URL, error: unknown): ProviderError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new ProviderError(`${host} cannot be reached`, cause instanceof Error ? cause.message : String(cause));
}

function contextOf(body: unknown): string {
  const id = isApiObject(body) ? body["contextId"] : undefined;
  return typeof id === "string" ? ` (correlation id ${id})` : "";
}
