import { sep } from "node:path";
import { type AddressSource, type SourceContext, type SourceReading } from "./address-source";
import { problemOfReading } from "./reading-check";

/** Reads a source when it is first asked for and keeps what it said. What a source throws becomes a finding. */
export function readOnce(source: AddressSource, context: SourceContext): () => SourceReading {
  return once(() => {
    try {
      const reading = source.read(context);
      const problem = problemOfReading(reading);
      return problem === undefined ? reading : failed(`what a source of addresses answered ${problem[0]}`, problem[1]);
    } catch (error) {
      const remedy = "correct its read function, or return a finding that says what to write instead";
      return failed(`a source of addresses failed: ${reasonOf(error, context)}`, remedy);
    }
  });
}

/**
 * Node's own messages hold absolute paths; a report is the same in every checkout. Asked of the error's form, not of its
 * class: under a test runner Node's own errors are of another realm.
 */
function reasonOf(error: unknown, { root }: SourceContext): string {
  const reason =
    typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
  return reason.replaceAll(root.endsWith(sep) ? root : `${root}${sep}`, "");
}

function failed(message: string, remedy: string): SourceReading {
  return { addresses: [], findings: [{ rule: "source-failed", severity: "error", value: "", message, remedy }] };
}

/** The same answer every time, computed when it is first asked for. */
export function once<T>(compute: () => T): () => T {
  let answer: { readonly value: T } | undefined;
  return () => (answer ??= { value: compute() }).value;
}
