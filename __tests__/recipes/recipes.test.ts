import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { TerraformStack } from "cdktf";
import { matchers, resources, review } from "../../lib/testing";
import { appOf, codeOf, onOneLine, type Recipe, recipes } from "./recipes";

expect.extend(matchers);

const documentation = (document: string): string =>
  onOneLine(readFileSync(resolve(__dirname, "../../docs", document), "utf8"));

/** The blocks of a stack that the recipe declares, by address. */
function blocks(file: string, stack: string): Readonly<Record<string, unknown>> {
  return resources(stackOf(recipe(file), stack));
}

function recipe(file: string): Recipe {
  const found = recipes.find((one) => one.file === file);
  if (found === undefined) throw new Error(`Unknown recipe "${file}".`);
  return found;
}

function stackOf(one: Recipe, name: string): TerraformStack {
  const stack = appOf(one).node.findChild(name);
  if (TerraformStack.isStack(stack)) return stack;
  throw new Error(`Unknown stack "${name}".`);
}

describe.each(recipes.map((one) => [one.file, one] as const))("%s", (_, one) => {
  test("is what the documentation shows", () => {
    expect(documentation(one.document ?? "recipes.md")).toContain(`\`\`\`ts\n${codeOf(one)}\`\`\``);
  });

  test("makes what a pull request would show", () => {
    expect(review(appOf(one), { lines: false })).toMatchSnapshot();
  });

  test("passes every validation", () => {
    const stacks = appOf(one)
      .node.findAll()
      .filter((construct) => TerraformStack.isStack(construct));
    for (const stack of stacks) {
      expect(() => {
        stack.runAllValidations();
      }).not.toThrow();
    }
  });
});

test("a recipe's test is what the documentation shows", () => {
  expect(documentation("recipes.md")).toContain(codeOf({ file: "reviewed-stacks.test.ts" }));
});

test.each(["recipes.md", "adopting.md", "moving.md", "sources.md", "rules.md"])(
  "%s shows no other code than the recipes",
  (document) => {
    const shown = [...documentation(document).matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);
    const tested = [...recipes, { file: "reviewed-stacks.test.ts" }].map(codeOf);

    expect(shown.filter((code) => !tested.includes(code))).toEqual([]);
  },
);

describe("several brands", () => {
  test("are separate stacks, each with its own state", () => {
    const backends = ["shop-production", "shop-staging", "outlet-production", "outlet-staging"].map(
      (stack) => blocks("brands.ts", stack)["backend"],
    );

    expect(new Set(backends.map((backend) => JSON.stringify(backend))).size).toBe(4);
  });

  test("admit their own pages and not each other's", () => {
    const outlet = stackOf(recipe("brands.ts"), "outlet-production");

    expect(outlet).toServeExactly(["outlet.example.com"]);
    expect(outlet).not.toAdmit("www.example.com");
  });
});

describe("several organisations in one stack", () => {
  const found = blocks("organisations.ts", "worldwide");

  test("have every resource of a Messenger in the organisation of its region", () => {
    const deployed = Object.entries(found).filter(([address]) => address.startsWith("genesyscloud_"));

    expect(deployed).toHaveLength(4);
    for (const [address, block] of deployed) {
      expect(block).toHaveProperty(
        "provider",
        address.includes("europe") ? "genesyscloud.europe" : "genesyscloud.america",
      );
    }
  });

  test("have no credentials in what is synthesised", () => {
    expect(found["provider genesyscloud"]).toMatchObject([
      { oauthclient_id: "${var.europe_client_id}", oauthclient_secret: "${var.europe_client_secret}" },
      { oauthclient_id: "${var.america_client_id}", oauthclient_secret: "${var.america_client_secret}" },
    ]);
  });
});

test("what a source leaves out is not admitted, and nothing else is missing", () => {
  const shop = stackOf(recipe("left-out.ts"), "production");

  expect(shop).toServeExactly(["shop.example.com", "www.example.com"]);
});

test("a shared configuration is made once, and every deployment follows its version", () => {
  const found = Object.entries(blocks("shared-configuration.ts", "sites"));
  const configurations = found.filter(([address]) => address.startsWith("genesyscloud_webdeployments_configuration."));
  const deployments = found.filter(([address]) => address.startsWith("genesyscloud_webdeployments_deployment."));

  expect(configurations).toHaveLength(1);
  expect(deployments).toHaveLength(3);
  for (const [, deployment] of deployments) {
    expect(deployment).toHaveProperty("configuration.version", `\${${configurations[0]?.[0] ?? ""}.version}`);
  }
});

test("a configuration that another stack makes is read from its state", () => {
  const app = appOf(recipe("shared-across-stacks.ts"));
  for (const stack of app.node.children) if (TerraformStack.isStack(stack)) stack.prepareStack();
  const types = (stack: string) => Object.keys(resources(app.node.findChild(stack))).map((key) => key.split(".")[0]);

  expect(types("shop")).toContain("genesyscloud_webdeployments_configuration");
  expect(types("careers")).not.toContain("genesyscloud_webdeployments_configuration");
  expect(Object.keys(resources(app.node.findChild("careers")))).toContain(
    "data.terraform_remote_state.cross-stack-reference-input-shop",
  );
});

test("what is adopted is imported, and what is not is made", () => {
  const imports = (stack: string) =>
    Object.keys(blocks("adopted-brand.ts", stack)).filter((key) => key.startsWith("import "));

  expect(imports("shop")).toHaveLength(2);
  expect(imports("outlet")).toEqual([]);
});

test("a flow is looked up by name, and named by id as it is", () => {
  expect(Object.keys(blocks("flow-per-environment.ts", "production")).filter((key) => key.startsWith("data."))).toEqual(
    [],
  );
  expect(blocks("flow-per-environment.ts", "staging")).toMatchObject({
    "data.genesyscloud_flow.Messenger_Flow_F45CF97D": { name: "Support (staging)", type: "inboundshortmessage" },
  });
});

test("what reads a Messenger's state reads it where the stack keeps it", () => {
  const { backend } = blocks("references.ts", "production") as {
    readonly backend: { readonly s3: { readonly key: string } };
  };
  const app = appOf(recipe("references.ts"));
  for (const stack of app.node.children) if (TerraformStack.isStack(stack)) stack.prepareStack();
  const page = app.node.findChild("page");
  const states = ["page", "elsewhere"].flatMap((name) =>
    Object.entries(resources(app.node.findChild(name))).filter(([key]) =>
      key.startsWith("data.terraform_remote_state"),
    ),
  );

  expect(states.map(([, state]) => state)).toMatchObject([
    { config: { key: backend.s3.key } },
    { config: { key: backend.s3.key } },
  ]);
  expect(TerraformStack.isStack(page) && page.dependencies.map(({ node }) => node.id)).toEqual(["production"]);
});
