import { redact } from "../../origins";
import { type PropertyCheck } from "../property-check";

/**
 * Checks the address of a server that is written to the output folder, and so to every log and artifact that holds it. The
 * address is masked in what is reported.
 */
export function checkAddress(check: PropertyCheck, property: string, address: unknown, variables: string): void {
  if (typeof address !== "string" || carriesCredentials(address)) return;
  const isServer = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  check.expect(property, redact(address), () => isServer, {
    message: "is no http(s) address",
    remedy: `write one such as "https://states.example.com/terraform"`,
  });
  if (!isServer) return;
  check.expect(property, redact(address), () => !/[?#]/.test(address), {
    message: "has a query or a fragment, which would stand in cdk.tf.json, secrets and all",
    remedy: `leave it out; what is secret is set for Terraform as ${variables}`,
  });
}

/** Whether the value is an address with `user:password@` in it, whatever property it stands in. */
export function carriesCredentials(value: string): boolean {
  if (!URL.canParse(value)) return /^[^/?#\s]*:[^/?#\s]*@/.test(value);
  const { username, password } = new URL(value);
  return username !== "" || password !== "" || /^[a-z][\w+.-]*:[^/?#\s]*@/i.test(value);
}
