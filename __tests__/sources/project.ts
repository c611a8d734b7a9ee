import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type EnvironmentKind } from "../../lib/origins/rule";
import { formatFinding, formatPlace, isInvalid } from "../../lib/origins/finding";
import { refusedBySource } from "../../lib/origins/rules";
import { type AddressSource } from "../../lib/sources/address-source";

/** Makes a folder with these files for one test; it goes away when the test file is done. */
export function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "sources-"));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const made: string[] = [];
afterAll(() => {
  for (const root of made) rmSync(root, { recursive: true, force: true });
});

/** What a source says of a project, a line each: the addresses with their places, the findings as they are reported, also of what it found in their place. */
export function reading(
  source: AddressSource,
  root: string,
  kind: EnvironmentKind = "production",
): { readonly addresses: readonly string[]; readonly findings: readonly string[] } {
  const { addresses, findings } = source.read({ root, kind });
  const invalid = addresses.filter(isInvalid).map(refusedBySource);
  return {
    addresses: addresses.flatMap((one) => (isInvalid(one) ? [] : `${one.value} <- ${formatPlace(one.place)}`)),
    findings: [...findings, ...invalid].map((finding) => `${finding.severity}: ${formatFinding(finding)}`),
  };
}
