import { chosenMessenger, type EmbeddableMessenger, deployedMessengers } from "../../lib/operations/application";
import { shopStack } from "../cli/scripted-project";

const deployed = (construct: string, name: string): EmbeddableMessenger => ({
  construct,
  name,
  variables: { NEXT_PUBLIC_GENESYS_ENVIRONMENT: "prod", NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: `id of ${construct}` },
});
const shop = deployed("Shop", "messenger-shop");
const careers = deployed("Careers", "Jobs");

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
      [shop, deployed("Outlet", "messenger-shop")],
      "messenger-shop",
      'Several Messengers of the stack "sites" are called "messenger-shop": use the name of the construct, one of ' +
        '"Shop" (messenger-shop), "Outlet" (messenger-shop).',
    ],
  ])("is not clear where it %s", (_, messengers, named, message) => {
    expect(() => chosenMessenger("sites", messengers, named)).toThrow(message);
  });
});

test("a stack without a state has none", () => {
  expect(deployedMessengers(shopStack("shop"), undefined, {})).toEqual([]);
});
