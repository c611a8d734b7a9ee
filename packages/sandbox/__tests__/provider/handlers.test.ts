import { Catalog } from "../../lib/provider/catalog";
import { decodeObject, type DynamicValue, encodeObject } from "../../lib/provider/codec";
import { createHandlers, type Request } from "../../lib/provider/handlers";
import { genuineTiming } from "../../lib/provider/timing";
import { resourceBlock, schema } from "./arbitrary";

const type = "genesyscloud_webdeployments_deployment";
const deployment = resourceBlock("deployment");
const shop = { name: "Shop", allowed_domains: ["example.com"], configuration: [{ id: "1", version: "1" }] };

/** Calls an unconfigured provider; none of these calls needs the API. */
async function ask(call: string, request: Request): Promise<Answer> {
  const options = {
    catalog: new Catalog(schema),
    apiUrl: "http://127.0.0.1:9",
    credentials: { accessToken: "token" },
    timing: genuineTiming,
    environment: {},
    legacyTypeSystem: true,
  };
  return (await createHandlers(options, new AbortController())[call]?.(request)) as Answer;
}

interface Answer {
  readonly diagnostics?: readonly {
    readonly severity: string;
    readonly summary: string;
    readonly detail: string;
    readonly attribute?: { readonly steps: readonly object[] };
  }[];
  readonly upgraded_state?: DynamicValue;
  readonly imported_resources?: readonly { readonly type_name: string; readonly state: DynamicValue }[];
  readonly planned_state?: DynamicValue;
  readonly legacy_type_system?: boolean;
}

const rawState = (state: object): Request => ({
  type_name: type,
  raw_state: { json: Buffer.from(JSON.stringify(state)) },
});

describe("a stored state", () => {
  test("is taken over whole; what it lacks is null", async () => {
    const { upgraded_state: upgraded, diagnostics } = await ask("UpgradeResourceState", rawState(shop));
    expect(diagnostics).toBeUndefined();
    expect(decodeObject(deployment, upgraded)).toMatchObject({ ...shop, snippet: null, push_integrations: [] });
  });

  test("with an attribute that the schema does not have is refused rather than cut", async () => {
    const { diagnostics } = await ask("UpgradeResourceState", rawState({ ...shop, theme: "dark" }));
    expect(diagnostics).toMatchObject([
      {
        severity: "ERROR",
        summary: `Unsupported attribute "theme"`,
        attribute: { steps: [{ attribute_name: "theme" }] },
      },
    ]);
  });

  test("of a Terraform before 0.12 is refused", async () => {
    const { diagnostics } = await ask("UpgradeResourceState", { type_name: type, raw_state: {} });
    expect(diagnostics?.[0]?.summary).toBe("The state was written by a Terraform before 0.12");
  });
});

test("an import begins with a whole object that knows nothing but the id", async () => {
  const { imported_resources: imported } = await ask("ImportResourceState", { type_name: type, id: "d-1" });
  expect(imported).toHaveLength(1);
  expect(decodeObject(deployment, imported?.[0]?.state)).toMatchObject({ id: "d-1", name: null, configuration: [] });
});

test("a problem carries the attribute's path, block indexes included", async () => {
  const config = encodeObject(deployment, {
    ...shop,
    push_integrations: [
      { id: "1", provider: "APNS" },
      { id: "2", provider: "SMS" },
    ],
  });
  const { diagnostics } = await ask("ValidateResourceTypeConfig", { type_name: type, config });
  expect(diagnostics).toMatchObject([
    {
      summary: "Invalid value for push_integrations.provider",
      detail: `expected push_integrations.provider to be one of ["APNS","FCM"], got "SMS"`,
      attribute: {
        steps: [{ attribute_name: "push_integrations" }, { element_key_int: 1 }, { attribute_name: "provider" }],
      },
    },
  ]);
});

test.each(["ValidateResourceTypeConfig", "PlanResourceChange", "ReadResource", "ImportResourceState"])(
  "%s of a type that the schema does not have says which there are",
  async (call) => {
    const { diagnostics } = await ask(call, { type_name: "genesyscloud_user" });
    expect(diagnostics).toMatchObject([
      {
        summary: `Unsupported type "genesyscloud_user"`,
        detail:
          "The sandbox's provider supports genesyscloud_webdeployments_configuration, genesyscloud_webdeployments_deployment.",
      },
    ]);
  },
);

test("an unconfigured provider reports an error", async () => {
  const current = encodeObject(deployment, { ...shop, id: "d-1" });
  const { diagnostics } = await ask("ReadResource", { type_name: type, current_state: current });
  expect(diagnostics?.[0]?.summary).toBe("The provider was not configured");
});

test("a plan says that it is the SDK's", async () => {
  const proposed = encodeObject(deployment, shop);
  const answer = await ask("PlanResourceChange", { type_name: type, proposed_new_state: proposed });
  expect(answer.legacy_type_system).toBe(true);
  expect(decodeObject(deployment, answer.planned_state)).toMatchObject({ ...shop, allow_all_domains: false });
});
