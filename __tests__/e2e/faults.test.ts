import {
  configurations,
  deploymentResource,
  deployments,
  FaultedShop,
  ofConfiguration,
  ofDeployment,
  type Refusal,
  refusals,
  storm,
} from "./faulted-shop";
import { needsTerraform } from "./terraform";
import { inFull, rows, someOf } from "../in-full";

const draft = `${configurations}/*/versions/draft`;

/** What the provider's own retries get over. */
const passing = (call: string): readonly (readonly string[])[] => [
  [`429 retry-after=0.02 on ${call} first=2`],
  [`429 on ${call} first=1`],
  [`500 on ${call} first=1`],
  [`503 on ${call} first=20`],
  [`reset on ${call} first=2`],
  [`html 502 on ${call} first=1`],
  [`400 on ${call} first=3`],
  [`latency 5ms..30ms on ${call}`],
  [`slow 20ms on ${call}`],
];

let shop: FaultedShop;
beforeAll(async () => {
  shop = await FaultedShop.start();
});
beforeEach(() => {
  shop.startAfresh();
});
afterAll(() => shop.close());

needsTerraform("a creation under faults", () => {
  const healed: readonly (readonly string[])[] = [
    storm("POST oauth"),
    storm("GET /api/v2/organizations/me"),
    storm(`GET ${draft}`),
    storm(`POST ${draft}/publish`),
    storm(`GET ${configurations}/*/versions/1`),
    storm(`GET ${configurations}/*/versions`),
    storm(`GET ${deployments}/*`),
    [`400 on POST ${draft}/publish first=3`],
    ["pending 100ms on POST configurations"],
    ["pending 100ms on POST deployments"],
    ["missing 100ms on POST configurations"],
    ["missing 100ms on POST deployments"],
    [`404 on GET ${draft} first=3`],
    [`404 on GET ${deployments}/* first=3`],
    ["reset after on POST /oauth/token first=3"],
    [`reset after on POST ${draft}/publish first=1`],
    [`503 after on POST ${draft}/publish first=1`],
  ];
  test.each<readonly string[]>([
    ...someOf(passing(`POST ${configurations}`), (_, index) => index % 4 === 0),
    ...someOf(passing(`POST ${deployments}`), (_, index) => index % 4 === 2),
    ...someOf(healed, (_, index) => index % 5 === 0),
  ])("%s %s: heals within the provider's own retries", async (...faults) => {
    shop.given(...faults);
    expect(await shop.terraform.tryApply()).toMatchObject({ code: 0 });
    shop.expectStruck();
    shop.mend();
    await shop.expectAgreement();
    expect(shop.live).toEqual({ deployments: 1, configurations: 1 });
  });

  const refused: readonly Refusal[] = [
    [`400 message="bad draft" on POST ${draft}/publish`, ofConfiguration, ["API Error: 400 - bad draft"]],
    [`cut on POST ${draft}/publish`, ofConfiguration, ["The response was cut off."]],
    [`cut on GET ${draft}`, ofConfiguration, ["The response was cut off."]],
    [`cut chunked on GET ${deployments}/*`, ofDeployment, ["The response was cut off."]],
    [`403 on GET ${configurations}/*/versions`, ofDeployment, ["API Error: 403 - Forbidden"]],
    [`html on GET ${deployments}/*`, ofDeployment, [`The API's response to GET ${deployments}/`, "is not valid JSON"]],
    [
      "pending 10m on POST configurations",
      ofConfiguration,
      [`The draft of configuration "Shop" did not become Active within 1 s`, `Its status is "Pending".`],
    ],
    [
      "pending 10m on POST deployments",
      ofDeployment,
      [`Web deployment "Shop" did not become Active within 1 s`, `Its status is "Pending".`],
    ],
    [
      "error 50ms on POST deployments",
      ofDeployment,
      [`Web deployment "Shop" did not become Active within 1 s`, `Its status is "Error".`],
    ],
    [
      "missing 10m on POST deployments",
      ofDeployment,
      [`Web deployment "Shop" did not become Active within 1 s`, "It was not found."],
    ],
    ["401 on POST oauth", "provider", ["API Error: 401 - Unauthorized", "POST /oauth/token"]],
    ["html on GET /api/v2/organizations/me", "provider", ["is not valid JSON"]],
  ];
  test.each<Refusal>([
    ...someOf(refusals(`POST ${configurations}`, ofConfiguration), (_, index) => index % 5 === 0),
    ...someOf(refusals(`POST ${deployments}`, ofDeployment), (_, index) => index % 5 === 2),
    ...someOf(refused, (_, index) => index % 6 === 5),
  ])("%s: says so %s, and the next apply makes it right", async (fault, at, words) => {
    shop.given(fault);
    shop.expectExplained(await shop.terraform.tryApply(), [at, ...words]);
    shop.expectStruck();
    shop.mend();
    expect(await shop.terraform.tryApply()).toMatchObject({ code: 0 });
    await shop.expectAgreement();
    expect(shop.live).toEqual({ deployments: 1, configurations: 1 });
  });
});

