import { type Values } from "./value";

/** One step of the way to an attribute: its name, or the index of a block. */
export type PathStep = string | number;

/** What went wrong, as Terraform prints it: `Error: <summary>`, the attribute's place, the detail. */
export class ProviderError extends Error {
  constructor(
    /** One line. */
    readonly summary: string,
    /** What to know or do about it. */
    readonly detail = "",
    /** The attribute that it is about. */
    readonly path: readonly PathStep[] = [],
  ) {
    super(summary);
    this.name = "ProviderError";
  }
}

/** A create or update that failed after it had changed something: the state says what is there all the same. */
export class UnsettledError extends ProviderError {
  constructor(
    cause: unknown,
    readonly state: Values,
  ) {
    const { summary, detail, path } = asProviderError(cause);
    super(summary, detail, path);
    this.name = "UnsettledError";
  }
}

/** What crashes the genuine provider. Terraform then hears nothing of what the call had done by that time, and no more does here. */
export class CrashError extends ProviderError {
  constructor(because: string) {
    super(
      "Plugin did not respond",
      `Version 1.84.1 of the provider crashes here because ${because}. The sandbox's provider reports this error instead.`,
    );
    this.name = "CrashError";
  }
}

/** The protocol's form of an error. */
export function diagnosticOf(error: unknown, severity: "ERROR" | "WARNING" = "ERROR"): object {
  const { summary, detail, path } = asProviderError(error);
  const steps = path.map((step) => (typeof step === "number" ? { element_key_int: step } : { attribute_name: step }));
  return { severity, summary, detail, ...(steps.length > 0 && { attribute: { steps } }) };
}

function asProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ProviderError("The sandbox's provider failed", detail);
}
