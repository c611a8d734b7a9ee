import { type PropertyCheck } from "../property-check";

/** Checks the address of a server that is written to the output folder, and so to every log and artifact that holds it. */
export function checkAddress(check: PropertyCheck, property: string, address: unknown, variables: string): void {
  if (typeof address !== "string" || carriesCredentials(address)) return;
  const isServer = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  if (!isServer) {
    check.refuse(property, address, 'expected an http(s) address, such as "https://states.example.com/terraform"');
  } else if (/[?#]/.test(address)) {
    const secrets = `set secrets for Terraform as ${variables}`;
    check.refuse(property, address, `expected no query or fragment, because cdk.tf.json would hold it; ${secrets}`);
  }
}

/** Whether the value is an address with `user:password@` in it, whatever property it stands in. */
export function carriesCredentials(value: string): boolean {
  if (!URL.canParse(value)) return /^[^/?#\s]*:[^/?#\s]*@/.test(value);
  const { username, password } = new URL(value);
  return username !== "" || password !== "" || /^[a-z][\w+.-]*:[^/?#\s]*@/i.test(value);
}
