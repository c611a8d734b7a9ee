import { needsTerraform } from "../e2e/terraform";
import { type Bench, binaryBench, binaryVariable, sandboxBench } from "./bench";
import { type Scenario } from "./scenario";
import { play } from "./story";
import { someOf } from "../in-full";

/** Scenarios by what they are about. */
export type Groups = Readonly<Record<string, readonly Scenario[]>>;

/**
 * Tests of groups of scenarios: on the sandbox's provider always (in `npm test` every fourth of a group), on the genuine one where the variable names its executable.
 *
 * Without the variable that half is skipped, also in CI: unlike Terraform, the provider's executable is nothing that a
 * pipeline can be asked to have, and one without it has lost nothing.
 */
export function conformance(groups: Groups): void {
  needsTerraform("conformance of the sandbox's provider", () => {
    const some = Object.entries(groups).map(([name, all]) => [name, someOf(all, (_, index) => index % 4 === 0)]);
    testsOf(Object.fromEntries(some) as Groups, sandboxBench, () => 60);
  });
  const binary = process.env[binaryVariable] ?? "";
  if (binary === "") {
    describe.skip(`conformance of the genuine provider (skipped: ${binaryVariable} names no executable)`, () => {
      test(Object.keys(groups).join(", "), () => undefined);
    });
  } else {
    needsTerraform("conformance of the genuine provider", () => {
      testsOf(groups, () => binaryBench(binary), genuineSeconds);
    });
  }
}

/**
 * A test for each scenario, all on one bench.
 *
 * @param seconds how long a scenario may take
 */
export function testsOf(groups: Groups, start: () => Promise<Bench>, seconds: (scenario: Scenario) => number): void {
  let bench: Bench;
  beforeAll(async () => {
    bench = await start();
  });
  afterAll(() => bench.close());

  describe.each(Object.entries(groups))("%s", (_, scenarios) => {
    for (const scenario of scenarios) {
      const milliseconds = seconds(scenario) * 1_000;
      // Jest only stops waiting. The scenario has to end before that, with everything that it started.
      test(scenario.name, () => play(scenario, bench, AbortSignal.timeout(milliseconds)), milliseconds + 20_000);
    }
  });
}

/** The genuine provider's waits are seconds to minutes, and nothing shortens them. */
export function genuineSeconds({ genuineSeconds: seconds = 180 }: Scenario): number {
  return seconds;
}
