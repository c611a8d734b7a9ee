import { pasted } from "./binary";
import { type SynthesizedStack } from "./stacks";

/**
 * The backends whose error carries the holder's lock. What Terraform prints with the others (pg and http among them) is the
 * lock that this very run asked for.
 */
const namesTheHolder: readonly string[] = ["local", "s3", "gcs", "azurerm"];

const wait = "Wait for it: --lock-timeout 10m.";

/** Who holds the lock of a stack, where that is known, and what to do about it. */
export function lockRemedy(stack: SynthesizedStack, program: string, words: string): string {
  const { type } = stack.backend;
  const field = (name: string): string | undefined => new RegExp(`^ *${name}: *(\\S.*)$`, "m").exec(words)?.[1]?.trim();
  const [who, since] = namesTheHolder.includes(type) ? [field("Who"), field("Created")] : [];
  const holder = who === undefined ? "" : `It is held by ${who}${since === undefined ? "" : `, since ${since}`}. `;
  switch (type) {
    case "local":
      return `${holder}${wait} The lock ends with the process that holds it; there is nothing to unlock by hand.`;
    case "pg":
      return (
        `${wait} The lock ends with the connection of its run. If no run is alive and it stays, ask the database who holds ` +
        "it: SELECT pid, application_name, client_addr, backend_start FROM pg_stat_activity WHERE pid IN " +
        "(SELECT pid FROM pg_locks WHERE locktype = 'advisory'); and end that connection: SELECT pg_terminate_backend(<pid>);"
      );
    case "cloud":
    case "remote":
      return `${wait} If that run is dead, unlock the workspace on its page in HCP Terraform.`;
    default: {
      const id = /already locked: ID=(\S+)/.exec(words)?.[1] ?? (holder === "" ? undefined : field("ID"));
      return (
        `${holder}${wait} If that run is dead, free the lock by hand: ` +
        `${pasted(program)} -chdir="${stack.folder}" force-unlock ${id ?? "<id of the lock>"}`
      );
    }
  }
}
