import { type HttpBindings } from "@hono/node-server";
import { type MiddlewareHandler } from "hono";
import { type Fault, type Refusal } from "./scenario";

/** Answers instead of the API what a scenario's step says. */
export class ScriptedFaults {
  private left: { readonly fault: Fault; times: number }[] = [];
  private nameOf: (method: string, path: string) => string = () => "";

  readonly middleware: MiddlewareHandler = async (c, next) => {
    const call = this.left.length === 0 ? "" : this.nameOf(c.req.method, c.req.path);
    const scripted = this.left.find(({ fault, times }) => fault.on === call && times > 0);
    if (scripted === undefined) {
      await next();
      return undefined;
    }
    scripted.times--;
    const { answer } = scripted.fault;
    if (answer !== "connection reset") return refused(answer);
    (c.env as HttpBindings).incoming.socket.resetAndDestroy();
    return new Response();
  };

  /** From now on these, until the next time. */
  script(faults: readonly Fault[], nameOf: (method: string, path: string) => string): void {
    this.left = faults.map((fault) => ({ fault, times: fault.times ?? Infinity }));
    this.nameOf = nameOf;
  }
}

function refused({ status, message, retryAfter, permission }: Refusal): Response {
  const details = permission === undefined ? [] : [{ errorCode: "missing.any.permissions", fieldName: permission }];
  const body = { message, code: "scripted.fault", status, contextId: "conformance", details, errors: [] };
  const headers = retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
  return Response.json(body, { status, headers });
}
