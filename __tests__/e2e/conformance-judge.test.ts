import { type Bench, sandboxBench } from "../conformance/bench";
import { type TerraformStep } from "../conformance/scenario";
import { asDeclared, created, createConfiguration, createDeployment } from "../conformance/scenarios/common";
import { play } from "../conformance/story";
import { shop } from "../../packages/sandbox/__tests__/provider/shop";
import { needsTerraform } from "./terraform";
import { until } from "./until";
import { someOf } from "../in-full";

// A suite that accepts everything looks like one in which everything is right.
needsTerraform("the conformance suite rejects a provider that", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await sandboxBench();
  });
  afterAll(() => bench.close());

  const right: TerraformStep = {
    ...created(),
    of: { ...shop(), output: { found: { value: { id: "${genesyscloud_webdeployments_deployment.shop.id}" } } } },
    says: ["Resources: 2 added, 0 changed, 0 destroyed."],
    leaves: {
      state: { deployment: { id: "{deployment}", description: null } },
      live: { deployment: { ...asDeclared, description: null } },
      outputs: { found: { id: "{deployment}" } },
    },
  };
  const isDeployment = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
    method === "POST" && path.endsWith("/deployments");
  const rejects: readonly (readonly [what: string, wrong: Partial<TerraformStep>])[] = [
    ["ends with another exit code", { exit: 1 }],
    ["makes a call too few", { calls: [...createConfiguration, ...createDeployment, "GET deployments/{deployment}"] }],
    ["makes a call too many", { calls: [...createConfiguration, ...createDeployment.slice(1)] }],
    ["makes its calls in another order", { calls: [...createDeployment, ...createConfiguration] }],
    ["sends a property too many", { bodies: { "POST configurations": { name: "Shop", languages: ["en-us"] } } }],
    ["does not send at all", { bodies: { "PUT deployments/{deployment}": {} } }],
    ["does not say it", { says: ["Something else"] }],
    ["leaves another state", { leaves: { state: { deployment: { description: "The shop" } } } }],
    ["leaves a resource in the state", { leaves: { state: { configuration: null } } }],
    ["leaves another id", { leaves: { state: { deployment: { id: "{deployment 2}" } } } }],
    ["leaves something else live", { leaves: { live: { deployment: { allowedDomains: ["example.com"] } } } }],
    ["leaves something live", { leaves: { live: { configuration: null } } }],
    ["answers another output", { leaves: { outputs: { found: { id: "{configuration}" } } } }],
  ];

  test("… and accepts one that does none of these", () => play({ name: "right", steps: [right] }, bench));

  test("takes too long: its Terraform is killed, and the next scenario finds everything in order", async () => {
    const deadline = new AbortController();
    const faults = [{ on: "POST deployments", answer: { status: 429, message: "later", retryAfter: 150 } } as const];
    const playing = play({ name: "slow", steps: [{ ...right, faults }] }, bench, deadline.signal);
    void until(() => bench.genesys.api.calls.after().some(isDeployment)).then(() => {
      deadline.abort();
    });
    await expect(playing).rejects.toThrow("Step 1 (apply) took too long, and its Terraform was killed");
    await play({ name: "right", steps: [right] }, bench);
  });

  test.each(someOf(rejects, (_, index) => index % 3 === 0))("%s", async (what, wrong) => {
    await expect(play({ name: what, steps: [{ ...right, ...wrong }] }, bench)).rejects.toThrow(
      "Step 1 (apply) did not go as expected",
    );
  });
});
