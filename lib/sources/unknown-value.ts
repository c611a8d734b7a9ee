/** Whether a value has properties to look at. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The code of a system's error. Asked of its form, not of its class: under a test runner Node's own errors are of another realm. */
export function codeOf(error: unknown): string {
  return isRecord(error) && "code" in error ? String(error["code"]) : "unknown";
}
