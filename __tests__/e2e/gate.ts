import { type MiddlewareHandler } from "hono";

/** Holds the calls of one kind, such as `PUT /api/v2/…`, until it is let go. */
export class Gate {
  private open: () => void = () => undefined;
  private readonly opened = new Promise<void>((resolve) => (this.open = resolve));
  private arrive: () => void = () => undefined;
  /** Resolves when the first call stands before the gate. */
  readonly arrived = new Promise<void>((resolve) => (this.arrive = resolve));

  constructor(private readonly matches: RegExp) {}

  readonly middleware: MiddlewareHandler = async (c, next) => {
    if (this.matches.test(`${c.req.method} ${c.req.path}`)) {
      this.arrive();
      await this.opened;
    }
    await next();
  };

  letGo(): void {
    this.open();
  }
}
