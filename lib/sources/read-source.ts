import { type AddressSource, type SourceContext, type SourceReading } from "./address-source";

/** Reads a source when it is first asked for and keeps what it said. What a source throws becomes a finding. */
export function readOnce(source: AddressSource, context: SourceContext): () => SourceReading {
  return once(() => {
    try {
      return source.read(context);
    } catch (error) {
      const message = `a source of addresses failed: ${error instanceof Error ? error.message : String(error)}`;
      const remedy = "correct its read function, or return a finding that says what to write instead";
      return { addresses: [], findings: [{ rule: "source-failed", severity: "error", value: "", message, remedy }] };
    }
  });
}

/** The same answer every time, computed when it is first asked for. */
export function once<T>(compute: () => T): () => T {
  let answer: { readonly value: T } | undefined;
  return () => (answer ??= { value: compute() }).value;
}
