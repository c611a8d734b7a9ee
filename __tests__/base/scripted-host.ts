import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What the host does with one request. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

export const json =
  (status: number, body: object, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };

export const html =
  (status: number): Reply =>
  (response) => {
    response.writeHead(status, { "content-type": "text/html" }).end("<!DOCTYPE html><title>Log in</title>");
  };

export const status =
  (code: number, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(code, headers).end();
  };

export const reset: Reply = (response) => {
  response.destroy();
};

/** Says how long the body is and closes the connection before its end. */
export const cut: Reply = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"allowAllDomains": fal', () => response.destroy());
};

/** Begins to answer and never ends. */
export const endless: Reply = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.write("{");
};

/** A host that answers from a script: in order, and with the last reply again and again. */
export class ScriptedHost {
  /** Every request so far, such as `GET /path`. */
  readonly calls: string[] = [];
  readonly authorizations: (string | undefined)[] = [];
  private readonly server = createServer((request, response) => {
    request.resume();
    this.calls.push(`${request.method ?? ""} ${request.url ?? ""}`);
    this.authorizations.push(request.headers.authorization);
    this.next()(response, request);
  });

  static async start(...script: readonly Reply[]): Promise<ScriptedHost> {
    const host = new ScriptedHost(script);
    host.server.listen(0, "127.0.0.1");
    await once(host.server, "listening");
    return host;
  }

  private constructor(private script: readonly Reply[]) {}

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  }

  get host(): string {
    return new URL(this.url).host;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  private next(): Reply {
    const [next = status(500), ...rest] = this.script;
    if (rest.length > 0) this.script = rest;
    return next;
  }
}
