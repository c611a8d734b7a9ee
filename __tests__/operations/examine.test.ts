import { getEventListeners } from "node:events";
import { type Examination, type ExaminationOptions, examine, isKnown } from "../../lib/operations/examine";
import { type ProjectOptions } from "../../lib/operations/project";
import { unlessInterrupted } from "../../lib/operations/progress";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { type State } from "../../lib/terraform/state";
import { type SynthesizedStack } from "../../lib/terraform/stacks";
import { Genesys } from "../audit/genesys";
import { reading } from "../audit/subjects";
import { examined, messengerOf, stackOf } from "../cli/examined";
import {
  configurationAddress,
  deploymentAddress,
  environmentOf,
  type LiveShop,
  liveShop,
  ScriptedProject,
  type ShopProgram,
  shopStack,
} from "../cli/scripted-project";
import { ScriptedTerraform } from "../cli/scripted-terraform";

const start = Genesys.inTests();

/** Stacks, each with the state that it has. */
type Stacks = readonly (readonly [SynthesizedStack, () => State | undefined])[];

/** What is found of the stacks of a project, or of some of them. */
async function find(
  genesys: Genesys,
  all: Stacks,
  { only, options, ...how }: ExaminationOptions & { only?: number; options?: Partial<ProjectOptions> } = {},
) {
  const terraforms = all.map(([stack, state]) => new ScriptedTerraform(stack, { state }));
  const project = new ScriptedProject(terraforms, { environment: environmentOf(genesys), ...options });
  const found = await examine(project, project.stacks.slice(0, only), how);
  return { found, terraforms };
}

const audits = (found: readonly Examination[]) =>
  found.map((each) =>
    "problem" in each
      ? String(each.problem)
      : each.messengers.map(({ audit: { name, verdict, drifts } }) => [
          name,
          verdict,
          ...drifts.map(({ kind }) => kind),
        ]),
  );

test("stacks are told in their order, with what is live of each Messenger, and why one could not be read", async () => {
  const genesys = await start();
  const shop = liveShop(genesys);
  const { found, terraforms } = await find(genesys, [
    [shopStack("shop"), () => shop.state()],
    [
      shopStack("broken"),
      () => {
        throw new Error("no permission");
      },
    ],
    [stackOf("network", { messengers: [] }), () => undefined],
    [shopStack("new", { deployment: { name: "New" } }), () => undefined],
  ]);
  expect(audits(found)).toEqual([[["shop", "equal"]], "Error: no permission", [], [["new", "drift", "not-deployed"]]]);
  expect(found.map(({ stack }) => stack.name)).toEqual(["shop", "broken", "network", "new"]);
  expect(found[0]).toMatchObject({ terraform: terraforms[0], state: { serial: 7 } });
  expect(found[0]).not.toHaveProperty("subjects");
  expect(found[0]).not.toHaveProperty("messengers.0.subject");
});

test("a stack of an unknown region could not be read", async () => {
  const environment = { GENESYSCLOUD_REGION: "atlantis-1" };
  const { found } = await find(await start(), [[shopStack("shop"), () => undefined]], { options: { environment } });
  expect(audits(found)).toEqual([
    expect.stringContaining('Cannot determine the Genesys Cloud endpoint of the stack "shop"'),
  ]);
});

test("the program that runs the stacks is named in the commands that an audit gives", async () => {
  const genesys = await start();
  const { state } = liveShop(genesys);
  const { found } = await find(genesys, [[shopStack("shop"), () => state({ without: [configurationAddress] })]]);
  expect(found).toMatchObject([
    { messengers: [{ audit: { drifts: [{ message: expect.stringContaining("terraform -chdir=") as string }] } }] },
  ]);
});

describe("the configuration of a deployment that was never made is remembered", () => {
  test.each<[string, (shop: LiveShop) => State | undefined, boolean]>([
    ["where the state has it alone", ({ state }) => state({ without: [deploymentAddress] }), true],
    ["not beside a deployment", ({ state }) => state(), false],
    [
      "not where the state has neither",
      ({ state }) => state({ without: [deploymentAddress, configurationAddress] }),
      false,
    ],
    ["not where there is no state", () => undefined, false],
  ])("%s", async (_, stateOf, isRemembered) => {
    const genesys = await start();
    const shop = liveShop(genesys);
    const { found } = await find(genesys, [[shopStack("shop"), () => stateOf(shop)]]);
    const [messenger] = found.flatMap((each) => ("problem" in each ? [] : each.messengers));
    expect(messenger !== undefined && "configuration" in messenger).toBe(isRemembered);
    if (isRemembered)
      expect(messenger?.configuration).toEqual({ address: configurationAddress, version: "1", isTainted: false });
  });
});

