import { sep } from "node:path";
import { type AddressSource, type SourceContext, type SourceReading } from "./address-source";

/** Reads a source when it is first asked for and keeps what it said. What a source throws becomes a finding. */
export function readOnce(source: AddressSource, context: SourceContext): () => SourceReading {
  return once(() => {
    try {
      return source.read(context);
    } catch (error) {
      const message = `a source of addresses failed: ${reasonOf(error, context)}`;
      const remedy = "correct its read function, or return a finding that says what to write instead";
      return { addresses: [], findings: [{ rule: "source-failed", severity: "error", value: "", message, remedy }] };
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

/** The same answer every time, computed when it is first asked for. */
export function once<T>(compute: () => T): () => T {
  let answer: { readonly value: T } | undefined;
  return () => (answer ??= { value: compute() }).value;
}
