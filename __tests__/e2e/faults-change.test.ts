import {
  configurations,
  deployments,
  FaultedShop,
  ofConfiguration,
  ofDeployment,
  type Refusal,
  refusals,
  storm,
} from "./faulted-shop";
import { needsTerraform } from "./terraform";
import { rows, someOf } from "../in-full";

const put = `PUT ${deployments}/*`;
const draft = `PUT ${configurations}/*/versions/draft`;
const publish = `POST ${configurations}/*/versions/draft/publish`;

needsTerraform("a change under faults", () => {
  let shop: FaultedShop;
  let id: string;
  let edition = 0;
  let domain = "";
  beforeAll(async () => {
    shop = await FaultedShop.start();
    await shop.terraform.apply();
    ({ id } = await shop.expectAgreement());
  });
  beforeEach(() => {
    domain = `www${++edition}.example.com`;
    shop.declare(domain, { configuration: { description: `Edition ${edition}` } });
  });
  afterEach(() => {
    shop.mend();
  });
  afterAll(() => shop.close());

  const expectOnlyThisOne = async (): Promise<void> => {
    expect(await shop.expectAgreement()).toMatchObject({ id });
    expect(shop.live).toEqual({ deployments: 1, configurations: 1 });
  };

  const healed: readonly (readonly string[])[] = [
    ...[put, draft].flatMap((call) =>
      ["429 retry-after=0.02", "500", "reset", "html 502", "reset after", "503 after", "html 504 after"].map(
        (fault) => [`${fault} on ${call} first=1`],
      ),
    ),
    storm(publish),
    [`503 on ${put} first=20`],
    [`400 on ${put} first=3`],
    [`400 on ${draft} first=3`],
    [`reset after on ${publish} first=1`],
    [`503 after on ${publish} first=1`],
    [`latency 5ms..30ms on ${put}`],
    [`slow 20ms on ${put}`],
    [`pending 100ms on ${put}`],
    [`pending 100ms on ${draft}`],
  ];
  test.each(someOf(healed, (_, index) => index % 5 === 0))(
    "%s %s: heals within the provider's own retries, in place",
    async (...faults) => {
      shop.given(...faults);
      expect(await shop.terraform.tryApply()).toMatchObject({ code: 0 });
      shop.expectStruck();
      shop.mend();
      await expectOnlyThisOne();
    },
  );

  const refused: readonly Refusal[] = [
    ...refusals(put, ofDeployment),
    [`cut on ${put} first=1`, ofDeployment, [`The API's response to PUT ${deployments}/`, "was cut off"]],
    [`html after on ${put} first=1`, ofDeployment, ["is not valid JSON"]],
    [`400 message="bad draft" on ${draft}`, ofConfiguration, ["API Error: 400 - bad draft"]],
    [`403 on ${draft}`, ofConfiguration, ["API Error: 403 - Forbidden"]],
    [`cut on ${draft} first=1`, ofConfiguration, ["was cut off"]],
    [`503 on ${publish}`, ofConfiguration, ["API Error: 503 - Service Unavailable"]],
    [`cut on ${publish} first=1`, ofConfiguration, ["was cut off"]],
    [`html after on ${publish} first=1`, ofConfiguration, ["is not valid JSON"]],
    [`error on ${put}`, ofDeployment, [`Web deployment "Shop" did not become Active`, `Its status is "Error".`]],
    [
      `error on ${draft}`,
      ofConfiguration,
      [`The draft of configuration "Shop" did not become Active`, `Its status is "Error".`],
    ],
  ];
  test.each(someOf(refused, (_, index) => index % 4 === 1))(
    "%s: says so %s, and the next apply makes it right, in place",
    async (fault, at, words) => {
      shop.given(fault);
      shop.expectExplained(await shop.terraform.tryApply(), [at, ...words]);
      shop.expectStruck();
      shop.mend();
      expect(await shop.terraform.tryApply()).toMatchObject({ code: 0 });
      await expectOnlyThisOne();
    },
  );

  const slow = ["did not become Active", `Its status is "Pending".`];
  test.each(
    rows<Refusal>(
      [[`pending 10m on ${put}`, ofDeployment, [`Web deployment "Shop"`, ...slow]]],
      [[`pending 10m on ${draft}`, ofConfiguration, slow]],
    ),
  )("%s: says so %s, and is right once the platform is done", async (fault, at, words) => {
    shop.given(fault);
    shop.expectExplained(await shop.terraform.tryApply(), [at, ...words]);
    shop.expectStruck();
    shop.mend();
    shop.wait(600_000);
    expect(await shop.terraform.tryApply()).toMatchObject({ code: 0 });
    await expectOnlyThisOne();
  });

  test("old public files: Terraform is done at once, pages see it later", async () => {
    const before = await shop.publicDomains(id);
    shop.given("stale 10m on PUT deployments");
    expect(await shop.terraform.tryApply()).toMatchObject({ code: 0 });
    shop.expectStruck();
    expect(await shop.terraform.plan()).toMatchObject({ code: 0 });
    expect(await shop.publicDomains(id)).toEqual(before);
    shop.wait(600_000);
    expect(await shop.publicDomains(id)).toEqual([domain]);
    await expectOnlyThisOne();
  });

  test("the limit of calls a minute: the provider waits as long as it is told to", async () => {
    const token = await shop.genesys.accessToken();
    shop.declare(domain, {
      configuration: { description: `Edition ${edition}` },
      provider: { access_token: token },
    });
    shop.given("limit 12");
    await shop.genesys.byHand("GET", "/api/v2/organizations/me");
    shop.wait(58_500);
    expect(await shop.terraform.tryApply()).toMatchObject({ code: 0 });
    shop.expectStruck();
    shop.mend();
    await expectOnlyThisOne();
  });
});

needsTerraform("a whole life where three calls in ten go wrong", () => {
  const faults = [
    "429 retry-after=0.01 on any chance=0.07",
    "503 on any chance=0.08",
    "reset on any chance=0.08",
    "html 502 on any chance=0.07",
    "latency 1ms..10ms on any chance=0.3",
    "pending 20ms chance=0.5",
    "missing 20ms chance=0.5",
  ];

  test.each(rows([1], [2, 3, 4, 5]))("ends as if nothing had, with the seed %i", async (faultSeed) => {
    const shop = await FaultedShop.start({ api: { faultSeed, faults } });
    try {
      await shop.terraform.apply();
      await shop.declare("www2.example.com").terraform.apply();
      expect(shop.genesys.api.faults.list().filter(({ struck }) => struck > 0).length).toBeGreaterThanOrEqual(5);
      shop.mend();
      await shop.expectAgreement();
      expect(shop.live).toEqual({ deployments: 1, configurations: 1 });
      shop.given(...faults);
      await shop.terraform.destroy();
      expect(shop.live).toEqual({ deployments: 0, configurations: 0 });
    } finally {
      await shop.close();
    }
  });
});