test.each([
  ["an environment of the stack's name", "production"],
  ["an environment of another name", "shop"],
])("the entries of a list have the sources that the synthesis recorded for %s", async (_, name) => {
  const { messengers, ...stack } = shopStack("production");
  const environment = nextEnvironment(name, { kind: "production", addresses: ["https://www.example.com"] });
  const recorded = messengers.map((messenger) => ({
    ...messenger,
    recorded: { address: messenger.address, environment },
  }));
  const { found } = await find(await start(), [[{ ...stack, messengers: recorded }, () => undefined]]);
  const [messenger] = found.flatMap((each) => ("problem" in each ? [] : each.messengers));
  const placesOf = (host: string) =>
    messenger?.derived?.entries.find((entry) => entry.host === host)?.sources.map(({ place }) => place.file);
  expect(placesOf("example.com")).toEqual(["stack production"]);
  expect(placesOf("www.example.com")).toEqual([expect.stringContaining("examine.test.ts")]);
});

test("the platform API is left alone where only the public files are to be read", async () => {
  const genesys = await start();
  const { state } = liveShop(genesys);
  await find(genesys, [[shopStack("shop"), () => state()]], { publicOnly: true });
  expect(genesys.calls()).toEqual([]);
});

test("progress is told of each Messenger", async () => {
  const genesys = await start();
  const { state } = liveShop(genesys);
  const told: string[] = [];
  await find(
    genesys,
    [
      [shopStack("shop"), () => state()],
      [shopStack("new"), () => undefined],
    ],
    { progress: (done, total) => told.push(`${done}/${total}`) },
  );
  expect(told).toEqual(["1/2", "2/2"]);
});

describe("a second deployment of the same name and configuration", () => {
  const imports = { blocks: { import: [{ to: deploymentAddress, id: "{second}" }] } };
  type Other = (second: string, shop: LiveShop) => Stacks[number];
  const has: Other = (id, shop) => [shopStack("brand"), () => shop.state({ deployment: { id } })];
  const adopts: Other = (id) => [
    shopStack("brand", JSON.parse(JSON.stringify(imports).replace("{second}", id)) as ShopProgram),
    () => undefined,
  ];
  const unreadable: Other = (id, shop) => [
    adopts(id, shop)[0],
    () => {
      throw new Error("no permission");
    },
  ];
  test.each<[string, Other | undefined, number, readonly string[]]>([
    ["is drift where no stack has it", undefined, 1, ["second-deployment"]],
    ["is none where another stack has it in its state", has, 2, []],
    ["is none where another stack adopts it", adopts, 2, []],
    ["is none where a stack that is not looked at has it", has, 1, []],
    ["is drift where the other stack could not be read", unreadable, 2, ["second-deployment"]],
  ])("%s", async (_, other, only, expected) => {
    const genesys = await start();
    const shop = liveShop(genesys);
    const { name, allowAllDomains, allowedDomains, configuration } = shop.live.state;
    const second = genesys.create({ name, allowAllDomains, allowedDomains, configuration });
    const own: Stacks[number] = [shopStack("shop"), () => shop.state()];
    const { found } = await find(genesys, [own, ...(other === undefined ? [] : [other(second, shop)])], { only });
    expect(audits(found.slice(0, 1))).toEqual([[["shop", expected.length === 0 ? "equal" : "drift", ...expected]]]);
  });
});

test("what is read is not waited for after an interruption", async () => {
  const interruption = new AbortController();
  const { signal } = interruption;
  const answer = new Promise((resolve) => {
    setImmediate(() => {
      interruption.abort();
      resolve("read");
    });
  });
  await expect(unlessInterrupted(signal, () => answer)).rejects.toThrow("Interrupted while reading");
});

test("a reading that has ended does not listen for an interruption any more", async () => {
  const { signal } = new AbortController();
  expect(await unlessInterrupted(signal, () => Promise.resolve("read"))).toBe("read");
  await Promise.resolve();
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("an interruption ends the reading", async () => {
  const genesys = await start();
  const { state } = liveShop(genesys);
  const reads = find(genesys, [[shopStack("shop"), () => state()]], { options: { interruption: AbortSignal.abort() } });
  await expect(reads).rejects.toThrow("Interrupted while reading what Genesys Cloud serves.");
});

test.each<[string, Examination, boolean]>([
  ["one that is as it should be", examined("shop", messengerOf()), true],
  ["one with drift", examined("shop", messengerOf(reading({ allowedDomains: [] }))), true],
  ["one without a Messenger", examined("shop"), true],
  [
    "one of which the API said nothing",
    examined("shop", messengerOf(), messengerOf(reading({}, { api: { outcome: "unreachable", reason: "no answer" } }))),
    false,
  ],
  ["one that could not be read", { stack: stackOf("shop"), problem: new Error("no state") }, false],
])("it is known what Genesys serves of a stack: %s", (_, examination, expected) => {
  expect(isKnown(examination)).toBe(expected);
});
