import { execFileSync } from "node:child_process";
import { join } from "node:path";

test("one million random strings parse without a crash, and the hosts among them keep every law", () => {
  // In a process of its own: inside jest every look at a global of the language is slow.
  const program = ["--require", "ts-node/register", join(__dirname, "random-addresses.ts"), "1000000"];
  const output = execFileSync(process.execPath, program, { encoding: "utf8" });
  const { count, broken, accepted } = JSON.parse(output) as Readonly<Record<string, unknown>>;
  expect(broken).toEqual([]);
  expect(accepted).toBeGreaterThan(500);
  expect(count).toBe(1_000_000);
});
