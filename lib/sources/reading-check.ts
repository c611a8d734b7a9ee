import { isRecord } from "../base/errors";

/**
 * What is wrong with what a source answered, which no compiler may have looked at; undefined where all is in order.
 *
 * @returns the end of a sentence whose subject is the answer, and what to write instead
 */
export function problemOfReading(reading: unknown): readonly [problem: string, remedy: string] | undefined {
  if (isRecord(reading) && typeof reading["then"] === "function") {
    return ["is a promise", "read synchronously: what comes from a network is pulled into a committed file first"];
  }
  if (!isRecord(reading) || !Array.isArray(reading["addresses"]) || !Array.isArray(reading["findings"])) {
    return ["is no reading", "return { addresses: [{ value, place: { file, line } }], findings: [] }"];
  }
  const { addresses, findings, late = [] } = reading;
  const index = addresses.findIndex((address) => !isWritten(address));
  if (index !== -1) {
    return [
      `has an address that is none (addresses[${index}])`,
      'return each as { value: "www.example.com", place: { file, line } }',
    ];
  }
  if (!findings.every(isFinding))
    return ["has a finding that is none", "return each as { rule, severity, value, message, remedy }"];
  return Array.isArray(late) ? undefined : ["has late addresses that are no list", "leave them to terraformValue"];
}

function isWritten(address: unknown): boolean {
  return (
    isRecord(address) &&
    typeof address["value"] === "string" &&
    isRecord(address["place"]) &&
    typeof address["place"]["file"] === "string"
  );
}

function isFinding(finding: unknown): boolean {
  return (
    isRecord(finding) &&
    ["rule", "severity", "value", "message", "remedy"].every((key) => typeof finding[key] === "string")
  );
}
