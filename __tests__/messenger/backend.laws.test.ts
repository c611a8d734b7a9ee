import { App } from "cdktf";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { type StateBackend } from "../../lib/messenger/backend/state-backend";
import { identifier, path, segment, spell, type StateName } from "../../lib/messenger/backend/state-name";
import fc from "../fast-check";
import { cases } from "../fast-check";
import { backends } from "./backends";
import { production } from "./environments";
import { nothingIsWritten, synth } from "./synthesis";

/** What stacks and environments are called, the nasty names included: alike, long, of other scripts and other cases. */
const name = fc.oneof(
  fc.constantFrom(
    "production",
    "Production",
    "prod-eu",
    "prod_eu",
    "prod.eu",
    "prod",
    "eu",
    "..",
    "-",
    "eu/prod",
    "größe",
  ),
  fc.string({ minLength: 1, unit: fc.constantFrom("a", "b", "A", "-", "_", ".", "/", "é", "7") }),
  fc.string({ minLength: 40, maxLength: 300, unit: fc.constantFrom("a", "b") }),
);
const stateName: fc.Arbitrary<StateName> = fc.record({
  application: fc.constantFrom("genesys-messenger", "shop", "shop-prod", "shop-prod-eu"),
  stack: name,
  environment: name,
});

/** What each spelling has to keep to, as the services say. */
const spellings = [
  ["a key", path, /^[A-Za-z0-9._/-]{1,900}$/],
  ["a workspace", segment, /^[a-z0-9_-]{1,90}$/],
  ["a schema", identifier, /^[a-z][a-z0-9_]{0,62}$/],
] as const;

describe.each(spellings)("%s", (_, spelling, accepted) => {
  test("is accepted, whatever stack and environment are called", () => {
    fc.assert(
      fc.property(stateName, (whose) => {
        expect(spell(whose, spelling)).toMatch(accepted);
      }),
    );
  });

  test("has no part that means another folder", () => {
    fc.assert(
      fc.property(stateName, (whose) => {
        expect(spell(whose, spelling).split("/")).not.toContain("..");
      }),
    );
  });

  test("is another one for another application, stack or environment", () => {
    fc.assert(
      fc.property(stateName, stateName, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(spell(one, spelling)).not.toBe(spell(other, spelling));
      }),
      { numRuns: cases(1_000) },
    );
  });

  test("is another one for names that differ by what it cannot write", () => {
    const names = ["prod-eu", "prod_eu", "prod.eu", "prod/eu", "Prod-eu", "prod--eu", "-prod-eu", "prod-eü"];
    const spelled = names.map((stack) => spell({ application: "shop", stack, environment: stack }, spelling));
    expect(new Set(spelled).size).toBe(names.length);
  });
});

describe("credentials", () => {
  const variables = [
    ...["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_SSE_CUSTOMER_KEY"],
    ...["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_DYNAMODB"],
    ...["GOOGLE_CREDENTIALS", "GOOGLE_BACKEND_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_ENCRYPTION_KEY"],
    ...["GOOGLE_OAUTH_ACCESS_TOKEN", "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT"],
    ...["ARM_ACCESS_KEY", "ARM_SAS_TOKEN", "ARM_CLIENT_ID", "ARM_CLIENT_SECRET", "ARM_CLIENT_CERTIFICATE_PASSWORD"],
    ...["ARM_OIDC_TOKEN", "ARM_OIDC_REQUEST_TOKEN", "ARM_SUBSCRIPTION_ID", "ARM_TENANT_ID"],
    ...["PG_CONN_STR", "PG_SCHEMA_NAME", "PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGPASSFILE"],
    ...["TF_HTTP_ADDRESS", "TF_HTTP_USERNAME", "TF_HTTP_PASSWORD", "TF_HTTP_CLIENT_PRIVATE_KEY_PEM"],
    ...["TF_TOKEN_app_terraform_io", "TF_TOKEN_terraform_example_com", "TF_CLOUD_ORGANIZATION", "TF_WORKSPACE"],
    ...["GENESYSCLOUD_OAUTHCLIENT_ID", "GENESYSCLOUD_OAUTHCLIENT_SECRET", "GENESYSCLOUD_ACCESS_TOKEN"],
  ];
  const before = new Map(variables.map((variable) => [variable, process.env[variable]]));
  beforeAll(() => {
    for (const variable of variables) process.env[variable] = `marker-${variable}`;
  });
  afterAll(() => {
    for (const [variable, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, variable);
      else process.env[variable] = value;
    }
  });

  const build = (backend: object): string => {
    const stack: unknown = Reflect.construct(MessengerStack, [
      new App(nothingIsWritten),
      "production",
      { environment: production(), defaultLanguage: "en-us", backend },
    ]);
    if (!(stack instanceof MessengerStack)) throw new Error("no stack");
    stack.prepareStack();
    return JSON.stringify(synth(stack));
  };
  const someBackend = fc.constantFrom(...backends.map(({ backend }): StateBackend => backend));

  test.each(backends.map(({ name: title, backend }) => [title, backend] as const))(
    "%s: no variable of the environment is read at synthesis",
    (_, backend) => {
      expect(build(backend)).not.toContain("marker-");
    },
  );

  test("a secret in an address is refused and not shown, whichever property it stands in", () => {
    const secret = fc.string({ minLength: 8, unit: fc.constantFrom(...Array.from("abcXYZ019-._~!$&'()*+,;=")) });
    const whole = fc.constantFrom(...["https://", "http://", "postgres://", "s3://", ""]);
    fc.assert(
      fc.property(someBackend, whole, secret, fc.nat(), (backend, scheme, password, pick) => {
        const texts = Object.entries(backend).filter(([key, value]) => key !== "type" && typeof value === "string");
        const [property = "application"] = texts[pick % Math.max(texts.length, 1)] ?? [];
        const written = { ...backend, [property]: `${scheme}somebody:${password}@states.example.com/terraform` };
        const message = messageOf(() => build(written));
        expect(message).toContain(property);
        expect(message).not.toContain(password);
      }),
    );
  });

  test("a property that does not exist is refused by its name alone", () => {
    const names = ["accessKey", "secretKey", "token", "connStr", "password", "username", "credentials", "sasToken"];
    fc.assert(
      fc.property(someBackend, fc.constantFrom(...names), (backend, property) => {
        const message = messageOf(() => build({ ...backend, [property]: "s3cr3t" }));
        expect(message).toContain(`Unknown property "${property}" in backend: `);
        expect(message).not.toContain("s3cr3t");
      }),
    );
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  throw new Error("Nothing was thrown");
}
