import { type Host } from "./host";

/** A page address that was understood: the host that counts, and what was written around it. */
export interface Address {
  readonly host: Host;
  /** The value as it was written; a query or fragment is masked. */
  readonly written: string;
  /** Whether it was written as `*.host` or `.host`: "and its subdomains", which every entry of Genesys means anyway. */
  readonly wildcard: boolean;
  /** Absent where no scheme was written. */
  readonly scheme?: "http" | "https";
  /** Absent where no port was written. */
  readonly port?: number;
  /** What was written and means nothing to the allow-list, in words: `the port 8443`, `the path`. */
  readonly dropped: readonly string[];
}

/** Why a value is no page address, and what to write instead. */
export interface AddressProblem {
  /** Begins with the value in double quotes; secrets in it are masked. No final full stop. */
  readonly message: string;
  /** In the imperative, without a final full stop. */
  readonly remedy: string;
}

/** What `parseAddress` answers. */
export type ParsedAddress =
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly problem: AddressProblem };

/** Placeholder. */
export function parseAddress(value: string): ParsedAddress {
  return { ok: false, problem: { message: `"${value}" is not understood yet`, remedy: "wait" } };
}
