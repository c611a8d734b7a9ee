import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Keeps Terraform states under their own addresses, with locks that stay until someone takes them away, as GitLab does. */
export class StateServer {
  static async start(): Promise<StateServer> {
    const server = new StateServer();
    server.http.listen(0, "127.0.0.1");
    await once(server.http, "listening");
    return server;
  }

  readonly states = new Map<string, string>();
  readonly locks = new Map<string, string>();
  /** How often a lock was asked for that another run had. */
  refusals = 0;
  /** Who asked, as the header of basic authentication has it. */
  readonly callers = new Set<string>();

  private readonly http = createServer((request, response) => {
    void this.answer(request, response);
  });

  get address(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}/states`;
  }

  async close(): Promise<void> {
    const closed = once(this.http, "close");
    this.http.close();
    this.http.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    this.callers.add(request.headers.authorization ?? "nobody");
    const { pathname } = new URL(request.url ?? "/", this.address);
    const [status, content = ""] = this.handle(request.method ?? "", pathname, body);
    response.writeHead(status).end(content);
  }

  private handle(method: string, path: string, body: string): readonly [number, string?] {
    switch (method) {
      case "GET": {
        const state = this.states.get(path);
        return state === undefined ? [404] : [200, state];
      }
      case "POST":
        this.states.set(path, body);
        return [200];
      case "LOCK": {
        const holder = this.locks.get(path);
        if (holder !== undefined) {
          this.refusals++;
          return [423, holder];
        }
        this.locks.set(path, body);
        return [200];
      }
      case "UNLOCK":
        this.locks.delete(path);
        return [200];
      default:
        return [405];
    }
  }
}