needsTerraform("a creation that the platform carried out and the client never heard of", () => {
  const cut = ["is not valid JSON", "The call may have been carried out: check before you repeat it."];
  const page = ["is not valid JSON", "Is a proxy responding instead of the API?"];

  type Unheard = readonly [string, readonly string[] | "the provider repeats it"];
  const unheard: readonly Unheard[] = [
    ["503 after", "the provider repeats it"],
    ["html 502 after", "the provider repeats it"],
    ["cut chunked", cut],
    ["html after", page],
  ];
  test.each(
    rows<Unheard>(
      [
        ["reset after", "the provider repeats it"],
        ["cut", cut],
      ],
      unheard,
    ),
  )("%s: there is a second deployment, of which Terraform knows nothing", async (fault, words) => {
    shop.given(`${fault} on POST ${deployments} first=1`);
    const first = await shop.terraform.tryApply();
    shop.expectStruck();
    if (typeof words === "string") expect(first.code).toBe(0);
    else {
      shop.expectExplained(first, [ofDeployment, ...words]);
      await shop.terraform.apply();
    }
    await shop.expectAgreement();
    expect(shop.live).toEqual({ deployments: 2, configurations: 1 });
    expect(shop.orphans).toMatchObject([{ name: "Shop", allowedDomains: ["www.example.com"] }]);
  });

  test.each(
    rows<Unheard>(
      [["503 after", "the provider repeats it"]],
      [
        ["reset after", "the provider repeats it"],
        ["cut", cut],
      ],
    ),
  )("%s: there is a second configuration, which no page shows", async (fault, words) => {
    shop.given(`${fault} on POST ${configurations} first=1`);
    const first = await shop.terraform.tryApply();
    shop.expectStruck();
    if (typeof words === "string") expect(first.code).toBe(0);
    else {
      shop.expectExplained(first, [ofConfiguration, ...words]);
      await shop.terraform.apply();
    }
    await shop.expectAgreement();
    expect(shop.live).toEqual({ deployments: 1, configurations: 2 });
  });

  inFull(() => {
    test("not found for longer than custom_retry_timeout: Terraform takes it for deleted and makes another", async () => {
      shop.given("missing 10m on POST deployments first=1");
      shop.expectExplained(await shop.terraform.tryApply(), [ofDeployment, "It was not found."]);
      expect(await shop.terraform.tryApply()).toMatchObject({ code: 0 });
      await shop.expectAgreement();
      expect(shop.live).toEqual({ deployments: 2, configurations: 1 });
      expect(shop.orphans).toHaveLength(1);
    });
  });
});

needsTerraform("a production deployment whose creation failed half-way", () => {
  test.each(rows([["pending 2m", `Its status is "Pending".`]], [["error", `Its status is "Error".`]]))(
    "%s: cannot be replaced; untainted, it is finished in place",
    async (fault, words) => {
      shop.declare("www.example.com", { deployment: { lifecycle: { prevent_destroy: true } } });
      shop.given(`${fault} on POST deployments`);
      shop.expectExplained(await shop.terraform.tryApply(), [words]);
      const id = shop.terraform.attributes(deploymentResource)?.["id"];
      shop.mend();
      shop.expectExplained(await shop.terraform.tryApply(), ["nstance cannot be destroyed", "prevent_destroy"]);
      const untainted = await shop.terraform.run("untaint", "-no-color", `${deploymentResource}.shop`);
      expect(untainted).toMatchObject({ code: 0 });
      shop.wait(120_000);
      expect(await shop.terraform.tryApply()).toMatchObject({ code: 0 });
      expect(await shop.expectAgreement()).toMatchObject({ id });
      expect(shop.live).toEqual({ deployments: 1, configurations: 1 });
    },
  );
});
