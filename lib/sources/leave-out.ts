import { type Fields, mapOf, text } from "../base/shape";
import { parseAddress, parsedAddress } from "../origins/address";
import { type Finding, isInvalid, type WrittenAddress } from "../origins/finding";
import { redact } from "../base/redact";
import { type AddressSource, type SourceReading } from "./address-source";

/** What every source can be told. */
export interface SourceOptions {
  /**
   * Entries of the source that the environment leaves out on purpose, each with the reason: as they are written there, or their
   * hosts. No rule judges them, so that one entry of a list which cannot be changed does not make the source unusable. They are shown
   * by `origins list`; one that is not in the source is a warning, one without a reason an error.
   * @default none
   * @example nextConfig("apps/shop", { leaveOut: { "*.ngrok-free.app": "developers' tunnels" } })
   * @example envFiles("apps/shop", { variables: "ORIGINS", leaveOut: { "api.example.com": "serves no pages" } })
   */
  readonly leaveOut?: Readonly<Record<string, string>>;
}

/** What the options must be that every source has. */
export const sourceFields: Fields<SourceOptions> = {
  leaveOut: mapOf({ ...text, expected: "the reason" }, '{ "*.ngrok-free.app": "the reason" }'),
};

/** The source without the entries that are left out, each of which becomes an acknowledged finding. */
export function leavingOut(leaveOut: SourceOptions["leaveOut"] = {}, source: AddressSource): AddressSource {
  const entries = Object.entries(leaveOut);
  if (entries.length === 0) return source;
  return { ...source, read: (context) => without(entries, source.read(context)) };
}

type Entry = readonly [name: string, reason: string];

function without(entries: readonly Entry[], reading: SourceReading): SourceReading {
  const used = new Set<string>();
  const find = (written: Pick<WrittenAddress, "value">): Entry | undefined => {
    const found = entries.find(([name]) => isEntry(written, name));
    if (found !== undefined) used.add(found[0]);
    return found;
  };
  const leftOut: Finding[] = [];
  const isNew = (value: string): boolean => !leftOut.some((finding) => finding.value === value);
  const addresses: WrittenAddress[] = [];
  for (const address of reading.addresses) {
    const entry = find(address);
    if (entry === undefined) addresses.push(address);
    else if (isExplained(entry) && (!isInvalid(address) || isNew(address.value)))
      leftOut.push(acknowledged(redact(address.value.trim()), address.place, entry[1]));
  }
  const findings: Finding[] = [];
  for (const finding of reading.findings) {
    const entry = aboutEntries.has(finding.rule) ? find(finding) : undefined;
    if (entry === undefined) findings.push(finding);
    else if (isExplained(entry) && isNew(finding.value))
      leftOut.push(acknowledged(finding.value, finding.place, entry[1]));
  }
  // Where a source could not be read, it is not known what is in it.
  const isRefused =
    reading.findings.some(({ severity }) => severity === "error") ||
    reading.addresses.some((address) => isInvalid(address) && address.isSupposed !== true);
  const isWhole = !isRefused || used.size > 0;
  const idle = isWhole ? entries.filter(([name]) => !used.has(name)) : [];
  const unexplained = entries.filter((entry) => used.has(entry[0]) && !isExplained(entry));
  return {
    ...reading,
    addresses,
    findings: [
      ...findings,
      ...leftOut,
      ...idle.map(([name]) => problem("warning", name, "does not need to be left out: the source has no such entry")),
      ...unexplained.map(([name]) => problem("error", name, "is left out without a reason")),
    ],
  };
}

function isExplained([, reason]: Entry): boolean {
  return reason.trim() !== "";
}

/** The findings of sources that are about one entry, which nothing but leaving it out can remove. */
const aboutEntries: ReadonlySet<string> = new Set(["unsupported-pattern", "unusable-value"]);

/** Whether the name is that of the entry: as it is written, or its host. */
function isEntry(address: Pick<WrittenAddress, "value">, name: string): boolean {
  const text = name.trim();
  const value = address.value.trim();
  if (value === text || redact(value) === text) return true;
  const [written, named] = [parsedAddress(address), parseAddress(text)];
  if (!written.ok || !named.ok || named.address.host !== written.address.host) return false;
  const { dropped, wildcard } = named.address;
  return dropped.length === (wildcard ? 1 : 0) && (!wildcard || written.address.wildcard);
}

function acknowledged(value: string, place: Finding["place"], reason: string): Finding {
  return {
    rule: "leave-out",
    severity: "warning",
    value,
    ...(place !== undefined && { place }),
    message: `"${value}" is left out`,
    remedy: "remove it from leaveOut to use it as an address again",
    acknowledged: reason.trim(),
  };
}

function problem(severity: Finding["severity"], name: string, what: string): Finding {
  const value = redact(name);
  const remedy = severity === "error" ? "write why the environment leaves it out" : "remove it from leaveOut";
  return { rule: "leave-out", severity, value, message: `"${value}" ${what}`, remedy };
}
