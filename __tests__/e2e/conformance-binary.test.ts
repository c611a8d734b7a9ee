import { binaryBench } from "../conformance/bench";
import { buildLauncher, type Launcher } from "../conformance/launcher";
import { create } from "../conformance/scenarios/create";
import { dataSources } from "../conformance/scenarios/data-sources";
import { destroy } from "../conformance/scenarios/destroy";
import { importing } from "../conformance/scenarios/import";
import { lastingFaults } from "../conformance/scenarios/lasting-faults";
import { repair } from "../conformance/scenarios/repair";
import { genuineSeconds, testsOf } from "../conformance/suite";
import { needsTerraform } from "./terraform";
import { isFull } from "../in-full";

// The genuine provider's half of the suite needs an executable that is rarely at hand. So that the way to it (development
// override, gateway, environment) does not rot, one scenario of each group (in `npm test`, of one group) goes it with a stand-in.
needsTerraform("a provider that Terraform starts from a file: the sandbox's, as the genuine one's stand-in", () => {
  let launcher: Launcher;
  beforeAll(() => {
    launcher = buildLauncher();
  });
  afterAll(() => {
    launcher.remove();
  });

  const groups = {
    create,
    ...(isFull && {
      repair,
      import: importing,
      "faults that stay": lastingFaults,
      "data sources": dataSources,
      destroy,
    }),
  };
  testsOf(
    Object.fromEntries(Object.entries(groups).map(([name, scenarios]) => [name, scenarios.slice(0, 1)])),
    () => binaryBench(launcher.binary, launcher.environment),
    genuineSeconds,
  );
});

test("a variable that names no file is refused, with what to do", async () => {
  await expect(binaryBench("/nowhere/provider")).rejects.toThrow(
    `"/nowhere/provider" is not a file.\n\nName the provider's executable in GENESYSCLOUD_PROVIDER_BINARY, or unset it.`,
  );
});
