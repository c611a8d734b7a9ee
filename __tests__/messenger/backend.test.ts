import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, GcsBackend, TerraformOutput, type TerraformStack } from "cdktf";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { type StateBackend } from "../../lib/messenger/backend/state-backend";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { backends } from "./backends";
import { production } from "./environments";
import { nothingIsWritten, platformStack, synth } from "./synthesis";

const app = (): App => new App(nothingIsWritten);
const stackIn = (scope: App, id: string, backend?: StateBackend, environment = production()): MessengerStack =>
  new MessengerStack(scope, id, { environment, defaultLanguage: "en-us", ...(backend && { backend }) });

/** The `terraform` block as `app.synth()` writes it. */
const terraformOf = (stack: TerraformStack): object => {
  stack.prepareStack();
  const { terraform } = synth(stack);
  return Object.fromEntries(Object.entries(terraform).filter(([name]) => name !== "required_providers"));
};

const staging = nextEnvironment("staging", { kind: "staging", addresses: ["https://staging.example.com"] });

describe("a backend", () => {
  test.each(backends.map(({ name, backend }) => [name, backend] as const))("%s", (_, backend) => {
    expect(terraformOf(stackIn(app(), "production", backend))).toMatchSnapshot();
  });

  test.each(backends.map(({ name, backend }) => [name, backend] as const))(
    "%s: another stack of the app finds the outputs there",
    (_, backend) => {
      const one = app();
      const made = stackIn(one, "production", backend);
      const other = platformStack("other", one);
      new TerraformOutput(other, "theirs", { value: made.messenger.deploymentId });
      for (const stack of [made, other]) stack.prepareStack();
      expect(synth(other).data?.["terraform_remote_state"]).toMatchSnapshot();
    },
  );

  test("serves stacks of one id that are made one environment a run", () => {
    const backend: StateBackend = { type: "gcs", bucket: "states", application: "web-shop" };
    expect(terraformOf(stackIn(app(), "messenger", backend, staging))).toEqual({
      backend: { gcs: { bucket: "states", prefix: "web-shop/messenger/staging" } },
    });
  });

  test("names the state alike on every version of Node.js, of which only the newest decompose U+1CCE8 to an S", () => {
    const backend: StateBackend = { type: "gcs", bucket: "states" };
    expect(terraformOf(stackIn(app(), "\u{1cce8}hop-Zürich", backend))).toMatchSnapshot();
  });

  test("may name the state itself", () => {
    const backend: StateBackend = { type: "pg", schemaName: "messengers" };
    expect(terraformOf(stackIn(app(), "production", backend))).toEqual({
      backend: { pg: { schema_name: "messengers" } },
    });
  });

  test("locks S3 states in DynamoDB where there is a table, and says so to Terraform of any age", () => {
    const backend: StateBackend = { type: "s3", bucket: "states", dynamodbTable: "locks" };
    expect(terraformOf(stackIn(app(), "production", backend))).toMatchObject({
      backend: { s3: { dynamodb_table: "locks", use_lockfile: false } },
    });
  });

  test.each<readonly [string, StateBackend, object]>([
    [
      "where the argument of a known backend says, which keeps its own name",
      { type: "consul", arguments: { path: "messengers/{stack}/state" } },
      { consul: { path: "messengers/genesys-messenger_production/state" } },
    ],
    [
      "where another argument of a known backend says, which then needs no other name",
      { type: "oss", arguments: { bucket: "b", key: "messengers/{stack}/state" } },
      { oss: { bucket: "b", key: "messengers/genesys-messenger_production/state" } },
    ],
    [
      "in a backend that is not known, however deep",
      {
        type: "swift",
        application: "web-shop",
        arguments: { container: "states", archive: { names: ["{stack}.tf"] } },
      },
      { swift: { container: "states", archive: { names: ["web-shop_production.tf"] } } },
    ],
    [
      "and the rest is passed on as it is",
      { type: "oci", arguments: { bucket: "b", namespace: "n", kms_key_id: "k", http_retries: 3 } },
      {
        oci: {
          bucket: "b",
          namespace: "n",
          kms_key_id: "k",
          http_retries: 3,
          key: "genesys-messenger/production.tfstate",
        },
      },
    ],
  ])("of Terraform's arguments has the stack's name %s", (_, backend, written) => {
    expect(terraformOf(stackIn(app(), "production", backend))).toEqual({ backend: written });
  });

  test("is local where none is given", () => {
    const local = terraformOf(stackIn(app(), "production", { type: "local" }));
    expect(terraformOf(stackIn(app(), "production"))).toEqual(local);
  });
});

