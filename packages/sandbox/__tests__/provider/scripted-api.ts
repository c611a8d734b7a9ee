import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { ApiClient, type Connection } from "../../lib/provider/api-client";
import { genuineTiming } from "../../lib/provider/timing";
import { impatient } from "./genesys";

/** What the server does with one request. */
export type Answer = (response: ServerResponse) => void;

export const json =
  (status: number, body: object, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };

export const reset: Answer = (response) => {
  response.destroy();
};

/** An API that answers from a script: in order, and with the last answer again and again. */
export class ScriptedApi {
  readonly requests: { readonly call: string; readonly authorization: string; readonly body: string }[] = [];
  private readonly stopped = new AbortController();

  static async start(...answers: readonly Answer[]): Promise<ScriptedApi> {
    const api = new ScriptedApi(answers);
    api.server.listen(0, "127.0.0.1");
    await once(api.server, "listening");
    return api;
  }

  private readonly server = createServer((request, response) => void this.answer(request, response));

  private constructor(private readonly answers: readonly Answer[]) {}

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  }

  /** A client with an access token. */
  client(changes: Partial<Connection> = {}): Promise<ApiClient> {
    return ApiClient.connect({
      baseUrl: this.url,
      credentials: { accessToken: "token" },
      poolSize: 10,
      timing: { ...genuineTiming, ...impatient },
      stopped: this.stopped.signal,
      ...changes,
    });
  }

  /** Ends the waits of the clients. */
  stopClients(): void {
    this.stopped.abort();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { method = "", url = "", headers } = request;
    const answer = this.answers[Math.min(this.requests.length, this.answers.length - 1)];
    this.requests.push({ call: `${method} ${url}`, authorization: headers.authorization ?? "", body });
    answer?.(response);
  }
}
