import {
  configurations,
  deploymentResource,
  deployments,
  FaultedShop,
  ofConfiguration,
  ofDeployment,
  type Refusal,
  refusals,
} from "./faulted-shop";
import { needsTerraform } from "./terraform";
import { someOf } from "../in-full";

const deployment = `GET ${deployments}/*`;
const version = `GET ${configurations}/*/versions/1`;

needsTerraform("a look at what is there, under faults", () => {
  let shop: FaultedShop;
  beforeAll(async () => {
    shop = await FaultedShop.start();
    await shop.terraform.apply();
  });
  afterEach(() => {
    shop.mend();
  });
  afterAll(() => shop.close());

  const passing = [deployment, version].flatMap((call) => [
    `429 retry-after=0.02 on ${call} first=2`,
    `429 on ${call} first=1`,
    `500 on ${call} first=1`,
    `503 on ${call} first=20`,
    `reset on ${call} first=2`,
    `html 504 on ${call} first=1`,
    `404 on ${call} first=3`,
    `latency 5ms..30ms on ${call}`,
    `slow 20ms on ${call}`,
  ]);
  test.each(someOf(passing, (_, index) => index % 5 === 0))("%s: the plan is empty", async (fault) => {
    shop.given(fault);
    await shop.expectAgreement();
    shop.expectStruck();
  });

  const refused: readonly Refusal[] = [
    ...refusals(deployment, ofDeployment),
    [`cut on ${deployment}`, ofDeployment, ["is not valid JSON", "The response was cut off."]],
    ...refusals(version, ofConfiguration),
    [`cut chunked on ${version}`, ofConfiguration, ["is not valid JSON", "The response was cut off."]],
  ];
  test.each(someOf(refused, (_, index) => index % 4 === 3))(
    "%s: the plan says so %s, and nothing has changed",
    async (fault, at, words) => {
      shop.given(fault);
      shop.expectExplained(await shop.terraform.plan(), [at, ...words]);
      shop.expectStruck();
      shop.mend();
      await shop.expectAgreement();
    },
  );

  test.each([
    ["a refusal", "403", 1],
    ["a breakdown", "503", 21],
  ])("%s (%s) is asked for %i times", async (_, status, times) => {
    shop.genesys.takeCalls();
    shop.given(`${status} on ${deployment}`);
    expect(await shop.terraform.plan()).toMatchObject({ code: 1 });
    expect(shop.genesys.takeCalls().filter((call) => call === "GET deployments/{id}")).toHaveLength(times);
  });

  test("404 that stays: Terraform takes the deployment for deleted and would make another", async () => {
    shop.given(`404 on ${deployment}`);
    const plan = await shop.terraform.plan();
    expect(plan.code).toBe(2);
    expect(plan.text).toContain(`${deploymentResource}.shop will be created`);
    shop.mend();
    await shop.expectAgreement();
  });
});
