import { stateEdits, goneRefusals, recreationsOf } from "../../lib/operations/repairs";
import { type LiveReading } from "../../lib/platform/public-files";
import { deployment, notAsked, reading } from "../audit/subjects";
import { declared, messengerOf } from "../cli/examined";

const { address, configurationAddress = "" } = declared;
const gone: Partial<LiveReading> = { api: { outcome: "gone" } };
const unknown = { outcome: "unknown-deployment" } as const;
const copy = { ...deployment, id: "d-2" };

const adopting = { state: undefined, adoptee: { deploymentId: "d-1" } };
const surely = messengerOf(reading({}, gone));
const withoutConfiguration = messengerOf(reading({}, { ...gone, versions: { outcome: "gone" } }));
const publicly = messengerOf(
  reading({}, { api: notAsked, versions: notAsked, publicFiles: { domains: unknown, configuration: unknown } }),
);
const deleting = messengerOf(reading({ status: "Deleting" }));
const copied = messengerOf(reading({}, { ...gone, namesakes: { outcome: "served", deployments: [copy] } }));

describe("a deployment that was deleted by hand", () => {
  test.each([
    ["the API says so", surely, [{ address, was: "d-1" }]],
    ["its configuration is gone as well", withoutConfiguration, [{ address, was: "d-1" }]],
    ["only the public files say so", publicly, []],
    ["it is being deleted still", deleting, []],
    ["a copy of it is there", copied, []],
    ["nothing is gone", messengerOf(), []],
    ["it was never deployed", messengerOf(reading(), { state: undefined }), []],
    ["what it adopts does not exist", messengerOf(reading({}, gone), adopting), []],
  ])("is made again where %s: %#", (_, messenger, expected) => {
    expect(recreationsOf([messenger])).toEqual(expected);
    const refused = goneRefusals("production", [messenger], true);
    const isGone = messenger.audit.drifts.some(({ kind }) => kind === "deployment-gone");
    expect(refused.length > 0).toBe(isGone && expected.length === 0);
  });

  test("is refused with the flag that makes it again", () => {
    const refused = goneRefusals("production", [surely, messengerOf()], false);
    expect(refused).toEqual([
      expect.stringMatching(/^production: the deployment "d-1" no longer exists/),
      "To create another one: origins deploy production --recreate",
    ]);
  });

  test("is told with nothing else that is gone", () => {
    const refused = goneRefusals("production", [withoutConfiguration], false);
    expect(refused).toEqual(goneRefusals("production", [surely], false));
  });

  test.each([true, false])(
    "is refused while the program adopts it: Terraform would look for it again (%s)",
    (recreate) => {
      const adopting = { ...surely, declared: { ...declared, importId: "d-1" } };
      expect(goneRefusals("production", [adopting], recreate)).toContainEqual(
        expect.stringContaining("Remove `adopt` from the program first"),
      );
    },
  );

  test("is refused with the copy to take over instead, where there is one", () => {
    expect(goneRefusals("production", [copied], true)).toContainEqual(expect.stringContaining('"d-2"'));
  });

  test("is forgotten with what a new id means", () => {
    const [repair] = stateEdits([surely], { recreate: true });
    expect(repair?.why).toMatch(/^"d-1" no longer exists; another one is created under a new id/);
  });

  test("is forgotten by the state only where it is to be made again", () => {
    const edits = (recreate: boolean, ...messengers: Parameters<typeof stateEdits>[0]): readonly object[] =>
      stateEdits(messengers, { recreate }).map(({ edit }) => edit);
    const forgotten = { address, attribute: "existence", value: false };
    expect(edits(false, withoutConfiguration)).toEqual([]);
    expect(edits(true, surely)).toEqual([forgotten]);
    expect(edits(true, withoutConfiguration)).toEqual([{ ...forgotten, address: configurationAddress }, forgotten]);
    expect(edits(true, publicly, deleting, copied, messengerOf())).toEqual([]);
    const unwired = { address, name: "Shop" };
    expect(edits(true, { ...withoutConfiguration, declared: unwired })).toEqual([forgotten]);
    const apart = { ...declared, address: `${address}_2`, configurationAddress: `${configurationAddress}_2` };
    const stranger = { ...messengerOf(), declared: apart };
    expect(edits(true, withoutConfiguration, stranger)).toEqual([
      { ...forgotten, address: configurationAddress },
      forgotten,
    ]);
    const neighbour = { ...messengerOf(), declared: { ...declared, address: `${address}_2` } };
    expect(edits(true, withoutConfiguration, neighbour)).toEqual([forgotten]);
  });
});
