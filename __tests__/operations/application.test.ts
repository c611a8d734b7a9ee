import { chosenMessenger, deployedMessengers, type EmbeddableMessenger } from "../../lib/operations/application";
import { declaredMessengers, deploymentType } from "../../lib/terraform/declared-messengers";
import { type SynthesizedStack } from "../../lib/terraform/stacks";
import { type State } from "../../lib/terraform/state";
import { stackOf } from "../cli/examined";
import { deploymentAddress, shopStack, shopState } from "../cli/scripted-project";

const embeddable = (construct: string, name: string): EmbeddableMessenger => ({
  construct,
  name,
  variables: { NEXT_PUBLIC_GENESYS_ENVIRONMENT: "prod", NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: `id of ${construct}` },
});
const shop = embeddable("Shop", "messenger-shop");
const careers = embeddable("Careers", "Jobs");

describe("the Messenger that is meant", () => {
  test.each<[string, readonly EmbeddableMessenger[], string | undefined, EmbeddableMessenger]>([
    ["the only one", [shop], undefined, shop],
    ["the only one, by its construct", [shop], "Shop", shop],
    ["one of several, by its construct", [careers, shop], "Shop", shop],
    ["one of several, by the deployment's name", [careers, shop], "Jobs", careers],
  ])("%s", (_, messengers, named, meant) => {
    expect(chosenMessenger("sites", messengers, named)).toBe(meant);
  });

  test.each<[string, readonly EmbeddableMessenger[], string | undefined, string]>([
    [
      "is missing",
      [],
      undefined,
      'The stack "sites" has no deployed Messenger in its state. Run "origins deploy sites" first.',
    ],
    [
      "is one of several",
      [careers, shop],
      undefined,
      'The stack "sites" has several Messengers. Choose one with --messenger: "Careers" (Jobs), "Shop" (messenger-shop).',
    ],
    [
      "has another name",
      [careers, shop],
      "Blog",
      'Unknown Messenger "Blog" of the stack "sites": expected one of "Careers" (Jobs), "Shop" (messenger-shop).',
    ],
    [
      "shares its name",
      [shop, embeddable("Outlet", "messenger-shop")],
      "messenger-shop",
      'Several Messengers of the stack "sites" are called "messenger-shop": use the name of the construct, one of ' +
        '"Shop" (messenger-shop), "Outlet" (messenger-shop).',
    ],
  ])("is not clear where it %s", (_, messengers, named, message) => {
    expect(() => chosenMessenger("sites", messengers, named)).toThrow(message);
  });
});

describe("the Messengers that are deployed", () => {
  /** A stack whose deployments are these resources, each made by the construct of that path. */
  function sites(constructs: Readonly<Record<string, string>>, blocks: object = {}): SynthesizedStack {
    const deployments = Object.entries(constructs).map(([resource, path]) => {
      return [resource, { name: resource, "//": { metadata: { path: `sites/${path}`, uniqueId: resource } } }];
    });
    const content = { resource: { [deploymentType]: Object.fromEntries(deployments) as object }, ...blocks };
    return stackOf("sites", { content, messengers: declaredMessengers(content) });
  }
  const shops = sites({ Shop: "Shop/Deployment" });
  const two = sites({ Shop: "Shop/Deployment", Careers: "People/Careers/Deployment" });
  const movedShop = sites(
    { Shop: "Brand/Deployment" },
    { moved: { from: `${deploymentType}.Old`, to: deploymentAddress } },
  );
  const unknown = stackOf("sites", { messengers: shops.messengers });

  /** A resource of a state. */
  const deployed = (name: string, id: string, more: object = {}): object => {
    const attributes = { id, name: `messenger-${name}`, configuration: [{ id: "c-2", version: "1" }] };
    return { mode: "managed", type: deploymentType, name, instances: [{ schema_version: 1, attributes }], ...more };
  };
  const stateOf = (...resources: readonly object[]): State => shopState({ top: { resources } });
  const deployedShop = deployed("Shop", "d-1");
  const deployedCareers = deployed("Careers", "d-2");

  test.each<[string, SynthesizedStack, State | undefined, readonly string[]]>([
    ["none without a state", shops, undefined, []],
    ["none that the state does not have", shops, stateOf(deployedCareers), []],
    ["none of a stack that declares none", sites({}), stateOf(deployedShop), []],
    ["one, by its construct and its name", shops, stateOf(deployedShop), ["Shop messenger-Shop d-1"]],
    [
      "several, in the order of their addresses",
      two,
      stateOf(deployedShop, deployedCareers),
      ["People/Careers messenger-Careers d-2", "Shop messenger-Shop d-1"],
    ],
    ["one of several", two, stateOf(deployedCareers), ["People/Careers messenger-Careers d-2"]],
    ["one that the next deploy moves", movedShop, stateOf(deployed("Old", "d-3")), ["Brand messenger-Old d-3"]],
    [
      "one whose creation was cut short",
      shops,
      shopState({ deploymentInstance: { status: "tainted" } }),
      ["Shop Shop d-1"],
    ],
    [
      "none that was removed from the program",
      shops,
      stateOf(deployedShop, deployedCareers),
      ["Shop messenger-Shop d-1"],
    ],
    [
      "none of a Terraform module",
      two,
      stateOf(deployedShop, deployed("Careers", "d-2", { module: "module.people" })),
      ["Shop messenger-Shop d-1"],
    ],
    [
      "one without a construct around it, by its resource",
      sites({ Shop: "Deployment" }),
      stateOf(deployedShop),
      [`${deploymentAddress} messenger-Shop d-1`],
    ],
    [
      "one that no core made, by its resource",
      shopStack("sites"),
      stateOf(deployedShop),
      [`${deploymentAddress} messenger-Shop d-1`],
    ],
    [
      "one whose construct is not known, by its resource",
      unknown,
      stateOf(deployedShop),
      [`${deploymentAddress} messenger-Shop d-1`],
    ],
  ])("%s", (_, stack, state, expected) => {
    const found = deployedMessengers(stack, state, {}).map(({ construct, name, variables }) =>
      [construct, name, variables.NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID].join(" "),
    );
    expect(found).toEqual(expected);
  });

  test.each<[string, Partial<SynthesizedStack>, NodeJS.ProcessEnv, string]>([
    ["the stack's provider", { awsRegion: "eu-central-1" }, { GENESYSCLOUD_REGION: "ap-southeast-2" }, "prod-euc1"],
    ["the environment", {}, { GENESYSCLOUD_REGION: "ap-southeast-2" }, "prod-apse2"],
    ["the provider's default", {}, {}, "prod"],
  ])("their application is built with the region of %s", (_, provider, environment, expected) => {
    expect(deployedMessengers({ ...shops, ...provider }, stateOf(deployedShop), environment)).toMatchObject([
      { variables: { NEXT_PUBLIC_GENESYS_ENVIRONMENT: expected, NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: "d-1" } },
    ]);
  });

  test("one with several instances is refused", () => {
    const instances = [0, 1].map((index) => ({
      schema_version: 1,
      attributes: { id: `d-${index}` },
      index_key: index,
    }));
    expect(() => deployedMessengers(two, stateOf(deployedShop, deployed("Careers", "", { instances })), {})).toThrow(
      `"${deploymentType}.Careers" has several instances (count or for_each) in Terraform's state.`,
    );
  });
});
