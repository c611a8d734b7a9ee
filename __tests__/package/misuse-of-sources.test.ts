import { type AddressSource, nextEnvironment } from "../../lib";

/** What is said of an environment with a source that answers this, as a program that nobody compiled may have it. */
function said(read: () => unknown): readonly string[] {
  const source = { read } as AddressSource;
  const { findings } = nextEnvironment("production", { kind: "production", addresses: ["www.example.com", source] });
  return findings.map(({ rule, message, remedy }) => `${rule}: ${message}: ${remedy}`);
}

test.each<[string, () => unknown, string]>([
  ["a promise", () => Promise.resolve({ addresses: [], findings: [] }), "is a promise: read synchronously"],
  ["nothing", () => undefined, "is no reading: return { addresses:"],
  ["bare addresses", () => ["www.example.com"], "is no reading: return { addresses:"],
  ["no findings", () => ({ addresses: [] }), "is no reading: return { addresses:"],
  [
    "texts as addresses",
    () => ({ addresses: ["a.example.com"], findings: [] }),
    "has an address that is none (addresses[0])",
  ],
  [
    "a number",
    () => ({ addresses: [{ value: 443, place: { file: "a" } }], findings: [] }),
    "has an address that is none",
  ],
  ["no place", () => ({ addresses: [{ value: "a.example.com" }], findings: [] }), "has an address that is none"],
  ["a finding of nothing", () => ({ addresses: [], findings: [{}] }), "has a finding that is none"],
])("a source of one's own that answers with %s is told what to answer", (_, read, message) => {
  expect(said(read)).toEqual([
    expect.stringContaining(`source-failed: what a source of addresses answered ${message}`),
  ]);
});

test("one that answers as it should has nothing said of it", () => {
  expect(said(() => ({ addresses: [{ value: "a.example.com", place: { file: "hosts" } }], findings: [] }))).toEqual([]);
});
