import { type DomainPolicy } from "../genesys/host-check";
import { type AllowList, type Difference, parseAddress } from "../origins";

/** An entry on which the live list and the program differ. */
export interface EntryAdvice {
  readonly entry: string;
  /** What it is, and what it means for a visitor. */
  readonly message: string;
  /** What can be done about it. */
  readonly advice: string;
}

/** The live list beside the one that the program derives. */
export interface ComparedDomains {
  /** How many entries Genesys has. */
  readonly live: number;
  /** How many the program derives. */
  readonly derived: number;
  /** How many are in both. */
  readonly kept: number;
  /** Entries of Genesys that the first deploy drops. */
  readonly dropped: readonly EntryAdvice[];
  /** Entries that the first deploy adds. */
  readonly added: readonly EntryAdvice[];
  /** What else differs: the order, capitals, repetitions, the flag. */
  readonly others: readonly string[];
  /** Whether the first deploy leaves the list as it is. */
  readonly equal: boolean;
}

/** Compares the list of a deployment with what the program derives. */
export function compareDomains(list: AllowList, live: DomainPolicy): ComparedDomains {
  const { equal, differences, unexpected, missing } = list.diff(live);
  const of = (...kinds: readonly Difference["kind"][]): readonly Difference[] =>
    differences.filter(({ kind }) => kinds.includes(kind));
  const unknown = new Set(unexpected);
  const said = new Map(of("missing").map(({ entry, message }) => [entry, message]));
  return {
    live: live.allowedDomains.length,
    derived: list.policy.allowedDomains.length,
    kept: new Set(live.allowedDomains.filter((entry) => !unknown.has(entry)).map((entry) => entry.toLowerCase())).size,
    dropped: [...of("unexpected").map(advise), ...of("malformed").map(adviseMalformed)],
    added: missing.map((host) => adviseMissing(host, said)),
    others: of("everything-allowed", "everything-blocked", "restricted", "spelling", "repeated", "order").map(
      ({ message }) => message,
    ),
    equal,
  };
}

function advise({ entry = "", message }: Difference): EntryAdvice {
  const advice = `add "${entry}" to the addresses of the environment, or let the deploy drop it`;
  return { entry, message, advice };
}

function adviseMalformed({ entry = "", message }: Difference): EntryAdvice {
  const parsed = parseAddress(entry.replace(/^(?=\.)/, "*"));
  const advice = parsed.ok
    ? `let the deploy drop it, or add "${parsed.address.host}" to the addresses`
    : "let the deploy drop it";
  return { entry, message, advice };
}

/** What is blocked where the live list is empty is said of the list, not of each host. */
function adviseMissing(host: string, said: ReadonlyMap<string | undefined, string>): EntryAdvice {
  const message = said.get(host) ?? `"${host}" is missing`;
  return { entry: host, message, advice: "the deploy adds it" };
}
