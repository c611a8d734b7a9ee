import { type Json } from "./json";

/** One call of the platform API, as it came in. */
export interface RecordedCall {
  /** Counted from 1 in the order of arrival, over the whole life of the server. */
  readonly n: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Absent until the answer is given, and for good when there never was one. */
  status?: number;
  /** The ids of the faults that struck it, the outermost first; absent where none did. */
  faults?: readonly string[];
  /** The OAuth client that made it; absent where no valid token said so. */
  client?: string;
  /** The JSON of the body, where there was one. */
  body?: Json;
}

/** How many calls are kept; the oldest go first. */
const capacity = 10_000;

/** Whether calls of that path are recorded. */
export function isRecorded(path: string): boolean {
  return path.startsWith("/api/") || path.startsWith("/oauth/");
}

/** The calls of the platform API since the server started, in order. The public files and the control plane are left out. */
export class CallLog {
  private calls: RecordedCall[] = [];
  private count = 0;

  /** Writes a call down as it arrives; what is known only later is added to the record. */
  arrive(method: string, path: string): RecordedCall {
    const call: RecordedCall = { n: ++this.count, method, path };
    this.calls.push(call);
    if (this.calls.length > capacity) this.calls.splice(0, this.calls.length - capacity);
    return call;
  }

  /** The number of the newest call; 0 before the first. */
  get last(): number {
    return this.count;
  }

  /** The calls after the one with that number. */
  after(n = 0): readonly RecordedCall[] {
    return this.calls.filter((call) => call.n > n);
  }

  /** Forgets the calls. The numbering goes on. */
  clear(): void {
    this.calls = [];
  }
}