test("docs/state.md tells the names that are derived", () => {
  const document = readFileSync(join(__dirname, "../../docs/state.md"), "utf8");
  const table = /<!-- names -->(.*)<!-- \/names -->/s.exec(document)?.[1] ?? "";
  const told = [...table.matchAll(/^\| `(\w+)` +\| `(\S+)` +\| `(\S+)` +\|$/gm)].map(([, ...cells]) => cells);
  const nameOf = (id: string, backend: StateBackend): string => {
    const found = /"(?:key|prefix|schema_name|lock_address|name|path)":"([^"]+)"/;
    return (found.exec(JSON.stringify(terraformOf(stackIn(app(), id, backend))))?.[1] ?? "").replace(/^https:.*\//, "");
  };
  const least: readonly StateBackend[] = [
    { type: "s3", bucket: "states" },
    { type: "gcs", bucket: "states" },
    { type: "azurerm", storageAccountName: "states", containerName: "states" },
    { type: "pg" },
    { type: "http", address: "https://states.example.com" },
    { type: "cloud", organization: "acme" },
    { type: "local" },
  ];
  expect(told).toEqual(least.map((one) => [one.type, nameOf("production", one), nameOf("shop", one)]));
});

describe("two answers to where the state is", () => {
  test("the property and a backend that is made in the stack", () => {
    const stack = stackIn(app(), "production", { type: "s3", bucket: "states" });
    new GcsBackend(stack, { bucket: "others" });
    expect(() => {
      stack.prepareStack();
    }).toThrow(
      `MessengerStack "production" has two backends: the property says "s3" (s3://states/genesys-messenger/production.tfstate), ` +
        `and "production/backend" was made in the stack.\n\nKeep one of them.`,
    );
  });

  test("two stacks of an app in one place", () => {
    const one = app();
    const backend: StateBackend = { type: "s3", bucket: "states", key: "messenger.tfstate" };
    stackIn(one, "production", backend);
    expect(() => stackIn(one, "staging", backend, staging)).toThrow(
      `MessengerStack "staging" would store its state in the same place as "production" (s3://states/messenger.tfstate): a deploy ` +
        `of one would destroy the resources of the other.\n\n` +
        "Leave the state's name out, so that it follows from the stack, or make the environment's name a part of it.",
    );
  });

  test("but not two apps of one program, nor the same name in two buckets", () => {
    const one = app();
    const backend: StateBackend = { type: "s3", bucket: "states", key: "messenger.tfstate" };
    stackIn(one, "production", backend);
    expect(() => stackIn(one, "staging", { ...backend, bucket: "others" }, staging)).not.toThrow();
    expect(() => stackIn(app(), "production", backend)).not.toThrow();
  });
});

describe("what cannot be used is refused, with all reasons", () => {
  /** Of a program that no compiler has checked. */
  const refusal = (backend: unknown): string => {
    const props: object = { environment: production(), defaultLanguage: "en-us", backend };
    try {
      Reflect.construct(MessengerStack, [app(), "production", props]);
    } catch (error) {
      return String(error);
    }
    return "accepted";
  };

  test.each<readonly [string, unknown]>([
    ["a type that does not exist", { type: "s4", bucket: "states" }],
    ["a name instead of a backend", "s3"],
    ["a backend without a type", { bucket: "states" }],
    ["what is missing, and what is of another type", { type: "azurerm", storageAccountName: 7, snapshot: "yes" }],
    ["properties that do not exist", { type: "s3", bucket: "states", secretKey: "s3cr3t", accessKey: "s3cr3t" }],
    ["a connection string", { type: "pg", connStr: "postgres://app:s3cr3t@db.example.com/states" }],
    ["user and password in an address", { type: "http", address: "https://app:s3cr3t@states.example.com/terraform" }],
    ["a token in an address", { type: "http", address: "https://states.example.com/terraform?token=s3cr3t" }],
    ["user and password without a scheme", { type: "http", address: "app:s3cr3t@states.example.com" }],
    [
      "user and password in the endpoint",
      { type: "s3", bucket: "states", endpoint: "https://app:s3cr3t@s3.example.com" },
    ],
    ["user and password where no one looks for them", { type: "gcs", bucket: "https://app:s3cr3t@example.com" }],
    ["a value that Terraform knows later", { type: "s3", bucket: "${aws_s3_bucket.states.id}" }],
    ["an application that is not a name", { type: "gcs", bucket: "states", application: "Web Shop" }],
    ["a key that is a folder", { type: "s3", bucket: "states", key: "messengers/" }],
    ["a schema that PostgreSQL would cut", { type: "pg", schemaName: "s".repeat(64) }],
    ["a workspace that cannot be", { type: "cloud", organization: "acme", workspace: "web shop" }],
    ["a backend without its arguments", { type: "consul", path: "states" }],
    ["arguments that a known backend requires", { type: "oci", arguments: { bucket: "states" } }],
    ["a credential of a known backend", { type: "cos", arguments: { bucket: "states", secret_id: "s3cr3t" } }],
    ["a credential of another backend", { type: "swift", arguments: { container: "{stack}", password: "s3cr3t" } }],
    [
      "user and password in an argument",
      { type: "consul", arguments: { address: "https://app:s3cr3t@consul.example.com" } },
    ],
    ["another backend without the stack's name", { type: "swift", arguments: { container: "states" } }],
    ["an address of another kind", { type: "http", address: "ftp://states.example.com" }],
  ])("%s", (_, backend) => {
    const message = refusal(backend);
    expect(message).not.toContain("s3cr3t");
    expect(message).toMatchSnapshot();
  });
});
