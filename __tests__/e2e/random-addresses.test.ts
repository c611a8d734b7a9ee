import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { cases } from "../fast-check";

const number = cases(1_000_000, 250_000);

test(`${number} random strings parse without a crash, and the hosts among them keep every law`, () => {
  // In a separate process: inside jest every look at a global of the language is slow.
  const program = ["--require", "ts-node/register", join(__dirname, "random-addresses.ts"), String(number)];
  const output = execFileSync(process.execPath, program, { encoding: "utf8" });
  const { count, broken, accepted } = JSON.parse(output) as Readonly<Record<string, unknown>>;
  expect(broken).toEqual([]);
  expect(accepted).toBeGreaterThan(number / 2_000);
  expect(count).toBe(number);
});
